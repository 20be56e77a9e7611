import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Clerk, makeUnitKey, type UnitKey, valueOf } from './clerk.ts';
import { DemoCentre } from './demo-centre.ts';

/** A small filesystem of its own, full or not. */
class SmallDisk {
  readonly folder: string;
  readonly isMounted: boolean;

  constructor(root: string) {
    this.folder = join(root, 'disk');
    mkdirSync(this.folder);
    this.isMounted = run('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', this.folder]);
  }

  fill(): void {
    const file = openSync(join(this.folder, 'ballast'), 'a');
    try {
      for (let bytes = 1 << 20; bytes >= 1; bytes = bytes >> 1) {
        try {
          for (;;) if (writeSync(file, Buffer.alloc(bytes)) < bytes) break;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        }
      }
    } finally {
      closeSync(file);
    }
  }

  empty(): void {
    rmSync(join(this.folder, 'ballast'));
  }

  remove(): void {
    if (this.isMounted) run('umount', ['-l', this.folder]);
  }
}

function run(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let root: string;
let centre: DemoCentre;
let key: UnitKey;
let disk: SmallDisk;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'full-'));
  disk = new SmallDisk(root);
  if (!disk.isMounted) console.log('no small filesystem can be mounted here: full disks not tried');
  centre = await DemoCentre.prepare(join(root, 'practice'));
  key = await makeUnitKey(centre.folder);
  await centre.start();
});
afterAll(async () => {
  await centre.stop();
  disk.remove();
  rmSync(root, { recursive: true, force: true });
});

test('a full disk lets the clerk in to look, online and offline, also after a restart', async (context) => {
  if (!disk.isMounted) context.skip('no small filesystem can be mounted here');
  const clerk = new Clerk(join(disk.folder, 'units'), centre.gateway, key);
  await clerk.openAndSignIn();
  const [kept] = await clerk.enter(1);
  expect((await clerk.status()).diskFull).toBe(false);
  disk.fill();
  for (const isOnline of [false, true]) {
    await clerk.close();
    await clerk.open();
    if (!isOnline) {
      expect(await clerk.signInOffline('wrong')).toMatchObject({ code: 'PASSWORD_WRONG' });
    }
    valueOf(await (isOnline ? clerk.signIn() : clerk.signInOffline()));
    expect(await clerk.queue()).toMatchObject([{ id: kept?.id }]);
    expect((await clerk.status()).diskFull).toBe(true);
    const added = clerk.enter(1);
    await expect(added).rejects.toThrow('DB_FULL');
  }
  disk.empty();
  await clerk.enter(1);
  expect((await clerk.status()).diskFull).toBe(false);
  valueOf(await clerk.signIn());
  expect((await clerk.queue()).length).toBe(2);
  expect(valueOf(await clerk.confirm(await clerk.queue())).state).toBe('applied');
  await clerk.close();
});
