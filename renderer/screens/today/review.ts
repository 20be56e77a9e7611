import type { Order } from '../../../shared/ipc/data.ts';

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
