import type { BackupHolds, Restored, RestorePreview } from '../../../shared/ipc/backups.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { backup as words } from '../../text/backup.ts';
import { stampText } from '../../text/time.ts';

type PerKind = Readonly<Record<EntryKind, number>>;

function draftTotal(drafts: PerKind): number {
  return Object.values(drafts).reduce((sum, count) => sum + count, 0);
}

/** What a backup holds, in one line; what there is none of is left out. */
export function holdsText(holds: BackupHolds): string {
  const { counter, batches, batchRows, orders, openOrders, receiptsUpTo, rosterCount } = holds;
  const drafts = draftTotal(holds.drafts);
  const open = openOrders > 0 ? `（${words.openOrders(openOrders)}）` : '';
  const parts = [
    drafts > 0 ? words.drafts(drafts) : '',
    counter > 0 ? words.counter(counter) : '',
    batches > 0 ? words.batches(batches, batchRows) : '',
    orders > 0 ? words.orders(orders) + open : '',
    receiptsUpTo > 0 ? words.receiptsTo(receiptsUpTo) : '',
    rosterCount > 0 ? words.roster(rosterCount) : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join('，') : words.nothing;
}

/** What a restore brings, line by line; empty where everything is here. */
export function bringsLines(restored: Restored): string[] {
  const { drafts, counter, batches, batchRows, orders, openOrders, receipts } = restored;
  const kinds = entryKindSchema.options
    .filter((kind) => drafts[kind] > 0)
    .map((kind) => words.draftsOf(kind, drafts[kind]));
  const open = openOrders > 0 ? `（${words.openOrders(openOrders)}）` : '';
  return [
    kinds.length > 0 ? words.waiting(kinds.join('，')) : '',
    counter > 0 ? words.counter(counter) : '',
    batches > 0 ? words.batches(batches, batchRows) : '',
    orders > 0 ? words.orders(orders) + open : '',
    receipts > 0 ? words.receipts(receipts) : '',
  ].filter((line) => line !== '');
}

/** What the clerk has to know of it besides. */
export function bringsNotes({ drafts, batchRows, openOrders, doubled }: Restored): string[] {
  return [
    openOrders > 0 ? words.openNote(openOrders) : '',
    doubled > 0 ? words.doubledNote(doubled) : '',
    draftTotal(drafts) + batchRows > 0 ? words.againNote : '',
  ].filter((line) => line !== '');
}

export function newerLines(newer: RestorePreview['newerHere']): string[] {
  const { drafts, batches, orders, receipts, lastSyncAt } = newer;
  return [
    drafts > 0 ? words.drafts(drafts) : '',
    batches > 0 ? words.batches(batches, 0) : '',
    orders > 0 ? words.orders(orders) : '',
    receipts > 0 ? words.receipts(receipts) : '',
    lastSyncAt ? words.synced(stampText(lastSyncAt)) : '',
  ].filter((line) => line !== '');
}
