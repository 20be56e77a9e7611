import { z } from 'zod';
import { moneySchema, roundings } from './money.ts';
import { businessMonthSchema } from './months.ts';
import type { BusinessMonth } from './months.ts';

/** 资金性质: 10 一般住房公积金, 11 住房公积金补贴 (paid by the unit alone). */
export const fundTypes = ['10', '11'] as const;
export type FundType = (typeof fundTypes)[number];
export const fundTypeSchema = z.enum(fundTypes);

export const fundTypeLabels: Readonly<Record<FundType, string>> = {
  '10': '一般住房公积金',
  '11': '住房公积金补贴',
};

export function isFundType(text: string): text is FundType {
  return (fundTypes as readonly string[]).includes(text);
}

/** A uniform unit at this ratio or more back-pays from here on, one below it from its own (manual 十一(一)11). */
const BACK_PAY_UNIFORM_MIN_PERCENT = 8;

/** Used while the centre sends no length of its own. */
export const BACK_PAY_NOTICE_MONTHS = 12;

const ratioSchema = z.int().min(0).max(100);

/** Base bounds and rounding of one fund, valid from a month until the next row. */
export const policySchema = z
  .strictObject({
    fundType: fundTypeSchema,
    from: businessMonthSchema,
    minBase: moneySchema,
    maxBase: moneySchema,
    rounding: z.enum(roundings),
  })
  .refine((policy) => policy.minBase <= policy.maxBase, 'minBase must not exceed maxBase');
export type Policy = Readonly<z.output<typeof policySchema>>;

/** All that the centre says about one unit's entries. Every value is data, none a constant of ours. */
export const unitTermsSchema = z
  .strictObject({
    ratioPolicy: z.enum(['uniform', 'perEmployee']),
    /** The unit's own ratio; counts for a uniform unit only. */
    ratio: ratioSchema,
    fundTypes: z.array(fundTypeSchema).min(1).readonly(),
    policies: z.array(policySchema).readonly(),
    /** Longest name in Chinese characters, · not counted (manual 六.1). */
    nameLimit: z.int().min(1).max(100),
    ratioMin: ratioSchema,
    ratioMax: ratioSchema,
    /** Range of the one ratio of fund 11. */
    subsidyRatioMin: ratioSchema,
    subsidyRatioMax: ratioSchema,
    /** A back-payment over more months is pointed out; `BACK_PAY_NOTICE_MONTHS` unless sent. */
    backPayNoticeMonths: z.int().min(1).max(1200).optional(),
  })
  .refine((terms) => terms.ratioMin <= terms.ratioMax, 'ratioMin must not exceed ratioMax')
  .refine(
    (terms) => terms.subsidyRatioMin <= terms.subsidyRatioMax,
    'subsidyRatioMin must not exceed subsidyRatioMax',
  );
export type UnitTerms = Readonly<z.output<typeof unitTermsSchema>>;
export type RatioPolicy = UnitTerms['ratioPolicy'];

/** The row in force in a month: the latest one that starts no later. */
export function policyAt(
  policies: readonly Policy[],
  fundType: FundType,
  month: BusinessMonth,
): Policy | undefined {
  let found: Policy | undefined;
  for (const policy of policies) {
    if (policy.fundType !== fundType || policy.from > month) continue;
    if (!found || policy.from > found.from) found = policy;
  }
  return found;
}

/** Whether the clerk types a ratio: a uniform unit has its own, fund 11 always needs one. */
export function isRatioTyped(terms: UnitTerms, fundType: FundType): boolean {
  return fundType === '11' || terms.ratioPolicy === 'perEmployee';
}

export function ratioRange(
  terms: UnitTerms,
  fundType: FundType,
): { readonly min: number; readonly max: number } {
  return fundType === '11'
    ? { min: terms.subsidyRatioMin, max: terms.subsidyRatioMax }
    : { min: terms.ratioMin, max: terms.ratioMax };
}

/** Range of a ratio typed for a back-payment (manual 十一(一)11); fund 11 has its own. */
export function backPayRatioRange(
  terms: UnitTerms,
  fundType: FundType,
): { readonly min: number; readonly max: number } {
  if (fundType === '11' || terms.ratioPolicy === 'perEmployee') return ratioRange(terms, fundType);
  const own = Math.min(terms.ratio, BACK_PAY_UNIFORM_MIN_PERCENT);
  return { min: Math.max(terms.ratioMin, own), max: terms.ratioMax };
}
