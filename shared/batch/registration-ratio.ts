import type { EntryContext, EntryTyped } from '../rules/entry.ts';
import { readFundType } from '../rules/fund-type.ts';
import { raise } from '../rules/issue.ts';
import type { Issue } from '../rules/issue.ts';
import { isRatioTyped, ratioRange } from '../rules/policy.ts';
import { readPercent } from '../rules/ratio.ts';
import type { BatchCell } from './rows.ts';
import { batchRule } from './wording.ts';

const FIELD = 'ratio';

/** What a batch makes of the ratio of a 登记; `isRefused`: no amounts can be told from it. */
export interface JudgedRatio {
  /** In place of what single entry says of the row. */
  readonly issues: readonly Issue[];
  readonly isRefused: boolean;
}

/**
 * The ratio of 登记 as a batch wants it (manual 六(二)1): never forced into the range, and that of
 * the unit where the unit has one. Left empty it is the unit's, which is said. Other kinds keep
 * what single entry says.
 */
export function judgeRatio(
  typed: EntryTyped,
  cell: BatchCell | undefined,
  ofSingleEntry: readonly Issue[],
  { terms }: EntryContext,
): JudgedRatio {
  const { fundType } = readFundType(typed.fundType, terms);
  if (typed.kind !== 'registration' || fundType === undefined) {
    return { issues: ofSingleEntry, isRefused: false };
  }
  const value = typed.ratio ?? '';
  const about = (rule: string) => ({ field: FIELD, value, rule });
  if (isRatioTyped(terms, fundType)) {
    if (!ofSingleEntry.some(({ code }) => code === 'RATIO_RANGE')) {
      return { issues: ofSingleEntry, isRefused: false };
    }
    const { min, max } = ratioRange(terms, fundType);
    const refused = raise('error', 'RATIO_NOT_ALLOWED', about(batchRule.ratioRange(min, max)));
    const others = ofSingleEntry.filter(({ code }) => code !== 'RATIO_RANGE');
    return { issues: [...others, refused], isRefused: true };
  }
  const unit = about(batchRule.ratioUnit(terms.ratio));
  const also = (issues: readonly Issue[], isRefused: boolean) => ({
    issues: [...ofSingleEntry, ...issues],
    isRefused,
  });
  // a file without the column is told of once, not in each row
  if (value === '') return also(cell ? [raise('notice', 'RATIO_FILLED', unit)] : [], false);
  const { issues, percent } = readPercent(value, FIELD);
  if (percent === undefined) return also(issues, true);
  if (percent === terms.ratio) return also(issues, false);
  return also([...issues, raise('error', 'RATIO_NOT_UNIT', unit)], true);
}
