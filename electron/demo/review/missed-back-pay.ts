import {
  type ItemIssue,
  type MissedBackPayItem,
  missedBackPayItemSchema,
  type MissedBackPayOrder,
} from '../../../shared/wire/orders.ts';
import { type Account, checkAccount, listUnderWay } from './accounts.ts';
import {
  checkMonths,
  checkParts,
  checkRatio,
  checkWage,
  type DueParts,
  hasPersonalPart,
  isPositive,
  MonthsOnce,
  raiseDuplicate,
} from './back-pay.ts';
import { type Bench, judgeItems, type Raise as RaiseFor } from './judgement.ts';
import { monthlyPart } from './money.ts';
import { commonMonths, type MonthRange } from './months.ts';
import { backPayRatios, clampWage, type PolicySpan } from './policy.ts';

/** The rules of 漏缴补缴 as the centre reads them (manual 八, 十一(一)); 停缴 is no obstacle. */

type Raise = RaiseFor<MissedBackPayItem>;

export function judgeMissedBackPay(bench: Bench, order: MissedBackPayOrder): ItemIssue[] {
  const once = new MonthsOnce();
  return judgeItems(order.items, (item, raise) => {
    once.check(item, raise);
    const account = checkAccount(bench, order.origin, item, raise);
    if (!account) return;
    const { isSpan, spans } = checkMonths(bench, item, raise);
    if (isSpan) checkPaid(bench, item, account, raise);
    checkRatios(bench, item, raise);
    checkWage('wage', item.wage, raise);
    if (!spans || item.wage <= 0) return;
    const due = sumParts(item, spans);
    if (isPositive('wage', due, raise)) checkParts(item, due, raise);
  });
}

function checkRatios({ terms }: Bench, item: MissedBackPayItem, raise: Raise): void {
  checkRatio('unitRatio', item.unitRatio, backPayRatios(terms, item.fundType), raise);
  const personal = hasPersonalPart(item.fundType) ? item.unitRatio : 0;
  if (item.personalRatio === personal) return;
  const msg = `个人缴存比例${item.personalRatio}%，应为${personal}%`;
  raise('personalRatio', 'RATIO_NOT_ALLOWED', msg);
}

/** Months in the system: those paid, and those of a batch that is still being processed. */
function checkPaid(bench: Bench, item: MissedBackPayItem, account: Account, raise: Raise): void {
  const underWay = listUnderWay(bench, 'missedBackPay', item).map((content): MonthRange => {
    const { from, to } = missedBackPayItemSchema.parse(JSON.parse(content));
    return [from, to];
  });
  const months = findPaidMonths(item, [...account.paid, ...underWay]);
  if (months.length > 0) raiseDuplicate(months, '', raise);
}

export function findPaidMonths(
  { from, to }: MissedBackPayItem,
  paid: readonly MonthRange[],
): number[] {
  return commonMonths([from, to], paid);
}

/** Each month at its own bounds, each part rounded on its own, then added. */
function sumParts(item: MissedBackPayItem, spans: readonly PolicySpan[]): DueParts {
  let unitFen = 0n;
  let personalFen = 0n;
  for (const { policy, months } of spans) {
    const base = clampWage(item.wage, policy);
    unitFen += BigInt(months) * monthlyPart(base, item.unitRatio, policy.rounding);
    personalFen += BigInt(months) * monthlyPart(base, item.personalRatio, policy.rounding);
  }
  return { unitFen, personalFen };
}
