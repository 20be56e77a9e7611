import { formatFen, toFen } from '../../shared/rules/money.ts';

const DIGIT_PX = 8;
const SEPARATOR_PX = 5;
const CELL_PADDING_PX = 17;
/** Room for a title of four characters. */
const LEAST_PX = 74;

/** A column's track that shows the largest of its amounts whole. */
export function widthOf(amounts: readonly number[], leastPx = LEAST_PX): string {
  const largest = amounts.reduce((most, amount) => Math.max(most, amount), 0);
  const text = formatFen(toFen(largest));
  const digits = text.replace(/\D/g, '').length;
  const needed = digits * DIGIT_PX + (text.length - digits) * SEPARATOR_PX + CELL_PADDING_PX;
  return `${Math.max(leastPx, needed)}px`;
}
