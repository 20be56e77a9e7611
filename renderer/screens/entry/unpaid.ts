import { formatRanges, monthsWithin, toRanges } from '../../../shared/rules/month-ranges.ts';
import type { MonthRange } from '../../../shared/rules/month-ranges.ts';
import { listMonths, previousMonth, toMonth } from '../../../shared/rules/months.ts';
import type { BusinessMonth } from '../../../shared/rules/months.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';

const RANGES_NAMED_MAX = 3;

/**
 * Months between the first one paid and the business month that are not paid, as far as the local
 * roster knows; empty when there are none or nothing was ever paid.
 */
export function unpaidMonths({ paid }: RosterRow, businessMonth: BusinessMonth): string {
  const ranges = paid.map(([from, to]): MonthRange => [toMonth(from), toMonth(to)]);
  const first = ranges[0]?.[0];
  const last = previousMonth(businessMonth);
  if (first === undefined || first > last) return '';
  const known = new Set(monthsWithin([first, last], ranges));
  const missing = listMonths(first, last).filter((month) => !known.has(month));
  return formatRanges(toRanges(missing), RANGES_NAMED_MAX);
}
