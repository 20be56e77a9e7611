import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { BatchDesk, type Cells, leaver, newcomer } from './batch-desk.ts';
import { Clerk, makeUnitKey, type UnitKey } from './clerk.ts';
import { DemoCentre } from './demo-centre.ts';

/** One centre for a file of tests, and for each test a clerk who has just synchronised. */
export class BatchStage {
  root!: string;
  centre!: DemoCentre;
  key!: UnitKey;
  folder!: string;
  clerk!: Clerk;
  desk!: BatchDesk;
  #people: RosterRow[] = [];
  #clerks = 0;
  #newcomers = 0;
  #taken = 0;

  constructor() {
    beforeAll(async () => {
      this.root = mkdtempSync(join(tmpdir(), 'batches-'));
      this.centre = await DemoCentre.prepare(join(this.root, 'practice'));
      this.key = await makeUnitKey(this.centre.folder);
      await this.centre.start('2026-11-24T10:00:00+08:00');
    });
    afterAll(async () => {
      await this.centre.stop();
      rmSync(this.root, { recursive: true, force: true });
    });
    beforeEach(async () => {
      this.centre.strike();
      this.#clerks += 1;
      this.folder = join(this.root, `clerk-${this.#clerks}`);
      await this.startClerk();
      await this.clerk.sync();
      this.#people = await this.clerk.people();
    });
    afterEach(async () => {
      await this.clerk.close();
    });
  }

  /** The program, started anew over the same file. */
  async startClerk(gateway = this.centre.gateway): Promise<void> {
    this.clerk = new Clerk(this.folder, gateway, this.key);
    this.desk = new BatchDesk(this.clerk);
    if (gateway.port === this.centre.gateway.port) await this.clerk.openAndSignIn();
    else await this.clerk.open();
  }

  /** People nobody has registered in an earlier test. */
  newOnes(count: number, change: Cells = {}): Cells[] {
    this.#newcomers += count;
    const from = this.#newcomers - count;
    return Array.from({ length: count }, (_, i) => newcomer(from + i, change));
  }

  /** Employees no earlier test has touched. */
  takePeople(count: number): RosterRow[] {
    const found = this.#people.slice(this.#taken, this.#taken + count);
    this.#taken += count;
    if (found.length < count) throw new Error('nobody is left');
    return found;
  }

  leavers(count: number): Cells[] {
    return this.takePeople(count).map((row) => leaver(row));
  }
}

/** A cell no rule takes. */
export const faulty: Cells = { base: '八千' };
