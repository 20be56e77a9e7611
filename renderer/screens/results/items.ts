import type { OrderItem } from '../../../shared/ipc/data.ts';
import type { ItemChoice, ItemSort, QueryItem } from '../../../shared/ipc/queries.ts';
import { policyAt } from '../../../shared/rules/policy.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import { output } from '../../text/output.ts';
import { stampText } from '../../text/time.ts';

/** The items of a batch in the chosen state; 待确认 takes in what the centre is working on. */
export function chosenItems(items: readonly OrderItem[], choice: ItemChoice): OrderItem[] {
  return items.filter((item) => {
    if (choice === 'all') return true;
    if (choice === 'pending') return item.state === 'pending' || item.state === 'processing';
    return item.state === choice;
  });
}

/** The limit that 缴存基数 stands at, where it need not be the 月均工资 that was typed. */
export function limitOf(
  { base, fundType }: Pick<QueryItem, 'base' | 'fundType'>,
  filedMonth: number,
  terms: UnitTerms,
): 'lowest' | 'highest' | undefined {
  if (base === null || fundType === null) return undefined;
  const policy = policyAt(terms.policies, fundType, toMonth(filedMonth));
  if (base === policy?.minBase) return 'lowest';
  if (base === policy?.maxBase) return 'highest';
  return undefined;
}

export interface ItemOrder {
  readonly sort: ItemSort;
  readonly descending: boolean;
}

export const asFiled: ItemOrder = { sort: 'seq', descending: false };

/** A click on a column: ascending first, then descending. */
export function sortItemsBy(order: ItemOrder, sort: ItemSort): ItemOrder {
  return { sort, descending: order.sort === sort && !order.descending };
}

/** In the head of an exported sheet: how old what the centre said is. */
export function ageFacts(fetchedAt: string | null): string[] {
  return fetchedAt === null ? [] : [output.dataAsOf(stampText(fetchedAt))];
}
