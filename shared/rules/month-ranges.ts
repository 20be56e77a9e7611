import { z } from 'zod';
import { businessMonthSchema, formatMonth, listMonths, nextMonth } from './months.ts';
import type { BusinessMonth } from './months.ts';

/** Months as inclusive ranges, the form in which a roster says what is paid. */
export type MonthRange = readonly [from: BusinessMonth, to: BusinessMonth];

/** Ascending, disjoint, each with its start no later than its end. */
export const monthRangesSchema = z
  .array(z.tuple([businessMonthSchema, businessMonthSchema]).readonly())
  .readonly()
  .refine(isAscending, 'must be ascending, disjoint ranges of months');

function isAscending(ranges: readonly MonthRange[]): boolean {
  return ranges.every(([from, to], i) => {
    const before = ranges[i - 1];
    return from <= to && (before === undefined || before[1] < from);
  });
}

/** The months of `span` that lie in any of `ranges`, ascending, each once. Ranges in any order. */
export function monthsWithin(
  [first, last]: MonthRange,
  ranges: readonly MonthRange[],
): BusinessMonth[] {
  const found = new Set<BusinessMonth>();
  for (const [from, to] of ranges) {
    const start = from > first ? from : first;
    const end = to < last ? to : last;
    if (start > end) continue;
    for (const month of listMonths(start, end)) found.add(month);
  }
  return [...found].sort((a, b) => a - b);
}

/** Months in any order, also twice, as the fewest ranges. */
export function toRanges(months: readonly BusinessMonth[]): MonthRange[] {
  const ranges: [BusinessMonth, BusinessMonth][] = [];
  for (const month of [...new Set(months)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && nextMonth(last[1]) === month) last[1] = month;
    else ranges.push([month, month]);
  }
  return ranges;
}

/** `2026年1月至2026年3月` */
export function formatRange([from, to]: MonthRange): string {
  return from === to ? formatMonth(from) : `${formatMonth(from)}至${formatMonth(to)}`;
}

/** Names at most `rangesMax` ranges, then says how many months there are in all. */
export function formatRanges(ranges: readonly MonthRange[], rangesMax: number): string {
  const named = ranges.slice(0, rangesMax).map(formatRange).join('、');
  if (ranges.length <= rangesMax) return named;
  const months = ranges.reduce((count, [from, to]) => count + listMonths(from, to).length, 0);
  return `${named}等共${months}个月`;
}
