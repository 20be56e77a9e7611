import {
  addFen,
  exactShareOf,
  formatFen,
  roundFen,
  roundingLabels,
  shareOf,
  toFen,
} from './money.ts';
import type { Fen, Rounding } from './money.ts';
import type { FundType } from './policy.ts';
import { step } from './wording.ts';

/** What is paid for one month. */
export interface MonthlyAmounts {
  readonly unitRatio: number;
  readonly personalRatio: number;
  readonly unitFen: Fen;
  readonly personalFen: Fen;
  readonly totalFen: Fen;
}

/**
 * 月缴存额 on a base that is already within its bounds: each part rounded on its own, then added.
 * Fund 11 is paid by the unit alone; otherwise the personal ratio equals the unit's unless given.
 */
export function monthlyAmounts(
  fundType: FundType,
  base: Fen,
  unitRatio: number,
  rounding: Rounding,
  personalRatio: number = unitRatio,
): MonthlyAmounts {
  const ownRatio = fundType === '11' ? 0 : personalRatio;
  const unitFen = shareOf(base, unitRatio, rounding);
  const personalFen = fundType === '11' ? toFen(0) : shareOf(base, ownRatio, rounding);
  return {
    unitRatio,
    personalRatio: ownRatio,
    unitFen,
    personalFen,
    totalFen: addFen(unitFen, personalFen),
  };
}

/** The calculation in lines a clerk can follow on paper. */
export function explainAmounts(
  fundType: FundType,
  base: Fen,
  amounts: MonthlyAmounts,
  rounding: Rounding,
): string[] {
  return [...explainParts(fundType, base, amounts, rounding), step.total(amounts.totalFen)];
}

/** The same without the sum: one line per part. */
export function explainParts(
  fundType: FundType,
  base: Fen,
  amounts: MonthlyAmounts,
  rounding: Rounding,
): string[] {
  const part = (who: '单位' | '个人', ratio: number, fen: Fen) =>
    step.part(who, {
      base,
      ratio,
      exact: exactYuan(base, ratio),
      label: roundingLabels[rounding],
      fen,
    });
  const unit = part('单位', amounts.unitRatio, amounts.unitFen);
  if (fundType === '11') return [unit];
  return [unit, part('个人', amounts.personalRatio, amounts.personalFen)];
}

/** A share before rounding in yuan, with 厘 and its tenth when there are any: `318.0006`. */
function exactYuan(base: Fen, ratio: number): string {
  const exact = exactShareOf(base, ratio);
  const fraction = exact.mod(1).toFixed(2).slice(2).replace(/0+$/, '');
  return formatFen(roundFen(exact, 'fenTruncate')) + fraction;
}
