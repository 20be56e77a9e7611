import { assertNever, fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { WireCodeName } from '../../../shared/wire/codes.ts';
import type { WireAnswer } from '../../../shared/wire/envelope.ts';
import type { Receipt } from '../../../shared/wire/orders.ts';
import { type CentreTrust, hashHex, proveReceipt, unproven } from '../channel/proof.ts';

/** A receipt whose signature was verified, with the bytes it stands in. */
export interface ProvenReceipt {
  readonly receipt: Receipt;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes. */
  readonly hash: string;
}

/** The bytes of ours an answer is about. */
export interface Submitted {
  readonly unit: string;
  readonly oid: string;
  readonly sn: string;
  readonly digest: string;
}

/**
 * What a proven answer to a submit or a void says (channel.md 4):
 * receipt - A or R, the centre has decided and its receipt is here ·
 * notApplied - N, these bytes were not applied; the serial is still to be closed ·
 * serialTaken - the serial belongs to other bytes for ever, ours can never be applied ·
 * notNow - W, ask again with the same bytes.
 */
export type Verdict =
  | { readonly kind: 'receipt'; readonly proven: ProvenReceipt }
  | { readonly kind: 'notApplied'; readonly code: WireCodeName; readonly msg: string }
  | { readonly kind: 'serialTaken'; readonly code: WireCodeName; readonly msg: string }
  | { readonly kind: 'notNow'; readonly code: WireCodeName };

/** Fails with ANSWER_UNPROVEN where answer and receipt do not fit what was submitted. */
export function readVerdict(
  answer: WireAnswer,
  submitted: Submitted,
  trust: CentreTrust,
): Result<Verdict> {
  const { code, cls, msg } = answer;
  switch (cls) {
    case 'A':
    case 'R':
      return readDecision(answer, submitted, trust);
    case 'N':
      if (code === 'WLS301') return readTaken(answer, submitted, trust);
      return succeed({ kind: 'notApplied', code, msg });
    case 'W':
      return succeed({ kind: 'notNow', code });
    case 'U':
      return unproven(`class U, ${code}`);
    default:
      return assertNever(cls);
  }
}

/** A: applied, by these bytes or (WLS303) by others of the same oid. R: refused, by these bytes. */
function readDecision(
  answer: WireAnswer,
  submitted: Submitted,
  trust: CentreTrust,
): Result<Verdict> {
  const read = readReceipt(answer, trust);
  if (!read.ok) return read;
  const { receipt } = read.value;
  const fault = findReceiptFault(receipt, submitted, answer.code === 'WLS303');
  if (fault) return unproven(fault);
  const state = answer.cls === 'A' ? 'applied' : 'rejected';
  if (receipt.state !== state) return unproven(`class ${answer.cls}, receipt ${receipt.state}`);
  return succeed({ kind: 'receipt', proven: read.value });
}

/** The stored receipt of the serial's owner proves that other bytes own it. */
function readTaken(answer: WireAnswer, submitted: Submitted, trust: CentreTrust): Result<Verdict> {
  const { code, msg } = answer;
  if (answer.receipt === undefined) return succeed({ kind: 'notApplied', code, msg });
  const read = readReceipt(answer, trust);
  if (!read.ok) return read;
  const { receipt } = read.value;
  const isOurs = receipt.digest === submitted.digest;
  if (receipt.unit !== submitted.unit || receipt.sn !== submitted.sn || isOurs) {
    return unproven('the receipt does not say that the serial is taken');
  }
  // The serial's owner is this very order, in other bytes: that decides it.
  if (receipt.oid === submitted.oid) return succeed({ kind: 'receipt', proven: read.value });
  return succeed({ kind: 'serialTaken', code, msg });
}

/** The receipt that travels beside an answer; ANSWER_UNPROVEN where it is missing or not the centre's. */
export function readReceipt(answer: WireAnswer, trust: CentreTrust): Result<ProvenReceipt> {
  if (answer.receipt === undefined) return unproven(`${answer.code} without a receipt`);
  return readReceiptBytes(Buffer.from(answer.receipt, 'base64'), trust);
}

export function readReceiptBytes(bytes: Uint8Array, trust: CentreTrust): Result<ProvenReceipt> {
  const proven = proveReceipt(bytes, trust);
  if (!proven.ok) return fail(proven.code, `receipt: ${proven.detail}`);
  return succeed({ receipt: proven.value, bytes, hash: hashHex(bytes) });
}

/** Why a receipt is not the one for what was submitted; `anySerial`: another message of the same oid. */
export function findReceiptFault(
  receipt: Receipt,
  submitted: Submitted,
  anySerial: boolean,
): string | null {
  if (receipt.unit !== submitted.unit) return 'receipt of another unit';
  if (receipt.oid !== submitted.oid) return 'receipt of another order';
  if (anySerial) return null;
  if (receipt.sn !== submitted.sn) return 'receipt of another serial';
  if (receipt.digest !== submitted.digest) return 'receipt of other bytes';
  return null;
}
