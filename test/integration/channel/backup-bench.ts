import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Clerk, makePerson, makeUnitKey, type UnitKey, valueOf } from './clerk.ts';
import { DemoCentre } from './demo-centre.ts';

/** The key of another computer's file. */
export const OTHER_DATABASE_KEY = '1d'.repeat(32);

/** What a restore says where it brings nothing. */
export const nothing = {
  drafts: { registration: 0, reduction: 0, missedBackPay: 0, shortfallBackPay: 0 },
  ...{ counter: 0, doubled: 0, batches: 0, batchRows: 0, orders: 0, openOrders: 0, receipts: 0 },
};

export const idOf = ({ id }: { id: string }) => id;
export const handlers = (clerk: Clerk) => clerk.host.handlers;
export const listed = async (clerk: Clerk) => valueOf(await handlers(clerk)['backups.list']({}));
export const fileIn = (folder: string, name: string) => join(folder, 'backups', name);

/** One centre, and the computers of its unit, each with its own folder. */
export class BackupBench {
  readonly root: string;
  readonly centre: DemoCentre;
  readonly key: UnitKey;
  readonly #clerks: Clerk[] = [];
  #folders = 0;

  private constructor(root: string, centre: DemoCentre, key: UnitKey) {
    this.root = root;
    this.centre = centre;
    this.key = key;
  }

  static async open(): Promise<BackupBench> {
    const root = mkdtempSync(join(tmpdir(), 'backup-'));
    const centre = await DemoCentre.prepare(join(root, 'practice'));
    const key = await makeUnitKey(centre.folder);
    await centre.start('2026-11-24T10:00:00+08:00');
    return new BackupBench(root, centre, key);
  }

  async close(): Promise<void> {
    await this.centre.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  async closeClerks(): Promise<void> {
    for (const clerk of this.#clerks.splice(0)) await clerk.close();
  }

  newFolder(): string {
    this.#folders += 1;
    return join(this.root, `computer-${this.#folders}`);
  }

  clerkAt(folder = this.newFolder(), unitKey = this.key): Clerk {
    const clerk = new Clerk(folder, this.centre.gateway, unitKey);
    this.#clerks.push(clerk);
    return clerk;
  }

  /** Signed in and synced; `isOther`: a computer whose file has a key of its own. */
  async openAt(folder = this.newFolder(), { isOther = false, unitKey = this.key } = {}) {
    const clerk = this.clerkAt(folder, unitKey);
    if (isOther) clerk.databaseKey = OTHER_DATABASE_KEY;
    await clerk.openAndSignIn();
    await clerk.sync();
    return clerk;
  }

  /** The clerk's own, to another place; its path. */
  async backUp(clerk: Clerk): Promise<string> {
    const folder = this.newFolder();
    const taken = valueOf(await handlers(clerk)['backups.take']({ folder }));
    return join(taken.folder, taken.backup.name);
  }

  /** A person only the counter can register. */
  async toCounter(clerk: Clerk): Promise<void> {
    const typed = { ...makePerson(), name: '欧阳买买提艾力江' };
    this.#folders += 1;
    const id = `01990000-0000-7000-8000-0000000${String(10_000 + this.#folders)}`;
    valueOf(await handlers(clerk)['counter.add']({ id, typed }));
  }
}

/** After a look at what it brings: what was shown is what comes. */
export async function restore(clerk: Clerk, file: string, password: string | null = null) {
  const preview = valueOf(await handlers(clerk)['backups.inspect']({ file, password }));
  const restored = valueOf(await handlers(clerk)['backups.restore']({ file, password }));
  expect(restored).toEqual(preview.brings);
  return { preview, restored };
}
