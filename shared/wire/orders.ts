import { z } from 'zod';
import { wireCodeSchema } from './codes.ts';
import { ORDER_ITEMS_MAX, RECEIPTS_PAGE_MAX, RESULTS_PAGE_MAX } from './limits.ts';
import {
  amountSchema,
  base64Schema,
  entryKindSchema,
  fenSchema,
  fundTypeSchema,
  hashSchema,
  monthSchema,
  personalAccountSchema,
  ratioSchema,
  serialNumberSchema,
  serialSchema,
  timeSchema,
  unitAccountSchema,
  uuidSchema,
} from './primitives.ts';

const totalsSchema = z.strictObject({
  count: z.int().min(1).max(ORDER_ITEMS_MAX),
  fen: fenSchema,
});

export const registrationItemSchema = z.strictObject({
  seq: z.int().min(1).max(ORDER_ITEMS_MAX),
  fundType: fundTypeSchema,
  name: z.string().min(1).max(60),
  idType: z.enum(['01', '02', '03', '04', '99']),
  idNumber: z.string().min(1).max(30),
  /** 缴存基数 after the clamp, fen. */
  base: amountSchema,
  unitRatio: ratioSchema,
  personalRatio: ratioSchema,
  unitFen: amountSchema,
  personalFen: amountSchema,
});
export type RegistrationItem = z.output<typeof registrationItemSchema>;

/** WL1001; the envelope carries sn, oid and the parameter version. */
export const registrationOrderSchema = z.strictObject({
  kind: z.literal('registration'),
  origin: z.enum(['single', 'batch']),
  businessMonth: monthSchema,
  totals: totalsSchema,
  items: z.array(registrationItemSchema).min(1).max(ORDER_ITEMS_MAX),
});
export type RegistrationOrder = z.output<typeof registrationOrderSchema>;

/** Why an item was refused; `code` is a name of the error catalogue where there is one. */
export const itemIssueSchema = z.strictObject({
  seq: z.int().min(1),
  field: z.string().max(40),
  code: z.string().max(60),
  msg: z.string().max(300),
});
export type ItemIssue = z.output<typeof itemIssueSchema>;

/** 回执: a CMS of its own, numbered without gaps and hash-chained per unit, kept for ever. */
export const receiptSchema = z.strictObject({
  v: z.literal(1),
  typ: z.literal('receipt'),
  unit: unitAccountSchema,
  unitName: z.string().min(1).max(200),
  sn: serialSchema,
  oid: uuidSchema,
  kind: entryKindSchema,
  /** SHA-256 of the order's bytes as sent. */
  digest: hashSchema,
  state: z.enum(['applied', 'rejected']),
  code: wireCodeSchema,
  rno: z.int().min(1),
  /** SHA-256 of the receipt before it, empty for number 1. */
  prev: z.union([z.literal(''), hashSchema]),
  at: timeSchema,
  businessMonth: monthSchema,
  /** 业务流水号; only on applied orders. */
  serialNumber: z.union([z.literal(''), serialNumberSchema]),
  count: z.int().min(0),
  fen: fenSchema,
  items: z.array(itemIssueSchema).optional(),
});
export type Receipt = z.output<typeof receiptSchema>;

/** Answer body of a submit: totals the centre really accepted. The receipt travels beside it. */
export interface SubmitAnswer {
  readonly count: number;
  readonly fen: number;
  /** 业务流水号; empty on a refusal. */
  readonly serialNumber: string;
}

export const queryBodySchema = z.strictObject({ refSn: serialSchema });
export const queryAnswerSchema = z.strictObject({
  state: z.enum(['unknown', 'inProcess', 'applied', 'rejected', 'void']),
});

/** WL2002: the envelope's sn and oid name what is to be voided. */
export const voidBodySchema = z.strictObject({});
export const voidAnswerSchema = z.strictObject({
  state: z.enum(['void', 'applied', 'rejected']),
});

export const receiptsBodySchema = z.strictObject({
  after: z.int().min(0),
  limit: z.int().min(1).max(RECEIPTS_PAGE_MAX),
});
export const receiptsAnswerSchema = z.strictObject({
  receipts: z.array(base64Schema).max(RECEIPTS_PAGE_MAX),
  more: z.boolean(),
});

/** 待确认 · 处理中 · 成功 · 失败 (manual 十(一)). */
export const itemStateSchema = z.enum(['pending', 'processing', 'succeeded', 'failed']);
export type ItemState = z.output<typeof itemStateSchema>;

export const resultsBodySchema = z.strictObject({
  /** Changes after this number; 0 for all. */
  cursor: z.int().min(0),
  limit: z.int().min(1).max(RESULTS_PAGE_MAX),
});
export const itemResultSchema = z.strictObject({
  sn: serialSchema,
  oid: uuidSchema,
  seq: z.int().min(1),
  state: itemStateSchema,
  reason: z.string().max(300),
  changedAt: timeSchema,
  /** Business month it landed in; only when succeeded. */
  businessMonth: monthSchema.optional(),
  personalAccount: personalAccountSchema.optional(),
});
export type ItemResult = z.output<typeof itemResultSchema>;
export const resultsAnswerSchema = z.strictObject({
  results: z.array(itemResultSchema).max(RESULTS_PAGE_MAX),
  cursor: z.int().min(0),
  more: z.boolean(),
});
