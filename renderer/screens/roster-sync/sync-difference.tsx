import { Segmented, Select } from 'antd';
import { useCallback, useState } from 'react';
import type { SyncChange, SyncDraft, SyncRecord } from '../../../shared/ipc/sync-difference.ts';
import { syncChangeKinds } from '../../../shared/ipc/sync-difference.ts';
import { ask } from '../../bridge.ts';
import { DataGrid } from '../../parts/data-grid.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import type { Column } from '../../parts/grid-head.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { entryScreens, openScreen } from '../../state/navigation.ts';
import { useReading } from '../../state/reading.ts';
import { fundTypeWords } from '../../text/common.ts';
import { kindWords } from '../../text/kinds.ts';
import { countText } from '../../text/numbers.ts';
import { syncDifference as words } from '../../text/sync-difference.ts';
import { stampText } from '../../text/time.ts';
import { openRosterOf } from '../roster-query/shown.ts';
import { changeText } from './changed-fields.ts';
import { useChanges } from './change-pages.ts';

const SYNCS_LISTED = 12;
const readSyncs = () => ask('syncs.list', { limit: SYNCS_LISTED });

type Part = SyncChange['change'] | 'drafts';

/** What the last syncs changed, person by person, and which entries it concerns. */
export function SyncDifference() {
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
            options={syncs.map(({ number, at }) => ({ value: number, label: stampText(at) }))}
            onChange={(number) => {
              setChosen(number);
            }}
          />
        )}
      </div>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      {value && !sync && <p className="muted">{words.none}</p>}
      {sync?.first === true && <p className="muted">{words.first(countText(sync.added))}</p>}
      {sync?.first === false && <Changes key={sync.number} sync={sync} />}
    </section>
  );
}

function Changes({ sync }: { sync: SyncRecord }) {
  const parts: readonly Part[] = [...syncChangeKinds, 'drafts'];
  const [part, setPart] = useState<Part>(parts.find((one) => sync[one] > 0) ?? 'changed');
  const total = sync.added + sync.changed + sync.removed;
  return (
    <>
      <div className="sync-difference-head">
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
            {sync.listed === 0
              ? words.gone
              : words.listed(countText(sync.listed), countText(total))}
          </span>
        )}
      </div>
      {part === 'drafts' ? (
        <Drafts number={sync.number} />
      ) : (
        <People key={part} number={sync.number} change={part} />
      )}
    </>
  );
}

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
  },
  { key: 'name', title: words.name, width: '104px', render: ({ name }) => name },
  {
    key: 'fund',
    title: words.fund,
    width: '124px',
    render: ({ fundType }) => fundTypeWords[fundType],
  },
  {
    key: 'what',
    title: words.what,
    width: 'minmax(240px, 1fr)',
    render: (change) => <TwoLines text={changeText(change)} />,
  },
];
const changeKey = ({ personalAccount, fundType }: SyncChange) => personalAccount + fundType;
const changeClass = ({ change }: SyncChange) => (change === 'removed' ? 'row-inactive' : '');

function People({ number, change }: { number: number; change: SyncChange['change'] }) {
  const { total, rowAt, need, failure } = useChanges(number, change);
  return (
    <>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <DataGrid
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

const draftColumns: readonly Column<SyncDraft>[] = [
  { key: 'kind', title: words.kind, width: '104px', render: ({ kind }) => kindWords[kind] },
  { key: 'name', title: words.name, width: '120px', render: ({ name }) => name },
  {
    key: 'state',
    title: words.state,
    width: 'minmax(200px, 1fr)',
    render: ({ waits, holds }) => (
      <span className={waits && !holds ? 'bad' : waits ? '' : 'muted'}>
        {waits ? (holds ? words.holds : words.broken) : words.left}
      </span>
    ),
  },
  {
    key: 'open',
    title: '',
    width: '64px',
    render: ({ kind, waits }) =>
      waits && (
        <button
          type="button"
          className="link"
          aria-label={words.openOf(kindWords[kind])}
          onClick={() => {
            openScreen(entryScreens[kind]);
          }}
        >
          {words.open}
        </button>
      ),
  },
];
const draftKey = ({ id }: SyncDraft) => id;

function Drafts({ number }: { number: number }) {
  const read = useCallback(() => ask('syncs.drafts', { number }), [number]);
  const { value, failure } = useReading(read, 'queue');
  const drafts = value?.drafts ?? [];
  return (
    <>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <DataGrid
        label={words.drafts}
        columns={draftColumns}
        total={drafts.length}
        rowAt={(index) => drafts[index]}
        rowKey={draftKey}
        empty={value && <EmptyNote title={words.nobody} next={words.nobodyNext} />}
      />
    </>
  );
}
