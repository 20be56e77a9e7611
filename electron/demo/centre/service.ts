import type { Transaction, WireAnswer } from '../../../shared/wire/envelope.ts';
import { WIRE_VERSION } from '../../../shared/wire/envelope.ts';
import { wireCodes } from '../../../shared/wire/codes.ts';
import { listReceipts, listResults, querySerial } from '../ledger/queries.ts';
import { sendMonthFigure } from '../ledger/month-figure.ts';
import { sendMonthList } from '../ledger/month-list.ts';
import { submitOrder } from '../ledger/submit.ts';
import { voidSerial } from '../ledger/void.ts';
import { type Admitted, type AdmittedSigned, admitPlain, admitSigned } from './admission.ts';
import { type Centre, refuse, type Reply } from './centre.ts';
import { transact } from './database.ts';
import { sendManifest, sendPage, sendParameters, takeRosterReceipt } from './roster.ts';
import { hashOf } from './seal.ts';
import { checkSession, closeSession, openSession, sayHello } from './sessions.ts';

type Handler<T extends Admitted> = (centre: Centre, message: T) => Reply;

const signedHandlers: Partial<Record<Transaction, Handler<AdmittedSigned>>> = {
  WL0002: openSession,
  WL1001: submitOrder,
  WL1002: submitOrder,
  WL1003: submitOrder,
  WL1004: submitOrder,
  WL2002: voidSerial,
};

/** Asked by anybody. */
const openHandlers: Partial<Record<Transaction, Handler<Admitted>>> = {
  WL0001: sayHello,
  WL0003: closeSession,
};

/** Asked under a session and its rights. */
const sessionHandlers: Partial<Record<Transaction, Handler<Admitted>>> = {
  WL2001: querySerial,
  WL2003: listReceipts,
  WL2004: listResults,
  WL3001: sendManifest,
  WL3002: sendPage,
  WL3003: takeRosterReceipt,
  WL4001: sendParameters,
  WL5001: sendMonthFigure,
  WL5002: sendMonthList,
};

/** A message as it came, unpacked. */
export interface Incoming {
  readonly bytes: Buffer;
  readonly isSigned: boolean;
}

/** Handles a message; throws only for faults of the centre itself. The answer is still to be signed. */
export function answerMessage(centre: Centre, incoming: Incoming): WireAnswer {
  const reply = incoming.isSigned
    ? handleSigned(centre, incoming.bytes)
    : handlePlain(centre, incoming.bytes);
  return bindAnswer(centre, hashOf(incoming.bytes), reply);
}

/** The answer's content, bound to the request by the hash of its bytes. */
export function bindAnswer(centre: Centre, requestHash: string, reply: Reply): WireAnswer {
  const { cls, msg } = wireCodes[reply.code];
  return {
    v: WIRE_VERSION,
    typ: 'rsp',
    re: requestHash,
    code: reply.code,
    cls,
    msg: reply.msg ?? msg,
    ts: centre.clock.nowIso(),
    body: reply.body,
    ...(reply.receipt ? { receipt: reply.receipt.toString('base64') } : {}),
    ...(reply.dup ? { dup: true } : {}),
  };
}

/** The answer's CMS, as it is sent. */
export function sealAnswer(centre: Centre, answer: WireAnswer): Buffer {
  return centre.seal.seal(answer, centre.clock.nowMs());
}

function handleSigned(centre: Centre, bytes: Buffer): Reply {
  const admission = admitSigned(centre, bytes);
  if ('refusal' in admission) return admission.refusal;
  const handler = signedHandlers[admission.message.request.tx];
  return handler ? handler(centre, admission.message) : refuse('WLP203');
}

function handlePlain(centre: Centre, bytes: Buffer): Reply {
  const admission = admitPlain(centre, bytes);
  if ('refusal' in admission) return admission.refusal;
  const { message } = admission;
  const open = openHandlers[message.request.tx];
  if (open) return open(centre, message);
  const handler = sessionHandlers[message.request.tx];
  if (!handler) return refuse('WLP203');
  // one transaction, so that what is answered belongs to one state of the books
  return transact(centre.db, () => checkSession(centre, message) ?? handler(centre, message));
}
