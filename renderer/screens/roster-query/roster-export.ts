import { succeed } from '../../../shared/errors/result.ts';
import { EXPORT_PAGE_ROWS } from '../../../shared/ipc/export.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { ask } from '../../bridge.ts';
import { conditionsText, listCells } from '../../parts/list-cells.ts';
import type { ExportedList } from '../../state/output.ts';
import { fundTypeWords } from '../../text/common.ts';
import { output } from '../../text/output.ts';
import { rosterQuery as words } from '../../text/roster-query.ts';
import { stampText } from '../../text/time.ts';
import { rosterColumns } from './roster-columns.tsx';
import { requestFor } from './roster-filter.ts';
import type { RosterFilter } from './roster-filter.ts';

interface Answered {
  readonly filter: RosterFilter;
  readonly total: number;
  readonly monthlyFen: number;
}

/** All rows of the query that is shown, with its conditions and the age of the data. */
export function rosterExport(
  { filter, total, monthlyFen }: Answered,
  lastSyncAt: string | null,
): ExportedList<RosterRow> {
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
      output.sum(words.monthly, formatFen(toFen(monthlyFen))),
      ...(lastSyncAt === null ? [] : [output.dataAsOf(stampText(lastSyncAt))]),
    ],
    cells: listCells(rosterColumns),
    total,
    page: async (offset) => {
      const page = await ask('roster.query', {
        ...requestFor(filter, 0),
        ...{ offset, limit: EXPORT_PAGE_ROWS },
      });
      return page.ok ? succeed(page.value.rows) : page;
    },
    of: 'roster',
  };
}
