import { orderBodySchema, submitTransactions } from '../../../shared/wire/orders.ts';
import type { AdmittedSigned } from '../centre/admission.ts';
import { type Centre, refuse, type Reply } from '../centre/centre.ts';
import { transact } from '../centre/database.ts';
import { checkSession } from '../centre/sessions.ts';
import { reviewOrder } from '../review/order.ts';
import { enterOrder } from './entry.ts';
import { findAppliedOrder, findSerial, repeatReceipt } from './lookup.ts';

/**
 * WL1001 to WL1004. The order of the checks is the protocol:
 *
 *   size, CMS, chain -> audience, unit equals certificate            (centre/admission.ts)
 *   -> BEGIN
 *   -> look up (unit, sn): same digest -> stored receipt with dup
 *                          other digest -> WLS301 + stored receipt
 *                          tombstone -> WLS302
 *   -> session -> exp by server clock
 *   -> (unit, oid) already applied -> WLS303 + that receipt
 *   -> totals, parameter version, business rules
 *   -> ledger, sn row and receipt in one transaction
 *   -> COMMIT -> answer
 *
 * The look-up before session and expiry is what makes re-sending old bytes safe. A business refusal
 * also takes the sn and gets a receipt. The tables' unique keys hold all of this a second time.
 */
export function submitOrder(centre: Centre, message: AdmittedSigned): Reply {
  if (message.request.sn === '' || message.request.oid === '') return refuse('WLP203');
  return transact(
    centre.db,
    () =>
      answerFromSerial(centre, message) ??
      checkSession(centre, message) ??
      checkExpiry(message) ??
      answerFromOrder(centre, message) ??
      judgeAndEnter(centre, message),
  );
}

function answerFromSerial(centre: Centre, { request, digest }: AdmittedSigned): Reply | undefined {
  const serial = findSerial(centre, request.unit, request.sn);
  if (!serial) return undefined;
  if (serial.state === 'void') return refuse('WLS302');
  const stored = repeatReceipt(centre, request.unit, request.sn);
  return serial.digest === digest ? stored : { ...stored, code: 'WLS301', body: null };
}

export function checkExpiry({ request, nowMs }: AdmittedSigned): Reply | undefined {
  return Date.parse(request.exp) <= nowMs ? refuse('WLP205') : undefined;
}

function answerFromOrder(centre: Centre, { request }: AdmittedSigned): Reply | undefined {
  const applied = findAppliedOrder(centre, request.unit, request.oid);
  if (!applied) return undefined;
  return { ...repeatReceipt(centre, request.unit, applied.sn), code: 'WLS303' };
}

/** A body that is no order, or of another transaction, is refused without taking the serial: there is nothing to make a receipt of. */
function judgeAndEnter(centre: Centre, message: AdmittedSigned): Reply {
  const body = orderBodySchema.safeParse(message.request.body);
  if (!body.success) return refuse('WLP203');
  if (submitTransactions[body.data.kind] !== message.request.tx) return refuse('WLP203');
  const verdict = reviewOrder(centre, message, body.data);
  return enterOrder(centre, message, body.data, verdict);
}
