import { useCallback } from 'react';
import type { Failure, Result } from '../../shared/errors/result.ts';
import { succeed } from '../../shared/errors/result.ts';
import type { Order } from '../../shared/ipc/data.ts';
import { previousMonth } from '../../shared/rules/months.ts';
import type { BusinessMonth } from '../../shared/rules/months.ts';
import { entryKindSchema } from '../../shared/wire/primitives.ts';
import { ask } from '../bridge.ts';
import { useReading } from './reading.ts';
import type { Reading } from './reading.ts';
import { createStore } from './store.ts';

async function readMonths(months: readonly number[]): Promise<Result<readonly Order[]>> {
  // one that waits for the opening is in the answer for any month
  const orders = new Map<string, Order>();
  for (const businessMonth of months) {
    for (const kind of entryKindSchema.options) {
      const answer = await ask('orders.list', { kind, businessMonth });
      if (!answer.ok) return answer;
      for (const order of answer.value.orders) orders.set(order.oid, order);
    }
  }
  return succeed([...orders.values()]);
}

/** The orders of all kinds of a month; none before the month is known. */
export function useOrders(businessMonth: number | undefined): readonly Order[] {
  const read = useCallback(
    () => readMonths(businessMonth === undefined ? [] : [businessMonth]),
    [businessMonth],
  );
  return useReading(read, 'orders').value ?? none;
}

/** The orders of all kinds of a month and of the one before it. */
export function useOrdersSince(businessMonth: BusinessMonth): Reading<readonly Order[]> {
  const read = useCallback(
    () => readMonths([businessMonth, previousMonth(businessMonth)]),
    [businessMonth],
  );
  return useReading(read, 'orders');
}

const none: readonly Order[] = [];

/** Confirmed outside the hours, to be signed and sent by itself at the opening. */
export function waitingOrders(orders: readonly Order[]): Order[] {
  return orders.filter((order) => order.state === 'draft' && order.opensAt !== null);
}

const cancelFailure = createStore<Failure | undefined>(undefined);
export const useCancelFailure = cancelFailure.use;

/** 取消等待: the drafts wait in the queue again. */
export async function cancelWaiting(oid: string): Promise<void> {
  const answer = await ask('orders.cancelWaiting', { oid });
  cancelFailure.set(answer.ok ? undefined : answer);
}
