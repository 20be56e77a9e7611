import type { OpenOrder } from './journal.ts';
import type { Submitted } from './verdict.ts';

/** What an answer to the order's stored bytes has to be about. Throws before there is a signature. */
export function submittedOf(unit: string, order: OpenOrder): Submitted {
  if (order.digest === null) throw new Error(`order ${order.oid} is not signed`);
  return { unit, oid: order.oid, sn: order.sn, digest: order.digest };
}
