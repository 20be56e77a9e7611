import { listMonths } from './months.ts';
import type { BusinessMonth } from './months.ts';
import type { MonthRange } from './month-ranges.ts';
import { policyAt } from './policy.ts';
import type { FundType, Policy } from './policy.ts';

/** Consecutive months under one policy row. */
export interface PolicyPart {
  readonly policy: Policy;
  readonly months: readonly BusinessMonth[];
}

export interface PolicySplit {
  readonly parts: readonly PolicyPart[];
  /** Months before the fund's first row, ascending. */
  readonly missing: readonly BusinessMonth[];
}

/** Looks the policy up for each month of a span and cuts the span where it changes (1 July). */
export function splitByPolicy(
  policies: readonly Policy[],
  fundType: FundType,
  [from, to]: MonthRange,
): PolicySplit {
  const parts: { policy: Policy; months: BusinessMonth[] }[] = [];
  const missing: BusinessMonth[] = [];
  for (const month of listMonths(from, to)) {
    const policy = policyAt(policies, fundType, month);
    const last = parts.at(-1);
    if (!policy) missing.push(month);
    else if (last?.policy === policy) last.months.push(month);
    else parts.push({ policy, months: [month] });
  }
  return { parts, missing };
}
