import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { normaliseIdNumber } from '../../../shared/rules/identity.ts';
import { MONTH_DIGITS } from '../../../shared/rules/span.ts';
import { normaliseTyped } from '../../../shared/rules/typed.ts';
import { BOUNDS, BOUNDS_PARTS, entry as words } from '../../text/entry.ts';
import type { FieldName } from './form.ts';

/** One thing said under a field. */
export interface FieldMessage {
  readonly code: ErrorCode;
  readonly tone: 'error' | 'notice';
  readonly text: string;
  /** The limits, or what to do. */
  readonly more: string;
  /** The lower, the graver. */
  readonly weight: number;
}

const weights = { error: 0, counter: 1, notice: 2 } as const;
/** Of least concern: said after everything else. */
const LEAST = 3;
const ofLeastConcern: readonly ErrorCode[] = ['TYPED_FULL_WIDTH', 'TYPED_SPACES'];

function weigh({ code, severity }: Issue): number {
  return ofLeastConcern.includes(code) ? LEAST : weights[severity];
}

/** Where the rule itself names what the clerk has to know, such as both limits (manual 六.3). */
const ruleMatters: readonly ErrorCode[] = [
  'BASE_BELOW',
  'BASE_ABOVE',
  'RATIO_RANGE',
  'RATIO_NOT_ALLOWED',
  'MONTHS_REPEATED',
  'MONTH_NOT_PAST',
  'SPAN_LONG',
  'POLICY_EARLY',
  'POLICY_MISSING',
  'REASON_MATCHED',
  'TYPED_TOO_LONG',
];
const boundsMatter: readonly ErrorCode[] = ['BASE_BELOW', 'BASE_ABOVE'];
const SOURCE = /（[^（）]*(?:手册|GB|JGJ)[^）]*(?:\([^)]*\)[^）]*)*）$/;

/** All that is to be said under a field, the gravest first; what has one code is one message. */
export function messagesOf(issues: readonly Issue[]): FieldMessage[] {
  const sorted = issues.toSorted((a, b) => weigh(a) - weigh(b));
  const codes = [...new Set(sorted.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const alike = sorted.filter((issue) => issue.code === code);
    const [first] = alike;
    if (!first) return [];
    const { text } = catalogue[code];
    const tone = first.severity === 'notice' ? 'notice' : 'error';
    return [{ code, tone, text, more: moreOf(first, alike), weight: weigh(first) }];
  });
}

/** The limits where they matter, of every policy year with its months; otherwise what to do. */
function moreOf(issue: Issue, alike: readonly Issue[]): string {
  const { code, fix } = issue;
  if (!ruleMatters.includes(code)) return fix;
  const rules = [...new Set(alike.map(ruleOf))];
  if (!boundsMatter.includes(code)) return rules.join('；');
  return rules.length > 1
    ? rules.map((one) => one.replace(BOUNDS_PARTS, words.boundsOf)).join('；')
    : (rules[0] ?? '').replace(BOUNDS, '');
}

/** The rule without its source, as it is said to the clerk. */
export function ruleOf({ rule }: Issue): string {
  return withoutSource(rule);
}

export function withoutSource(rule: string): string {
  return rule.replace(SOURCE, '');
}

/** Whole sentences: what is found, with the rule where it names what the clerk has to know. */
export function sentenceOf(issue: Issue): string {
  const { text } = catalogue[issue.code];
  const isTold = ruleMatters.includes(issue.code) || issue.code === 'DRAFT_OUTDATED';
  const told = isTold ? ruleOf(issue) : '';
  return told === '' || /\p{Po}$/u.test(told) ? text + told : `${text}${told}。`;
}

const DIGITS_OF_A_RATIO = 2;

/** What is half typed is not a mistake yet: nothing is said of it while its field is typed in. */
export function isUnfinished(field: FieldName, issues: readonly Issue[], text: string): boolean {
  const has = (...codes: ErrorCode[]) => issues.some((issue) => codes.includes(issue.code));
  const { length } = normaliseTyped(text).text;
  switch (field) {
    case 'idNumber':
      return normaliseIdNumber(text).length < 18 && has('ID_LENGTH');
    case 'personalAccount':
      return has('ACCOUNT_LENGTH', 'ACCOUNT_CHARACTERS');
    case 'reason':
      return has('REASON_UNKNOWN');
    case 'from':
    case 'to':
      return length < MONTH_DIGITS && has('MONTH_LENGTH', 'MONTH_FORMAT');
    case 'ratio':
    case 'paidRatio':
    case 'dueRatio':
      return length < DIGITS_OF_A_RATIO && has('RATIO_NOT_ALLOWED', 'RATIO_RANGE');
    case 'name':
    case 'base':
    case 'paidBase':
    case 'dueBase':
      return false;
  }
}
