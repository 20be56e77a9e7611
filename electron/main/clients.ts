import { client } from '../host/contract.ts';
import type { Client, Deadlines } from '../host/contract.ts';
import type { Caller } from '../host/peer.ts';
import { dataContract } from '../../shared/ipc/data.ts';
import { tokenContract, tokenDeadlinesMs } from '../../shared/ipc/token.ts';

/** How long main waits for the data host; a signature by hand-held key and a batch are inside. */
const dataDeadlinesMs: Deadlines<typeof dataContract> = {
  'unit.open': 60_000,
  'unit.status': 10_000,
  'unit.close': 10_000,
  'channel.hello': 45_000,
  'session.signIn': 120_000,
  'session.goOnline': 120_000,
  'session.signOut': 20_000,
  'roster.sync': 3_600_000,
  'roster.cancelSync': 10_000,
  'roster.query': 10_000,
  'roster.person': 10_000,
  'queue.list': 10_000,
  'queue.add': 10_000,
  'queue.edit': 10_000,
  'queue.remove': 10_000,
  'queue.restore': 30_000,
  'counter.add': 10_000,
  'counter.list': 10_000,
  'counter.remove': 10_000,
  'batches.list': 10_000,
  'batches.rows': 10_000,
  'batches.issues': 10_000,
  'batches.edit': 10_000,
  'batches.remove': 30_000,
  'batches.restore': 60_000,
  'batches.rename': 10_000,
  'batches.discard': 30_000,
  'batches.recheck': 120_000,
  'batches.begin': 10_000,
  'batches.append': 30_000,
  'batches.finish': 120_000,
  'batches.drop': 30_000,
  'batches.marks': 30_000,
  'batches.send': 300_000,
  'orders.confirm': 300_000,
  // waits its turn behind an order that is being sent
  'orders.cancelWaiting': 300_000,
  'orders.list': 10_000,
  'orders.items': 10_000,
  'orders.evidence': 10_000,
  'orders.refresh': 120_000,
  'receipts.verify': 10_000,
  'output.note': 10_000,
  'story.order': 10_000,
  'story.start': 10_000,
  'story.startRead': 10_000,
  // a sync is inside
  'month.compare': 3_600_000,
  'month.read': 10_000,
  'month.lines': 10_000,
  'month.trend': 10_000,
  'syncs.list': 10_000,
  'syncs.changes': 10_000,
  'syncs.drafts': 10_000,
  'audit.list': 10_000,
  'audit.check': 60_000,
  'audit.from': 30_000,
  'query.orders': 10_000,
  'query.items': 10_000,
  'query.roster': 10_000,
  'query.reveal': 10_000,
  'query.columns': 10_000,
  'query.keepColumns': 10_000,
  'notices.marks': 10_000,
  'notices.markRead': 10_000,
  // walks the whole of 操作记录
  'diagnostics.data': 60_000,
  'backups.list': 20_000,
  'backups.acknowledge': 10_000,
  // a slow disk under a large unit
  'backups.take': 300_000,
  'backups.inspect': 300_000,
  'backups.restore': 300_000,
  'rescue.offer': 300_000,
  'rescue.run': 300_000,
};

export type DataClient = Client<typeof dataContract>;
export type TokenClient = Client<typeof tokenContract>;

export function dataClient(caller: Caller): DataClient {
  return client(caller, dataContract, dataDeadlinesMs);
}

export function tokenClient(caller: Caller): TokenClient {
  return client(caller, tokenContract, tokenDeadlinesMs);
}
