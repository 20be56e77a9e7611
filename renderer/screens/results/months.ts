import { results as words } from '../../text/results.ts';

interface FiledMonth {
  readonly month: number;
  readonly orders: number;
}

interface MonthChoice {
  readonly value: number;
  readonly label: string;
}

/** The months a clerk can ask for, newest first: those with business, the current one, and the one shown. */
export function monthChoices(
  filed: readonly FiledMonth[],
  current: number,
  shown: number,
): MonthChoice[] {
  const counts = new Map(filed.map(({ month, orders }) => [month, orders]));
  const months = new Set([...counts.keys(), current, shown]);
  return [...months]
    .sort((a, b) => b - a)
    .map((month) => ({ value: month, label: words.monthOf(month, counts.get(month) ?? 0) }));
}
