import { catalogue, type ErrorCode } from '../../../shared/errors/catalogue.ts';
import {
  assertNever,
  fail,
  type Failure,
  type Result,
  succeed,
} from '../../../shared/errors/result.ts';
import { errorOfWireCode, type WireCodeName } from '../../../shared/wire/codes.ts';
import { submitTransactions } from '../../../shared/wire/orders.ts';
import { report } from '../../host/report.ts';
import { hashHex } from '../channel/proof.ts';
import { encodeRequest } from '../channel/request.ts';
import { closeSerial } from './closing.ts';
import { type Desk, giveUpUnsigned, storeReceipt } from './desk.ts';
import type { OpenOrder } from './journal.ts';
import { readStopped } from './ledger.ts';
import { drawSerial, jumpSerials } from './serials.ts';
import { submittedOf } from './submitted.ts';
import { readVerdict } from './verdict.ts';
import { readOrderContent } from './wire-order.ts';

/**
 * settled: a receipt decided · unanswered: it stays `sent`, the same bytes go out again later ·
 * returned: it never took effect, its drafts wait again · waits: no signature, and it had waited
 * for the opening: it waits on.
 */
export type SendOutcome =
  | { readonly kind: 'settled' }
  | { readonly kind: 'unanswered'; readonly failure: Failure }
  | { readonly kind: 'returned'; readonly failure: Failure }
  | { readonly kind: 'waits'; readonly failure: Failure };

/** An order is made anew by itself once; a second refusal is for the clerk to see. */
const SERIALS_MAX = 2;

/** Refusals that lie with the message, not with the clerk: the same order under a new serial is right. */
const remakeCodes: ReadonlySet<WireCodeName> = new Set(['WLA101', 'WLP205', 'WLS301', 'WLS302']);

/**
 * Brings the order under way as far as it goes now: sends its stored bytes, reads the answer, and
 * where these bytes were not applied closes their serial before anything else happens. Fails only
 * where the database does. The caller sees to it that only one runs at a time.
 */
export async function sendOpenOrder(desk: Desk): Promise<Result<SendOutcome>> {
  const stopped = readStopped(desk.database);
  if (stopped) return unanswered(fail(stopped));
  const order = desk.journal.findOpen();
  if (!order) return succeed({ kind: 'settled' });
  if (order.state === 'draft') return signAndSend(desk, order);
  return sendSigned(desk, order);
}

/**
 * The first signature of these bytes. Without one nothing has left: the drafts wait again, or the
 * order waits on for its opening.
 */
async function signAndSend(desk: Desk, order: OpenOrder): Promise<Result<SendOutcome>> {
  const signed = await desk.session.sign(order.content);
  if (!signed.ok) return takeBack(desk, order, signed);
  const stored = desk.database.write(() => {
    desk.journal.storeSigned(order.sn, signed.value, hashHex(signed.value));
    desk.audit.record('orderSigned', { oid: order.oid, sn: order.sn, ...desk.session.keyInUse });
    return succeed(undefined);
  });
  if (!stored.ok) return takeBack(desk, order, stored);
  desk.changed('orders');
  return sendOpenOrder(desk);
}

function takeBack(desk: Desk, order: OpenOrder, failure: Failure): Result<SendOutcome> {
  const given = giveUpUnsigned(desk, order, failure.code, catalogue[failure.code].text);
  return given.ok ? succeed({ kind: given.value, failure }) : given;
}

async function sendSigned(desk: Desk, order: OpenOrder): Promise<Result<SendOutcome>> {
  if (!order.signed) throw new Error(`order ${order.oid} is ${order.state} without a signature`);
  const marked = desk.database.write(() => {
    desk.journal.markSending(order.sn);
    desk.audit.record('orderSent', { oid: order.oid, sn: order.sn, attempt: order.attempts + 1 });
    return succeed(undefined);
  });
  if (!marked.ok) return marked;
  desk.changed('orders');
  const answered = await desk.session.link.send(order.signed, 'batch');
  if (!answered.ok) return noteUnanswered(desk, order, answered);
  const { answer, bytes } = answered.value;
  const submitted = submittedOf(desk.unitAccount, order);
  const verdict = readVerdict(answer, submitted, desk.session.link.trust);
  if (!verdict.ok) return noteUnanswered(desk, order, verdict);
  const noteAnswer = () => {
    desk.journal.noteAnswer(order.sn, true, answer.code, answer.dup ? FOUND_AGAIN : answer.msg);
  };
  switch (verdict.value.kind) {
    case 'receipt': {
      const stored = storeReceipt(desk, verdict.value.proven, noteAnswer);
      return stored.ok ? succeed({ kind: 'settled' }) : keepSent(stored);
    }
    case 'notNow':
      note(desk, noteAnswer);
      return unanswered(fail(errorOfWireCode(verdict.value.code), answer.msg));
    case 'serialTaken':
      note(desk, noteAnswer);
      return replace(desk, order, bytes, verdict.value);
    case 'notApplied':
      note(desk, noteAnswer);
      return closeAndReplace(desk, order, verdict.value);
    default:
      return assertNever(verdict.value);
  }
}

/** Words of an answer to bytes the centre had before. */
const FOUND_AGAIN = '中心此前已收到这份报文，返回原来的答复。';

/** The attempt's outcome alone; on a full disk the story has a gap and nothing else is different. */
function note(desk: Desk, work: () => void): void {
  const noted = desk.database.write(() => {
    work();
    return succeed(undefined);
  });
  if (!noted.ok) report(`story: ${noted.code} ${noted.detail}`);
}

function noteUnanswered(desk: Desk, order: OpenOrder, failure: Failure): Result<SendOutcome> {
  note(desk, () => {
    desk.journal.noteAnswer(order.sn, false, failure.code, catalogue[failure.code].text);
  });
  desk.changed('orders');
  return unanswered(failure);
}

interface Refusal {
  readonly code: WireCodeName;
  readonly msg: string;
}

async function closeAndReplace(
  desk: Desk,
  order: OpenOrder,
  refusal: Refusal,
): Promise<Result<SendOutcome>> {
  const { session, unitAccount } = desk;
  if (refusal.code === 'WLA101') session.drop(readOrderContent(order.content).sid);
  // An expired message may mean that one of the two clocks was moved.
  const hello = await session.link.hello();
  if (!hello.ok) return unanswered(hello);
  const closing = await closeSerial(session, unitAccount, order);
  if (!closing.ok) return unanswered(closing);
  if (closing.value.kind === 'closed') return replace(desk, order, closing.value.proof, refusal);
  const stored = storeReceipt(desk, closing.value.proven);
  return stored.ok ? succeed({ kind: 'settled' }) : keepSent(stored);
}

/** The serial is closed for good: the same order under a new one, or back to the queue. */
async function replace(
  desk: Desk,
  order: OpenOrder,
  proof: Uint8Array,
  refusal: Refusal,
): Promise<Result<SendOutcome>> {
  const { session } = desk;
  const code = errorOfWireCode(refusal.code);
  const mayRemake = remakeCodes.has(refusal.code) && order.serials < SERIALS_MAX;
  const open = mayRemake ? await session.ensureOpen() : undefined;
  if (!open?.ok)
    return returnToQueue(desk, order, proof, open ?? fail(code, refusal.code), refusal);
  const remade = desk.database.write(() => {
    voidSerial(desk, order, proof, code, refusal);
    if (refusal.code === 'WLS301') jumpSerials(desk.database.meta);
    const sn = drawSerial(desk.database.meta);
    const { body, prm, oid } = readOrderContent(order.content);
    const parts = {
      tx: submitTransactions[body.kind],
      body,
      sid: open.value.sid,
      sn,
      oid,
      prm,
    } as const;
    const content = encodeRequest(session.link.parties, parts, desk.clock.nowMs());
    desk.journal.remake(order.oid, sn, content);
    desk.audit.record('orderRemade', { oid: order.oid, sn });
    return succeed(undefined);
  });
  return remade.ok ? sendOpenOrder(desk) : remade;
}

function returnToQueue(
  desk: Desk,
  order: OpenOrder,
  proof: Uint8Array,
  failure: Failure,
  refusal: Refusal,
): Result<SendOutcome> {
  const done = desk.database.write(() => {
    voidSerial(desk, order, proof, errorOfWireCode(refusal.code), refusal);
    desk.queue.release(order.oid, new Map());
    return succeed(undefined);
  });
  if (!done.ok) return done;
  desk.changed('orders', 'queue', 'status');
  return succeed({ kind: 'returned', failure });
}

function voidSerial(
  desk: Desk,
  order: OpenOrder,
  proof: Uint8Array,
  code: ErrorCode,
  refusal: Refusal,
): void {
  desk.journal.storeVoid(order.sn, proof, code, refusal.msg);
  const { oid, sn } = order;
  // WLS301 closes it by itself: nothing was signed for that
  const key = refusal.code === 'WLS301' ? {} : desk.session.keyInUse;
  desk.audit.record('orderVoided', { oid, sn, code: refusal.code, ...key });
}

function unanswered(failure: Failure): Result<SendOutcome> {
  return succeed({ kind: 'unanswered', failure });
}

/** The receipt could not be stored: nothing has changed here, and asking again brings it again. */
function keepSent(failure: Failure): Result<SendOutcome> {
  return failure.code === 'DB_FULL' ? failure : unanswered(failure);
}
