import { type Result, succeed } from '../../../shared/errors/result.ts';
import type { OrdersContext } from '../ports.ts';
import type { UnitSession } from '../session/unit-session.ts';
import { type OpenOrder, OrderJournal } from './journal.ts';
import { isLedgerFault, ReceiptLedger, stopSending } from './ledger.ts';
import { takeReceipt } from './outcome.ts';
import type { ProvenReceipt } from './verdict.ts';

/** What everything about orders works with: the files on the desk and the line to the centre. */
export interface Desk extends OrdersContext<UnitSession> {
  readonly journal: OrderJournal;
  readonly ledger: ReceiptLedger;
}

export function openDesk(context: OrdersContext<UnitSession>): Desk {
  const { database, clock } = context;
  return {
    ...context,
    journal: new OrderJournal(database, clock),
    ledger: new ReceiptLedger(database, clock),
  };
}

/** One transaction: receipt and decision. A fork stops all sending. The value says whether anything changed. `before` is written first, in the same transaction. */
export function storeReceipt(
  desk: Desk,
  proven: ProvenReceipt,
  before?: () => void,
): Result<boolean> {
  const stored = desk.database.write(() => {
    before?.();
    return takeReceipt(desk, proven);
  });
  if (!stored.ok) return isLedgerFault(stored.code) ? stopWith(desk, stored.code, stored) : stored;
  if (stored.value) desk.changed('orders', 'queue', 'status');
  return stored;
}

function stopWith<T>(
  desk: Desk,
  fault: 'LEDGER_REGRESSED' | 'LEDGER_FORKED',
  failure: Result<T>,
): Result<T> {
  const stopped = stopSending(desk, fault);
  return stopped.ok ? failure : stopped;
}

/**
 * An order without a stored signature: nothing of it can have left. Its drafts wait again, or, where
 * it had waited for the opening, it waits on; the value says which.
 */
export function giveUpUnsigned(
  desk: Desk,
  order: OpenOrder,
  code: string,
  reason: string,
): Result<'returned' | 'waits'> {
  const isKept = order.opensAt !== null && order.serials === 0;
  const done = isKept ? waitOn(desk, order, code, reason) : abandonOrder(desk, order, code, reason);
  return done.ok ? succeed(isKept ? 'waits' : 'returned') : done;
}

/** One transaction: no signature existed, nothing has left; the drafts wait again. */
function abandonOrder(
  desk: Desk,
  order: { readonly oid: string; readonly sn: string },
  code: string,
  reason: string,
): Result<void> {
  const done = desk.database.write(() => {
    desk.journal.abandon(order.sn, code, reason);
    desk.audit.record('orderReturned', { oid: order.oid, sn: order.sn, code });
    desk.queue.release(order.oid, new Map());
    return succeed(undefined);
  });
  if (done.ok) desk.changed('orders', 'queue', 'status');
  return done;
}

/** One transaction: no signature existed, nothing has left; the order waits on for the opening. */
function waitOn(desk: Desk, order: OpenOrder, code: string, reason: string): Result<void> {
  const done = desk.database.write(() => {
    desk.journal.waitOn(order, code, reason);
    desk.audit.record('orderWaitsOn', { oid: order.oid, sn: order.sn, code });
    return succeed(undefined);
  });
  if (done.ok) desk.changed('orders', 'status');
  return done;
}
