import type { UnitStatus } from '../../../shared/ipc/data.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { DataGrid } from '../../parts/data-grid.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { useCentreTime } from '../../state/centre-time.ts';
import { createStore } from '../../state/store.ts';
import { common } from '../../text/common.ts';
import { countText } from '../../text/numbers.ts';
import { rosterQuery as words } from '../../text/roster-query.ts';
import { agoText } from '../../text/time.ts';
import { ExportButton } from '../../parts/export-button.tsx';
import { FilterFields } from './filter-fields.tsx';
import { rosterColumns } from './roster-columns.tsx';
import { rosterExport } from './roster-export.ts';
import { isFiltered, noFilter, sortBy } from './roster-filter.ts';
import type { RosterFilter, RosterSort } from './roster-filter.ts';
import { useRosterRows } from './roster-rows.ts';

const kept = createStore<RosterFilter>(noFilter);
const rowKey = (row: RosterRow) => `${row.personalAccount}-${row.fundType}`;
const rowClass = (row: RosterRow) => (row.status === '01' ? '' : 'row-inactive');

/** 职工缴存明细查询 (manual 十(四)): this computer's roster, also offline. */
export function RosterQuery({ unit }: { unit: UnitStatus }) {
  const filter = kept.use();
  const setFilter = kept.set;
  const { answered, failure, rowAt, need } = useRosterRows(filter);
  const now = useCentreTime();
  const isEmptyRoster = unit.rosterCount === 0 && !isFiltered(filter);
  return (
    <section className="full" aria-label={words.title}>
      <div className="full-head">
        <h1>{words.title}</h1>
        {unit.lastSyncAt && (
          <span className="muted">{words.asOf(agoText(unit.lastSyncAt, now))}</span>
        )}
        <div className="buttons push">
          <ExportButton list={answered && rosterExport(answered, unit.lastSyncAt)} />
        </div>
      </div>
      <FilterFields filter={filter} onFilter={setFilter} />
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <DataGrid
        label={words.list}
        columns={rosterColumns}
        total={answered?.total ?? 0}
        rowAt={rowAt}
        rowKey={rowKey}
        rowClass={rowClass}
        sort={{ key: filter.sort, descending: filter.descending }}
        onSort={(key) => {
          setFilter(sortBy(filter, key as RosterSort));
        }}
        onRange={need}
        resetKey={JSON.stringify(answered?.filter)}
        empty={
          answered &&
          (isEmptyRoster ? (
            <EmptyNote title={words.nothing} next={words.nothingNext} />
          ) : (
            <EmptyNote title={words.noMatch} next={words.noMatchNext} />
          ))
        }
      />
      <footer className="sums" aria-live="polite">
        {answered && (
          <>
            <span>{words.count(countText(answered.total))}</span>
            <span>
              {words.sum} <strong>{formatFen(toFen(answered.monthlyFen))}</strong> {common.yuan}
            </span>
          </>
        )}
      </footer>
    </section>
  );
}
