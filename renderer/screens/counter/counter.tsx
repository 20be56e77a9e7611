import { Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import { maskIdNumber } from '../../../shared/rules/identity.ts';
import { ask } from '../../bridge.ts';
import { DataGrid } from '../../parts/data-grid.tsx';
import { DocumentButtons } from '../../parts/document-buttons.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import type { Column } from '../../parts/grid-head.tsx';
import { listCells, textCell } from '../../parts/list-cells.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { rowsHere } from '../../state/output.ts';
import type { NamedDocument } from '../../state/output.ts';
import { useReading } from '../../state/reading.ts';
import { common } from '../../text/common.ts';
import { counter as words } from '../../text/counter.ts';
import { documents } from '../../text/documents.ts';
import { kindWords } from '../../text/kinds.ts';
import { dateText } from '../../text/time.ts';
import type { Reasons } from '../entry/form.ts';
import { contentText, counterCode, counterReason } from './counter-rows.ts';

const readCounter = () => ask('counter.list', {});
const draftKey = (draft: Draft) => draft.id;
const noReasons: Reasons = [];
const sheet: NamedDocument = {
  title: documents.counterList,
  fileName: documents.counterList,
  request: { document: 'counter' },
};

/** 待柜面: what has to be done at the counter, with the reason and what to bring; it prints. */
export function Counter({ unit }: { unit: UnitStatus }) {
  const { value, failure, reload } = useReading(readCounter, 'queue');
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<Failure>();
  const [asking, setAsking] = useState(false);
  const drafts = value?.drafts ?? [];
  const reasons = unit.parameters?.reductionReasons ?? noReasons;
  const selected = new Set(drafts.map(draftKey).filter((id) => marked.has(id)));
  const shownFailure = refused ?? failure;
  const columns = columnsOf(drafts, selected, setMarked, reasons);

  async function strike() {
    setAsking(false);
    const answer = await ask('counter.remove', { ids: [...selected] });
    setRefused(answer.ok ? undefined : answer);
    await reload();
  }

  return (
    <section className="full" aria-label={words.title}>
      <header className="full-head">
        <h1>{words.title}</h1>
        <span className="muted">{words.count(drafts.length)}</span>
        {selected.size > 0 && <span className="busy">{words.selected(selected.size)}</span>}
        <div className="buttons push">
          <Button
            disabled={selected.size === 0}
            onClick={() => {
              setAsking(true);
            }}
          >
            {words.done}
          </Button>
          <ExportButton
            list={{
              title: words.title,
              facts: [],
              cells: listCells(columns),
              total: drafts.length,
              page: rowsHere(drafts),
            }}
          />
          <DocumentButtons primary {...sheet} disabled={drafts.length === 0} />
        </div>
      </header>
      <p className="muted">{words.about}</p>
      {shownFailure && <FailureNote code={shownFailure.code} detail={shownFailure.detail} />}
      <DataGrid
        label={words.list}
        columns={columns}
        total={drafts.length}
        rowAt={(index) => drafts[index]}
        rowKey={draftKey}
        rowClass={(draft) => (selected.has(draft.id) ? 'row-selected' : '')}
        empty={value && <EmptyNote title={words.emptyTitle} next={words.emptyNext} />}
      />
      <Modal
        closable={{ 'aria-label': common.close }}
        open={asking}
        title={words.doneQuestion(selected.size)}
        okText={words.strike}
        cancelText={common.no}
        onOk={() => void strike()}
        onCancel={() => {
          setAsking(false);
        }}
      >
        <p>{words.doneWarning}</p>
      </Modal>
    </section>
  );
}

function columnsOf(
  drafts: readonly Draft[],
  selected: ReadonlySet<string>,
  setMarked: (ids: ReadonlySet<string>) => void,
  reasons: Reasons,
): Column<Draft>[] {
  const text = (
    key: string,
    title: string,
    width: string,
    read: (draft: Draft) => string,
    cellWidth = 16,
  ): Column<Draft> => ({
    key,
    title,
    width,
    render: (draft) => <TwoLines text={read(draft)} />,
    cells: [textCell(title, read, cellWidth)],
  });
  function toggle(id: string) {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setMarked(next);
  }
  return [
    {
      key: 'select',
      title: (
        <Checkbox
          aria-label={words.selectAll}
          disabled={drafts.length === 0}
          checked={drafts.length > 0 && selected.size === drafts.length}
          indeterminate={selected.size > 0 && selected.size < drafts.length}
          onChange={(event) => {
            setMarked(new Set(event.target.checked ? drafts.map(draftKey) : []));
          }}
        />
      ),
      width: '40px',
      render: (draft) => (
        <Checkbox
          aria-label={words.selectRow(draft.name)}
          checked={selected.has(draft.id)}
          onChange={() => {
            toggle(draft.id);
          }}
        />
      ),
    },
    text('name', words.name, 'minmax(104px, 1fr)', (draft) => draft.name),
    {
      ...text('idNumber', words.idNumber, '148px', (draft) => maskIdNumber(draft.idNumber)),
      cells: [textCell(words.idNumber, (draft) => maskIdNumber(draft.idNumber), 22)],
    },
    text('kind', words.kind, '76px', (draft) => kindWords[draft.kind]),
    text(
      'content',
      words.content,
      'minmax(140px, 2fr)',
      (draft) => contentText(draft, reasons),
      40,
    ),
    {
      ...text('reason', words.reason, 'minmax(180px, 3fr)', counterReason, 60),
      render: (draft) => <TwoLines text={counterReason(draft)} code={counterCode(draft)} />,
    },
    text('bring', words.bring, 'minmax(140px, 2fr)', (draft) => words.bringFor[draft.kind], 30),
    text('since', words.since, '96px', (draft) => dateText(draft.createdAt)),
  ];
}
