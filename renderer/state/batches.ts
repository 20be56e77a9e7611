import { useCallback } from 'react';
import type { Batch } from '../../shared/ipc/batches.ts';
import { succeed } from '../../shared/errors/result.ts';
import type { Result } from '../../shared/errors/result.ts';
import type { Order } from '../../shared/ipc/data.ts';
import { previousMonth, toMonth } from '../../shared/rules/months.ts';
import { entryKindSchema } from '../../shared/wire/primitives.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import { ask } from '../bridge.ts';
import { useReading } from './reading.ts';
import type { Reading } from './reading.ts';

/** The batches of one kind, newest first. */
export function useBatches(kind: EntryKind): Reading<readonly Batch[]> {
  const read = useCallback(async (): Promise<Result<readonly Batch[]>> => {
    const answer = await ask('batches.list', { kind });
    return answer.ok ? succeed(answer.value.batches) : answer;
  }, [kind]);
  return useReading(read, 'batches');
}

async function readAll(): Promise<Result<readonly Batch[]>> {
  const batches: Batch[] = [];
  for (const kind of entryKindSchema.options) {
    const answer = await ask('batches.list', { kind });
    if (!answer.ok) return answer;
    batches.push(...answer.value.batches);
  }
  return succeed(batches);
}

export function useAllBatches(): readonly Batch[] | undefined {
  return useReading(readAll, 'batches').value;
}

/** Batches still with the clerk. */
export function openBatches(batches: readonly Batch[]): Batch[] {
  return batches.filter((batch) => batch.open > 0);
}

/** Orders made of batches: those of the month, and older ones that have results to come. */
export function useBatchOrders(
  kind: EntryKind,
  businessMonth: number | undefined,
): Reading<readonly Order[]> {
  const read = useCallback(async (): Promise<Result<readonly Order[]>> => {
    if (businessMonth === undefined) return succeed([]);
    const now = await ask('orders.list', { kind, businessMonth });
    if (!now.ok) return now;
    const month = previousMonth(toMonth(businessMonth));
    const before = await ask('orders.list', { kind, businessMonth: month });
    if (!before.ok) return before;
    const due = before.value.orders.filter((order) => !isDone(order));
    const all = [...now.value.orders, ...due];
    const known = new Map(all.map((order) => [order.oid, order]));
    return succeed([...known.values()].filter((order) => order.origin === 'batch'));
  }, [kind, businessMonth]);
  return useReading(read, 'orders');
}

/** Nothing more will change about it. */
export function isDone(order: Order): boolean {
  if (order.state === 'rejected' || order.state === 'void') return true;
  return order.state === 'applied' && order.pending === 0;
}
