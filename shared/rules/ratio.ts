import { raise } from './issue.ts';
import type { Issue } from './issue.ts';
import { backPayRatioRange, isRatioTyped, ratioRange } from './policy.ts';
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
  const { issues, percent: asked } = readPercent(typed ?? '', FIELD);
  if (asked === undefined) return { issues };
  const { min, max } = ratioRange(terms, fundType);
  const ratio = Math.min(Math.max(asked, min), max);
  if (ratio === asked) return { issues, ratio, origin: 'typed' };
  const found = { field: FIELD, value: typed ?? '', rule: rule.ratioRange(min, max, ratio) };
  return { issues: [...issues, raise('notice', 'RATIO_RANGE', found)], ratio, origin: 'forced' };
}

/**
 * Reads a ratio of a back-payment. Always typed; one outside the range is refused, never adjusted
 * (manual 十一(一)11). Without a known fund only its form is checked.
 */
export function readBackPayRatio(
  field: string,
  typed: string,
  terms: UnitTerms,
  fundType: FundType | undefined,
): Pick<ReadRatio, 'issues' | 'ratio'> {
  const { issues, percent } = readPercent(typed, field);
  if (percent === undefined) return { issues };
  if (fundType === undefined) return { issues, ratio: percent };
  const { min, max } = backPayRatioRange(terms, fundType);
  if (percent >= min && percent <= max) return { issues, ratio: percent };
  const found = { field, value: typed, rule: rule.backPayRatio(min, max) };
  return { issues: [...issues, raise('error', 'RATIO_NOT_ALLOWED', found)] };
}

/** A whole percent, with or without its sign; no range yet. */
export function readPercent(typed: string, field: string): { issues: Issue[]; percent?: number } {
  const found = (text: string) => ({ field, value: typed, rule: text });
  const cleaned = normaliseTyped(typed);
  const issues: Issue[] = [];
  if (cleaned.fullWidth) issues.push(raise('notice', 'TYPED_FULL_WIDTH', found(rule.fullWidth)));
  const match = /^(\d+) ?%?$/.exec(cleaned.text);
  if (match) return { issues, percent: Number(match[1]) };
  issues.push(raise('error', 'RATIO_FORMAT', found(rule.ratioWhole)));
  return { issues };
}
