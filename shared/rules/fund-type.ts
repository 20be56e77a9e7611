import { raise } from './issue.ts';
import type { Issue } from './issue.ts';
import { isFundType } from './policy.ts';
import type { FundType, UnitTerms } from './policy.ts';
import { normaliseTyped } from './typed.ts';
import { rule } from './wording.ts';

const FIELD = 'fundType';

export interface ReadFundType {
  readonly issues: readonly Issue[];
  /** Absent when the unit has no such fund. */
  readonly fundType?: FundType;
}

/** The one fund of a unit that has no choice (manual 十一(一)1); absent where there is one. */
export function soleFundType(terms: Pick<UnitTerms, 'fundTypes'>): FundType | undefined {
  return terms.fundTypes.length === 1 ? terms.fundTypes[0] : undefined;
}

/** Reads 资金性质: one the unit has. Left empty, it is the sole fund where there is only one. */
export function readFundType(typed: string, terms: UnitTerms): ReadFundType {
  const { text, fullWidth } = normaliseTyped(typed);
  const found = (met: string) => ({ field: FIELD, value: typed, rule: met });
  const sole = soleFundType(terms);
  if (text === '' && sole !== undefined) return { issues: [], fundType: sole };
  if (!isFundType(text) || !terms.fundTypes.includes(text)) {
    return { issues: [raise('error', 'FUND_TYPE_UNKNOWN', found(rule.fundType))] };
  }
  const issues = fullWidth ? [raise('notice', 'TYPED_FULL_WIDTH', found(rule.fullWidth))] : [];
  return { issues, fundType: text };
}
