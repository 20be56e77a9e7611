import type { SeededRandom } from '../../electron/demo/people/random.ts';
import type { EntryTyped } from '../../shared/rules/entry.ts';
import { checkCharacter } from '../../shared/rules/identity.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import type { RosterRow } from '../../shared/wire/roster.ts';

/** Wages from 3,000.00 to 40,000.00 yuan, inside all bounds: what is typed is what is computed with. */
const WAGE_MIN_FEN = 300_000;
const WAGE_SPAN_FEN = 3_700_000;
/** A step without a common factor with the span goes through every wage once. */
const WAGE_STEP_FEN = 1_000_003;
const ACTIVE_MIN = 20;
const ACTIVE_MAX = 60;
/** All months before it are past. */
const MONTH_LAST = 202610;
const MONTH_FIRST = 201007;
const surnames = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'] as const;

/** Types what a clerk of the unit might type, from the roster at hand. */
export class Typist {
  readonly #random: SeededRandom;
  #wages = 0;
  #people = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** Undefined where the roster has nobody for it. */
  type(kind: EntryKind, roster: readonly RosterRow[]): EntryTyped | undefined {
    switch (kind) {
      case 'registration':
        return this.#registration(roster);
      case 'reduction':
        return this.#reduction(roster);
      case 'missedBackPay':
        return this.#missed(roster);
      case 'shortfallBackPay':
        return this.#shortfall(roster);
    }
  }

  /** The same person and months with another wage, or another reason. */
  retype(typed: EntryTyped): EntryTyped {
    switch (typed.kind) {
      case 'registration':
      case 'missedBackPay':
        return { ...typed, base: this.#wage() };
      case 'shortfallBackPay':
        return { ...typed, dueBase: this.#wage(), paidBase: '2700.00' };
      case 'reduction':
        return { ...typed, reason: this.#reason() };
    }
  }

  /** Keeps the roster small: people come, and go again. */
  kind(roster: readonly RosterRow[]): EntryKind {
    const active = roster.filter(({ status }) => status === '01').length;
    const share = this.#random.fraction();
    if (share < 0.25) return 'missedBackPay';
    if (share < 0.5) return 'shortfallBackPay';
    if (active < ACTIVE_MIN) return 'registration';
    if (active > ACTIVE_MAX) return 'reduction';
    return share < 0.75 ? 'registration' : 'reduction';
  }

  #registration(roster: readonly RosterRow[]): EntryTyped {
    const stopped = roster.filter(({ status, idType }) => status === '02' && idType === '01');
    const again = stopped.length > 40 || this.#random.chance(0.3);
    const person = again && stopped.length > 0 ? this.#random.pick(stopped) : this.#stranger();
    const { name, idNumber } = person;
    const base = this.#wage();
    return { kind: 'registration', fundType: '10', name, idType: '01', idNumber, base };
  }

  #stranger(): { name: string; idNumber: string } {
    this.#people += 1;
    const born = String(19_700_101 + (this.#people % 28) + 10_000 * ((this.#people >> 5) % 30));
    const order = String(100 + (Math.floor(this.#people / 960) % 900));
    const digits = `990199${born}${order}`;
    const name = `${this.#random.pick(surnames)}${this.#random.pick(surnames)}`;
    return { name, idNumber: digits + checkCharacter(digits) };
  }

  #reduction(roster: readonly RosterRow[]): EntryTyped | undefined {
    const active = roster.filter(({ status }) => status === '01');
    if (active.length === 0) return undefined;
    const { personalAccount } = this.#random.pick(active);
    return { kind: 'reduction', fundType: '10', personalAccount, reason: this.#reason() };
  }

  #missed(roster: readonly RosterRow[]): EntryTyped | undefined {
    if (roster.length === 0) return undefined;
    const { personalAccount, paid } = this.#random.pick(roster);
    const free = findFreeMonths(paid);
    if (free.length === 0) return undefined;
    const from = this.#random.pick(free);
    const next = monthAfter(from);
    const to = free.includes(next) && this.#random.chance(0.5) ? next : from;
    const base = this.#wage();
    const months = { from: String(from), to: String(to) };
    return { kind: 'missedBackPay', fundType: '10', personalAccount, ...months, base, ratio: '12' };
  }

  #shortfall(roster: readonly RosterRow[]): EntryTyped | undefined {
    if (roster.length === 0) return undefined;
    const { personalAccount } = this.#random.pick(roster);
    const from = String(this.#random.pick(allMonths));
    const wages = { paidBase: '2700.00', dueBase: this.#wage() };
    const ratios = { paidRatio: '8', dueRatio: '12' };
    const months = { from, to: from };
    return {
      kind: 'shortfallBackPay',
      fundType: '10',
      personalAccount,
      ...months,
      ...wages,
      ...ratios,
    };
  }

  #reason(): string {
    return `0${this.#random.whole(1, 9)}`;
  }

  #wage(): string {
    this.#wages += 1;
    const fen = WAGE_MIN_FEN + ((this.#wages * WAGE_STEP_FEN) % WAGE_SPAN_FEN);
    return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
  }
}

function monthAfter(month: number): number {
  return month % 100 === 12 ? month + 89 : month + 1;
}

const allMonths: readonly number[] = (() => {
  const months: number[] = [];
  for (let month = MONTH_FIRST; month <= MONTH_LAST; month = monthAfter(month)) months.push(month);
  return months;
})();

function findFreeMonths(paid: RosterRow['paid']): number[] {
  return allMonths.filter((month) => !paid.some(([from, to]) => month >= from && month <= to));
}
