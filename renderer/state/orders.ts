import { useCallback } from 'react';
import type { Failure, Result } from '../../shared/errors/result.ts';
import { succeed } from '../../shared/errors/result.ts';
import type { Order } from '../../shared/ipc/data.ts';
import { entryKindSchema } from '../../shared/wire/primitives.ts';
import { ask } from '../bridge.ts';
import { useReading } from './reading.ts';
import { createStore } from './store.ts';

/** The orders of all kinds of a month; none before the month is known. */
export function useOrders(businessMonth: number | undefined): readonly Order[] {
  const read = useCallback(async (): Promise<Result<readonly Order[]>> => {
    const orders: Order[] = [];
    if (businessMonth === undefined) return succeed(orders);
    for (const kind of entryKindSchema.options) {
      const answer = await ask('orders.list', { kind, businessMonth });
      if (!answer.ok) return answer;
      orders.push(...answer.value.orders);
    }
    return succeed(orders);
  }, [businessMonth]);
  return useReading(read, 'orders').value ?? none;
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
