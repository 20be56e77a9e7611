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
