import type { Order } from '../../../shared/ipc/data.ts';
import { filingWindow } from '../../../shared/rules/window.ts';
import type { FilingRules } from '../../../shared/rules/window.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';

export interface ReviewCounts {
  readonly pending: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** People over all orders the centre has taken. */
export function sumOrders(orders: readonly Order[]): ReviewCounts {
  const counts = { pending: 0, succeeded: 0, failed: 0 };
  for (const order of orders) {
    if (order.state !== 'applied') continue;
    counts.pending += order.pending;
    counts.succeeded += order.succeeded;
    counts.failed += order.failed;
  }
  return counts;
}

/** Entries of a kind that took effect with the receipt; a 登记 takes effect only after review. */
export function sumEffective(orders: readonly Order[], kind: EntryKind): number {
  if (kind === 'registration') return 0;
  return orders
    .filter((order) => order.kind === kind && order.state === 'applied')
    .reduce((sum, order) => sum + order.acceptedCount - order.failed, 0);
}

/** An order left to the opening whose 登记 would be taken on the last workday of the window or later. */
export function landsLate({ kind, opensAt }: Order, rules: FilingRules, nowMs: number): boolean {
  if (kind !== 'registration' || opensAt === null) return false;
  // one that is held up goes now at the earliest
  return filingWindow(Math.max(nowMs, Date.parse(opensAt)), rules).mayLandNextMonth;
}
