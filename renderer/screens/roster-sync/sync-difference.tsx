import { Segmented, Select } from 'antd';
import { useCallback, useState } from 'react';
import { succeed } from '../../../shared/errors/result.ts';
import { EXPORT_PAGE_ROWS } from '../../../shared/ipc/export.ts';
import type { SyncChange, SyncDraft, SyncRecord } from '../../../shared/ipc/sync-difference.ts';
import { syncChangeKinds } from '../../../shared/ipc/sync-difference.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import { ask } from '../../bridge.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import type { Column } from '../../parts/grid-head.tsx';
import { conditionsText, listCells, textCell } from '../../parts/list-cells.ts';
import { ShortGrid } from '../../parts/short-grid.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { rowsHere } from '../../state/output.ts';
import type { ExportedList } from '../../state/output.ts';
import { useReading } from '../../state/reading.ts';
import { fundTypeWords } from '../../text/common.ts';
import { kindWords } from '../../text/kinds.ts';
import { countText } from '../../text/numbers.ts';
import { syncDifference as words } from '../../text/sync-difference.ts';
import { secondText } from '../../text/time.ts';
import { openDraft } from '../entry/editing.ts';
import { openRosterOf } from '../roster-query/shown.ts';
import { changeText } from './changed-fields.ts';
import { useChanges } from './change-pages.ts';

const SYNCS_LISTED = 12;
const readSyncs = () => ask('syncs.list', { limit: SYNCS_LISTED });

type Part = SyncChange['change'] | 'drafts';

/** What the last syncs changed, person by person, and which entries it concerns. */
export function SyncDifference({ parameters }: { parameters: Parameters | null }) {
  const { value, failure } = useReading(readSyncs, 'roster');
  const [chosen, setChosen] = useState<number>();
  const syncs = value?.syncs ?? [];
  const sync = syncs.find(({ number }) => number === chosen) ?? syncs[0];
  return (
    <section className="sync-difference" aria-label={words.title}>
      <div className="sync-difference-head">
        <h2>{words.title}</h2>
        {syncs.length > 0 && (
          <Select
            aria-label={words.which}
            value={sync?.number ?? null}
            options={syncs.map(({ number, at }) => ({ value: number, label: secondText(at) }))}
            onChange={(number) => {
              setChosen(number);
            }}
          />
        )}
      </div>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      {value && !sync && <p className="muted">{words.none}</p>}
      {sync?.first === true && <p className="muted">{words.first(countText(sync.added))}</p>}
      {sync?.first === false && <Changes key={sync.number} sync={sync} parameters={parameters} />}
    </section>
  );
}

interface ChangesProps {
  readonly sync: SyncRecord;
  readonly parameters: Parameters | null;
}

function Changes({ sync, parameters }: ChangesProps) {
  const parts: readonly Part[] = [...syncChangeKinds, 'drafts'];
  const [part, setPart] = useState<Part>(parts.find((one) => sync[one] > 0) ?? 'changed');
  const total = sync.added + sync.changed + sync.removed;
  const head = (
    <>
      <Segmented<Part>
        aria-label={words.list}
        value={part}
        options={parts.map((one) => ({
          value: one,
          label: `${words[one]} ${countText(sync[one])}`,
        }))}
        onChange={setPart}
      />
      {sync.listed < total && (
        <span className="muted">
          {sync.listed === 0 ? words.gone : words.listed(countText(sync.listed), countText(total))}
        </span>
      )}
    </>
  );
  return part === 'drafts' ? (
    <Drafts sync={sync} parameters={parameters} head={head} />
  ) : (
    <People key={part} sync={sync} change={part} head={head} />
  );
}

/** In an exported sheet, in characters. */
const WHAT_WIDTH = 60;
const STATE_WIDTH = 34;

const changeColumns: readonly Column<SyncChange>[] = [
  {
    key: 'account',
    title: words.account,
    width: '120px',
    render: ({ personalAccount }) => (
      <button
        type="button"
        className="link"
        onClick={() => {
          openRosterOf(personalAccount);
        }}
      >
        {personalAccount}
      </button>
    ),
    cells: [textCell(words.account, ({ personalAccount }) => personalAccount)],
  },
  {
    key: 'name',
    title: words.name,
    width: '104px',
    render: ({ name }) => name,
    cells: [textCell(words.name, ({ name }) => name)],
  },
  {
    key: 'fund',
    title: words.fund,
    width: '124px',
    render: ({ fundType }) => fundTypeWords[fundType],
    cells: [textCell(words.fund, ({ fundType }) => fundTypeWords[fundType])],
  },
  {
    key: 'what',
    title: words.what,
    width: 'minmax(240px, 1fr)',
    render: (change) => <TwoLines text={changeText(change)} />,
    cells: [textCell(words.what, changeText, WHAT_WIDTH)],
  },
];
const changeKey = ({ personalAccount, fundType }: SyncChange) => personalAccount + fundType;
const changeClass = ({ change }: SyncChange) => (change === 'removed' ? 'row-inactive' : '');

interface PeopleProps {
  readonly sync: SyncRecord;
  readonly change: SyncChange['change'];
  readonly head: React.ReactNode;
}

function People({ sync, change, head }: PeopleProps) {
  const { number, at } = sync;
  const { total, rowAt, need, failure } = useChanges(number, change);
  const list: ExportedList<SyncChange> = {
    title: words.exportOf(words[change]),
    facts: [conditionsText([[words.which, secondText(at)]])],
    cells: listCells(changeColumns),
    total: total ?? 0,
    page: async (offset) => {
      const page = { number, change, offset, limit: EXPORT_PAGE_ROWS };
      const answer = await ask('syncs.changes', page);
      return answer.ok ? succeed(answer.value.changes) : answer;
    },
  };
  return (
    <>
      <PartHead head={head} list={list} />
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <ShortGrid
        label={words.list}
        columns={changeColumns}
        total={total ?? 0}
        rowAt={rowAt}
        rowKey={changeKey}
        rowClass={changeClass}
        onRange={need}
        empty={total !== undefined && <EmptyNote title={words.nobody} next={words.nobodyNext} />}
      />
    </>
  );
}

interface PartHeadProps<Row> {
  /** The choice of the part, at the left of what is done with it. */
  readonly head: React.ReactNode;
  readonly list: ExportedList<Row>;
}

function PartHead<Row>({ head, list }: PartHeadProps<Row>) {
  return (
    <div className="sync-difference-head">
      {head}
      <div className="buttons push">
        <ExportButton list={list} />
      </div>
    </div>
  );
}

function stateText({ waits, holds }: SyncDraft): string {
  return waits ? (holds ? words.holds : words.broken) : words.left;
}

const draftColumns = (parameters: Parameters | null): readonly Column<SyncDraft>[] => [
  {
    key: 'kind',
    title: words.kind,
    width: '104px',
    render: ({ kind }) => kindWords[kind],
    cells: [textCell(words.kind, ({ kind }) => kindWords[kind])],
  },
  {
    key: 'name',
    title: words.name,
    width: '120px',
    render: ({ name }) => name,
    cells: [textCell(words.name, ({ name }) => name)],
  },
  {
    key: 'state',
    title: words.state,
    width: 'minmax(200px, 1fr)',
    render: (draft) => (
      <span className={draft.waits && !draft.holds ? 'bad' : draft.waits ? '' : 'muted'}>
        {stateText(draft)}
      </span>
    ),
    cells: [textCell(words.state, stateText, STATE_WIDTH)],
  },
  {
    key: 'open',
    title: '',
    width: '64px',
    render: ({ id, kind, name, waits }) =>
      waits && (
        <button
          type="button"
          className="link"
          aria-label={words.openOf(kindWords[kind], name)}
          onClick={() => {
            void openDraft(kind, id, parameters);
          }}
        >
          {words.open}
        </button>
      ),
  },
];
const draftKey = ({ id }: SyncDraft) => id;

interface DraftsProps extends ChangesProps {
  readonly head: React.ReactNode;
}

function Drafts({ sync: { number, at }, parameters, head }: DraftsProps) {
  const read = useCallback(() => ask('syncs.drafts', { number }), [number]);
  const { value, failure } = useReading(read, 'queue');
  const drafts = value?.drafts ?? [];
  const columns = draftColumns(parameters);
  const list: ExportedList<SyncDraft> = {
    title: words.exportOf(words.drafts),
    facts: [conditionsText([[words.which, secondText(at)]])],
    cells: listCells(columns),
    total: drafts.length,
    page: rowsHere(drafts),
  };
  return (
    <>
      <PartHead head={head} list={list} />
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <ShortGrid
        label={words.drafts}
        columns={columns}
        total={drafts.length}
        rowAt={(index) => drafts[index]}
        rowKey={draftKey}
        empty={value && <EmptyNote title={words.nobody} next={words.nobodyNext} />}
      />
    </>
  );
}
