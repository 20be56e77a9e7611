import { RANGES_NAMED_MAX } from '../../../shared/rules/back-pay.ts';
import type { EntryContext, EntryTyped } from '../../../shared/rules/entry.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { formatRanges, toRanges } from '../../../shared/rules/month-ranges.ts';
import { formatMonth } from '../../../shared/rules/months.ts';
import { splitByPolicy } from '../../../shared/rules/policy-split.ts';
import { isFundType } from '../../../shared/rules/policy.ts';
import { readSpan } from '../../../shared/rules/span.ts';
import { amounts as words, shortLabel } from '../../text/entry.ts';

interface FilledField {
  readonly label: string;
  readonly value: string;
  readonly issues: readonly Issue[];
}

/** Why there is no calculation yet: months without bounds, a field to mend, or one still empty. */
export function whyEmpty(
  fields: readonly FilledField[],
  typed: EntryTyped,
  context: EntryContext,
): string {
  const unbounded = whyWithoutBounds(typed, context);
  if (unbounded !== '') return unbounded;
  const isFilled = fields.every(({ value }) => value.trim() !== '');
  const wrong = fields
    .filter(({ issues }) => issues.some(({ severity }) => severity === 'error'))
    .map(({ label }) => shortLabel(label))
    .join('、');
  if (wrong === '') return words.whyEmpty;
  return isFilled ? words.whyWrong(wrong) : words.whyWrongAndEmpty(wrong);
}

/** Old months go to the counter (manual 十一(一)8); a fund without any bounds is ours to sync. */
function whyWithoutBounds(typed: EntryTyped, { terms, businessMonth }: EntryContext): string {
  const { policies } = terms;
  const { kind, fundType } = typed;
  if (!isFundType(fundType) || kind === 'reduction') return '';
  const isKnown = policies.some((policy) => policy.fundType === fundType);
  if (kind === 'registration') return isKnown ? '' : words.whyNoPolicy(formatMonth(businessMonth));
  const { span } = readSpan(typed, businessMonth, Infinity);
  const missing = span ? splitByPolicy(policies, fundType, span).missing : [];
  if (missing.length === 0) return '';
  const months = formatRanges(toRanges(missing), RANGES_NAMED_MAX);
  return isKnown ? words.whyNoBounds(months) : words.whyNoPolicy(months);
}
