import type { Entry } from '../entries.ts';
import type { AuditCase, Raise } from './case.ts';
import type { LedgerItem } from './centre-books.ts';
import type { ClientDraft } from './client-books.ts';

interface Place {
  readonly draft: ClientDraft | undefined;
  /** Its line in the ledger, by the order it was bound to or by its wage. */
  readonly item: LedgerItem | undefined;
}

/** Every entry the clerk was told is stored is where it must be, once. */
export function checkEntries(given: AuditCase, raise: Raise): void {
  const { clients, entries, centre, known } = given;
  const drafts = new Map(
    clients.map(({ name, drafts: rows }) => [name, new Map(rows.map((row) => [row.id, row]))]),
  );
  const applied = new Map<string, LedgerItem>();
  for (const item of centre.items) {
    const byTag = item.tag === null ? undefined : entries.byTag(item.kind, item.tag)?.id;
    const id = byTag ?? known.get(item.oid)?.draftIds.get(item.seq);
    if (id !== undefined) applied.set(id, item);
  }
  for (const entry of entries.entries.values()) {
    const place = { draft: drafts.get(entry.pc)?.get(entry.id), item: applied.get(entry.id) };
    const lost = (detail: string) => {
      raise('draftLost', `${entry.pc}, ${entry.kind} ${entry.id}: ${detail}`);
    };
    checkPlace(given, entry, place, lost);
    if (place.item) checkApplied(entry, place.item, raise);
  }
}

function checkPlace(
  { centre, isFinal }: AuditCase,
  entry: Entry,
  { draft, item }: Place,
  lost: (detail: string) => void,
): void {
  // what a copy from before knows of it may be older, or nothing
  if (entry.isDoubtful) return;
  if (!draft) {
    if (entry.isStored) lost('nowhere');
    return;
  }
  switch (draft.state) {
    case 'waiting':
      if (item) lost(`waits, and is in the ledger under ${item.oid}`);
      if (entry.removal === 'done') lost('waits though it was removed');
      return;
    case 'ordered':
      if (isFinal) lost('bound to an order that is not settled');
      return;
    case 'settled':
      if (item?.oid !== draft.orderId) lost('settled without a line in the ledger');
      else if (!centre.ledger.has(item.oid)) lost('settled by an item without an order');
      return;
    case 'removed':
      if (entry.removal === 'none') lost('removed, and nobody asked for it');
      if (item) lost('removed, and in the ledger');
      return;
    case 'counter':
    case 'struck':
      lost(`${draft.state}, and nobody asked for it`);
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
