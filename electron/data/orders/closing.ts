import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import { errorOfWireCode } from '../../../shared/wire/codes.ts';
import { voidAnswerSchema } from '../../../shared/wire/orders.ts';
import { readBody } from '../channel/link.ts';
import { unproven } from '../channel/proof.ts';
import { encodeRequest } from '../channel/request.ts';
import type { UnitSession } from '../session/unit-session.ts';
import type { OpenOrder } from './journal.ts';
import { findReceiptFault, type ProvenReceipt, readReceipt } from './verdict.ts';
import { submittedOf } from './submitted.ts';

/** `closed`: the serial can never take effect. `decided`: it had taken effect after all. */
export type Closing =
  | { readonly kind: 'closed'; readonly proof: Uint8Array }
  | { readonly kind: 'decided'; readonly proven: ProvenReceipt };

/**
 * The fence (WL2002): asks the centre to close the order's serial, whatever is still on its way.
 * Needs an open session and the key. A failure leaves everything as it was; closing again is safe.
 */
export async function closeSerial(
  session: UnitSession,
  unit: string,
  order: OpenOrder,
): Promise<Result<Closing>> {
  const open = await session.ensureOpen();
  if (!open.ok) return open;
  const { link } = session;
  const { sid } = open.value;
  const parts = { tx: 'WL2002', body: {}, sid, sn: order.sn, oid: order.oid } as const;
  const signed = await session.sign(encodeRequest(link.parties, parts, link.clock.nowMs()));
  if (!signed.ok) return signed;
  const answered = await link.send(signed.value, 'short');
  if (!answered.ok) return answered;
  const { answer, bytes } = answered.value;
  if (answer.code === 'WLA101') session.drop(sid);
  if (answer.cls === 'N' || answer.cls === 'W') {
    return fail(errorOfWireCode(answer.code), `${answer.code} ${answer.msg}`);
  }
  if (answer.receipt === undefined) {
    const body = readBody(answer, voidAnswerSchema);
    if (!body.ok) return body;
    if (body.value.state !== 'void') return unproven(`${body.value.state} without a receipt`);
    // The answer names the request by its hash: only both together are proof to others.
    return succeed({ kind: 'closed', proof: Buffer.concat([signed.value, bytes]) });
  }
  const receipt = readReceipt(answer, link.trust);
  if (!receipt.ok) return receipt;
  const fault = findReceiptFault(receipt.value.receipt, submittedOf(unit, order), false);
  return fault ? unproven(fault) : succeed({ kind: 'decided', proven: receipt.value });
}
