import { z } from 'zod';
import { hashSchema, monthSchema, nonceSchema, timeSchema, uuidSchema } from './primitives.ts';
import { transactionSchema } from './envelope.ts';

export const helloBodySchema = z.strictObject({
  versions: z.array(z.int()).min(1).max(8),
  client: z.string().max(40),
});
export const helloAnswerSchema = z.strictObject({
  challenge: nonceSchema,
  challengeExpires: timeSchema,
  serverTime: timeSchema,
  minimumClient: z.string().max(40),
});
export type HelloAnswer = z.output<typeof helloAnswerSchema>;

/**
 * `proof` = HMAC-SHA-256 over the challenge's 32 bytes, keyed with
 * scrypt(transaction password, salt = UTF-8 of `WL/1|unit|user`, N = 2^15, r = 8, p = 1, 32 bytes), in hex.
 */
export const openBodySchema = z.strictObject({
  challenge: nonceSchema,
  proof: hashSchema,
  /** One UUID per installed program and unit. */
  installation: uuidSchema,
});
export const PASSWORD_SCRYPT = { N: 32_768, r: 8, p: 1, keyBytes: 32 } as const;

export function passwordSalt(unit: string, user: string): string {
  return `WL/1|${unit}|${user}`;
}

export const openAnswerSchema = z.strictObject({
  sid: hashSchema,
  expiresAt: timeSchema,
  unitName: z.string().min(1).max(200),
  rights: z.array(transactionSchema),
  businessMonth: monthSchema,
  /** First six digits of every serial this installation may draw. */
  serialPrefix: z.string().regex(/^\d{6}$/),
  /** Highest ten-digit counter the centre has seen from this installation, 0 for none. */
  serialLast: z.int().min(0).max(9_999_999_999),
  /** Number and SHA-256 of the unit's newest receipt; 0 and empty for none. */
  receiptLast: z.strictObject({
    rno: z.int().min(0),
    hash: z.union([z.literal(''), hashSchema]),
  }),
  rosterVersion: z.int().min(0),
  parameterVersion: z.int().min(0),
});
export type OpenAnswer = z.output<typeof openAnswerSchema>;
