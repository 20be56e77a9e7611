import { randomUUID } from 'node:crypto';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import { StoredParameters } from '../../../electron/data/parameters/book.ts';
import { CounterList } from '../../../electron/data/queue/counter.ts';
import { PendingQueue } from '../../../electron/data/queue/queue.ts';
import { succeed } from '../../../shared/errors/result.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { ScriptedChannel } from './scripted-channel.ts';
import { contextOf, makeFolder, openUnit } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

export const NOW = Date.parse('2026-11-25T02:00:00.000Z');
/** Somebody with a 正常 account of fund 10. */
export const ACTIVE = '990100198512310020';

export type Registration = Extract<EntryTyped, { kind: 'registration' }>;

export const typed = (change: Partial<Registration> = {}): Registration => ({
  kind: 'registration',
  fundType: '10',
  name: '王小明',
  idType: '01',
  idNumber: '990100199001010012',
  base: '8000',
  ...change,
});

/** 8,000.00 yuan at 12 %, paid for two months. */
export function employee(
  personalAccount: string,
  change: Partial<RosterRow> = {},
): [string, RosterRow] {
  const row: RosterRow = {
    personalAccount,
    fundType: '10',
    name: '示例员工',
    idType: '01',
    idNumber: '990100198001010019',
    status: '01',
    base: 800_000,
    unitRatio: 12,
    personalRatio: 12,
    unitFen: 96_000,
    personalFen: 96_000,
    openedMonth: 202601,
    paid: [[202607, 202608]],
    ...change,
  };
  return [personalAccount, row];
}

/** A unit's file with its queue and its parameters, over a roster that a test writes itself. */
export class QueueDesk {
  database!: OpenUnitDatabase;
  queue!: PendingQueue;
  counter!: CounterList;
  parameters!: StoredParameters;
  channel!: ScriptedChannel;
  /** By account; everybody has fund 10. */
  roster = new Map([employee('990000000001'), employee('990000000002', { status: '02' })]);
  readonly #folder: TemporaryFolder = makeFolder();

  constructor() {
    this.#open();
  }

  reopen(): void {
    this.database.close();
    this.#open();
  }

  close(): void {
    this.database.close();
    this.#folder.remove();
  }

  /** The centre sends new parameters. */
  async bring(fresh: Parameters): Promise<void> {
    this.channel.answers.set('WL4001', { parameters: fresh });
    const refreshed = await this.parameters.refresh();
    if (!refreshed.ok || !refreshed.value.changed) throw new Error('nothing new');
  }

  add(entry: EntryTyped, id: string = randomUUID()) {
    const added = this.queue.add({ id, typed: entry });
    if (!added.ok) throw new Error(added.code);
    return added.value;
  }

  addStored(entry: EntryTyped = typed(), id?: string): Draft {
    const added = this.add(entry, id);
    if (!added.stored) throw new Error(JSON.stringify(added.issues));
    return added.draft;
  }

  refusalOf(entry: EntryTyped): string[] {
    const added = this.add(entry);
    if (added.stored) throw new Error('it was stored');
    return added.issues.map(({ code }) => code);
  }

  list(kind: EntryKind = 'registration') {
    const listed = this.queue.list({ kind });
    if (!listed.ok) throw new Error('not listed');
    return listed.value;
  }

  recheck(): void {
    this.database.write(() => {
      this.queue.recheck(this.parameters.current());
      return succeed(undefined);
    });
  }

  makeOrder(ids: readonly string[]): string {
    const oid = randomUUID();
    const sn = String(Math.floor(Math.random() * 1e15)).padStart(16, '0');
    const { handle } = this.database;
    const done = this.database.write(() => {
      handle
        .prepare(
          `INSERT INTO orders (oid, kind, origin, business_month, parameter_version, count, fen,
             user, sn, state, created_at)
           VALUES (?, 'registration', 'single', 202612, 1, 1, 1, 'clerk01', ?, 'draft', 't')`,
        )
        .run(oid, sn);
      handle
        .prepare(
          `INSERT INTO submission (sn, oid, content, state, created_at)
           VALUES (?, ?, x'01', 'draft', 't')`,
        )
        .run(sn, oid);
      this.queue.bind(ids, oid);
      return succeed(oid);
    });
    if (!done.ok) throw new Error(done.code);
    return oid;
  }

  #open(): void {
    this.database = openUnit(this.#folder.path);
    this.channel = new ScriptedChannel();
    const context = contextOf(this.database, () => NOW);
    const queueContext = {
      ...context,
      parameters: () => this.parameters.current(),
      roster: {
        person: ({ personalAccount, fundType }: { personalAccount: string; fundType: string }) =>
          fundType === '10' ? this.roster.get(personalAccount) : undefined,
        isKnown: (personalAccount: string) => this.roster.has(personalAccount),
        isActive: (id18: string, fundType: string) => id18 === ACTIVE && fundType === '10',
      },
      isUnderReview: () => false,
    };
    this.queue = new PendingQueue(queueContext);
    this.counter = new CounterList(queueContext, this.queue);
    this.parameters = new StoredParameters({
      ...context,
      channel: this.channel,
      recheck: (fresh) => {
        this.queue.recheck(fresh);
      },
    });
  }
}
