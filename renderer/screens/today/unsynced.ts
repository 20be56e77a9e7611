import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { Order, OrderItem } from '../../../shared/ipc/data.ts';
import { ask } from '../../bridge.ts';

/** People of these items who succeeded after the roster was last synced. */
export function countUnsynced(items: readonly OrderItem[], lastSyncAt: string): number {
  return items.filter(
    ({ state, changedAt }) => state === 'succeeded' && changedAt !== null && changedAt > lastSyncAt,
  ).length;
}

/** How many of the orders' people this computer's roster cannot show yet. */
export async function readUnsynced(
  orders: readonly Order[],
  lastSyncAt: string | null,
): Promise<Result<number>> {
  if (lastSyncAt === null) return succeed(0);
  let count = 0;
  for (const { oid, succeeded } of orders) {
    if (succeeded === 0) continue;
    const answer = await ask('orders.items', { oid, state: 'succeeded' });
    if (!answer.ok) return answer;
    count += countUnsynced(answer.value.items, lastSyncAt);
  }
  return succeed(count);
}
