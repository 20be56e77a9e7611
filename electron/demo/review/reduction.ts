import type { ItemIssue, ReductionItem, ReductionOrder } from '../../../shared/wire/orders.ts';
import { reductionReasons } from '../centre/parameters.ts';
import { type Account, checkAccount, listUnderWay } from './accounts.ts';
import { type Bench, judgeItems, type Raise as RaiseFor } from './judgement.ts';
import { yuanText } from './money.ts';

/** The rules of 职工减少 as the centre reads them (manual 七). */

type Raise = RaiseFor<ReductionItem>;

export function judgeReduction(bench: Bench, order: ReductionOrder): ItemIssue[] {
  const seen = new Map<string, number>();
  return judgeItems(order.items, (item, raise) => {
    const key = `${item.personalAccount} ${item.fundType}`;
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, item.seq);
    else raise('personalAccount', 'DUPLICATE_IN_QUEUE', `存在相同的记录（与第${earlier}条）`);
    if (!reductionReasons.some(({ code }) => code === item.reason)) {
      raise('reason', 'REASON_UNKNOWN', `减少原因${item.reason}不在中心的代码表中`);
    }
    const account = checkAccount(bench, order.origin, item, raise);
    if (account) checkState(bench, item, account, raise);
  });
}

function checkState(bench: Bench, item: ReductionItem, account: Account, raise: Raise): void {
  if (account.status !== '01') {
    raise('personalAccount', 'ACCOUNT_STOPPED', `该职工已停缴，个人客户号${item.personalAccount}`);
    return;
  }
  if (listUnderWay(bench, 'reduction', item).length > 0) {
    raise('personalAccount', 'DUPLICATE_IN_QUEUE', '存在相同的记录，该职工的减少正在中心处理');
  }
  for (const field of ['unitFen', 'personalFen'] as const) {
    if (item[field] === account[field]) continue;
    const msg = `月缴存额${yuanText(item[field])}元，中心登记为${yuanText(account[field])}元`;
    raise(field, 'AMOUNT_MISMATCH', msg);
  }
}
