import type { z } from 'zod';
import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import { RECEIPTS_PAGE_MAX } from '../../../shared/wire/limits.ts';
import { receiptsAnswerSchema, type receiptsBodySchema } from '../../../shared/wire/orders.ts';
import { unproven } from '../channel/proof.ts';
import { metaKeys } from '../ports.ts';
import type { OpenedCheck } from '../session/unit-session.ts';
import { type Desk, storeReceipt } from './desk.ts';
import { type LedgerFault, stopSending } from './ledger.ts';
import { adoptSerials } from './serials.ts';
import { readReceiptBytes } from './verdict.ts';

/**
 * Made before a session is asked for, run once it is open: takes over the serial range, fetches the
 * receipts missing here and holds both chains against each other. LEDGER_REGRESSED: the centre knows
 * fewer receipts than it has given us. LEDGER_FORKED: it knows others. Either stops all sending
 * until a later open finds the chains equal.
 */
export function prepareLedgerCheck(desk: Desk): OpenedCheck {
  const held = desk.ledger.newest();
  return async (open) => {
    const { serialPrefix, serialLast, receiptLast } = open.answer;
    const adopted = desk.database.write(() => {
      adoptSerials(desk.database.meta, serialPrefix, serialLast);
      return succeed(undefined);
    });
    if (!adopted.ok) return adopted;
    if (receiptLast.rno < held.rno) {
      return stop(desk, 'LEDGER_REGRESSED', `centre ${receiptLast.rno}, here ${held.rno}`);
    }
    const { sid } = open;
    const ask: AskReceipts = (body) =>
      desk.session.link.ask({ tx: 'WL2003', body, sid }, receiptsAnswerSchema);
    const caughtUp = await fetchReceipts(desk, ask, receiptLast.rno);
    if (!caughtUp.ok) return caughtUp;
    if (receiptLast.rno > 0 && desk.ledger.hashAt(receiptLast.rno) !== receiptLast.hash) {
      return stop(desk, 'LEDGER_FORKED', `receipt ${receiptLast.rno} is another one here`);
    }
    return clearStop(desk);
  };
}

/** One WL2003, under a session that is being opened or (`askReceipts`) one that is open. */
export type AskReceipts = (
  body: z.output<typeof receiptsBodySchema>,
) => Promise<Result<z.output<typeof receiptsAnswerSchema>>>;

export function askReceipts(desk: Desk): AskReceipts {
  return (body) => desk.session.channel.ask('WL2003', body, receiptsAnswerSchema);
}

/** Fetches from the first gap on; the value is the number of receipts that were new. */
export async function fetchReceipts(
  desk: Desk,
  ask: AskReceipts,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<Result<number>> {
  let fetched = 0;
  for (;;) {
    const after = desk.ledger.completeUpTo().rno;
    if (after >= upTo) return succeed(fetched);
    const page = await ask({ after, limit: RECEIPTS_PAGE_MAX });
    if (!page.ok) return page;
    const { receipts, more } = page.value;
    for (const [index, base64] of receipts.entries()) {
      const stored = storeFetched(desk, Buffer.from(base64, 'base64'), after + 1 + index);
      if (!stored.ok) return stored;
      if (stored.value) fetched += 1;
    }
    if (!more) return succeed(fetched);
    if (receipts.length === 0) return unproven('more receipts were announced than came');
  }
}

function storeFetched(desk: Desk, bytes: Uint8Array, due: number): Result<boolean> {
  const proven = readReceiptBytes(bytes, desk.session.link.trust);
  if (!proven.ok) return proven;
  const { unit, rno } = proven.value.receipt;
  if (unit !== desk.unitAccount) return unproven('receipt of another unit');
  if (rno !== due) return unproven(`receipt ${rno} where ${due} was due`);
  return storeReceipt(desk, proven.value);
}

function stop(desk: Desk, fault: LedgerFault, detail: string): Failure {
  const stopped = stopSending(desk, fault);
  return stopped.ok ? fail(fault, detail) : stopped;
}

function clearStop(desk: Desk): Result<void> {
  const { meta } = desk.database;
  if (meta.get(metaKeys.ledgerStopped) === undefined) return succeed(undefined);
  const cleared = desk.database.write(() => {
    meta.delete(metaKeys.ledgerStopped);
    desk.audit.record('resumed', {});
    return succeed(undefined);
  });
  desk.changed('status');
  return cleared;
}
