import type { SeededRandom } from '../../../electron/demo/people/random.ts';
import { practiceFailures } from '../../../electron/demo/people/units.ts';
import { shiftMonth } from '../../../electron/demo/review/months.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import type { EntryKind, FundType } from '../../../shared/wire/primitives.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { type Clerk, makePerson } from './clerk.ts';
import { missedOf, reductionOf, shortfallOf } from './month-books.ts';

type Registration = Extract<EntryTyped, { kind: 'registration' }>;

const funds = ['10', '11'] as const satisfies readonly FundType[];

/** What happened over all months, by kind and fund, and how often the rarer things did. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(what: string): void {
    this.#counts.set(what, this.of(what) + 1);
  }

  of(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  toString(): string {
    return JSON.stringify(Object.fromEntries([...this.#counts].sort()));
  }
}

/** Whom a month may still concern: each account once, so that no two entries stand in each other's way. */
export class RandomBusiness {
  readonly tally = new Tally();
  readonly #random: SeededRandom;
  #active: RosterRow[] = [];
  #left: RosterRow[] = [];

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** Begins a month with the people of a roster that was just synced. */
  async begin(clerk: Clerk): Promise<void> {
    this.#active = [];
    this.#left = [];
    for (const fundType of funds) {
      this.#active.push(...(await clerk.people('01', fundType)));
      this.#left.push(...(await clerk.people('02', fundType)));
    }
  }

  /** Entries of a month, of any kind, fund and number. */
  entries(month: number): EntryTyped[] {
    const entries: EntryTyped[] = [];
    for (let i = this.#random.whole(0, 3); i > 0; i -= 1) entries.push(this.registration());
    for (let i = this.#random.whole(0, 3); i > 0; i -= 1) entries.push(reductionOf(this.draw()));
    for (let i = this.#random.whole(0, 2); i > 0; i -= 1) {
      const unpaid = this.draw((row) => !isPaid(row, shiftMonth(month, -1)));
      if (unpaid) entries.push(missedOf(unpaid, month));
    }
    for (let i = this.#random.whole(0, 2); i > 0; i -= 1) {
      const paid = this.draw((row) => row.paid.length > 0);
      if (paid) entries.push(shortfallOf(paid, shiftMonth(lastPaidOf(paid), 1)));
    }
    for (const { kind, fundType } of entries) this.tally.add(`${kind} ${fundType}`);
    return entries;
  }

  /** Somebody new, somebody who comes back, or somebody the review turns down. */
  registration(): Registration {
    const fundType = this.#random.chance(0.3) ? '11' : '10';
    const money = {
      base: String(this.#random.whole(3_000, 30_000)),
      ...(fundType === '11' ? { ratio: String(this.#random.whole(1, 25)) } : {}),
    };
    const back = this.#random.chance(0.35) ? this.#drawLeft(fundType) : undefined;
    if (back) {
      const { name, idType, idNumber } = back;
      this.tally.add('came back');
      return { kind: 'registration', fundType, name, idType, idNumber, ...money };
    }
    return { ...makePerson(), fundType, ...money };
  }

  /** One who fails at the review, and so counts in no month. */
  failing(): Registration {
    const { name, idNumber } = practiceFailures.held;
    this.tally.add('turned down');
    return { ...makePerson(), name, idNumber };
  }

  draw(): RosterRow;
  draw(isFit: (row: RosterRow) => boolean): RosterRow | undefined;
  draw(isFit: (row: RosterRow) => boolean = () => true): RosterRow | undefined {
    const fundType = this.#random.chance(0.4) ? '11' : '10';
    const fit = this.#active.filter((row) => row.fundType === fundType && isFit(row));
    const row = fit[this.#random.whole(0, fit.length - 1)];
    if (!row) return undefined;
    this.#active = this.#active.filter((one) => one !== row);
    return row;
  }

  #drawLeft(fundType: FundType): RosterRow | undefined {
    const fit = this.#left.filter((row) => row.fundType === fundType);
    const row = fit[this.#random.whole(0, fit.length - 1)];
    this.#left = this.#left.filter((one) => one !== row);
    return row;
  }
}

function lastPaidOf({ paid }: RosterRow): number {
  return Math.max(...paid.map(([, to]) => to));
}

function isPaid({ paid }: RosterRow, month: number): boolean {
  return paid.some(([from, to]) => from <= month && month <= to);
}

export const kindsAndFunds: readonly string[] = (
  ['registration', 'reduction', 'missedBackPay', 'shortfallBackPay'] satisfies EntryKind[]
).flatMap((kind) => funds.map((fund) => `${kind} ${fund}`));
