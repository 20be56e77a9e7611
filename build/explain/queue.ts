import { catalogue } from '../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { checkEntry } from '../../shared/rules/entry.ts';
import type { EntryContext, EntryTyped } from '../../shared/rules/entry.ts';
import { readFundType } from '../../shared/rules/fund-type.ts';
import { normaliseIdNumber } from '../../shared/rules/identity.ts';
import type { Issue } from '../../shared/rules/issue.ts';
import { parseMonth } from '../../shared/rules/months.ts';
import type { QueuedEntry } from '../../shared/rules/queue.ts';
import { normaliseTyped } from '../../shared/rules/typed.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import type { Unreadable } from './shape.ts';

/** Without these nothing can be compared with a queued entry. */
const needed: Readonly<Record<EntryKind, readonly string[]>> = {
  registration: ['idNumber'],
  reduction: ['personalAccount'],
  missedBackPay: ['personalAccount', 'from', 'to'],
  shortfallBackPay: ['personalAccount', 'from', 'to'],
};

/** A field that cannot be read, other than an entry that no longer holds. */
const unreadableCodes: ReadonlySet<ErrorCode> = new Set([
  'TYPED_TOO_LONG',
  'FUND_TYPE_UNKNOWN',
  'NAME_CHARACTERS',
  'ID_TYPE_UNKNOWN',
  'ID_EMPTY',
  'ID_LENGTH',
  'ID_CHARACTERS',
  'ID_BIRTH_DATE',
  'ACCOUNT_LENGTH',
  'ACCOUNT_CHARACTERS',
  'REASON_UNKNOWN',
  'MONTH_LENGTH',
  'MONTH_FORMAT',
  'MONTH_ORDER',
  'BASE_FORMAT',
  'BASE_DECIMALS',
  'BASE_TOO_LARGE',
  'BASE_NOT_POSITIVE',
  'RATIO_FORMAT',
]);

/**
 * A queued entry must be readable as one of its kind; whether it still holds (its account is known,
 * its months are unpaid) is not asked. A field that matters to no comparison may be left out.
 */
export function checkQueued(typed: EntryTyped, context: EntryContext, path: string): Unreadable[] {
  const { kind, ...fields } = typed;
  const texts = fields as Readonly<Record<string, string>>;
  const matters = ({ code, field }: Issue) =>
    unreadableCodes.has(code) &&
    (field === 'fundType' || needed[kind].includes(field) || texts[field] !== '');
  return checkEntry(kind, typed, { ...context, queue: [] })
    .issues.filter(matters)
    .map(({ code, field, value, rule }) => ({
      path: `${path}.${field}`,
      value,
      reason: catalogue[code].text + rule,
    }));
}

/** A queued entry as the checks see it. Only for one that `checkQueued` can read. */
export function queuedOf(typed: EntryTyped, { terms, findPerson }: EntryContext): QueuedEntry {
  const { kind } = typed;
  const { fundType } = readFundType(typed.fundType, terms);
  if (fundType === undefined) throw new Error('a queued entry without a fund was not refused');
  if (kind === 'registration') {
    return { kind, fundType, idNumber: normaliseIdNumber(typed.idNumber) };
  }
  const personalAccount = normaliseTyped(typed.personalAccount).text.replaceAll(' ', '');
  const person = findPerson(personalAccount, fundType);
  const who = {
    personalAccount,
    ...(person ? { idNumber: normaliseIdNumber(person.idNumber) } : {}),
  };
  if (kind === 'reduction') return { kind, fundType, ...who };
  const from = parseMonth(normaliseTyped(typed.from).text);
  const to = parseMonth(normaliseTyped(typed.to).text);
  if (!from.ok || !to.ok) throw new Error('a queued month that is none was not refused');
  return { kind, fundType, ...who, from: from.value, to: to.value };
}
