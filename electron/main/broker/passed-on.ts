import type { Handlers } from '../../../shared/ipc/contract.ts';
import type { dataContract } from '../../../shared/ipc/data.ts';
import type { windowContract } from '../../../shared/ipc/window.ts';
import type { DataClient } from '../clients.ts';

/** Operations of the window that are the data host's own, request and answer unchanged. */
const passedOn = [
  'unit.status',
  'roster.sync',
  'roster.cancelSync',
  'roster.query',
  'roster.person',
  'queue.list',
  'queue.add',
  'queue.edit',
  'queue.remove',
  'queue.restore',
  'counter.add',
  'counter.list',
  'counter.remove',
  'batches.list',
  'batches.rows',
  'batches.issues',
  'batches.edit',
  'batches.remove',
  'batches.restore',
  'batches.rename',
  'batches.discard',
  'batches.recheck',
  'batches.send',
  'orders.confirm',
  'orders.cancelWaiting',
  'orders.list',
  'orders.items',
  'orders.refresh',
  'receipts.verify',
  'story.order',
  'story.start',
  'story.startRead',
  'month.compare',
  'month.read',
  'month.lines',
  'month.trend',
  'syncs.list',
  'syncs.changes',
  'syncs.drafts',
  'audit.list',
  'audit.check',
  'query.orders',
  'query.items',
  'query.roster',
  'query.reveal',
  'query.columns',
  'query.keepColumns',
  'notices.marks',
  'notices.markRead',
] as const satisfies readonly (keyof typeof dataContract & keyof typeof windowContract)[];

type PassedOn = Pick<Handlers<typeof windowContract>, (typeof passedOn)[number]>;

/** A handler for each of them. */
export function passOn(data: DataClient): PassedOn {
  const handlers = passedOn.map((op) => {
    const call = data[op] as (request: unknown) => Promise<unknown>;
    return [op, (request: unknown) => call(request)] as const;
  });
  return Object.fromEntries(handlers) as unknown as PassedOn;
}
