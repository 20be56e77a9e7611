import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { normaliseIdNumber } from '../../../shared/rules/identity.ts';
import { MONTH_DIGITS } from '../../../shared/rules/span.ts';
import { normaliseTyped } from '../../../shared/rules/typed.ts';
import { BOUNDS, entry as words } from '../../text/entry.ts';
import type { FieldName } from './form.ts';

export interface FieldMessage {
  readonly tone: 'error' | 'notice' | 'hint';
  readonly text: string;
  /** Second line: the limits, or what to do. */
  readonly more: string;
}

const weights = { error: 0, counter: 1, notice: 2 } as const;
/** Said only when there is nothing else to say. */
const LEAST = 3;

function weigh(issue: Issue): number {
  return issue.code === 'TYPED_FULL_WIDTH' ? LEAST : weights[issue.severity];
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
];
const boundsMatter: readonly ErrorCode[] = ['BASE_BELOW', 'BASE_ABOVE'];
const SOURCE = /（[^（）]*(?:手册|GB)[^）]*(?:\([^)]*\)[^）]*)*）$/;

/** The one thing to say under a field: the gravest issue, or nothing. */
export function messageOf(issues: readonly Issue[]): FieldMessage | undefined {
  const issue = issues.toSorted((a, b) => weigh(a) - weigh(b))[0];
  if (!issue) return undefined;
  const { text } = catalogue[issue.code];
  return {
    tone: issue.severity === 'notice' ? 'notice' : 'error',
    text,
    more: moreOf(issue, issues),
  };
}

/** One line: the limits of one policy year, or where those of several are found. */
function moreOf(issue: Issue, issues: readonly Issue[]): string {
  if (!ruleMatters.includes(issue.code)) return issue.fix;
  if (!boundsMatter.includes(issue.code)) return ruleOf(issue);
  const years = new Set(issues.filter(({ code }) => boundsMatter.includes(code)).map(ruleOf));
  return years.size > 1 ? words.boundsDiffer : ruleOf(issue).replace(BOUNDS, '');
}

/** The rule without its source, as it is said to the clerk. */
export function ruleOf(issue: Issue): string {
  return issue.rule.replace(SOURCE, '');
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
