import { raise } from './issue.ts';
import type { Issue } from './issue.ts';
import { isRatioTyped, ratioRange } from './policy.ts';
import type { FundType, UnitTerms } from './policy.ts';
import { normaliseTyped } from './typed.ts';
import { rule } from './wording.ts';

const FIELD = 'ratio';

export interface ReadRatio {
  readonly issues: readonly Issue[];
  /** Whole percent to calculate with; absent when it cannot be read. */
  readonly ratio?: number;
  /** Where it came from: the unit's own, typed, or typed and forced into the range. */
  readonly origin?: 'unit' | 'typed' | 'forced';
}

/**
 * Reads the ratio of a single entry. A uniform unit's own ratio counts, whatever is typed; otherwise
 * a whole percent is needed and one outside the range is forced to its edge, with a notice (manual 六.7).
 */
export function readRatio(
  typed: string | undefined,
  terms: UnitTerms,
  fundType: FundType,
): ReadRatio {
  if (!isRatioTyped(terms, fundType)) return { issues: [], ratio: terms.ratio, origin: 'unit' };
  const value = typed ?? '';
  const found = (text: string) => ({ field: FIELD, value, rule: text });
  const cleaned = normaliseTyped(value);
  const issues: Issue[] = [];
  if (cleaned.fullWidth) issues.push(raise('notice', 'TYPED_FULL_WIDTH', found(rule.fullWidth)));
  const match = /^(\d+) ?%?$/.exec(cleaned.text);
  if (!match) {
    issues.push(raise('error', 'RATIO_FORMAT', found(rule.ratioWhole)));
    return { issues };
  }
  const asked = Number(match[1]);
  const { min, max } = ratioRange(terms, fundType);
  const ratio = Math.min(Math.max(asked, min), max);
  if (ratio === asked) return { issues, ratio, origin: 'typed' };
  issues.push(raise('notice', 'RATIO_RANGE', found(rule.ratioRange(min, max, ratio))));
  return { issues, ratio, origin: 'forced' };
}
