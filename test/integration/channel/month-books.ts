import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Centre } from '../../../electron/demo/centre/centre.ts';
import { centreFolder } from '../../../electron/demo/centre/database.ts';
import { advanceReview } from '../../../electron/demo/review/progress.ts';
import { readConfiguration, setUpPractice } from '../../../electron/demo/setup.ts';
import { type RunningCentre, startCentre } from '../../../electron/demo/start.ts';
import type { MonthLine, MonthView } from '../../../shared/ipc/month-close.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import type { FundType } from '../../../shared/wire/primitives.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { shiftMonth } from '../../../electron/demo/review/months.ts';
import { Clerk, makeUnitKey, type UnitKey, valueOf } from './clerk.ts';
import { UNIT } from './demo-centre.ts';

export interface Standing {
  readonly fundType: FundType;
  readonly heads: number;
  readonly fen: number;
}

/** Ten days, so that an entry of the middle of a month may land in the next one. */
const REVIEW_MS = 10 * 86_400_000;

/** Authorities and keys take long to make: once, and a copy for each centre. */
export class MonthKeys {
  readonly folder = mkdtempSync(join(tmpdir(), 'month-keys-'));
  readonly unit: string;
  #key: UnitKey | undefined;

  constructor(unit = UNIT) {
    this.unit = unit;
  }

  async make(): Promise<void> {
    await setUpPractice({ folder: this.folder, key: 'software', unit: this.unit });
    this.#key = await makeUnitKey(this.folder, this.unit);
  }

  get key(): UnitKey {
    if (!this.#key) throw new Error('not made');
    return this.#key;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The demo centre in this very process: its clock and its books are in a test's hands. */
export class MonthBooks {
  readonly root = mkdtempSync(join(tmpdir(), 'month-close-'));
  #running: RunningCentre | undefined;
  readonly #keys: MonthKeys;
  readonly #faults: unknown[] = [];
  #port = 0;

  constructor(keys: MonthKeys) {
    this.#keys = keys;
  }

  async start(now: string): Promise<void> {
    cpSync(this.#keys.folder, this.#folder, { recursive: true });
    await this.#open(Date.parse(now));
  }

  /** The centre's program ends, `change` is made to the file of its books, and it starts again. */
  async restart(change: (file: string) => void): Promise<void> {
    const nowMs = this.centre.clock.nowMs();
    await this.#running?.stop();
    change(join(centreFolder(this.#folder), 'centre.db'));
    await this.#open(nowMs);
  }

  get #folder(): string {
    return join(this.root, 'practice');
  }

  async #open(nowMs: number): Promise<void> {
    const { unit } = this.#keys;
    const hours = { sessionIdleMs: 1_800_000, sessionLifeMs: 28_800_000 };
    this.#running = await startCentre(
      {
        ...{ folder: this.#folder, port: this.#port, host: '127.0.0.1', unit },
        ...({ hours: 'always', key: 'software' } as const),
        ...{ ...hours, bodyIdleMs: 15_000, requestMs: 150_000, faults: null },
        ...{ reviewMs: REVIEW_MS, batchMs: REVIEW_MS, nowMs },
      },
      (error) => this.#faults.push(error),
    );
    this.#port = this.#running.port;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    rmSync(this.root, { recursive: true, force: true });
    if (this.#faults.length > 0) throw new Error(`the centre: ${String(this.#faults[0])}`);
  }

  get centre(): Centre {
    if (!this.#running) throw new Error('not started');
    return this.#running.centre;
  }

  /** A computer of the unit. */
  async computer(name: string): Promise<Clerk> {
    const configuration = readConfiguration(this.#folder);
    if (!configuration) throw new Error('no configuration');
    const gateway = { ...configuration.gateway, port: this.#port };
    const clerk = new Clerk(join(this.root, name), gateway, this.#keys.key, this.#keys.unit);
    await clerk.openAndSignIn();
    await clerk.sync();
    return clerk;
  }

  /** Everybody has to sign in again: a session does not last that long. */
  setClock(iso: string): void {
    this.centre.clock.setTo(Date.parse(iso));
  }

  /** Time enough for every review and batch. */
  passReview(): void {
    this.centre.clock.setTo(this.centre.clock.nowMs() + REVIEW_MS + 60_000);
    this.review();
  }

  /** All that is due by the clock. */
  review(): void {
    for (let hasMore = true; hasMore;) hasMore = advanceReview(this.centre);
  }

  /** For what the books themselves forbid. */
  dropTrigger(name: string): void {
    this.centre.db.exec(`DROP TRIGGER ${name}`);
  }

  run(sql: string, ...values: unknown[]): void {
    const { changes } = this.centre.db.prepare(sql).run(...values);
    if (changes === 0) throw new Error(`nothing changed: ${sql}`);
  }

  /** What somebody at the centre's own counter would do; the roster has a new version. */
  atCounter(assignment: string, personalAccount: string, fundType: FundType = '10'): void {
    const { unit } = this.#keys;
    this.run('UPDATE unit SET roster_version = roster_version + 1 WHERE account = ?', unit);
    this.run(
      `UPDATE employee SET ${assignment}, version = (SELECT roster_version FROM unit
         WHERE account = unit) WHERE unit = ? AND personal_account = ? AND fund_type = ?`,
      ...[unit, personalAccount, fundType],
    );
  }

  /** Who is 正常 at this moment by fund, straight from the table. */
  standings(): Standing[] {
    return this.centre.db
      .prepare<[string], Standing>(
        `SELECT fund_type AS fundType, count(*) AS heads,
           coalesce(sum(unit_fen + personal_fen), 0) AS fen FROM employee
         WHERE unit = ? AND status = '01' AND removed = 0 GROUP BY fund_type ORDER BY fund_type`,
      )
      .all(this.#keys.unit);
  }
}

export async function compare(clerk: Clerk, businessMonth: number): Promise<MonthView> {
  return valueOf(await clerk.host.handlers['month.compare']({ businessMonth })).view;
}

export async function linesOf(clerk: Clerk, { number }: MonthView): Promise<MonthLine[]> {
  const page = { number, offset: 0, limit: 500 };
  return valueOf(await clerk.host.handlers['month.lines'](page)).lines;
}

/** Day 10 of a month is filed for that month, day 25 for the next one. */
export const dayOf = (month: number, day: number) =>
  `${String(month).slice(0, 4)}-${String(month).slice(4)}-${String(day).padStart(2, '0')}T10:00:00+08:00`;

/** One order for each kind there is. */
export async function file(clerk: Clerk, ...entries: EntryTyped[]): Promise<void> {
  for (const kind of new Set(entries.map((entry) => entry.kind))) {
    const drafts = [];
    for (const entry of entries.filter((each) => each.kind === kind)) {
      drafts.push(await clerk.enterPerson(entry));
    }
    const order = valueOf(await clerk.confirm(drafts));
    if (order.state !== 'applied') throw new Error(`${kind}: ${JSON.stringify(order)}`);
  }
}

type Account = Pick<RosterRow, 'personalAccount' | 'fundType'>;

export function reductionOf({ personalAccount, fundType }: Account): EntryTyped {
  return { kind: 'reduction', fundType, personalAccount, reason: '04' };
}

/** Of the month before. */
export function shortfallOf({ personalAccount, fundType }: Account, month: number): EntryTyped {
  const before = String(shiftMonth(month, -1));
  return {
    ...{ kind: 'shortfallBackPay', fundType, personalAccount, from: before, to: before },
    ...{ paidBase: '5000', dueBase: '8000.00', paidRatio: '8', dueRatio: '8' },
  };
}

/** Of the month before. */
export function missedOf({ personalAccount, fundType }: Account, month: number): EntryTyped {
  const before = String(shiftMonth(month, -1));
  return {
    ...{ kind: 'missedBackPay', fundType, personalAccount, from: before, to: before },
    ...{ base: '8000', ratio: '8' },
  };
}
