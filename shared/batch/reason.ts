import type { EntryTyped } from '../rules/entry.ts';
import { raise } from '../rules/issue.ts';
import type { Issue } from '../rules/issue.ts';
import type { ReductionContext } from '../rules/reduction.ts';
import { batchRule } from './wording.ts';

type Reasons = ReductionContext['reasons'];

/** Reasons named in one sentence: the centre's table has ten. */
const REASONS_NAMED_MAX = 12;

/**
 * 减少原因 as a code of the centre's table: written as code, as label, as both (`04 辞职`), or as
 * the number 4 that is left of 04, which is said. What is none of them stays for the rules.
 */
export function readReason(
  typed: EntryTyped,
  reasons: Reasons,
): { readonly typed: EntryTyped; readonly issues: readonly Issue[] } {
  if (typed.kind !== 'reduction') return { typed, issues: [] };
  const text = typed.reason.replaceAll(' ', '');
  if (reasons.some(({ code }) => code === text)) {
    return { typed: { ...typed, reason: text }, issues: [] };
  }
  const named = findNamed(text, reasons);
  if (named) return { typed: { ...typed, reason: named.code }, issues: [] };
  const short = findShort(text, reasons);
  if (!short) return { typed, issues: [] };
  const rule = batchRule.reasonRead(short.code, short.label);
  const about = { field: 'reason', value: typed.reason, rule };
  return {
    typed: { ...typed, reason: short.code },
    issues: [raise('notice', 'CELL_NUMBER_READ', about)],
  };
}

function findNamed(text: string, reasons: Reasons): Reasons[number] | undefined {
  const bare = text.replace(/[-_.:、/()]/g, '');
  return reasons.find(
    ({ code, label }) => bare === label || bare === code + label || bare === label + code,
  );
}

function findShort(text: string, reasons: Reasons): Reasons[number] | undefined {
  if (!/^\d+(?:\.0+)?$/.test(text)) return undefined;
  const number = Number(text);
  const found = reasons.filter(({ code }) => /^\d+$/.test(code) && Number(code) === number);
  return found.length === 1 ? found[0] : undefined;
}

/** A file has no list to choose from: what may be written is named. */
export function tellReasons(
  issues: readonly Issue[],
  { reasons }: Pick<ReductionContext, 'reasons'>,
): Issue[] {
  const named = reasons.slice(0, REASONS_NAMED_MAX).map(({ code, label }) => `${code} ${label}`);
  const isMore = reasons.length > REASONS_NAMED_MAX;
  const rule = batchRule.reasons(`${named.join('、')}${isMore ? '等' : ''}`);
  return issues.map((issue) =>
    issue.code === 'REASON_UNKNOWN' && named.length > 0 ? { ...issue, rule } : issue,
  );
}
