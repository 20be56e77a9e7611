import { z } from 'zod';
import { wireCodeSchema } from './codes.ts';
import type { Transaction } from './envelope.ts';
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
import type { EntryKind } from './primitives.ts';

const totalsSchema = z.strictObject({
  count: z.int().min(1).max(ORDER_ITEMS_MAX),
  fen: fenSchema,
});

/**
 * The clerk's entry a row was made of, for ever the same. The centre takes each entry of a unit once,
 * whatever order, serial or computer it comes by: a program restored from an old copy cannot know what
 * it has filed since, and some entries (少缴补缴) may rightly be alike.
 */
const entryIdSchema = uuidSchema.optional();

export const registrationItemSchema = z.strictObject({
  seq: z.int().min(1).max(ORDER_ITEMS_MAX),
  entry: entryIdSchema,
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

const seqSchema = z.int().min(1).max(ORDER_ITEMS_MAX);

/** Who a reduction or back-payment is for; the centre's roster decides, name and number are compared. */
const personSchema = {
  seq: seqSchema,
  entry: entryIdSchema,
  fundType: fundTypeSchema,
  personalAccount: personalAccountSchema,
  name: z.string().min(1).max(60),
  idNumber: z.string().min(1).max(30),
};

export const reductionItemSchema = z.strictObject({
  ...personSchema,
  /** 减少原因, a code of the centre's table. */
  reason: z.string().min(1).max(8),
  /** 月缴存额 that ends, by part. */
  unitFen: amountSchema,
  personalFen: amountSchema,
});
export type ReductionItem = z.output<typeof reductionItemSchema>;

/** Amounts are the sums over all months, each month computed with its own bounds. */
const backPaySchema = {
  ...personSchema,
  from: monthSchema,
  to: monthSchema,
  unitFen: fenSchema,
  personalFen: fenSchema,
};

export const missedBackPayItemSchema = z.strictObject({
  ...backPaySchema,
  /** 月均工资 as typed, fen; each month's bounds are applied to it. */
  wage: amountSchema,
  unitRatio: ratioSchema,
  personalRatio: ratioSchema,
});
export type MissedBackPayItem = z.output<typeof missedBackPayItemSchema>;

export const shortfallBackPayItemSchema = z.strictObject({
  ...backPaySchema,
  paidWage: amountSchema,
  dueWage: amountSchema,
  /** Whole percent; of fund 11 the unit's alone. */
  paidRatio: ratioSchema,
  dueRatio: ratioSchema,
});
export type ShortfallBackPayItem = z.output<typeof shortfallBackPayItemSchema>;

function orderOf<Kind extends EntryKind, Item extends z.ZodType>(kind: Kind, item: Item) {
  return z.strictObject({
    kind: z.literal(kind),
    origin: z.enum(['single', 'batch']),
    businessMonth: monthSchema,
    /** fen: 月缴存额 of 登记 and 减少, 补缴金额 of the two back-payments. */
    totals: totalsSchema,
    items: z.array(item).min(1).max(ORDER_ITEMS_MAX),
  });
}

/** Body of WL1001 to WL1004; the envelope carries sn, oid and the parameter version. */
export const registrationOrderSchema = orderOf('registration', registrationItemSchema);
export const reductionOrderSchema = orderOf('reduction', reductionItemSchema);
export const missedBackPayOrderSchema = orderOf('missedBackPay', missedBackPayItemSchema);
export const shortfallBackPayOrderSchema = orderOf('shortfallBackPay', shortfallBackPayItemSchema);
export const orderBodySchema = z.discriminatedUnion('kind', [
  registrationOrderSchema,
  reductionOrderSchema,
  missedBackPayOrderSchema,
  shortfallBackPayOrderSchema,
]);
export type RegistrationOrder = z.output<typeof registrationOrderSchema>;
export type ReductionOrder = z.output<typeof reductionOrderSchema>;
export type MissedBackPayOrder = z.output<typeof missedBackPayOrderSchema>;
export type ShortfallBackPayOrder = z.output<typeof shortfallBackPayOrderSchema>;
export type OrderBody = z.output<typeof orderBodySchema>;

/** The transaction an order of each kind is submitted with. */
export const submitTransactions = {
  registration: 'WL1001',
  reduction: 'WL1002',
  missedBackPay: 'WL1003',
  shortfallBackPay: 'WL1004',
} as const satisfies Record<EntryKind, Transaction>;

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
