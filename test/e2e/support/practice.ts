import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { z } from 'zod';
import { centreReadySchema, practiceSetupSchema } from '../../../shared/ipc/configuration.ts';
import type { Configuration } from '../../../shared/ipc/configuration.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const SETUP = path.join(root, 'electron/demo/setup-main.ts');
const CENTRE = path.join(root, 'electron/demo/main.ts');

export interface CentreOptions {
  readonly reviewSeconds?: number;
  /** Until a batch of 减少 or 补缴 has results. */
  readonly batchSeconds?: number;
  /** Hours as published, with the centre's clock starting here; open all day unless given. */
  readonly clock?: string;
}

/** A line of the centre's ledger: one person or month span of an order it has taken. */
export interface LedgerItem {
  readonly oid: string;
  readonly kind: string;
  readonly fundType: string;
  readonly unitFen: number;
  readonly personalFen: number;
  readonly serialNumber: string;
  readonly receiptNumber: number;
  /** When the centre took it, by its own clock. */
  readonly takenAt: string;
  /** The item as it was ordered. */
  readonly content: unknown;
}

export interface RosterTotals {
  readonly total: number;
  readonly people: number;
  readonly base: number;
  readonly unitFen: number;
  readonly personalFen: number;
}

/** A row of a batch as the centre has it. */
export interface OrderedItem {
  readonly origin: string;
  readonly kind: string;
  readonly fundType: string;
  readonly name: string;
  readonly idNumber: string;
  readonly unitFen: number;
  readonly personalFen: number;
}

/** What the centre's fault control does to requests; electron/demo/faults.ts lists it. */
export interface LineFault {
  readonly id: string;
  readonly tx: string;
  readonly do: string;
  readonly ms?: number;
  readonly skip?: number;
}

/** A practice set-up in a folder of its own: gateway and centre as a process, key in SoftHSM, configuration file. */
export class PracticeCentre {
  readonly folder: string;
  readonly configuration: Configuration;
  readonly #options: CentreOptions;
  #child: ChildProcess | null = null;
  #port = 0;
  #changes: Partial<Configuration> = {};
  /** What its clock is ahead of this computer's; null: all day open, by this computer's clock. */
  #clockOffsetMs: number | null = null;

  private constructor(folder: string, configuration: Configuration, options: CentreOptions) {
    this.folder = folder;
    this.configuration = configuration;
    this.#options = options;
    if (options.clock !== undefined) this.#setClock(options.clock);
  }

  #setClock(iso: string): void {
    this.#clockOffsetMs = Date.parse(iso) - Date.now();
  }

  static async setUp(unitAccount: string, options: CentreOptions = {}): Promise<PracticeCentre> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jiaocuntong-e2e-'));
    const setup = fork(SETUP, ['--folder', folder, '--unit', unitAccount], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const { configuration } = await firstMessage(setup, practiceSetupSchema);
    const centre = new PracticeCentre(folder, configuration, options);
    await centre.start();
    return centre;
  }

  get configurationFile(): string {
    return path.join(this.folder, 'e2e-configuration.json');
  }

  get #faultsFile(): string {
    return path.join(this.folder, 'faults.json');
  }

  /** From now on these faults strike, each once. */
  breakLine(faults: readonly LineFault[]): void {
    const next = `${this.#faultsFile}.new`;
    fs.writeFileSync(next, JSON.stringify({ faults }));
    fs.renameSync(next, this.#faultsFile);
  }

  /** How often the centre has this person in its ledger of orders. */
  ledgerLinesOf(idNumber: string): number {
    return this.ledgerOf(idNumber).length;
  }

  /** What the centre has in its ledger about a person, oldest first. */
  ledgerOf(idNumber: string): LedgerItem[] {
    const rows = this.#read((books) =>
      books
        .prepare<[string], Omit<LedgerItem, 'content'> & { readonly content: string }>(
          `SELECT item.oid, item.kind, fund_type AS fundType, unit_fen AS unitFen,
             personal_fen AS personalFen, ledger.serial_number AS serialNumber,
             receipt.rno AS receiptNumber, serial.at AS takenAt, content
           FROM item JOIN ledger ON ledger.unit = item.unit AND ledger.oid = item.oid
             JOIN receipt ON receipt.unit = item.unit AND receipt.sn = ledger.sn
             JOIN serial ON serial.unit = item.unit AND serial.sn = ledger.sn
           WHERE id_number = ? ORDER BY rno, seq`,
        )
        .all(idNumber),
    );
    return rows.map((row) => ({ ...row, content: JSON.parse(row.content) as unknown }));
  }

  /** Everything under a 业务流水号, in the order of the file that brought it. */
  orderedUnder(serialNumber: string): OrderedItem[] {
    return this.#read((books) =>
      books
        .prepare<[string], OrderedItem>(
          `SELECT ledger.origin, item.kind, fund_type AS fundType, name, id_number AS idNumber,
             unit_fen AS unitFen, personal_fen AS personalFen
           FROM item JOIN ledger ON ledger.unit = item.unit AND ledger.oid = item.oid
           WHERE ledger.serial_number = ? ORDER BY item.seq`,
        )
        .all(serialNumber),
    );
  }

  /** Orders of batches the centre has taken, each with its number of items. */
  batchesTaken(): { readonly serialNumber: string; readonly count: number }[] {
    return this.#read((books) =>
      books
        .prepare<[], { serialNumber: string; count: number }>(
          `SELECT ledger.serial_number AS serialNumber, COUNT(*) AS count
           FROM ledger JOIN item ON item.unit = ledger.unit AND item.oid = ledger.oid
           WHERE ledger.origin = 'batch' GROUP BY ledger.serial_number ORDER BY ledger.rowid`,
        )
        .all(),
    );
  }

  /** Starts it again on the port it had, so that the program finds it. */
  async start(): Promise<void> {
    const { reviewSeconds = 2, batchSeconds = 2 } = this.#options;
    const child = fork(
      CENTRE,
      [
        ...['--folder', this.folder, '--port', String(this.#port)],
        ...this.#hoursArguments(),
        ...['--review-seconds', String(reviewSeconds), '--batch-seconds', String(batchSeconds)],
        ...['--faults', this.#faultsFile],
      ],
      { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
    this.#child = child;
    const { port } = await firstMessage(child, centreReadySchema);
    this.#port = port;
    this.#writeConfiguration();
  }

  /** As `start`, after a power cut where it still ran; its clock shows `iso` and goes on from there. */
  async startAt(iso: string): Promise<void> {
    await this.kill();
    this.#setClock(iso);
    await this.start();
  }

  #hoursArguments(): string[] {
    if (this.#clockOffsetMs === null) return ['--hours', 'always'];
    const now = new Date(Date.now() + this.#clockOffsetMs).toISOString();
    return ['--hours', 'real', '--now', now];
  }

  /** `changes` replace whole parts of the configuration file the program is started with. */
  configure(changes: Partial<Configuration>): void {
    this.#changes = changes;
    this.#writeConfiguration();
  }

  #writeConfiguration(): void {
    const { gateway } = this.configuration;
    const configuration = {
      ...this.configuration,
      gateway: { ...gateway, port: this.#port },
      ...this.#changes,
    };
    fs.writeFileSync(this.configurationFile, JSON.stringify(configuration));
  }

  /** The reviewers took until this month over an order: its items came into force in it. */
  landIn(serialNumber: string, businessMonth: number): void {
    const books = new Database(path.join(this.folder, 'centre', 'centre.db'));
    try {
      books.transaction(() => {
        const { changes } = books
          .prepare(
            `UPDATE item SET landed_month = ?, changed_at = ?,
               change_no = (SELECT change_last FROM unit WHERE account = item.unit) + seq
             WHERE state = 'succeeded' AND (unit, oid) IN
               (SELECT unit, oid FROM ledger WHERE serial_number = ?)`,
          )
          .run(businessMonth, new Date().toISOString(), serialNumber);
        if (changes === 0) throw new Error(`nothing under ${serialNumber} has succeeded`);
        books
          .prepare(
            `UPDATE unit SET change_last = change_last + ? WHERE account =
               (SELECT unit FROM ledger WHERE serial_number = ?)`,
          )
          .run(changes, serialNumber);
      })();
    } finally {
      books.close();
    }
  }

  /** What 职工缴存明细查询 has to come to, by the centre's own books. */
  sumsOf(unitAccount: string, condition = '1'): RosterTotals {
    const totals = this.#read((books) =>
      books
        .prepare<[string], RosterTotals>(
          `SELECT count(*) AS total, count(DISTINCT personal_account) AS people,
             coalesce(sum(base), 0) AS base, coalesce(sum(unit_fen), 0) AS unitFen,
             coalesce(sum(personal_fen), 0) AS personalFen
           FROM employee WHERE unit = ? AND removed = 0 AND ${condition}`,
        )
        .get(unitAccount),
    );
    if (!totals) throw new Error('no totals');
    return totals;
  }

  /** The person's account in the centre's own books. */
  accountOf(
    personalAccount: string,
    fundType: string,
  ): { status: string; paid: string } | undefined {
    return this.#read((books) =>
      books
        .prepare<[string, string], { status: string; paid: string }>(
          'SELECT status, paid FROM employee WHERE personal_account = ? AND fund_type = ?',
        )
        .get(personalAccount, fundType),
    );
  }

  #read<T>(work: (books: Database.Database) => T): T {
    const file = path.join(this.folder, 'centre', 'centre.db');
    const books = new Database(file, { readonly: true });
    try {
      return work(books);
    } finally {
      books.close();
    }
  }

  /** Ends the process at once, as a power cut does. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    // a fault may have ended it already
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async remove(): Promise<void> {
    await this.kill();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

function firstMessage<T>(child: ChildProcess, schema: z.ZodType<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`the process ended with ${String(code)} before it said anything`));
    });
    child.once('message', (message) => {
      const parsed = schema.safeParse(message);
      if (parsed.success) resolve(parsed.data);
      else reject(new Error(parsed.error.message));
    });
  });
}
