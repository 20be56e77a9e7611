import { cutRange, type MonthRange, shiftMonth, spanOf } from '../review/months.ts';
import { SeededRandom } from './random.ts';
import { FROZEN_NUMBER } from './units.ts';

const GAP_SHARE = 0.07;
const GAP_MONTHS_MAX = 4;
/**
 * These people of every unit miss three recent months, so that a 漏缴 can be tried in any unit, and
 * one that fails as the centre processes it.
 */
const SHOWN_GAP_NUMBERS: readonly number[] = [3, FROZEN_NUMBER];

/**
 * Months paid, from the opening to `through`; some people lack a few, as a unit that forgot them
 * would have it. Drawn apart from everything else about a person.
 */
export function drawPaidMonths(
  account: string,
  number: number,
  opened: number,
  through: number,
): MonthRange[] {
  const random = new SeededRandom(`paid ${account}`);
  let paid: MonthRange[] = [[opened, through]];
  if (SHOWN_GAP_NUMBERS.includes(number)) {
    return cutRange(paid, [shiftMonth(through, -4), shiftMonth(through, -2)]);
  }
  const length = spanOf([opened, through]);
  while (length > 2 * GAP_MONTHS_MAX && random.chance(GAP_SHARE)) {
    const first = shiftMonth(opened, random.whole(1, length - GAP_MONTHS_MAX - 1));
    paid = cutRange(paid, [first, shiftMonth(first, random.whole(0, GAP_MONTHS_MAX - 1))]);
  }
  return paid;
}
