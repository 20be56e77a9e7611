import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Centre } from '../../../electron/demo/centre/centre.ts';
import { advanceReview } from '../../../electron/demo/review/progress.ts';
import { readConfiguration, setUpPractice } from '../../../electron/demo/setup.ts';
import { type RunningCentre, startCentre } from '../../../electron/demo/start.ts';
import type { MonthLine, MonthView } from '../../../shared/ipc/month-close.ts';
import { Clerk, makeUnitKey, type UnitKey, valueOf } from './clerk.ts';
import { UNIT } from './demo-centre.ts';

export interface Standing {
  readonly heads: number;
  readonly fen: number;
}

/** Ten days, so that an entry of the middle of a month may land in the next one. */
const REVIEW_MS = 10 * 86_400_000;

/** Authorities and keys take long to make: once, and a copy for each centre. */
export class MonthKeys {
  readonly folder = mkdtempSync(join(tmpdir(), 'month-keys-'));
  #key: UnitKey | undefined;

  async make(): Promise<void> {
    await setUpPractice({ folder: this.folder, key: 'software', unit: UNIT });
    this.#key = await makeUnitKey(this.folder);
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
    const folder = join(this.root, 'practice');
    cpSync(this.#keys.folder, folder, { recursive: true });
    const hours = { sessionIdleMs: 1_800_000, sessionLifeMs: 28_800_000 };
    this.#running = await startCentre(
      {
        ...{ folder, port: 0, host: '127.0.0.1', hours: 'always', key: 'software', unit: UNIT },
        ...{ ...hours, bodyIdleMs: 15_000, requestMs: 150_000, faults: null },
        ...{ reviewMs: REVIEW_MS, batchMs: REVIEW_MS, nowMs: Date.parse(now) },
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
    const configuration = readConfiguration(join(this.root, 'practice'));
    if (!configuration) throw new Error('no configuration');
    const gateway = { ...configuration.gateway, port: this.#port };
    const clerk = new Clerk(join(this.root, name), gateway, this.#keys.key);
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
  atCounter(assignment: string, personalAccount: string): void {
    this.run('UPDATE unit SET roster_version = roster_version + 1 WHERE account = ?', UNIT);
    this.run(
      `UPDATE employee SET ${assignment}, version = (SELECT roster_version FROM unit
         WHERE account = unit) WHERE unit = ? AND personal_account = ?`,
      UNIT,
      personalAccount,
    );
  }

  /** Who is 正常 at this moment, straight from the table. */
  standing(): Standing {
    const row = this.centre.db
      .prepare<[string], Standing>(
        `SELECT count(*) AS heads, coalesce(sum(unit_fen + personal_fen), 0) AS fen FROM employee
         WHERE unit = ? AND fund_type = '10' AND status = '01' AND removed = 0`,
      )
      .get(UNIT);
    if (!row) throw new Error('no standing');
    return row;
  }
}

export async function compare(clerk: Clerk, businessMonth: number): Promise<MonthView> {
  return valueOf(await clerk.host.handlers['month.compare']({ businessMonth })).view;
}

export async function linesOf(clerk: Clerk, { number }: MonthView): Promise<MonthLine[]> {
  const page = { number, offset: 0, limit: 500 };
  return valueOf(await clerk.host.handlers['month.lines'](page)).lines;
}
