import type { AuditCase, ClientState, Raise, Violation } from './case.ts';
import type { LedgerItem } from './centre-books.ts';
import { checkEntries } from './entry-rules.ts';
import { checkOrders } from './order-rules.ts';
import { checkRows } from './row-rules.ts';

/** Everything the issue promises, held against the books; empty when all of it is true. */
export function audit(given: AuditCase): Violation[] {
  const violations: Violation[] = [];
  const raise: Raise = (rule, detail) => {
    violations.push({ rule, detail });
  };
  checkChain(given, raise);
  checkLedger(given, raise);
  for (const client of given.clients) {
    checkOrders(given, client, raise);
    checkRows(given, client, raise);
    checkFile(given, client, raise);
  }
  checkEntries(given, raise);
  return violations;
}

function checkChain({ centre, receipts }: AuditCase, raise: Raise): void {
  let prev = '';
  const decided = new Set<string>();
  for (const [index, row] of centre.receipts.entries()) {
    const where = `receipt ${row.rno}`;
    const { hash, receipt } = receipts.read(row.cms);
    if (typeof receipt === 'string') raise('receiptChain', `${where}: ${receipt}`);
    else {
      const line = centre.ledger.get(receipt.oid);
      if (receipt.rno !== index + 1 || receipt.prev !== prev || hash !== row.hash) {
        raise('receiptChain', `${where} does not follow the one before it`);
      }
      if (decided.has(receipt.sn))
        raise('receiptChain', `${where}: a second one for ${receipt.sn}`);
      decided.add(receipt.sn);
      const isLine = line?.sn === receipt.sn;
      if ((receipt.state === 'applied') !== isLine) {
        raise(
          'receiptChain',
          `${where} says ${receipt.state}, the ledger ${line ? line.sn : 'none'}`,
        );
      } else if (line && isLine && (line.count !== receipt.count || line.fen !== receipt.fen)) {
        raise('amounts', `${where}: ${receipt.fen} fen, the ledger ${line.fen}`);
      }
    }
    prev = hash;
  }
  for (const serial of centre.serials.values()) {
    if (serial.state !== 'void' && !decided.has(serial.sn)) {
      raise('receiptChain', `serial ${serial.sn} is ${serial.state} without a receipt`);
    }
  }
  // the receipts name their lines; a line must have its receipt as well
  for (const { oid, sn } of centre.ledger.values()) {
    if (!decided.has(sn)) raise('receiptChain', `order ${oid} in the ledger without a receipt`);
  }
}

/** Each entry at most once, whichever way it is looked for, and each line the sum of its items. */
function checkLedger({ centre, entries, known }: AuditCase, raise: Raise): void {
  const sums = new Map<string, { count: number; fen: number }>();
  const seen = new Map<string, LedgerItem>();
  let nameless = 0;
  const once = (entry: string | undefined, item: LedgerItem) => {
    if (entry === undefined) return;
    const before = seen.get(entry);
    if (before && (before.oid !== item.oid || before.seq !== item.seq)) {
      raise('appliedTwice', `entry ${entry} in ${before.oid} and ${item.oid}`);
    }
    seen.set(entry, item);
  };
  for (const item of centre.items) {
    const sum = sums.get(item.oid) ?? { count: 0, fen: 0 };
    sums.set(item.oid, {
      count: sum.count + 1,
      fen: sum.fen + item.unitFen + item.personalFen,
    });
    const bound = known.get(item.oid)?.entryIds.get(item.seq);
    const tagged = item.tag === null ? undefined : entries.byTag(item.kind, item.tag)?.id;
    once(bound, item);
    once(tagged, item);
    if (item.entry === null) nameless += 1;
    const id = tagged ?? bound;
    if (id !== undefined && item.entry !== null && item.entry !== id) {
      raise('misnamed', `entry ${id} in ${item.oid} as ${item.entry}`);
    }
  }
  // one for all of them: the controls name none
  if (nameless > 0) raise('misnamed', `${nameless} entries in the ledger without a name`);
  for (const line of centre.ledger.values()) {
    const sum = sums.get(line.oid);
    if (sum?.count !== line.count || sum.fen !== line.fen) {
      raise('amounts', `order ${line.oid}: ${line.fen} fen, its items ${sum?.fen ?? 0}`);
    }
    const order = known.get(line.oid);
    if (!order) raise('unknownOrder', line.oid);
    else if (order.fen !== line.fen || order.entryIds.size !== line.count) {
      raise('amounts', `order ${line.oid}: confirmed ${order.fen} fen, the ledger ${line.fen}`);
    }
  }
}

function checkFile({ centre, isFinal }: AuditCase, client: ClientState, raise: Raise): void {
  const { name } = client;
  if (!client.isSound) raise('fileUnsound', name);
  if (client.auditBreak !== undefined) raise('auditTrail', `${name}, row ${client.auditBreak}`);
  for (const receipt of client.receipts) {
    const theirs = centre.receipts[receipt.rno - 1];
    if (!theirs?.cms.equals(receipt.bytes)) {
      raise('receiptsDiffer', `${name}, receipt ${receipt.rno}`);
    }
  }
  if (!isFinal) return;
  if (client.receipts.length !== centre.receipts.length) {
    raise('receiptsDiffer', `${name}: ${client.receipts.length} of ${centre.receipts.length}`);
  }
  if (client.rosterDigest !== centre.rosterDigest) raise('rosterDiffers', name);
}
