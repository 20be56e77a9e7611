import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { DataGrid } from '../../parts/data-grid.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { ErrorLink, ErrorMark } from '../../parts/error-link.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import type { Sort } from '../../parts/grid-head.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { conditionsText, listCells } from '../../parts/list-cells.ts';
import { rowsHere } from '../../state/output.ts';
import { openPlatform, reconnect } from '../../state/reconnect.ts';
import { common } from '../../text/common.ts';
import { countOf, headCountOf, kindWords, totalWords } from '../../text/kinds.ts';
import { hindrance as hindranceWords, queue as words } from '../../text/queue.ts';
import type { Proposal } from '../confirm/confirming.ts';
import type { Hindrance, HindranceAction } from './hindrance.ts';
import { queueColumns } from './queue-columns.tsx';
import {
  filterDrafts,
  freeDrafts,
  nextSort,
  refusalCodes,
  refusalOf,
  sortDrafts,
  stillSelected,
  totalsOf,
} from './queue-rows.ts';
import { closeRemoval, mark, useRemoving } from './removal.ts';
import { UndoBar } from './undo-bar.tsx';

interface QueuePaneProps {
  readonly kind: EntryKind;
  /** Of this kind, in order of entry. */
  readonly drafts: readonly Draft[];
  readonly parameters: Parameters;
  readonly window: FilingWindow;
  readonly waiting: readonly Order[];
  readonly editingId: string | undefined;
  readonly failure: Failure | undefined;
  readonly isRead: boolean;
  readonly hindrance: Hindrance | null;
  readonly offered: HindranceAction | null;
  readonly onReread: () => Promise<void>;
  readonly onConfirm: (proposal: Proposal) => void;
  readonly onEdit: (draft: Draft) => void;
  readonly onRemoved: (ids: readonly string[]) => void;
}

const draftKey = (draft: Draft) => draft.id;

/** 待确认队列: any number of rows can be selected and deleted; 确认 takes all that holds. */
export function QueuePane(props: QueuePaneProps) {
  const { kind, drafts, parameters, hindrance, onReread } = props;
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<Sort>();
  const removing = useRemoving(kind, onReread);
  useEffect(
    () => () => {
      // nothing stays ticked out of sight
      mark(kind, []);
    },
    [kind],
  );
  const shown = sortDrafts(filterDrafts(drafts, filter), sort);
  const selected = stillSelected(removing.marked, shown);
  const selectable = freeDrafts(shown);
  const totals = totalsOf(drafts);
  const [only] = selected.size === 1 ? drafts.filter(({ id }) => selected.has(id)) : [];

  function toggle(id: string) {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    mark(kind, next);
  }

  function confirm(waits: boolean) {
    const { businessMonth, opensAtMs } = props.window;
    const opensAt = waits && opensAtMs !== undefined ? new Date(opensAtMs).toISOString() : null;
    const landsLate = kind === 'registration' && props.window.mayLandNextMonth;
    props.onConfirm({ kind, ...totals, businessMonth, opensAt, landsLate });
  }

  const columns = queueColumns({
    kind,
    parameters,
    drafts,
    waiting: new Set(props.waiting.map((order) => order.oid)),
    selected,
    selectable: selectable.length,
    onToggle: toggle,
    onAll: (all) => {
      mark(kind, all ? selectable.map(draftKey) : []);
    },
  });
  const refused = drafts.filter((draft) => refusalOf(draft) !== '');
  const failure = removing.failure ?? props.failure;
  return (
    <section className="queue" aria-label={words.title}>
      <div className="queue-head">
        <h2>{words.title}</h2>
        <span className="muted">{countOf(kind, drafts.length)}</span>
        <Input
          className="queue-filter"
          allowClear
          aria-label={words.filter}
          placeholder={words.filterHint}
          value={filter}
          onChange={(event) => {
            setFilter(event.target.value);
          }}
        />
        {filter !== '' && <span>{words.shown(countOf(kind, shown.length))}</span>}
        {selected.size > 0 && (
          <span className="busy">{words.selected(countOf(kind, selected.size))}</span>
        )}
        <div className="buttons push">
          <ExportButton
            list={{
              title: words.exportOf(kindWords[kind]),
              facts: [conditionsText([[words.filter, filter]])],
              cells: listCells(columns),
              total: shown.length,
              page: rowsHere(shown),
            }}
          />
          <Button
            disabled={!only}
            onClick={() => {
              if (only) props.onEdit(only);
            }}
          >
            {words.edit}
          </Button>
          <Button
            disabled={selected.size === 0}
            onClick={() => {
              const ids = [...selected];
              void removing.remove(ids).then(() => {
                props.onRemoved(ids);
              });
            }}
          >
            {words.remove}
          </Button>
        </div>
      </div>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <div className="queue-list">
        <DataGrid
          label={words.list}
          columns={columns}
          total={shown.length}
          rowAt={(index) => shown[index]}
          rowKey={draftKey}
          {...(sort ? { sort } : {})}
          onSort={(key) => {
            setSort(nextSort(sort, key));
          }}
          followEnd={sort === undefined}
          rowClass={(draft) => rowClass(draft, selected, props.editingId)}
          empty={props.isRead && <Nothing kind={kind} isFiltered={drafts.length > 0} />}
        />
        {removing.removal && (
          <UndoBar
            kind={kind}
            removal={removing.removal}
            onUndo={() => void removing.undo()}
            onClose={() => {
              closeRemoval(kind);
            }}
          />
        )}
      </div>
      {refused.length > 0 && (
        <ul className="refused queue-refused" aria-label={words.refusedRows} tabIndex={0}>
          {refused.map((draft) => (
            <li key={draft.id}>
              <span>{draft.name}</span>
              <span className="bad">
                {refusalOf(draft)}
                {refusalCodes(draft).map((code) => (
                  <ErrorMark key={code} code={code} />
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
      <footer className="queue-foot">
        {totals.excluded > 0 && (
          <p className="bad">{words.excluded(countOf(kind, totals.excluded))}</p>
        )}
        {hindrance && totals.count > 0 && (
          <HindranceNote
            hindrance={hindrance}
            offered={props.offered}
            onWait={() => {
              confirm(true);
            }}
          />
        )}
        <div className="sums">
          <Button className="reread" onClick={() => void onReread()}>
            {words.reread}
          </Button>
          <span>
            {words.total} <strong>{headCountOf(kind, totals.count, totals.people)}</strong>
          </span>
          <span>
            {words.sum(totalWords[kind])}{' '}
            <strong className="sum">{formatFen(toFen(totals.fen))}</strong> {common.yuan}
          </span>
          <Button
            type="primary"
            disabled={totals.count === 0 || hindrance !== null}
            onClick={() => {
              confirm(false);
            }}
          >
            {words.confirm}
          </Button>
        </div>
      </footer>
    </section>
  );
}

function rowClass(
  draft: Draft,
  selected: ReadonlySet<string>,
  editingId: string | undefined,
): string {
  if (draft.id === editingId) return 'row-editing';
  if (selected.has(draft.id)) return 'row-selected';
  return draft.holds ? '' : 'row-invalid';
}

function Nothing({ kind, isFiltered }: { kind: EntryKind; isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyNote title={words.filteredTitle} next={words.filteredNext} />
  ) : (
    <EmptyNote title={words.emptyTitle} next={words.emptyNext[kind]} />
  );
}

interface HindranceNoteProps {
  readonly hindrance: Hindrance;
  readonly offered: HindranceAction | null;
  readonly onWait: () => void;
}

export function HindranceNote({
  hindrance: { text, action, code },
  offered,
  onWait,
}: HindranceNoteProps) {
  const actions = {
    startPlatform: { label: hindranceWords.start, run: openPlatform },
    reconnect: { label: hindranceWords.reconnect, run: () => void reconnect() },
    waitForOpening: { label: hindranceWords.wait, run: onWait },
  } as const;
  return (
    <p className="warn">
      {text}
      {code && <ErrorLink code={code} />}
      {action && action !== offered && (
        <button type="button" className="link" onClick={actions[action].run}>
          {actions[action].label}
        </button>
      )}
    </p>
  );
}
