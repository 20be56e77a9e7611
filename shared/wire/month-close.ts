import { z } from 'zod';
import { MONTH_PAGE_MAX } from './limits.ts';
import {
  amountSchema,
  base64Schema,
  fenSchema,
  fundTypeSchema,
  hashSchema,
  monthSchema,
  personalAccountSchema,
  timeSchema,
  unitAccountSchema,
  uuidSchema,
} from './primitives.ts';

/**
 * 单位网上对账: what a business month comes to in the centre's books. What counts in which month:
 * docs/month-close.md.
 */

const countSchema = z.int().min(0);

/** People who are 正常 under a fund, and their 月缴存额 together. */
const standingSchema = z.strictObject({ heads: countSchema, fen: amountSchema });
export type MonthStanding = z.output<typeof standingSchema>;

const paymentSchema = z.strictObject({ count: countSchema, fen: amountSchema });

/** last + registered - reduced + counter = now, for heads and for money. */
export const fundMonthSchema = z.strictObject({
  fundType: fundTypeSchema,
  last: standingSchema,
  registered: standingSchema,
  reduced: standingSchema,
  /** What was done at the centre itself, without an order of the unit: how often, and its sums. */
  counter: z.strictObject({ count: countSchema, heads: z.int(), fen: fenSchema }),
  now: standingSchema,
  /** Back-payments that took effect in the month. */
  missedBackPay: paymentSchema,
  shortfallBackPay: paymentSchema,
  /** `memberLine` of everybody counted in `now`, each ended by a line feed, by account: SHA-256. */
  digest: hashSchema,
});
export type FundMonth = z.output<typeof fundMonthSchema>;

/** The centre's figure: a CMS of its own, like a receipt. */
export const monthFigureSchema = z.strictObject({
  v: z.literal(1),
  typ: z.literal('monthFigure'),
  unit: unitAccountSchema,
  unitName: z.string().min(1).max(200),
  businessMonth: monthSchema,
  /** The month the centre was in; later than `businessMonth`: the month is over. */
  currentMonth: monthSchema,
  at: timeSchema,
  /** State of the books it was made from: roster version, and cursor of WL2004 after the last result. */
  rosterVersion: z.int().min(1),
  resultsCursor: countSchema,
  funds: z.array(fundMonthSchema).min(1).max(2),
});
export type MonthFigure = z.output<typeof monthFigureSchema>;

export const monthFigureBodySchema = z.strictObject({ businessMonth: monthSchema });
export const monthFigureAnswerSchema = z.strictObject({ figure: base64Schema });

const pageOf = { after: z.string().max(40), limit: z.int().min(1).max(MONTH_PAGE_MAX) };

/**
 * WL5002. `changes`: all that took effect from the start of the month until now, in the order of the
 * books. `members`: who is counted in `now` of the month. `after`: where the page before ended.
 */
export const monthListBodySchema = z.discriminatedUnion('list', [
  z.strictObject({ list: z.literal('changes'), businessMonth: monthSchema, ...pageOf }),
  z.strictObject({ list: z.literal('members'), businessMonth: monthSchema, ...pageOf }),
]);
export type MonthListBody = z.output<typeof monthListBodySchema>;

export const memberMoneySchema = z.strictObject({
  base: amountSchema,
  unitFen: amountSchema,
  personalFen: amountSchema,
});
/** Wage and both parts of 月缴存额. */
export type MemberMoney = z.output<typeof memberMoneySchema>;

const memberSchema = z.strictObject({
  personalAccount: personalAccountSchema,
  fundType: fundTypeSchema,
  name: z.string().min(1).max(60),
  ...memberMoneySchema.shape,
});
export type MonthMember = z.output<typeof memberSchema>;

export const monthChangeKinds = [
  'registration',
  'reduction',
  'missedBackPay',
  'shortfallBackPay',
  'counter',
] as const;

const changeSchema = z.strictObject({
  businessMonth: monthSchema,
  at: timeSchema,
  kind: z.enum(monthChangeKinds),
  personalAccount: personalAccountSchema,
  fundType: fundTypeSchema,
  name: z.string().min(1).max(60),
  /** Line of the order it comes from; null and 0 for what was done at the centre itself. */
  oid: uuidSchema.nullable(),
  seq: countSchema,
  /** The member before and after; null where not 正常. Of back-payments both null. */
  before: memberMoneySchema.nullable(),
  after: memberMoneySchema.nullable(),
  /** Of a back-payment, both parts together; else 0. */
  paidFen: amountSchema,
});
export type MonthChange = z.output<typeof changeSchema>;

const pageState = {
  rosterVersion: z.int().min(1),
  resultsCursor: countSchema,
  /** Where the next page goes on; null at the end. */
  next: z.string().max(40).nullable(),
};
export const monthChangesAnswerSchema = z.strictObject({
  ...pageState,
  changes: z.array(changeSchema).max(MONTH_PAGE_MAX),
});
export const monthMembersAnswerSchema = z.strictObject({
  ...pageState,
  members: z.array(memberSchema).max(MONTH_PAGE_MAX),
});

/** The canonical line of a member; names are left out, they change no figure. */
export function memberLine(member: Omit<MonthMember, 'name'>): string {
  return JSON.stringify([
    member.personalAccount,
    member.fundType,
    member.base,
    member.unitFen,
    member.personalFen,
  ]);
}
