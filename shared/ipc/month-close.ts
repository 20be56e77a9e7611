import { z } from 'zod';
import { fundMonthSchema, memberMoneySchema, monthChangeKinds } from '../wire/month-close.ts';
import {
  amountSchema,
  fundTypeSchema,
  hashSchema,
  monthSchema,
  timeSchema,
} from '../wire/primitives.ts';
import { operation } from './contract.ts';
import type { Contract } from './contract.ts';
import { sendFailures } from './send-failures.ts';

/** 单位网上对账: a month by our own books against the centre's signed figure (docs/month-close.md). */

/** Both columns of one fund; without the digest, which says itself in `membersEqual`. */
const columnSchema = fundMonthSchema.omit({ digest: true });
export type MonthColumn = z.output<typeof columnSchema>;

export const fundComparisonSchema = z.strictObject({
  fundType: fundTypeSchema,
  ours: columnSchema,
  centre: columnSchema,
  /** Everybody counted, with wage and both parts, is the same here and there. */
  membersEqual: z.boolean(),
});
export type FundComparison = z.output<typeof fundComparisonSchema>;

export const monthComparisonSchema = z.strictObject({
  funds: z.array(fundComparisonSchema).min(1),
  /** Does 上月 stand as 本月 stood when that month was compared for the last time, after its end. */
  opening: z.enum(['unknown', 'same', 'moved']),
  /** Of our entries of the month and before, those the centre has not decided yet. */
  undecided: z.int().min(0),
  /** Lines by standing, also those beyond what is kept. */
  found: z.strictObject({
    differences: z.int().min(0),
    elsewhere: z.int().min(0),
    counter: z.int().min(0),
  }),
});
export type MonthComparison = z.output<typeof monthComparisonSchema>;

/**
 * equal: all figures and all people · explained: so too, with changes that were not ordered here, by
 * another computer of the unit or at the centre itself · differs: a figure or somebody does not agree.
 */
const monthVerdicts = ['equal', 'explained', 'differs'] as const;

export const monthViewSchema = z.strictObject({
  number: z.int().min(1),
  businessMonth: monthSchema,
  /** The month the centre was in; later: the month is over and its figure final. */
  currentMonth: monthSchema,
  /** The centre's time of the figure. */
  at: timeSchema,
  rosterVersion: z.int().min(1),
  /** SHA-256 of the figure's CMS. */
  hash: hashSchema,
  verdict: z.enum(monthVerdicts),
  comparison: monthComparisonSchema,
  /** Who compared it. */
  user: z.string(),
  /** Results that came in since, which it does not know of. */
  newer: z.int().min(0),
});
export type MonthView = z.output<typeof monthViewSchema>;

/** One side of a line. `businessMonth` of a change, else 0; `paidFen` of a back-payment, else 0. */
export const monthSideSchema = z.strictObject({
  businessMonth: z.int().min(0),
  base: amountSchema,
  unitFen: amountSchema,
  personalFen: amountSchema,
  paidFen: amountSchema,
  /** Of a change at the centre itself: how it was and became; null where not 正常. */
  moved: z
    .strictObject({ before: memberMoneySchema.nullable(), after: memberMoneySchema.nullable() })
    .optional(),
});
export type MonthSide = z.output<typeof monthSideSchema>;

export const monthLineSchema = z.strictObject({
  number: z.int().min(1),
  standing: z.enum(['onlyCentre', 'onlyHere', 'differs', 'elsewhere', 'counter']),
  about: z.enum([...monthChangeKinds, 'member', 'lastMember']),
  personalAccount: z.string(),
  fundType: fundTypeSchema,
  name: z.string(),
  /** The order here it belongs to; empty where there is none. */
  oid: z.string(),
  ours: monthSideSchema.nullable(),
  centre: monthSideSchema.nullable(),
});
export type MonthLine = z.output<typeof monthLineSchema>;

const trendPointSchema = z.strictObject({
  businessMonth: monthSchema,
  /** Accounts that are 正常 under all funds, and their 月缴存额. */
  accounts: z.int().min(0),
  fen: amountSchema,
  source: z.enum(['figure', 'sync']),
  at: timeSchema,
});
export type TrendPoint = z.output<typeof trendPointSchema>;

const month = z.strictObject({ businessMonth: monthSchema });

export const monthContract = {
  /** Brings results and roster up to date, asks for the figure (WL5001), compares and keeps both. */
  'month.compare': operation(month, z.strictObject({ view: monthViewSchema }), [
    ...sendFailures,
    'SYNC_CANCELLED',
    'SYNC_MISMATCH',
    'SYNC_RUNNING',
    'MONTH_MOVING',
  ]),
  /** The last comparison of a month; null where there is none. */
  'month.read': operation(month, z.strictObject({ view: monthViewSchema.nullable() }), [
    'NOT_SIGNED_IN',
  ]),
  'month.lines': operation(
    z.strictObject({
      number: z.int().min(1),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({ lines: z.array(monthLineSchema), total: z.int().min(0) }),
    ['NOT_SIGNED_IN'],
  ),
  /** Up to twelve months, ascending, as far as they are known. */
  'month.trend': operation(
    z.strictObject({}),
    z.strictObject({ points: z.array(trendPointSchema) }),
    ['NOT_SIGNED_IN'],
  ),
} as const satisfies Contract;
