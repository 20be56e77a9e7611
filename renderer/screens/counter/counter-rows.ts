import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import { counter as words } from '../../text/counter.ts';
import { reasonText, tidied } from '../entry/form.ts';
import type { Reasons } from '../entry/form.ts';

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

/** Why only the counter can do it; every reason once. */
export function counterReason({ issues }: Draft): string {
  const reasons = issues
    .filter(({ severity }) => severity !== 'notice')
    .map(({ code }) => catalogue[code].text);
  return [...new Set(reasons)].join('');
}
