import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { counter as words } from '../../text/counter.ts';
import { fieldWords, shortLabel } from '../../text/entry.ts';
import { reasonText, tidied } from '../entry/form.ts';
import type { Reasons } from '../entry/form.ts';
import { withoutSource } from '../entry/messages.ts';

/** What the counter has to know of an entry besides the person, in one line. */
export function contentText({ typed, personalAccount }: Draft, reasons: Reasons): string {
  const wage = (text: string) => words.wage(tidied('base', text, []));
  const account = words.account(personalAccount);
  switch (typed.kind) {
    case 'registration':
      return typed.base.trim() === '' ? '' : wage(typed.base);
    case 'reduction':
      return `${account}，${reasonText(typed.reason, reasons)}`;
    case 'missedBackPay':
      return `${account}，${words.months(typed.from, typed.to)}，${wage(typed.base)}`;
    case 'shortfallBackPay':
      return `${account}，${words.months(typed.from, typed.to)}，${wage(typed.dueBase)}`;
  }
}

function grave({ issues }: Draft): readonly Issue[] {
  return issues.filter(({ severity }) => severity !== 'notice');
}

/** Why only the counter can do it, with the limits; every reason once. */
export function counterReason(draft: Draft): string {
  return [...new Set(grave(draft).map((issue) => reasonOf(issue)))].join('');
}

/** Whose entry explains the first reason. */
export function counterCode(draft: Draft): ErrorCode | undefined {
  return grave(draft)[0]?.code;
}

/** The same for paper: what was entered stands beside the rule it met. */
export function printedReasons(draft: Draft): readonly string[] {
  const reasons = grave(draft).map(({ field, value, ...issue }) => {
    const label = isFieldName(field) ? shortLabel(fieldWords[field]) : '';
    return reasonOf(issue, value === '' ? '' : words.entered(label, value));
  });
  return [...new Set(reasons)];
}

function reasonOf({ code, rule }: Pick<Issue, 'code' | 'rule'>, entered = ''): string {
  const met = withoutSource(rule);
  const parts = [entered, met].filter((part) => part !== '').join('；');
  const { text } = catalogue[code];
  return parts === '' ? text : `${text}${parts}。`;
}

function isFieldName(field: string): field is keyof typeof fieldWords {
  return field in fieldWords;
}

/** `2 人`, and how many rows they have where that is more. */
export function peopleText(drafts: readonly Draft[]): string {
  const people = new Set(drafts.map(({ idNumber, name }) => (idNumber === '' ? name : idNumber)));
  const rows = people.size === drafts.length ? '' : words.rows(drafts.length);
  return words.people(people.size) + rows;
}
