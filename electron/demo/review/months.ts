/** The centre's own month arithmetic, apart from shared/rules: months are yyyyMM, ranges inclusive. */
export type MonthRange = readonly [from: number, to: number];

/** Months since the year 0, so that spans are differences. */
function numberOf(month: number): number {
  return Math.floor(month / 100) * 12 + (month % 100) - 1;
}

function monthOf(number: number): number {
  return Math.floor(number / 12) * 100 + (number % 12) + 1;
}

/** `months` may be negative. */
export function shiftMonth(month: number, months: number): number {
  return monthOf(numberOf(month) + months);
}

/** How many months a range has; 0 or less when it runs backward. */
export function spanOf([from, to]: MonthRange): number {
  return numberOf(to) - numberOf(from) + 1;
}

/** Every month of a range, ascending. */
export function monthsIn([from, to]: MonthRange): number[] {
  const length = Math.max(spanOf([from, to]), 0);
  return Array.from({ length }, (_, i) => shiftMonth(from, i));
}

/** Months of `asked` that stand in any of `ranges`, ascending, each once. */
export function commonMonths([first, last]: MonthRange, ranges: readonly MonthRange[]): number[] {
  const common = ranges.map(([from, to]): MonthRange => [
    Math.max(first, from),
    Math.min(last, to),
  ]);
  return joinRanges(common.filter(([from, to]) => from <= to)).flatMap(monthsIn);
}

/** The union, ascending, disjoint, with neighbours joined: the one form that is stored and sent. */
export function joinRanges(ranges: readonly MonthRange[]): MonthRange[] {
  const joined: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= shiftMonth(last[1], 1)) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** `ranges` without the months of `gap`. */
export function cutRange(ranges: readonly MonthRange[], [first, last]: MonthRange): MonthRange[] {
  return ranges.flatMap(([from, to]): MonthRange[] => {
    if (last < from || first > to) return [[from, to]];
    const before: MonthRange[] = from < first ? [[from, shiftMonth(first, -1)]] : [];
    const after: MonthRange[] = last < to ? [[shiftMonth(last, 1), to]] : [];
    return [...before, ...after];
  });
}

/** As many as fit a text on the wire; more are counted. */
const NAMED_MONTHS_MAX = 24;

export function nameMonths(months: readonly number[]): string {
  const named = months.slice(0, NAMED_MONTHS_MAX).join('、');
  return months.length > NAMED_MONTHS_MAX ? `${named}等${months.length}个月` : named;
}
