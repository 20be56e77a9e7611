import { catalogue, type ErrorCode, errorCodes } from '../../../shared/errors/catalogue.ts';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import { type Issue, raise } from '../../../shared/rules/issue.ts';
import { errorOfWireCode, wireCodes } from '../../../shared/wire/codes.ts';
import type { ItemIssue, Receipt } from '../../../shared/wire/orders.ts';
import type { Audit, Queue } from '../ports.ts';
import type { OrderJournal, OrderRow } from './journal.ts';
import type { ReceiptLedger } from './ledger.ts';
import { hasPlace } from './state-change.ts';
import type { ProvenReceipt } from './verdict.ts';

/** `rule` of an issue holds no more. */
const RULE_CHARACTERS_MAX = 200;

export interface OutcomeParts {
  readonly journal: OrderJournal;
  readonly ledger: ReceiptLedger;
  readonly queue: Queue;
  readonly audit: Audit;
}

/**
 * Inside a `write`: stores a proven receipt and what it decides. A receipt of another computer's
 * order is kept and decides nothing here. LEDGER_FORKED where the centre contradicts what it
 * signed before; nothing is stored then. The value says whether anything changed.
 */
export function takeReceipt(parts: OutcomeParts, proven: ProvenReceipt): Result<boolean> {
  const { journal, ledger, queue, audit } = parts;
  const added = ledger.add(proven);
  if (!added.ok) return added;
  const { receipt } = proven;
  if (added.value.isNew) audit.record('receipt', { rno: receipt.rno, state: receipt.state });
  const order = journal.find(receipt.oid);
  if (!order || order.receipt_rno === receipt.rno) return succeed(added.value.isNew);
  const event = receipt.state === 'applied' ? 'receiptApplied' : 'receiptRejected';
  if (order.receipt_rno !== null || order.isClosed === 1 || !hasPlace(order.state, event)) {
    return fail('LEDGER_FORKED', `receipt ${receipt.rno} for an order that is ${order.state}`);
  }
  journal.settle(order, {
    state: receipt.state,
    rno: receipt.rno,
    serialNumber: receipt.serialNumber,
    count: receipt.count,
    fen: receipt.fen,
    ...explain(order, receipt),
  });
  const draftIds = journal.draftIds(order.oid);
  if (receipt.state === 'applied') queue.settle(order.oid, [...draftIds.values()]);
  else {
    const found = leaveDecisive(receipt.items ?? []);
    journal.explainItems(order.oid, found);
    queue.release(order.oid, findIssues(draftIds, found));
  }
  return succeed(true);
}

/** Why it was refused; or, for an order applied with other totals than ours, that they differ. */
function explain(order: OrderRow, receipt: Receipt): { code: string; reason: string } {
  if (receipt.state === 'rejected') {
    return { code: errorOfWireCode(receipt.code), reason: wireCodes[receipt.code].msg };
  }
  const isEqual = receipt.count === order.count && receipt.fen === order.fen;
  if (isEqual) return { code: '', reason: '' };
  return { code: 'TOTALS_MISMATCH', reason: catalogue.TOTALS_MISMATCH.text };
}

/**
 * What the clerk is told of each row. Where the entry was applied before, all else said of it follows
 * from that, and would mislead: that the person has an account already, and is to be reduced first.
 */
export function leaveDecisive(items: readonly ItemIssue[]): ItemIssue[] {
  const isRepeated = ({ code }: ItemIssue) => code === 'ENTRY_APPLIED';
  const repeated = new Set(items.filter(isRepeated).map(({ seq }) => seq));
  return items.filter((item) => isRepeated(item) || !repeated.has(item.seq));
}

/** The centre's words on each row, for the draft it came from. */
function findIssues(
  draftIds: ReadonlyMap<number, string>,
  items: readonly ItemIssue[],
): Map<string, Issue[]> {
  const found = new Map<string, Issue[]>();
  for (const { seq, field, code, msg } of items) {
    const id = draftIds.get(seq);
    if (id === undefined) continue;
    const known = isErrorCode(code) ? code : 'ORDER_REJECTED';
    const rule = msg.slice(0, RULE_CHARACTERS_MAX);
    const issues = found.get(id) ?? [];
    issues.push(raise('error', known, { field, value: '', rule }));
    found.set(id, issues);
  }
  return found;
}

function isErrorCode(code: string): code is ErrorCode {
  return (errorCodes as readonly string[]).includes(code);
}
