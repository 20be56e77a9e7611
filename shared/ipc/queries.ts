import { z } from 'zod';
import { orderStates } from '../orders/states.ts';
import { itemStateSchema } from '../wire/orders.ts';
import {
  amountSchema,
  entryKindSchema,
  fenSchema,
  fundTypeSchema,
  monthSchema,
  personalAccountSchema,
  ratioSchema,
  timeSchema,
  uuidSchema,
} from '../wire/primitives.ts';
import type { EntryKind } from '../wire/primitives.ts';
import { rosterRowSchema } from '../wire/roster.ts';
import { operation } from './contract.ts';
import type { Contract } from './contract.ts';
import { rosterQuerySchema } from './roster.ts';

/**
 * 综合查询 (manual 十). ID numbers leave the data host masked; the whole number is an operation of its
 * own, which is written to 操作记录 first.
 */

/** The manual's three queries of what was filed, and the kinds each is about. */
export const queryKinds = {
  registration: ['registration'],
  backPay: ['missedBackPay', 'shortfallBackPay'],
  reduction: ['reduction'],
} as const satisfies Record<string, readonly EntryKind[]>;
export type QueryGroup = keyof typeof queryKinds;
const groupSchema = z.enum(['registration', 'backPay', 'reduction']);

const countSchema = z.int().min(0);

export const queryOrderSchema = z.strictObject({
  oid: uuidSchema,
  kind: entryKindSchema,
  businessMonth: monthSchema,
  state: z.enum(orderStates),
  /** Confirmed, to go out when the window opens. */
  opensAt: timeSchema.nullable(),
  /** Filed on another computer of the unit: what its receipt says is all that is known. */
  isElsewhere: z.boolean(),
  /** As the centre took it, else as it was ordered. */
  count: countSchema,
  fen: fenSchema,
  serialNumber: z.string(),
  receiptNumber: countSchema,
  /** First hex digits of the receipt's SHA-256; empty without one. */
  receiptMark: z.string(),
  /** Why it was not taken, in the clerk's words; empty otherwise. */
  reason: z.string(),
  succeeded: countSchema,
  failed: countSchema,
  /** 待确认 and 处理中. */
  pending: countSchema,
  /** In force, but in another month than it was filed for. */
  landedElsewhere: countSchema,
  /** 登记日期: when it was sent, received by the centre, or else made. */
  createdAt: timeSchema,
});
export type QueryOrder = z.output<typeof queryOrderSchema>;

/** Which items of an order are shown; 待确认 takes in what the centre is working on. */
export const itemChoiceSchema = z.enum(['all', 'succeeded', 'failed', 'pending']);
export type ItemChoice = z.output<typeof itemChoiceSchema>;

export const itemSortSchema = z.enum([
  'seq',
  'name',
  'personalAccount',
  'base',
  'total',
  'state',
  'reason',
]);
export type ItemSort = z.output<typeof itemSortSchema>;

/** Of an order filed elsewhere what was ordered is not known: null, or empty text. */
export const queryItemSchema = z.strictObject({
  seq: z.int().min(1),
  name: z.string(),
  /** 6 digits, 8 covered, 4 digits; empty where it is not known. */
  maskedId: z.string(),
  personalAccount: z.string(),
  fundType: fundTypeSchema.nullable(),
  /** Back-payment: first and last month, else 0. */
  from: countSchema,
  to: countSchema,
  /** A code; empty otherwise. */
  reductionReason: z.string(),
  base: amountSchema.nullable(),
  unitRatio: ratioSchema.nullable(),
  unitFen: amountSchema.nullable(),
  personalFen: amountSchema.nullable(),
  totalFen: amountSchema.nullable(),
  /** null until the centre has taken the order. */
  state: itemStateSchema.nullable(),
  reason: z.string(),
  /** Month it came into force, 0 before. */
  landedMonth: countSchema,
  changedAt: timeSchema.nullable(),
});
export type QueryItem = z.output<typeof queryItemSchema>;

export const maskedRosterRowSchema = rosterRowSchema
  .omit({ idNumber: true })
  .extend({ maskedId: z.string() });
export type MaskedRosterRow = z.output<typeof maskedRosterRowSchema>;

/** Over all rows that match, fen where it is money. */
export const rosterSumsSchema = z.strictObject({
  /** A person with both kinds of fund counts once. */
  people: countSchema,
  base: amountSchema,
  unitFen: amountSchema,
  personalFen: amountSchema,
  monthlyFen: amountSchema,
});
export type RosterSums = z.output<typeof rosterSumsSchema>;

/** A page of rows in sight, and not a register to be copied. */
export const REVEALED_ROWS_MAX = 100;

const rosterKeySchema = z.strictObject({
  personalAccount: personalAccountSchema,
  fundType: fundTypeSchema,
});

export const revealSchema = z.discriminatedUnion('list', [
  z.strictObject({
    list: z.literal('roster'),
    rows: z.array(rosterKeySchema).min(1).max(REVEALED_ROWS_MAX),
  }),
  z.strictObject({
    list: z.literal('order'),
    oid: uuidSchema,
    rows: z.array(z.int().min(1)).min(1).max(REVEALED_ROWS_MAX),
  }),
]);
export type Reveal = z.output<typeof revealSchema>;

/** Columns of 职工缴存明细查询 that may be chosen; 姓名 always stands there. */
export const rosterColumnSchema = z.enum([
  'personalAccount',
  'idType',
  'idNumber',
  'fundType',
  'status',
  'base',
  'unitRatio',
  'personalRatio',
  'unitFen',
  'personalFen',
  'monthly',
  'openedMonth',
  'paidThrough',
]);
export type RosterColumn = z.output<typeof rosterColumnSchema>;

const nothing = z.strictObject({});

export const queryContract = {
  /** Batches of a business month, newest first; one that waits for the opening is in every month. */
  'query.orders': operation(
    z.strictObject({ group: groupSchema, businessMonth: monthSchema }),
    z.strictObject({
      orders: z.array(queryOrderSchema),
      /** Months that have any, newest first. */
      months: z.array(z.strictObject({ month: monthSchema, orders: z.int().min(1) })),
      /** When the centre's results were last asked for. */
      fetchedAt: timeSchema.nullable(),
    }),
    ['NOT_SIGNED_IN'],
  ),
  'query.items': operation(
    z.strictObject({
      oid: uuidSchema,
      choice: itemChoiceSchema,
      sort: itemSortSchema,
      descending: z.boolean(),
      offset: countSchema,
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({ rows: z.array(queryItemSchema), total: countSchema }),
    ['NOT_SIGNED_IN', 'NO_RECORD'],
  ),
  /** 职工缴存明细查询 over the local roster. */
  'query.roster': operation(
    rosterQuerySchema,
    z.strictObject({
      rows: z.array(maskedRosterRowSchema),
      total: countSchema,
      sums: rosterSumsSchema,
    }),
    ['NOT_SIGNED_IN'],
  ),
  /** Whole ID numbers, in the order asked for; empty where none is known. Recorded before they leave. */
  'query.reveal': operation(revealSchema, z.strictObject({ idNumbers: z.array(z.string()) }), [
    'NOT_SIGNED_IN',
    'NO_RECORD',
    'DB_FULL',
  ]),
  /** The columns kept on this computer for this unit; null while none were chosen. */
  'query.columns': operation(
    nothing,
    z.strictObject({ columns: z.array(rosterColumnSchema).nullable() }),
    ['NOT_SIGNED_IN'],
  ),
  'query.keepColumns': operation(
    z.strictObject({ columns: z.array(rosterColumnSchema) }),
    nothing,
    ['NOT_SIGNED_IN', 'DB_FULL'],
  ),
} as const satisfies Contract;
