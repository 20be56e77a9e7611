import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { ReceiptCheck } from '../../../shared/ipc/receipts.ts';
import type { Receipt } from '../../../shared/wire/orders.ts';
import { type CentreTrust, hashHex, proveReceiptOf } from '../channel/proof.ts';
import type { UnitDatabase } from '../ports.ts';

type Fault = Pick<ReceiptCheck, 'fault' | 'detail'>;

interface Stored {
  readonly rno: number;
  readonly hash: string;
  readonly bytes: Buffer;
  readonly issuedAt: string;
  /** The message as sent it is for; null where another computer sent it. */
  readonly signed: Buffer | null;
  /** Hash of the receipt before it, and what the one after it says of it; null where not here. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Verifies what is stored of an order's receipt, as if it had come this moment. NO_RECORD without one. */
export function checkReceipt(
  database: UnitDatabase,
  trust: CentreTrust,
  oid: string,
): Result<ReceiptCheck> {
  const stored = read(database, oid);
  if (!stored) return fail('NO_RECORD', oid);
  const { rno, bytes, issuedAt } = stored;
  const hash = hashHex(bytes);
  const proven = proveReceiptOf(bytes, trust);
  const signer = proven.ok ? proven.value.signerSubject : '';
  const fault = proven.ok
    ? findFault(stored, hash, proven.value.receipt, { oid, unit: database.unitAccount })
    : { fault: hash === stored.hash ? 'unproven' : 'altered', detail: proven.detail };
  return succeed({ ...(fault as Fault), number: rno, hash, issuedAt, signer });
}

function findFault(
  stored: Stored,
  hash: string,
  receipt: Receipt,
  due: { readonly oid: string; readonly unit: string },
): Fault {
  const { rno, signed, before, after } = stored;
  if (hash !== stored.hash) return { fault: 'altered', detail: `stored as ${stored.hash}` };
  if (receipt.oid !== due.oid || receipt.unit !== due.unit || receipt.rno !== rno) {
    return { fault: 'foreign', detail: `receipt ${receipt.rno} of ${receipt.oid}` };
  }
  if (signed && hashHex(signed) !== receipt.digest) {
    return { fault: 'content', detail: `the receipt is for ${receipt.digest}` };
  }
  if (before !== null && before !== receipt.prev) {
    return { fault: 'chain', detail: `receipt ${rno - 1} is ${before}` };
  }
  if (after !== null && after !== hash) {
    return { fault: 'chain', detail: `receipt ${rno + 1} follows ${after}` };
  }
  return { fault: null, detail: '' };
}

function read({ handle }: UnitDatabase, oid: string): Stored | undefined {
  return handle
    .prepare<[string], Stored>(
      `SELECT r.rno, r.hash, r.bytes, r.issued_at AS issuedAt, s.signed,
         (SELECT b.hash FROM receipt b WHERE b.rno = r.rno - 1) AS before,
         (SELECT a.prev FROM receipt a WHERE a.rno = r.rno + 1) AS after
       FROM orders o JOIN receipt r ON r.rno = o.receipt_rno
         LEFT JOIN submission s ON s.sn = r.sn
       WHERE o.oid = ?`,
    )
    .get(oid);
}
