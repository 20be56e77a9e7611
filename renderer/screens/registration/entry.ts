import type { UnitTerms } from '../../../shared/rules/policy.ts';
import { isFundType, isRatioTyped } from '../../../shared/rules/policy.ts';
import { groupIdNumber, normaliseIdNumber } from '../../../shared/rules/identity.ts';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { formatFen, parseYuan } from '../../../shared/rules/money.ts';
import { ID_TYPE_RESIDENT } from '../../../shared/rules/registration.ts';
import type { RegistrationTyped } from '../../../shared/rules/registration.ts';

/** What stands in the form, as typed. */
export interface Entry {
  readonly fundType: string;
  readonly name: string;
  readonly idNumber: string;
  readonly base: string;
  readonly ratio: string;
}

export type EntryField = 'name' | 'idNumber' | 'base' | 'ratio';

export function emptyEntry(fundType: string): Entry {
  return { fundType, name: '', idNumber: '', base: '', ratio: '' };
}

/** The fields in the order Enter goes through them. */
export function fieldsOf(terms: UnitTerms, fundType: string): readonly EntryField[] {
  const asksRatio = isFundType(fundType) && isRatioTyped(terms, fundType);
  return asksRatio ? ['name', 'idNumber', 'base', 'ratio'] : ['name', 'idNumber', 'base'];
}

export function nextField(
  fields: readonly EntryField[],
  field: EntryField,
): EntryField | undefined {
  return fields[fields.indexOf(field) + 1];
}

export function typedOf(entry: Entry, terms: UnitTerms): RegistrationTyped {
  const { fundType, name, idNumber, base, ratio } = entry;
  const typed = { fundType, name, idType: ID_TYPE_RESIDENT, idNumber, base };
  return fieldsOf(terms, fundType).includes('ratio') ? { ...typed, ratio } : typed;
}

/** How a field reads once it is left; text that cannot be read is left as it is. */
export function tidied(field: EntryField, text: string): string {
  if (field === 'idNumber') {
    const id = normaliseIdNumber(text);
    const isPlain = /^[\dXx\s]*$/.test(text);
    return isPlain && (id.length === 15 || id.length === 18) ? groupIdNumber(id) : text;
  }
  if (field === 'base') {
    const read = parseYuan(text.trim());
    return read.ok ? formatFen(read.value) : text;
  }
  return text;
}

/** What an entry says, however it is written: the same before and after its fields are tidied. */
export function contentOf({ fundType, name, idNumber, base, ratio }: Entry): string {
  return JSON.stringify([
    fundType,
    name,
    tidied('idNumber', idNumber),
    tidied('base', base),
    ratio,
  ]);
}

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
const ruleMatters: readonly string[] = ['BASE_BELOW', 'BASE_ABOVE', 'RATIO_RANGE'];
const SOURCE = /（[^（）]*(?:手册|GB)[^）]*(?:\([^)]*\)[^）]*)*）$/;

/** The one thing to say under a field: the gravest issue, or nothing. */
export function messageOf(issues: readonly Issue[]): FieldMessage | undefined {
  const issue = issues.toSorted((a, b) => weigh(a) - weigh(b))[0];
  if (!issue) return undefined;
  const { text } = catalogue[issue.code];
  const more = ruleMatters.includes(issue.code) ? issue.rule.replace(SOURCE, '') : issue.fix;
  return { tone: issue.severity === 'notice' ? 'notice' : 'error', text, more };
}

/** A number half typed is not a mistake yet: said in grey while its field is being typed in. */
export function isUnfinished(issues: readonly Issue[], text: string): boolean {
  const { length } = normaliseIdNumber(text);
  return length < 18 && issues.some((issue) => issue.code === 'ID_LENGTH');
}
