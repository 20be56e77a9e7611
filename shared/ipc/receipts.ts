import { z } from 'zod';
import { hashSchema, timeSchema, uuidSchema } from '../wire/primitives.ts';
import { operation } from './contract.ts';
import type { Contract } from './contract.ts';

/**
 * 验证回执: the stored receipt of an order, verified anew from its bytes.
 * altered: the bytes are not those that were received · unproven: no signature of the centre holds ·
 * foreign: it is for another order or unit · content: it is not for the bytes kept as sent ·
 * chain: it does not stand between the receipts before and after it.
 */
const receiptFaults = ['altered', 'unproven', 'foreign', 'content', 'chain'] as const;

export const receiptCheckSchema = z.strictObject({
  /** null: verified. */
  fault: z.enum(receiptFaults).nullable(),
  /** Of the fault, for the help desk. */
  detail: z.string(),
  number: z.int().min(1),
  /** Of the bytes as they are stored now. */
  hash: hashSchema,
  issuedAt: timeSchema,
  /** Whose certificate signed it; empty where none holds. */
  signer: z.string(),
});
export type ReceiptCheck = z.output<typeof receiptCheckSchema>;

/** Part of `dataContract` and of `windowContract`. */
export const receiptContract = {
  'receipts.verify': operation(z.strictObject({ oid: uuidSchema }), receiptCheckSchema, [
    'NOT_SIGNED_IN',
    'NO_RECORD',
  ]),
} as const satisfies Contract;
