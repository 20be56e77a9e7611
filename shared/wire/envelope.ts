import { z } from 'zod';
import { codeClassSchema, wireCodeSchema } from './codes.ts';
import {
  base64Schema,
  hashSchema,
  nonceSchema,
  serialSchema,
  timeSchema,
  unitAccountSchema,
  userSchema,
  uuidSchema,
} from './primitives.ts';

export const WIRE_VERSION = 1;

/** HTTP: `POST /wl/v1`; a signed message is DER CMS, an unsigned one is JSON. */
export const WIRE_PATH = '/wl/v1';
export const SIGNED_CONTENT_TYPE = 'application/pkcs7-mime; smime-type=signed-data';
export const PLAIN_CONTENT_TYPE = 'application/json';

export const transactionSchema = z.enum([
  'WL0001', // hello: nobody signs
  'WL0002', // open: key
  'WL0003', // close: session
  'WL1001', // submit 职工登记: key
  'WL1002', // submit 职工减少: key
  'WL1003', // submit 漏缴补缴: key
  'WL1004', // submit 少缴补缴: key
  'WL2001', // query: session
  'WL2002', // void: key
  'WL2003', // receipts: session
  'WL2004', // results: session
  'WL3001', // roster manifest: session
  'WL3002', // roster page: session
  'WL3003', // roster receipt: session
  'WL4001', // parameters: session
  'WL5001', // figure of a month: session
  'WL5002', // what lies behind it: session
]);
export type Transaction = z.output<typeof transactionSchema>;

/** Transactions whose request is a CMS signed by the key; all others are JSON under a session. */
export const signedTransactions: ReadonlySet<Transaction> = new Set([
  'WL0002',
  'WL1001',
  'WL1002',
  'WL1003',
  'WL1004',
  'WL2002',
]);

/** Request content, UTF-8 JSON; for a signed transaction these bytes are the CMS content. */
export const requestSchema = z.strictObject({
  v: z.literal(WIRE_VERSION),
  typ: z.literal('req'),
  tx: transactionSchema,
  /** Who is addressed: the centre's name, from its certificate's common name. */
  aud: z.string().min(1).max(100),
  unit: unitAccountSchema,
  user: userSchema,
  /** Session, empty before open. */
  sid: z.union([z.literal(''), hashSchema]),
  /** Serial of the order; empty where the transaction has none. */
  sn: z.union([z.literal(''), serialSchema]),
  /** Business order; empty where the transaction has none. */
  oid: z.union([z.literal(''), uuidSchema]),
  exp: timeSchema,
  ts: timeSchema,
  nonce: nonceSchema,
  /** Version of the parameters the amounts were computed with; 0 before the first. */
  prm: z.int().min(0),
  body: z.unknown(),
});
export type WireRequest = z.output<typeof requestSchema>;

/** Answer content; always a CMS signed by the centre. `re` is the SHA-256 of the request's bytes as sent. */
export const answerSchema = z.strictObject({
  v: z.literal(WIRE_VERSION),
  typ: z.literal('rsp'),
  re: hashSchema,
  code: wireCodeSchema,
  cls: codeClassSchema,
  msg: z.string().max(1000),
  ts: timeSchema,
  body: z.unknown(),
  /** The receipt's own CMS, where there is one. */
  receipt: base64Schema.optional(),
  /** The receipt is a repeat of one issued before. */
  dup: z.boolean().optional(),
});
export type WireAnswer = z.output<typeof answerSchema>;
