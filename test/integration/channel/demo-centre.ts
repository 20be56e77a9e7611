import Database from 'better-sqlite3';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { centreFolder } from '../../../electron/demo/centre/database.ts';
import type { FaultAction } from '../../../electron/demo/faults.ts';
import { setUpPractice } from '../../../electron/demo/setup.ts';
import type { Configuration } from '../../../shared/ipc/configuration.ts';
import { centreReadySchema } from '../../../shared/ipc/configuration.ts';

const program = fileURLToPath(new URL('../../../electron/demo/main.ts', import.meta.url));
export const UNIT = '9900000030';

export interface FaultOrder {
  readonly do: FaultAction;
  readonly tx?: string;
  readonly times?: number;
  readonly skip?: number;
  readonly ms?: number;
}

export interface LedgerLine {
  readonly kind: string;
  readonly origin: string;
  readonly businessMonth: number;
  readonly count: number;
  readonly fen: number;
  readonly serialNumber: string;
}

/** The demo gateway and centre as a process of its own, with its books open to a test's eyes. */
export class DemoCentre {
  readonly folder: string;
  readonly configuration: Configuration;
  #child: ChildProcess | undefined;
  #port = 0;
  #orders = 0;

  private constructor(folder: string, configuration: Configuration) {
    this.folder = folder;
    this.configuration = configuration;
  }

  /** Makes authorities, key and configuration; `start` opens the doors. */
  static async prepare(folder: string): Promise<DemoCentre> {
    const { configuration } = await setUpPractice({ folder, key: 'software', unit: UNIT });
    return new DemoCentre(folder, configuration);
  }

  get gateway() {
    return { ...this.configuration.gateway, port: this.#port };
  }

  /** `now`: what the centre's clock shows at the start; its own time where left out. */
  async start(now?: string, hours: 'always' | 'real' = 'always'): Promise<void> {
    const child = fork(
      program,
      [
        ...['--folder', this.folder, '--port', String(this.#port), '--key', 'software'],
        ...['--hours', hours, '--review-seconds', '0.5', '--batch-seconds', '1.5'],
        ...['--faults', this.#faultFile],
        ...(now === undefined ? [] : ['--now', now]),
      ],
      { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
    this.#child = child;
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the demo centre ended with ${String(code)}`);
    });
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
    ended.catch(() => undefined); // later exits are a test's own doing
    this.#port = centreReadySchema.parse(message).port;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  /** Resolves when a fault has ended the process. */
  async ended(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  /** What is to go wrong from now on; replaces what was ordered before. */
  strike(...faults: FaultOrder[]): void {
    const entries = faults.map((fault) => {
      this.#orders += 1;
      return { id: `fault-${this.#orders}`, ...fault };
    });
    // beside and renamed: the centre reads it whenever a request comes
    writeFileSync(`${this.#faultFile}.new`, JSON.stringify({ faults: entries }));
    renameSync(`${this.#faultFile}.new`, this.#faultFile);
  }

  /** How often an order stands in the ledger, and how many items of it. */
  countApplied(oid: string): { orders: number; items: number } {
    return this.#read((db) => ({
      orders: this.#count(db, 'SELECT count(*) FROM ledger WHERE oid = ?', oid),
      items: this.#count(db, 'SELECT count(*) FROM item WHERE oid = ?', oid),
    }));
  }

  /** The ledger's line of an order, and what its items say, in their order. */
  readLedger(oid: string): { line: LedgerLine | undefined; items: unknown[] } {
    return this.#read((db) => ({
      line: db
        .prepare<[string], LedgerLine>(
          `SELECT kind, origin, business_month AS businessMonth, count, fen,
             serial_number AS serialNumber FROM ledger WHERE oid = ?`,
        )
        .get(oid),
      items: db
        .prepare<[string], string>('SELECT content FROM item WHERE oid = ? ORDER BY seq')
        .pluck()
        .all(oid)
        .map((content): unknown => JSON.parse(content)),
    }));
  }

  /** What the centre holds of a person's registrations, whatever the order was called. */
  countPerson(idNumber: string): number {
    return this.#read((db) =>
      this.#count(db, 'SELECT count(*) FROM item WHERE id_number = ?', idNumber),
    );
  }

  listSerials(oid: string): { sn: string; state: string }[] {
    return this.#read((db) =>
      db
        .prepare<[string], { sn: string; state: string }>(
          'SELECT sn, state FROM serial WHERE oid = ? ORDER BY sn',
        )
        .all(oid),
    );
  }

  countSerials(): number {
    return this.#read((db) => this.#count(db, 'SELECT count(*) FROM serial'));
  }

  /** What a counter of the centre would do: 01 正常, 02 停缴. */
  setStatus(personalAccount: string, status: '01' | '02'): void {
    this.#changeRoster('status = @value', status, personalAccount);
  }

  /** A part of the 月缴存额, the other part alike. */
  setMonthly(personalAccount: string, fen: number): void {
    this.#changeRoster('unit_fen = @value, personal_fen = @value', fen, personalAccount);
  }

  /** The reviewers took until this month over an order: its items came into force in it. */
  landIn(oid: string, businessMonth: number, at: string): void {
    this.#read((db) => {
      const change = db.transaction(() => {
        const { changes } = db
          .prepare(
            `UPDATE item SET landed_month = ?, changed_at = ?,
               change_no = (SELECT change_last FROM unit WHERE account = item.unit) + seq
             WHERE oid = ? AND state = 'succeeded'`,
          )
          .run(businessMonth, at, oid);
        if (changes === 0) throw new Error(`nothing of ${oid} has succeeded`);
        db.prepare('UPDATE unit SET change_last = change_last + ? WHERE account = ?').run(
          changes,
          UNIT,
        );
      });
      change();
    });
  }

  /** The unit's own ratio; the centre reads it at its start. */
  setRatio(ratio: number): void {
    this.#read((db) => db.prepare('UPDATE unit SET ratio = ? WHERE account = ?').run(ratio, UNIT));
  }

  setPaid(personalAccount: string, paid: [number, number][]): void {
    this.#changeRoster('paid = @value', JSON.stringify(paid), personalAccount);
  }

  #changeRoster(assignment: string, value: string | number, personalAccount: string): void {
    this.#read((db) => {
      const change = db.transaction(() => {
        db.prepare('UPDATE unit SET roster_version = roster_version + 1 WHERE account = ?').run(
          UNIT,
        );
        const changed = db
          .prepare(
            `UPDATE employee SET ${assignment},
               version = (SELECT roster_version FROM unit WHERE account = @unit)
             WHERE unit = @unit AND personal_account = @personalAccount`,
          )
          .run({ value, unit: UNIT, personalAccount });
        if (changed.changes !== 1) throw new Error(`nobody has ${personalAccount}`);
      });
      change();
    });
  }

  /** All sessions end, as after eight hours. */
  endSessions(): void {
    this.#read((db) => db.prepare('DELETE FROM session').run());
  }

  /** The books as they are now; the centre has to stand still. */
  backUp(): void {
    rmSync(`${centreFolder(this.folder)}.backup`, { recursive: true, force: true });
    cpSync(centreFolder(this.folder), `${centreFolder(this.folder)}.backup`, { recursive: true });
  }

  restore(): void {
    rmSync(centreFolder(this.folder), { recursive: true });
    cpSync(`${centreFolder(this.folder)}.backup`, centreFolder(this.folder), { recursive: true });
  }

  get #faultFile(): string {
    return join(this.folder, 'faults.json');
  }

  #read<T>(work: (db: Database.Database) => T): T {
    const db = new Database(join(centreFolder(this.folder), 'centre.db'));
    try {
      return work(db);
    } finally {
      db.close();
    }
  }

  #count(db: Database.Database, sql: string, ...values: string[]): number {
    return (
      db
        .prepare<string[], number>(sql)
        .pluck()
        .get(...values) ?? 0
    );
  }
}
