import type { FundType } from '../../../shared/rules/policy.ts';
import type { AccountClaim } from './accounts.ts';
import type { Bench, Raise } from './judgement.ts';
import { yuanText } from './money.ts';
import { commonMonths, type MonthRange, nameMonths } from './months.ts';
import { describeRatios, type PolicySpan, type RatioRange, splitByPolicy } from './policy.ts';

/** What the two back-payments have in common (manual 八, 九, 十一(一)). */

export interface BackPayItem extends AccountClaim {
  readonly seq: number;
  readonly from: number;
  readonly to: number;
  readonly unitFen: number;
  readonly personalFen: number;
}

/** Both parts of one item over all its months, fen. */
export interface DueParts {
  readonly unitFen: bigint;
  readonly personalFen: bigint;
}

export interface CheckedMonths {
  /** The start is not after the end, so that months can be named. */
  readonly isSpan: boolean;
  /** The months by policy row, where all of them may be paid. */
  readonly spans?: readonly PolicySpan[];
}

/**
 * Start not after end, both before the month now filed (manual 十一(一)9), none before the first
 * year whose bounds are known.
 */
export function checkMonths(
  { terms, businessMonth }: Bench,
  { fundType, from, to }: BackPayItem,
  raise: Raise<BackPayItem>,
): CheckedMonths {
  const isPast = from < businessMonth && to < businessMonth;
  for (const [field, month] of Object.entries({ from, to }) as ['from' | 'to', number][]) {
    if (month < businessMonth) continue;
    raise(field, 'MONTH_NOT_PAST', `${month}不早于当前业务年月${businessMonth}`);
  }
  if (from > to) {
    raise('to', 'MONTH_ORDER', `起始年月${from}大于截止年月${to}`);
    return { isSpan: false };
  }
  const spans = splitByPolicy(terms.policies, fundType, [from, to]);
  if (!spans) raise('from', 'POLICY_EARLY', `没有${from}的缴存基数标准，请到柜面办理`);
  return isPast && spans ? { isSpan: true, spans } : { isSpan: true };
}

/** Months of one account and fund stand once in an order; the months that come twice are named. */
export class MonthsOnce {
  readonly #seen = new Map<string, { readonly seq: number; readonly range: MonthRange }[]>();

  check(
    { seq, personalAccount, fundType, from, to }: BackPayItem,
    raise: Raise<BackPayItem>,
  ): void {
    const key = `${personalAccount} ${fundType}`;
    const others = this.#seen.get(key) ?? [];
    this.#seen.set(key, [...others, { seq, range: [from, to] }]);
    for (const other of others) {
      const months = commonMonths([from, to], [other.range]);
      if (months.length > 0) raiseDuplicate(months, `（与第${other.seq}条）`, raise);
    }
  }
}

export function raiseDuplicate(
  months: readonly number[],
  where: string,
  raise: Raise<BackPayItem>,
): void {
  raise('from', 'MONTHS_REPEATED', `存在重复补缴的年月${where}：${nameMonths(months)}`);
}

export function checkRatio<Item>(
  field: keyof Item & string,
  ratio: number,
  range: RatioRange,
  raise: Raise<Item>,
): void {
  if (ratio >= range.min && ratio <= range.max) return;
  raise(field, 'RATIO_NOT_ALLOWED', `缴存比例${ratio}%，${describeRatios(range)}`);
}

export function checkWage<Item>(
  field: keyof Item & string,
  wageFen: number,
  raise: Raise<Item>,
): void {
  if (wageFen <= 0) raise(field, 'BASE_NOT_POSITIVE', '月均工资不能为零或负数');
}

/** Each part is what the centre computes. */
export function checkParts(item: BackPayItem, due: DueParts, raise: Raise<BackPayItem>): void {
  for (const field of ['unitFen', 'personalFen'] as const) {
    if (BigInt(item[field]) === due[field]) continue;
    const msg = `补缴金额与计算的补缴金额不一致：${yuanText(item[field])}元，应为${yuanText(due[field])}元`;
    raise(field, 'AMOUNT_MISMATCH', msg);
  }
}

/** 补缴金额 is above zero (manual 八(二)1, 九(二)1); `field` is the wage it comes from. */
export function isPositive<Item>(
  field: keyof Item & string,
  { unitFen, personalFen }: DueParts,
  raise: Raise<Item>,
): boolean {
  const total = unitFen + personalFen;
  if (total > 0n) return true;
  raise(field, 'AMOUNT_NOT_POSITIVE', `补缴金额不能为零或负数：计算为${yuanText(total)}元`);
  return false;
}

/** Fund 11 is paid by the unit alone. */
export function hasPersonalPart(fundType: FundType): boolean {
  return fundType !== '11';
}
