import { succeed } from '../../../shared/errors/result.ts';
import { EXPORT_PAGE_ROWS } from '../../../shared/ipc/export.ts';
import type { MaskedRosterRow, RosterSums } from '../../../shared/ipc/queries.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { ask } from '../../bridge.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { conditionsText, listCells } from '../../parts/list-cells.ts';
import type { ExportedList } from '../../state/output.ts';
import { fundTypeWords } from '../../text/common.ts';
import { output } from '../../text/output.ts';
import { rosterQuery as words } from '../../text/roster-query.ts';
import { stampText } from '../../text/time.ts';
import { requestFor } from './roster-filter.ts';
import type { RosterFilter } from './roster-filter.ts';
import { readRange } from './amount-range.ts';
import type { TypedRange } from './amount-range.ts';

interface Shown {
  readonly filter: RosterFilter;
  readonly columns: readonly Column<MaskedRosterRow>[];
  readonly total: number;
  readonly sums: RosterSums;
  readonly lastSyncAt: string | null;
}

/** All rows of the query in the columns that are shown, with its conditions and the age of the data. */
export function rosterExport({
  filter,
  columns,
  total,
  sums,
  lastSyncAt,
}: Shown): ExportedList<MaskedRosterRow> {
  return {
    title: words.title,
    facts: [
      conditionsText([
        [words.search, filter.text.trim()],
        [words.personalAccount, filter.personalAccount.trim()],
        [words.name, filter.name.trim()],
        [words.idNumber, filter.idNumber.trim()],
        [words.status, filter.status === '' ? '' : words.statusWords[filter.status]],
        [words.fundType, filter.fundType === '' ? '' : fundTypeWords[filter.fundType]],
        [words.ranges.base, rangeText(filter.base)],
        [words.ranges.monthly, rangeText(filter.monthly)],
      ]),
      ...(['base', 'unitFen', 'personalFen'] as const).map((key) =>
        output.sum(words.columns[key], formatFen(toFen(sums[key]))),
      ),
      output.sum(words.columns.monthly, formatFen(toFen(sums.monthlyFen))),
      ...(lastSyncAt === null ? [] : [output.dataAsOf(stampText(lastSyncAt))]),
    ],
    cells: listCells(columns),
    total,
    page: async (offset) => {
      const page = await ask('query.roster', requestFor(filter, offset, EXPORT_PAGE_ROWS));
      return page.ok ? succeed(page.value.rows) : page;
    },
    of: 'roster',
  };
}

/** As it was asked for; empty for no limit. */
function rangeText(range: TypedRange): string {
  const { from, to } = readRange(range);
  if (from === undefined && to === undefined) return '';
  const text = (fen: number | undefined) => (fen === undefined ? fen : formatFen(toFen(fen)));
  return words.rangeText(text(from), text(to));
}
