import type { EntryTyped } from '../rules/entry.ts';
import { raise } from '../rules/issue.ts';
import type { Issue } from '../rules/issue.ts';
import type { ReductionContext } from '../rules/reduction.ts';
import { rule as entryRule } from '../rules/wording.ts';
import { batchRule } from './wording.ts';

type Reasons = ReductionContext['reasons'];

/** The centre's ten reasons take 61. */
const REASONS_CHARACTERS_MAX = 150;

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

/** A file has no list to choose from: what may be written is named, as far as a sentence goes. */
export function tellReasons(
  issues: readonly Issue[],
  { reasons }: Pick<ReductionContext, 'reasons'>,
): Issue[] {
  const all = reasons.map(({ code, label }) => `${code} ${label}`);
  const isNamed = (_: string, at: number) =>
    all.slice(0, at + 1).join('、').length <= REASONS_CHARACTERS_MAX;
  const named = all.filter(isNamed);
  if (named.length === 0) return [...issues];
  const listed = batchRule.reasons(`${named.join('、')}${named.length < all.length ? '等' : ''}`);
  const isUnknown = ({ code, rule }: Issue) =>
    code === 'REASON_UNKNOWN' && rule === entryRule.reason;
  return issues.map((issue) => (isUnknown(issue) ? { ...issue, rule: listed } : issue));
}
