import { succeed } from '../../../shared/errors/result.ts';
import { auditTitle } from '../../../shared/audit/words.ts';
import type { AuditRow } from '../../../shared/ipc/audit.ts';
import { EXPORT_PAGE_ROWS } from '../../../shared/ipc/export.ts';
import { ask } from '../../bridge.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { conditionsText, listCells } from '../../parts/list-cells.ts';
import type { ExportedList } from '../../state/output.ts';
import { auditTrail as words } from '../../text/audit-trail.ts';
import { auditRequest } from './audit-filter.ts';
import type { AuditFilter } from './audit-filter.ts';

interface Answered {
  readonly filter: AuditFilter;
  readonly total: number;
}

/**
 * The records of the query as a table to read; the one that proves them is the text with the hashes.
 * What is recorded meanwhile is left out, so that the pages fit together.
 */
export function auditExport(
  { filter, total }: Answered,
  columns: readonly Column<AuditRow>[],
): ExportedList<AuditRow> {
  let recorded = 0;
  return {
    title: words.title,
    facts: [
      conditionsText([
        [words.days, [filter.from, filter.to].filter((day) => day !== '').join(' – ')],
        [words.event, filter.event === '' ? '' : auditTitle(filter.event)],
        [words.search, filter.text],
      ]),
    ],
    cells: listCells(columns),
    total,
    page: async (offset) => {
      const limit = Math.min(EXPORT_PAGE_ROWS, total - offset);
      for (;;) {
        const page = await ask('audit.list', auditRequest(filter, offset + recorded, limit));
        if (!page.ok) return page;
        // the newest stand first: what was recorded since has moved all others on
        if (page.value.total - total === recorded) return succeed(page.value.rows);
        recorded = page.value.total - total;
      }
    },
  };
}
