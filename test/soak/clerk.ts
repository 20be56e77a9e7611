import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { SeededRandom } from '../../electron/demo/people/random.ts';
import { fail, type Failure, type Result, succeed } from '../../shared/errors/result.ts';
import type { Order } from '../../shared/ipc/data.ts';
import type { Draft } from '../../shared/ipc/entries.ts';
import { submitTransactions } from '../../shared/wire/orders.ts';
import { entryKindSchema, type EntryKind } from '../../shared/wire/primitives.ts';
import type { RosterRow } from '../../shared/wire/roster.ts';
import type { Entry, EntryBook } from './entries.ts';
import type { Pc } from './pc.ts';
import type { Typist } from './typing.ts';

const TRIES_MAX = 6;
const AGAIN_MS = 60;
const ROSTER_ROWS = 500;

/** What came of a clerk's step; `failures` are all that was read on the way. */
export interface Told {
  readonly failures: Failure[];
}

/** One clerk at one computer: types, edits, removes, undoes, confirms, and remembers what was answered. */
export class Clerk {
  readonly pc: Pc;
  readonly #book: EntryBook;
  readonly #typist: Typist;
  readonly #random: SeededRandom;
  #roster: RosterRow[] = [];

  constructor(pc: Pc, book: EntryBook, typist: Typist, random: SeededRandom) {
    this.pc = pc;
    this.#book = book;
    this.#typist = typist;
    this.#random = random;
  }

  get roster(): readonly RosterRow[] {
    return this.#roster;
  }

  pickKind(): EntryKind {
    return this.#typist.kind(this.#roster);
  }

  /** Types one entry of a kind; asks again with the same id while the program does not answer. */
  async enter(kind: EntryKind, told: Told): Promise<void> {
    const typed = this.#typist.type(kind, this.#roster);
    if (!typed) return;
    const id = randomUUID();
    const entry = this.#book.begin(id, this.pc.name, typed);
    const added = await this.insist(told, () => this.pc.client['queue.add']({ id, typed }));
    if (added?.stored) this.#book.stored(entry, added.draft);
  }

  /** Types one waiting entry anew. */
  async edit(draft: Draft, told: Told): Promise<void> {
    const { id } = draft;
    const entry = this.#entry(draft);
    const typed = this.#typist.retype(draft.typed);
    this.#book.type(entry, typed);
    const edited = await this.insist(told, () => this.pc.client['queue.edit']({ id, typed }));
    if (edited?.stored) this.#book.stored(entry, edited.draft);
    else if (edited) this.#book.refused(entry);
  }

  async remove(drafts: readonly Draft[], told: Told): Promise<void> {
    const entries = drafts.map((draft) => this.#entry(draft));
    for (const entry of entries) {
      this.#book.touch(entry);
      if (entry.removal === 'none') entry.removal = 'asked';
    }
    const ids = drafts.map(({ id }) => id);
    const removed = await this.insist(told, () => this.pc.client['queue.remove']({ ids }));
    // asked again after no answer, they may have been removed the first time
    if (removed) for (const entry of entries) entry.removal = 'done';
  }

  /** Undoes a removal; what no longer holds stays removed. */
  async restore(drafts: readonly Draft[], told: Told): Promise<void> {
    for (const draft of drafts) {
      const entry = this.#entry(draft);
      this.#book.touch(entry);
      entry.removal = 'asked';
    }
    const ids = drafts.map(({ id }) => id);
    await this.insist(told, () => this.pc.client['queue.restore']({ ids }));
  }

  async drafts(kind: EntryKind): Promise<Draft[]> {
    const listed = await this.pc.client['queue.list']({ kind });
    if (!listed.ok) return [];
    return listed.value.drafts.filter(({ orderId }) => orderId === null);
  }

  /** Everything in the queue that the program says does not hold is typed anew, or removed. */
  async tidy(told: Told): Promise<void> {
    for (const kind of entryKindSchema.options) {
      const stale = (await this.drafts(kind)).filter(
        ({ holds, issues }) => !holds || issues.some(({ severity }) => severity === 'error'),
      );
      const [keep, drop] = split(stale, () => this.#random.chance(0.3));
      for (const draft of keep) await this.edit(draft, told);
      if (drop.length > 0) await this.remove(drop, told);
    }
  }

  confirm(kind: EntryKind, drafts: readonly Draft[]): Promise<Result<Order>> {
    for (const draft of drafts) this.#book.touch(this.#entry(draft));
    return this.pc.client['orders.confirm']({
      kind,
      waitForOpening: false,
      ids: drafts.map(({ id }) => id),
      expected: {
        count: drafts.length,
        fen: drafts.reduce((sum, { totalFen }) => sum + totalFen, 0),
      },
    });
  }

  /** One sync, and what it brought; the failure as the clerk would read it. */
  async sync(): Promise<Result<null>> {
    const synced = await this.pc.client['roster.sync']({});
    if (!synced.ok) return synced;
    return this.readRoster();
  }

  async readRoster(): Promise<Result<null>> {
    const query = { text: '', sort: 'personalAccount', descending: false, offset: 0 } as const;
    const page = await this.pc.client['roster.query']({ ...query, limit: ROSTER_ROWS });
    if (!page.ok) return page;
    this.#roster = page.value.rows;
    return succeed(null);
  }

  /** Until nothing of this computer is on its way, or the time is over; false then. */
  async settled(withinMs: number): Promise<boolean> {
    const endMs = performance.now() + withinMs;
    for (let looks = 1; ; looks += 1) {
      const status = await this.pc.client['unit.status']({});
      if (status.ok && status.value.openOrders === 0) return true;
      if (performance.now() > endMs) return false;
      if (!status.ok) await this.pc.up();
      // as a clerk would press 刷新 after a while
      if (looks % 20 === 0) await this.pc.client['orders.refresh']({});
      await wait(AGAIN_MS);
    }
  }

  txOf(kind: EntryKind): string {
    return submitTransactions[kind];
  }

  #entry({ id }: Draft): Entry {
    const entry = this.#book.entries.get(id);
    if (!entry) throw new Error(`draft ${id} was never typed`);
    return entry;
  }

  /** The value, after as many tries as a patient clerk makes; undefined when all of them failed. */
  async insist<T>(told: Told, ask: () => Promise<Result<T>>): Promise<T | undefined> {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const answered = await ask();
      if (answered.ok) return answered.value;
      told.failures.push(fail(answered.code, answered.detail));
      if (isRefusal(answered)) return undefined;
      await this.pc.up();
    }
    return undefined;
  }
}

/** The program has answered, and nothing has changed. */
export function isRefusal({ code }: Failure): boolean {
  return ['ORDER_IN_FLIGHT', 'NO_RECORD', 'POLICY_MISSING', 'DB_FULL'].includes(code);
}

function split<T>(list: readonly T[], test: (each: T) => boolean): [T[], T[]] {
  const yes: T[] = [];
  const no: T[] = [];
  for (const each of list) (test(each) ? yes : no).push(each);
  return [yes, no];
}
