import { useCallback } from 'react';
import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { MaskedRosterRow, RosterSums } from '../../../shared/ipc/queries.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { ask } from '../../bridge.ts';
import { DataGrid } from '../../parts/data-grid.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { useCentreTime } from '../../state/centre-time.ts';
import { usePagedRows } from '../../state/paged-rows.ts';
import { rowsInSight, useRevealed, useSight } from '../../state/revealed.ts';
import { countText } from '../../text/numbers.ts';
import { rosterQuery as words } from '../../text/roster-query.ts';
import { agoText } from '../../text/time.ts';
import { ColumnChoice } from './column-choice.tsx';
import { FilterFields } from './filter-fields.tsx';
import { useKeptColumns, usualColumns } from './kept-columns.ts';
import { rosterColumns, rowKey } from './roster-columns.tsx';
import { rosterExport } from './roster-export.ts';
import { conditionsOf, isFiltered, requestFor, sortBy } from './roster-filter.ts';
import type { RosterFilter, RosterSort } from './roster-filter.ts';
import { shownFilter as kept } from './shown.ts';

const rowClass = (row: MaskedRosterRow) => (row.status === '01' ? '' : 'row-inactive');

interface RosterPage {
  readonly rows: readonly MaskedRosterRow[];
  readonly total: number;
  readonly sums: RosterSums;
  /** What these rows answer. */
  readonly filter: RosterFilter;
}

/** 职工缴存明细查询 (manual 十(四)): this computer's roster, also offline. */
export function RosterQuery({ unit }: { unit: UnitStatus }) {
  const filter = kept.use();
  const read = useCallback(
    async (offset: number, limit: number): Promise<Result<RosterPage>> => {
      const answer = await ask('query.roster', requestFor(filter, offset, limit));
      return answer.ok ? succeed({ ...answer.value, filter }) : answer;
    },
    [filter],
  );
  const { answered, failure, rowAt, need } = usePagedRows<MaskedRosterRow, RosterPage>(
    read,
    'roster',
  );
  const columns = useKeptColumns();
  const revealed = useRevealed(conditionsOf(filter));
  const sight = useSight();
  const reveal = (shown: readonly MaskedRosterRow[]) => {
    const rows = shown.map(({ personalAccount, fundType }) => ({ personalAccount, fundType }));
    if (rows.length > 0) void revealed.reveal(shown.map(rowKey), { list: 'roster', rows });
  };
  const now = useCentreTime();
  const isEmptyRoster = unit.rosterCount === 0 && !isFiltered(filter);
  const shownColumns = rosterColumns({
    chosen: columns.chosen,
    revealed,
    onReveal: reveal,
    onRevealPage: () => {
      reveal(rowsInSight(sight.get(), rowAt));
    },
  });
  const list = answered && {
    ...answered.first,
    ...{ columns: shownColumns, lastSyncAt: unit.lastSyncAt },
  };
  const problem = revealed.failure ?? columns.failure ?? failure;
  return (
    <section className="full" aria-label={words.title}>
      <div className="full-head head-wraps">
        <h1>{words.title}</h1>
        {unit.lastSyncAt && (
          <span className="muted">{words.asOf(agoText(unit.lastSyncAt, now))}</span>
        )}
        <div className="buttons push">
          <ExportButton list={list && rosterExport(list)} />
          <ColumnChoice
            chosen={columns.chosen}
            onChoose={(chosen) => void columns.choose(chosen)}
            onUsual={() => void columns.choose(usualColumns)}
          />
        </div>
      </div>
      <FilterFields filter={filter} onFilter={kept.set} />
      {problem && <FailureNote code={problem.code} detail={problem.detail} />}
      <DataGrid
        label={words.list}
        columns={shownColumns}
        total={answered?.total ?? 0}
        rowAt={rowAt}
        rowKey={rowKey}
        rowClass={rowClass}
        sort={{ key: filter.sort, descending: filter.descending }}
        onSort={(key) => {
          kept.set(sortBy(filter, key as RosterSort));
        }}
        onRange={need}
        onSight={sight.set}
        resetKey={JSON.stringify(filter)}
        empty={
          answered &&
          (isEmptyRoster ? (
            <EmptyNote title={words.nothing} next={words.nothingNext} />
          ) : (
            <EmptyNote title={words.noMatch} next={words.noMatchNext} />
          ))
        }
      />
      <footer className="sums roster-sums" aria-label={words.sums} aria-live="polite">
        {answered && <Sums total={answered.total} sums={answered.first.sums} />}
      </footer>
    </section>
  );
}

/** Over all rows that match, not only those in sight. */
function Sums({ total, sums }: { total: number; sums: RosterSums }) {
  const { people, base, unitFen, personalFen, monthlyFen } = sums;
  return (
    <>
      <span>{words.count(countText(total), countText(people))}</span>
      <Sum label={words.columns.base} fen={base} />
      <Sum label={words.columns.unitFen} fen={unitFen} />
      <Sum label={words.columns.personalFen} fen={personalFen} />
      <Sum label={words.columns.monthly} fen={monthlyFen} isStrong />
    </>
  );
}

interface SumProps {
  readonly label: string;
  readonly fen: number;
  readonly isStrong?: boolean;
}

function Sum({ label, fen, isStrong = false }: SumProps) {
  const text = formatFen(toFen(fen));
  return (
    <span>
      <span className="muted">{label}</span> {isStrong ? <strong>{text}</strong> : text}
    </span>
  );
}
