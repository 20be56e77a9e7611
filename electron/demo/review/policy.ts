import type { FundType, Policy, UnitTerms } from '../../../shared/rules/policy.ts';
import { type MonthRange, shiftMonth, spanOf } from './months.ts';

/** The centre's own look-up of bounds and ratios, apart from shared/rules. */

/** The row of a fund that is in force in a month. */
export function policyInForce(
  policies: readonly Policy[],
  fundType: FundType,
  month: number,
): Policy | undefined {
  return policies
    .filter((policy) => policy.fundType === fundType && policy.from <= month)
    .sort((a, b) => b.from - a.from)[0];
}

/** Part of a span in which one row is in force. */
export interface PolicySpan {
  readonly policy: Policy;
  readonly months: number;
}

/**
 * A span of months cut where the bounds change, as a rule at 1 July (manual 十一(一)8, which sent
 * older years to the counter). Undefined when it begins before the first row; not for a span that
 * runs backward.
 */
export function splitByPolicy(
  policies: readonly Policy[],
  fundType: FundType,
  [from, to]: MonthRange,
): PolicySpan[] | undefined {
  const rows = policies
    .filter((policy) => policy.fundType === fundType && policy.from <= to)
    .sort((a, b) => a.from - b.from);
  if (rows[0] === undefined || rows[0].from > from) return undefined;
  return rows.flatMap((policy, index) => {
    const next = rows[index + 1];
    const last = next === undefined ? to : shiftMonth(next.from, -1);
    const months = spanOf([Math.max(policy.from, from), last]);
    return months > 0 ? [{ policy, months }] : [];
  });
}

/** A wage outside the bounds counts as the bound (manual 六.3, 十一(一)5). */
export function clampWage(wageFen: number, { minBase, maxBase }: Policy): number {
  if (wageFen < minBase) return minBase;
  return wageFen > maxBase ? maxBase : wageFen;
}

export interface RatioRange {
  readonly min: number;
  readonly max: number;
}

/** 职工登记: a uniform unit has its own ratio alone (manual 六.7, 六(二)1). */
export function registrationRatios(terms: UnitTerms, fundType: FundType): RatioRange {
  if (fundType === '11') return subsidyRatios(terms);
  if (terms.ratioPolicy === 'uniform') return { min: terms.ratio, max: terms.ratio };
  return { min: terms.ratioMin, max: terms.ratioMax };
}

/** Ratio from which a uniform unit may pay back at less than its own. */
const UNIFORM_BACK_PAY_MIN_PERCENT = 8;

/** Back-payment (manual 十一(一)11): per employee 5-12; uniform 8-12, or its own 5-7 up to 12. */
export function backPayRatios(terms: UnitTerms, fundType: FundType): RatioRange {
  if (fundType === '11') return subsidyRatios(terms);
  if (terms.ratioPolicy === 'perEmployee') return { min: terms.ratioMin, max: terms.ratioMax };
  return { min: Math.min(terms.ratio, UNIFORM_BACK_PAY_MIN_PERCENT), max: terms.ratioMax };
}

function subsidyRatios({ subsidyRatioMin, subsidyRatioMax }: UnitTerms): RatioRange {
  return { min: subsidyRatioMin, max: subsidyRatioMax };
}

export function describeRatios({ min, max }: RatioRange): string {
  return min === max ? `应为单位统一的${min}%` : `应在${min}%至${max}%之间`;
}
