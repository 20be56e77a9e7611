import { z } from 'zod';
import { issueSchema } from '../rules/issue.ts';
import { entryTypedSchema } from '../rules/entry.ts';
import {
  amountSchema,
  entryKindSchema,
  fenSchema,
  fundTypeSchema,
  personalAccountSchema,
  ratioSchema,
  timeSchema,
  uuidSchema,
} from '../wire/primitives.ts';
import { rosterRowSchema } from '../wire/roster.ts';
import { operation } from './contract.ts';
import type { Contract } from './contract.ts';

/** 待确认队列, 待柜面 and the look-ups an entry form needs; part of `dataContract`. */

const month = z.int().min(0).max(299912);

/** What stands in the queue or in 待柜面. Fields an entry's kind does not have are 0 or empty. */
export const draftSchema = z.strictObject({
  id: uuidSchema,
  kind: entryKindSchema,
  /** As typed, with its kind. */
  typed: entryTypedSchema,
  name: z.string(),
  idNumber: z.string(),
  personalAccount: z.string(),
  fundType: fundTypeSchema,
  /** 登记: 缴存基数 after the clamp, and as typed; back-payment: 月均工资 (应缴) as typed. */
  base: amountSchema,
  typedBase: amountSchema,
  unitRatio: ratioSchema,
  personalRatio: ratioSchema,
  /** Back-payment: first and last month. */
  from: month,
  to: month,
  /** 减少原因. */
  reason: z.string(),
  unitFen: fenSchema,
  personalFen: fenSchema,
  /** 月缴存额 of 登记 and 减少, 补缴金额 of back-payments. */
  totalFen: fenSchema,
  issues: z.array(issueSchema),
  /** False where parameters or roster have changed so that it no longer holds; the issues say why. */
  holds: z.boolean(),
  /** Set while the draft is part of an order under way. */
  orderId: uuidSchema.nullable(),
  createdAt: timeSchema,
});
export type Draft = z.output<typeof draftSchema>;

/** In order of entry; `drafts` holds those in an order under way as well, `count` and `totalFen` the waiting ones alone. */
const queueSchema = z.strictObject({
  drafts: z.array(draftSchema),
  count: z.int().min(0),
  totalFen: fenSchema,
});

const storedSchema = z.discriminatedUnion('stored', [
  z.strictObject({ stored: z.literal(true), draft: draftSchema }),
  /** `counter`: nothing stands against it but what the counter can settle; it may go to 待柜面. */
  z.strictObject({
    stored: z.literal(false),
    counter: z.boolean(),
    issues: z.array(issueSchema),
  }),
]);

const ids = z.strictObject({ ids: z.array(uuidSchema).min(1).max(20_000) });
const storing = ['NOT_SIGNED_IN', 'POLICY_MISSING', 'DB_FULL'] as const;

export const entryContract = {
  /** One person of the local roster under one fund; null when there is none. */
  'roster.person': operation(
    z.strictObject({ personalAccount: personalAccountSchema, fundType: fundTypeSchema }),
    z.strictObject({ person: rosterRowSchema.nullable() }),
    ['NOT_SIGNED_IN'],
  ),

  'queue.list': operation(z.strictObject({ kind: entryKindSchema }), queueSchema, [
    'NOT_SIGNED_IN',
  ]),
  /** Checks and stores one entry. `id` is made by the caller: twice the same id is one draft. */
  'queue.add': operation(
    z.strictObject({ id: uuidSchema, typed: entryTypedSchema }),
    storedSchema,
    storing,
  ),
  /** Replaces what was typed; the draft keeps its place. What it was before stays on file. */
  'queue.edit': operation(
    z.strictObject({ id: uuidSchema, typed: entryTypedSchema }),
    storedSchema,
    [...storing, 'ORDER_IN_FLIGHT', 'NO_RECORD'],
  ),
  'queue.remove': operation(ids, z.strictObject({ removed: z.int().min(0) }), [
    'NOT_SIGNED_IN',
    'ORDER_IN_FLIGHT',
    'DB_FULL',
  ]),
  /** Undoes a removal: those that still hold stand in the queue again, in their old place. */
  'queue.restore': operation(
    ids,
    z.strictObject({ restored: z.int().min(0), refused: z.array(issueSchema) }),
    ['NOT_SIGNED_IN', 'POLICY_MISSING', 'DB_FULL'],
  ),

  /** 待柜面: entries for the counter, kept until the clerk strikes them off. */
  'counter.add': operation(
    z.strictObject({ id: uuidSchema, typed: entryTypedSchema }),
    z.strictObject({ draft: draftSchema }),
    [...storing, 'REQUEST_INVALID'],
  ),
  'counter.list': operation(z.strictObject({}), z.strictObject({ drafts: z.array(draftSchema) }), [
    'NOT_SIGNED_IN',
  ]),
  'counter.remove': operation(ids, z.strictObject({ removed: z.int().min(0) }), [
    'NOT_SIGNED_IN',
    'DB_FULL',
  ]),
} as const satisfies Contract;
