import Database from 'better-sqlite3';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { centreFolder } from '../../electron/demo/centre/database.ts';
import { type FaultAction, type Strike, strikeSchema } from '../../electron/demo/faults.ts';
import type { Configuration } from '../../shared/ipc/configuration.ts';
import { centreReadySchema } from '../../shared/ipc/configuration.ts';
import { ControlPage } from './hook/control-page.ts';
import { hookEnvironment } from './hook/hook-terms.ts';
import { countLines, openLog } from './log-file.ts';
import type { Programs } from './terms.ts';

/** A filing day's first minutes: the window stays open for as long as any run lasts. */
const CLOCK_START_MS = Date.parse('2026-11-24T16:30:00.000Z');
const FOLLOW_MS = 10;

export interface FaultOrder {
  readonly do: FaultAction;
  readonly tx?: string;
  readonly times?: number;
  readonly ms?: number;
}

/**
 * The demo gateway and centre as a process of its own, restarted whenever it died. Its books are
 * open to the harness, its clock goes on through every restart.
 */
export class SoakCentre {
  readonly folder: string;
  readonly control: ControlPage;
  readonly #configuration: Configuration;
  readonly #programs: Programs;
  readonly #killLog: string;
  readonly #log: number;
  readonly #startedMs = Date.now();
  #child: ChildProcess | undefined;
  #starting: Promise<void> | undefined;
  #port = 0;
  #faults = 0;
  /** Nothing restarts it meanwhile: its books are being exchanged. */
  #isHeld = false;
  /** Ends by SIGKILL, by whoever's hand. */
  kills = 0;
  starts = 0;

  constructor(folder: string, configuration: Configuration, programs: Programs) {
    this.#programs = programs;
    this.folder = folder;
    this.#configuration = configuration;
    this.#killLog = join(folder, 'centre.kills');
    this.#log = openLog(join(folder, 'centre.log'));
    this.control = new ControlPage(join(folder, 'centre.control'));
  }

  get gateway() {
    return { ...this.#configuration.gateway, port: this.#port };
  }

  get bankCaPem(): readonly string[] {
    return this.#configuration.gateway.bankCaPem;
  }

  /** Kills that the hook carried out in the process itself. */
  get stepKills(): number {
    return countLines(this.#killLog);
  }

  get #faultFile(): string {
    return join(this.folder, 'faults.json');
  }

  start(): Promise<void> {
    this.#isHeld = false;
    this.#starting ??= this.#launch().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #launch(): Promise<void> {
    const now = new Date(CLOCK_START_MS + Date.now() - this.#startedMs).toISOString();
    const child = fork(
      this.#programs.centre,
      [
        ...['--folder', this.folder, '--port', String(this.#port), '--now', now],
        ...[
          '--hours',
          'always',
          '--review-seconds',
          '0.1',
          '--batch-seconds',
          '0.2',
          '--faults',
          this.#faultFile,
        ],
      ],
      {
        serialization: 'advanced',
        execArgv: ['--require', this.#programs.hook],
        env: {
          ...process.env,
          ...hookEnvironment({ control: this.control.file, killLog: this.#killLog }),
        },
        stdio: ['ignore', 'ignore', this.#log, 'ipc'],
      },
    );
    this.starts += 1;
    this.#child = child;
    child.once('exit', (_code, signal) => {
      if (signal === 'SIGKILL') this.kills += 1;
      // what was ordered from the process that died must not strike the next one
      this.strike();
      if (this.#child === child && !this.#isHeld) void this.start();
    });
    const ready = once(child, 'message').then(([message]) => centreReadySchema.parse(message).port);
    const ended = once(child, 'exit').then(() => undefined);
    const port = await Promise.race([ready, ended]);
    if (port !== undefined) this.#port = port;
    else if (!this.#isHeld) await this.#launch();
    ready.catch(() => undefined);
  }

  /** Resolves when it runs. */
  async up(): Promise<void> {
    await this.#starting;
  }

  /** Dies at once and comes back by itself. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
    await this.start();
  }

  /** Ends and stays away until `start`. */
  async hold(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    await this.#starting;
    this.#isHeld = true;
    await this.#end(signal);
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async close(): Promise<void> {
    await this.hold('SIGKILL');
    this.control.close();
  }

  /** What is to go wrong from now on, in place of what was ordered before; gives the orders' ids. */
  strike(...faults: FaultOrder[]): string[] {
    const entries = faults.map((fault) => {
      this.#faults += 1;
      return { id: `fault-${this.#faults}`, ...fault };
    });
    // beside and renamed: the centre reads it whenever a request comes
    writeFileSync(`${this.#faultFile}.new`, JSON.stringify({ faults: entries }));
    renameSync(`${this.#faultFile}.new`, this.#faultFile);
    return entries.map(({ id }) => id);
  }

  /** Strikes that were carried out, of the orders with these ids. */
  struck(ids: readonly string[]): Strike[] {
    const file = `${this.#faultFile}.struck`;
    if (ids.length === 0 || !existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    const strikes = lines.map((line) => strikeSchema.parse(JSON.parse(line)));
    return strikes.filter(({ id }) => ids.includes(id));
  }

  /** The strikes are counted by their caller; what is counted need not be read again. */
  forgetStrikes(): void {
    rmSync(`${this.#faultFile}.struck`, { force: true });
  }

  async struckWithin(ids: readonly string[], withinMs: number): Promise<boolean> {
    const endMs = performance.now() + withinMs;
    while (this.struck(ids).length === 0) {
      if (performance.now() > endMs) return false;
      await new Promise((resolve) => setTimeout(resolve, FOLLOW_MS));
    }
    return true;
  }

  /** All sessions end, as after eight hours. */
  endSessions(): void {
    this.write((db) => db.prepare('DELETE FROM session').run());
  }

  /** The unit's own ratio; the centre reads it at its start. */
  setRatio(unit: string, ratio: number): void {
    this.write((db) => db.prepare('UPDATE unit SET ratio = ? WHERE account = ?').run(ratio, unit));
  }

  /** Rows of these people are turned down when their batch is processed. */
  holdBack(unit: string, people: number): void {
    this.write((db) =>
      db
        .prepare(
          `INSERT OR IGNORE INTO review_hold (id18, reason) SELECT id18, '示例：暂缓办理' FROM employee
           WHERE unit = ? AND status = '01' ORDER BY personal_account LIMIT ?`,
        )
        .run(unit, people),
    );
  }

  /** A copy of the books; the process must not run. */
  copyBooks(name: string): void {
    const copy = `${centreFolder(this.folder)}.${name}`;
    rmSync(copy, { recursive: true, force: true });
    cpSync(centreFolder(this.folder), copy, { recursive: true });
  }

  putBooks(name: string): void {
    rmSync(centreFolder(this.folder), { recursive: true });
    cpSync(`${centreFolder(this.folder)}.${name}`, centreFolder(this.folder), { recursive: true });
  }

  /** Books copied while the centre goes on, as a backup in the night would be. */
  backUpRunning(name: string): void {
    const copy = `${centreFolder(this.folder)}.${name}`;
    rmSync(copy, { recursive: true, force: true });
    cpSync(centreFolder(this.folder), copy, {
      recursive: true,
      filter: (file) => !/centre\.db(-wal|-shm)?$/.test(file),
    });
    this.read((db) => db.prepare('VACUUM INTO ?').run(join(copy, 'centre.db')));
  }

  get databaseFile(): string {
    return join(centreFolder(this.folder), 'centre.db');
  }

  read<T>(work: (db: Database.Database) => T): T {
    return this.#open(work, true);
  }

  write<T>(work: (db: Database.Database) => T): T {
    return this.#open(work, false);
  }

  #open<T>(work: (db: Database.Database) => T, readonly: boolean): T {
    const db = new Database(this.databaseFile, { readonly, timeout: 10_000 });
    try {
      return work(db);
    } finally {
      db.close();
    }
  }
}
