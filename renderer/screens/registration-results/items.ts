import type { OrderItem } from '../../../shared/ipc/data.ts';
import { policyAt } from '../../../shared/rules/policy.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import { toMonth } from '../../../shared/rules/months.ts';

/** Which items of a batch are shown; 待确认 takes in what the centre is working on. */
export type ItemChoice = 'all' | 'succeeded' | 'failed' | 'pending';

export function chosenItems(items: readonly OrderItem[], choice: ItemChoice): OrderItem[] {
  return items.filter((item) => {
    if (choice === 'all') return true;
    if (choice === 'pending') return item.state === 'pending' || item.state === 'processing';
    return item.state === choice;
  });
}

/** Came into force in another month than it was filed for: yellow (manual 十(一)). */
export function landedElsewhere(item: OrderItem, filedMonth: number): boolean {
  return item.landedMonth !== 0 && item.landedMonth !== filedMonth;
}

/** The limit that 缴存基数 stands at, where it need not be the 月均工资 that was typed. */
export function limitOf(
  item: OrderItem,
  filedMonth: number,
  terms: UnitTerms,
): 'lowest' | 'highest' | undefined {
  const policy = policyAt(terms.policies, item.fundType, toMonth(filedMonth));
  if (item.base === policy?.minBase) return 'lowest';
  if (item.base === policy?.maxBase) return 'highest';
  return undefined;
}
