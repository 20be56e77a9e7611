import { formatFen, toFen } from '../../shared/rules/money.ts';

const DIGIT_PX = 8.5;
const CELL_PADDING_PX = 17;
const LEAST_PX = 80;

/** A column's track that shows the largest of its amounts whole. */
export function widthOf(amounts: readonly number[], leastPx = LEAST_PX): string {
  const largest = amounts.reduce((most, amount) => Math.max(most, amount), 0);
  const needed = formatFen(toFen(largest)).length * DIGIT_PX + CELL_PADDING_PX;
  return `${Math.ceil(Math.max(leastPx, needed))}px`;
}
