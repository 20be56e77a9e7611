import { dateAt } from '../../../shared/rules/dates.ts';
import { checkEntry, type EntryContext, type EntryTyped } from '../../../shared/rules/entry.ts';
import { readFundType } from '../../../shared/rules/fund-type.ts';
import { normaliseIdNumber, toEighteen } from '../../../shared/rules/identity.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { toFen } from '../../../shared/rules/money.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import { normaliseTyped } from '../../../shared/rules/typed.ts';
import { filingWindow } from '../../../shared/rules/window.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { RosterPerson } from '../../../shared/rules/employee.ts';
import type { CheckedEntry, Clock } from '../ports.ts';
import type { DraftRows } from './draft-rows.ts';

/** The roster as the checks ask it. */
export interface RosterSource {
  person(key: { personalAccount: string; fundType: '10' | '11' }): RosterRow | undefined;
  /** The account is this unit's, under any fund. */
  isKnown(personalAccount: string): boolean;
  isActive(id18: string, fundType: string): boolean;
}

export interface CheckedTyped {
  readonly issues: readonly Issue[];
  readonly checked?: CheckedEntry;
}

/** Checks entries against rules, parameters, roster and the queue of all kinds as they are now. */
export class EntryChecks {
  readonly #clock: Clock;
  readonly #roster: RosterSource;
  readonly #rows: DraftRows;
  readonly #isUnderReview: (id18: string, fundType: string) => boolean;
  #looked: LookedWindow | undefined;

  constructor(parts: {
    clock: Clock;
    roster: RosterSource;
    isUnderReview: (id18: string, fundType: string) => boolean;
    rows: DraftRows;
  }) {
    this.#isUnderReview = parts.isUnderReview;
    this.#clock = parts.clock;
    this.#roster = parts.roster;
    this.#rows = parts.rows;
  }

  /** `id`: the draft itself, which does not stand against its own entry. */
  check(id: string, typed: EntryTyped, parameters: Parameters): CheckedTyped {
    return checkTyped(typed, this.context(id, typed, parameters));
  }

  context(id: string, typed: EntryTyped, parameters: Parameters): EntryContext {
    const { terms, filing, reductionReasons } = parameters;
    const nowMs = this.#clock.nowMs();
    const findPerson = (personalAccount: string, fundType: '10' | '11') => {
      const row = this.#roster.person({ personalAccount, fundType });
      return row && personOf(row);
    };
    const { fundType } = readFundType(typed.fundType, terms);
    const who = identify(typed, (account) => fundType && findPerson(account, fundType));
    const { businessMonth, mayLandNextMonth } = this.#window(nowMs, filing);
    return {
      terms,
      // the month the order will belong to: between two months, and on the 21st before the centre
      // has been asked, the parameters still name the one that has closed
      businessMonth,
      today: dateAt(nowMs),
      mayLandNextMonth,
      reasons: reductionReasons,
      // of a long queue only what is about the same person or account can matter
      queue: this.#rows.queuedAbout(who, id),
      findPerson,
      isKnownUnderOtherFund: (personalAccount) => this.#roster.isKnown(personalAccount),
      activeIds: (id18, fund) => this.#roster.isActive(id18, fund),
      underReview: (id18, fund) => this.#isUnderReview(id18, fund),
    };
  }

  /** Worked out once a second for all rows of a batch: the hours begin and end on whole minutes. */
  #window(nowMs: number, filing: Parameters['filing']): FilingWindow {
    const second = Math.floor(nowMs / SECOND_MS);
    if (this.#looked?.second !== second || this.#looked.filing !== filing) {
      this.#looked = { second, filing, window: filingWindow(nowMs, filing) };
    }
    return this.#looked.window;
  }
}

const SECOND_MS = 1_000;

interface LookedWindow {
  readonly second: number;
  readonly filing: Parameters['filing'];
  readonly window: FilingWindow;
}

function personOf(row: RosterRow): RosterPerson {
  const { base, unitFen, personalFen, paid } = row;
  return {
    ...row,
    base: toFen(base),
    unitFen: toFen(unitFen),
    personalFen: toFen(personalFen),
    paid: paid.map(([from, to]) => [toMonth(from), toMonth(to)] as const),
  };
}

interface Who {
  readonly idKey: string;
  readonly personalAccount: string;
}

function identify(
  typed: EntryTyped,
  find: (personalAccount: string) => RosterPerson | undefined,
): Who {
  if (typed.kind === 'registration') {
    return { idKey: toEighteen(normaliseIdNumber(typed.idNumber)), personalAccount: '' };
  }
  const personalAccount = normaliseTyped(typed.personalAccount).text.replaceAll(' ', '');
  const person = find(personalAccount);
  return { idKey: person ? toEighteen(person.idNumber) : '', personalAccount };
}

function checkTyped(typed: EntryTyped, context: EntryContext): CheckedTyped {
  switch (typed.kind) {
    case 'registration': {
      const { issues, entry } = checkEntry('registration', typed, context);
      return entry ? { issues, checked: { kind: 'registration', entry } } : { issues };
    }
    case 'reduction': {
      const { issues, entry } = checkEntry('reduction', typed, context);
      return entry ? { issues, checked: { kind: 'reduction', entry } } : { issues };
    }
    case 'missedBackPay': {
      const { issues, entry } = checkEntry('missedBackPay', typed, context);
      return entry ? { issues, checked: { kind: 'missedBackPay', entry } } : { issues };
    }
    case 'shortfallBackPay': {
      const { issues, entry } = checkEntry('shortfallBackPay', typed, context);
      return entry ? { issues, checked: { kind: 'shortfallBackPay', entry } } : { issues };
    }
  }
}
