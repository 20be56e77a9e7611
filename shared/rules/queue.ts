import type { EntryKind } from '../wire/primitives.ts';
import { toEighteen } from './identity.ts';
import { raise } from './issue.ts';
import type { Issue } from './issue.ts';
import { monthsWithin } from './month-ranges.ts';
import type { MonthRange } from './month-ranges.ts';
import type { BusinessMonth } from './months.ts';
import type { FundType } from './policy.ts';
import type { RosterPerson } from './employee.ts';
import { rule } from './wording.ts';

/** What the checks need to know of an entry that waits in 待确认队列. */
export interface QueuedEntry {
  readonly kind: EntryKind;
  readonly fundType: FundType;
  /** 减少 and back-payments. */
  readonly personalAccount?: string;
  /** 15 or 18 characters, normalised. */
  readonly idNumber?: string;
  /** Back-payments: first and last month. */
  readonly from?: BusinessMonth;
  readonly to?: BusinessMonth;
}

/**
 * Whether a queued number is the person of an 18-character one: `samePerson` for a long queue, a
 * check character is worked out only where birth and order agree.
 */
export function isPerson(queued: string, id18: string): boolean {
  if (queued.length === 18) return queued === id18;
  return queued.endsWith(id18.slice(8, 17)) && toEighteen(queued) === id18;
}

/** Entries of a kind about the same employee under the same fund, by account or by ID number. */
export function queuedFor(
  person: Pick<RosterPerson, 'personalAccount' | 'fundType' | 'idNumber'>,
  kind: EntryKind,
  queue: readonly QueuedEntry[],
): QueuedEntry[] {
  const id18 = toEighteen(person.idNumber);
  return queue.filter(
    (entry) =>
      entry.kind === kind &&
      entry.fundType === person.fundType &&
      (entry.personalAccount === person.personalAccount ||
        (entry.idNumber !== undefined && isPerson(entry.idNumber, id18))),
  );
}

/** Months of a span that a queued back-payment of either kind pays for this account and fund. */
export function queuedMonths(
  personalAccount: string,
  fundType: FundType,
  span: MonthRange,
  queue: readonly QueuedEntry[],
): BusinessMonth[] {
  const ranges: MonthRange[] = [];
  for (const { kind, fundType: fund, personalAccount: account, from, to } of queue) {
    if (kind !== 'missedBackPay' && kind !== 'shortfallBackPay') continue;
    if (fund !== fundType || account !== personalAccount) continue;
    if (from !== undefined && to !== undefined) ranges.push([from, to]);
  }
  return monthsWithin(span, ranges);
}

/** A 登记 of the same person that is not effective yet is pointed out (manual 六.10). */
export function noteWaitingRegistration(
  person: RosterPerson,
  queue: readonly QueuedEntry[],
): Issue[] {
  if (queuedFor(person, 'registration', queue).length === 0) return [];
  const about = {
    field: 'personalAccount',
    value: person.personalAccount,
    rule: rule.registrationWaiting,
  };
  return [raise('notice', 'REGISTRATION_WAITING', about)];
}
