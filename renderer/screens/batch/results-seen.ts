import type { Order } from '../../../shared/ipc/data.ts';
import { isDone } from '../../state/batches.ts';
import { createStore } from '../../state/store.ts';

/** Results the clerk has looked at since the window opened, by order with their counts. */
const seen = createStore<ReadonlySet<string>>(new Set());
export const useSeenResults = seen.use;

const resultOf = ({ oid, succeeded, failed }: Order) => `${oid} ${succeeded} ${failed}`;

export function markSeen(orders: readonly Order[]): void {
  const fresh = orders.map(resultOf).filter((result) => !seen.get().has(result));
  if (fresh.length > 0) seen.set(new Set([...seen.get(), ...fresh]));
}

/** Orders of batches that are wholly done and have not been looked at. */
export function unreadResults(orders: readonly Order[], read: ReadonlySet<string>): Order[] {
  return orders.filter(
    (order) =>
      order.origin === 'batch' &&
      order.state === 'applied' &&
      isDone(order) &&
      !read.has(resultOf(order)),
  );
}
