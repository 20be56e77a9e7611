import type { Entry } from '../entries.ts';
import { entryOfRow } from '../../../electron/data/batches/row-entry.ts';
import type { AuditCase, ClientState, Raise } from './case.ts';
import type { LedgerItem } from './centre-books.ts';
import type { ClientDraft, ClientRow } from './client-books.ts';

interface Place {
  /** The draft, or the row of a batch. */
  readonly held: Held | undefined;
  /** Its line in the ledger, by the order it was bound to or by its wage. */
  readonly item: LedgerItem | undefined;
}

type Held = Pick<ClientDraft, 'state' | 'orderId'> | Pick<ClientRow, 'state' | 'orderId'>;

/** Every entry the clerk was told is stored is where it must be, once. */
export function checkEntries(given: AuditCase, raise: Raise): void {
  const { clients, entries, centre, known } = given;
  const held = new Map(clients.map((client) => [client.name, heldBy(client)]));
  const applied = new Map<string, LedgerItem>();
  for (const item of centre.items) {
    const byTag = item.tag === null ? undefined : entries.byTag(item.kind, item.tag)?.id;
    const id = byTag ?? known.get(item.oid)?.entryIds.get(item.seq);
    if (id !== undefined) applied.set(id, item);
  }
  for (const entry of entries.entries.values()) {
    const place = { held: held.get(entry.pc)?.get(entry.id), item: applied.get(entry.id) };
    const lost = (detail: string) => {
      raise('draftLost', `${entry.pc}, ${entry.kind} ${entry.id}: ${detail}`);
    };
    if (entry.isAbandoned) {
      if (place.item) raise('halfRead', `entry ${entry.id} is in the ledger`);
      continue;
    }
    checkPlace(given, entry, place, lost);
    if (place.item) checkApplied(entry, place.item, raise);
  }
}

function heldBy({ drafts, rows }: ClientState): Map<string, Held> {
  return new Map<string, Held>([
    ...drafts.map((draft) => [draft.id, draft] as const),
    ...rows.map((row) => [entryOfRow(row.batch, row.seq), row] as const),
  ]);
}

function checkPlace(
  { centre, isFinal }: AuditCase,
  entry: Entry,
  { held, item }: Place,
  lost: (detail: string) => void,
): void {
  // what a copy from before knows of it may be older, or nothing; what it calls done must be
  const { isDoubtful } = entry;
  if (!held) {
    if (entry.isStored && !isDoubtful) lost('nowhere');
    return;
  }
  switch (held.state) {
    case 'waiting':
    case 'open':
      if (isDoubtful) return;
      if (item) lost(`${held.state}, and is in the ledger under ${item.oid}`);
      if (entry.removal === 'done') lost(`${held.state} though it was removed`);
      return;
    case 'ordered':
      if (isFinal) lost('bound to an order that is not settled');
      return;
    case 'settled':
      if (item?.oid !== held.orderId) lost('settled without a line in the ledger');
      else if (!centre.ledger.has(item.oid)) lost('settled by an item without an order');
      return;
    case 'removed':
      if (isDoubtful) return;
      if (entry.removal === 'none') lost('removed, and nobody asked for it');
      if (item) lost('removed, and in the ledger');
      return;
    case 'counter':
    case 'struck':
      lost(`${held.state}, and nobody asked for it`);
      return;
  }
}

/** To the fen what the clerk was shown when it was stored. */
function checkApplied(entry: Entry, item: LedgerItem, raise: Raise): void {
  const fen = item.unitFen + item.personalFen;
  const typed = entry.versions.filter(({ tag }) => tag === item.tag);
  const shown = typed.map(({ totalFen }) => totalFen);
  if (shown.includes(fen) || shown.includes(null)) return;
  raise('amounts', `entry ${entry.id}: ${fen} fen in the ledger, ${shown.join(' or ')} shown`);
}
