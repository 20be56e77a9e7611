import type { Policy } from '../../../shared/rules/policy.ts';
import type {
  ItemIssue,
  ShortfallBackPayItem,
  ShortfallBackPayOrder,
} from '../../../shared/wire/orders.ts';
import { checkAccount } from './accounts.ts';
import {
  checkMonths,
  checkParts,
  checkRatio,
  checkWage,
  type DueParts,
  hasPersonalPart,
  isPositive,
  MonthsOnce,
} from './back-pay.ts';
import { type Bench, judgeItems, type Raise as RaiseFor } from './judgement.ts';
import { monthlyPart } from './money.ts';
import { backPayRatios, clampWage, type PolicySpan } from './policy.ts';

type Raise = RaiseFor<ShortfallBackPayItem>;

/**
 * The rules of 少缴补缴 as the centre reads them (manual 九, 十一(一)). Months clash within one order
 * only: the same month may be made up again in a later one (manual 九.1).
 */
export function judgeShortfallBackPay(bench: Bench, order: ShortfallBackPayOrder): ItemIssue[] {
  const once = new MonthsOnce();
  return judgeItems(order.items, (item, raise) => {
    once.check(item, raise);
    if (!checkAccount(bench, order.origin, item, raise)) return;
    const { spans } = checkMonths(bench, item, raise);
    const range = backPayRatios(bench.terms, item.fundType);
    checkRatio('paidRatio', item.paidRatio, range, raise);
    checkRatio('dueRatio', item.dueRatio, range, raise);
    checkWage('paidWage', item.paidWage, raise);
    checkWage('dueWage', item.dueWage, raise);
    if (!spans || item.paidWage <= 0 || item.dueWage <= 0) return;
    const differences = listDifferences(item, spans);
    const due = sumParts(item, differences);
    if (!isPositive('dueWage', due, raise)) return;
    checkEachMonth(differences, raise);
    checkParts(item, due, raise);
  });
}

interface Difference {
  readonly policy: Policy;
  readonly months: number;
  /** Due less paid of one part and one month, fen. */
  readonly fen: bigint;
}

/** Per month the difference of the two rounded amounts, each at that month's bounds. */
function listDifferences(item: ShortfallBackPayItem, spans: readonly PolicySpan[]): Difference[] {
  return spans.map(({ policy, months }) => {
    const due = monthlyPart(clampWage(item.dueWage, policy), item.dueRatio, policy.rounding);
    const paid = monthlyPart(clampWage(item.paidWage, policy), item.paidRatio, policy.rounding);
    return { policy, months, fen: due - paid };
  });
}

function sumParts(
  { fundType }: ShortfallBackPayItem,
  differences: readonly Difference[],
): DueParts {
  const unitFen = differences.reduce((sum, { months, fen }) => sum + BigInt(months) * fen, 0n);
  return { unitFen, personalFen: hasPersonalPart(fundType) ? unitFen : 0n };
}

/** A month in which more was paid than was due is no shortfall: it is never set off against another. */
function checkEachMonth(differences: readonly Difference[], raise: Raise): void {
  const over = differences.find(({ fen }) => fen < 0n);
  if (!over) return;
  const msg = `${over.policy.from}起的标准下应缴金额小于已缴金额，不属于少缴`;
  raise('dueWage', 'AMOUNT_NOT_POSITIVE', msg);
}
