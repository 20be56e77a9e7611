import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findAuditBreak } from '../../../electron/data/audit/chain.ts';
import { connect } from '../../../electron/data/db/connection.ts';
import { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import {
  BackupBench,
  fileIn,
  handlers,
  idOf,
  listed,
  OTHER_DATABASE_KEY,
  restore,
} from './backup-bench.ts';
import { Books } from './books.ts';
import { DATABASE_KEY, valueOf } from './clerk.ts';
import { UNIT } from './demo-centre.ts';

let bench: BackupBench;

beforeAll(async () => {
  bench = await BackupBench.open();
});
afterAll(async () => {
  await bench.close();
});
beforeEach(() => {
  bench.centre.strike();
});
afterEach(async () => {
  await bench.closeClerks();
});

describe('a damaged file', () => {
  const request = (folder: string, databaseKey: string | null = DATABASE_KEY) => ({
    ...{ folder, unitAccount: UNIT, databaseKey },
  });

  async function damaged() {
    const folder = bench.newFolder();
    const clerk = await bench.openAt(folder);
    const [filed, later] = await clerk.enter(2);
    if (!filed || !later) throw new Error('two');
    const order = valueOf(await clerk.confirm([filed]));
    await clerk.close();
    const file = join(folder, `${UNIT}.db`);
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 0, 8_192);
    writeFileSync(file, bytes);
    const refused = await clerk.host.handlers['unit.open'](clerk.openRequest);
    expect(refused.ok ? '' : refused.code).toBe('DB_DAMAGED');
    return { folder, clerk, order, later, bytes };
  }

  test('is put aside, and the newest backup takes its place: sign-in, queue, orders, serials go on', async () => {
    const { folder, clerk, order, later, bytes } = await damaged();
    const { backup } = valueOf(await handlers(clerk)['rescue.offer'](request(folder)));
    if (!backup) throw new Error('no backup is offered');
    expect(backup.holds).toMatchObject({ drafts: { registration: 1 }, orders: 1 });
    const { keptAs } = valueOf(
      await handlers(clerk)['rescue.run']({
        ...request(folder),
        ...{ name: backup.name, clientVersion: '0.1.0' },
      }),
    );
    expect(readFileSync(join(folder, keptAs)).equals(bytes)).toBe(true);
    await clerk.open();
    // without the centre too: the password is known here as before
    valueOf(await clerk.signInOffline());
    expect((await clerk.queue()).map(idOf)).toEqual([later.id]);
    expect((await clerk.status()).rosterCount).toBeGreaterThan(0);
    valueOf(await clerk.signIn());
    expect((await clerk.order(order.oid)).receiptMark).toBe(order.receiptMark);
    expect(valueOf(await clerk.confirm([later])).state).toBe('applied');
    expect(bench.centre.countPerson(later.idNumber)).toBe(1);
    const handle = connect({ file: join(folder, `${UNIT}.db`), key: DATABASE_KEY, readonly: true });
    expect(findAuditBreak(new OpenUnitDatabase(handle, UNIT))).toBeUndefined();
    expect(
      handle.prepare("SELECT count(*) FROM audit WHERE event = 'restored'").pluck().get(),
    ).toBe(1);
    handle.close();
  });

  test('an older backup in its place catches up by receipts and skips serials', async () => {
    const folder = bench.newFolder();
    const clerk = await bench.openAt(folder);
    const [filed] = await clerk.enter(1);
    if (!filed) throw new Error('one');
    const old = valueOf(await handlers(clerk)['backups.take']({ folder: null }));
    const order = valueOf(await clerk.confirm([filed]));
    await clerk.close();
    writeFileSync(join(folder, `${UNIT}.db`), 'gone'.repeat(4_096));
    const run = { name: old.backup.name, clientVersion: '0.1.0' };
    valueOf(await handlers(clerk)['rescue.run']({ ...request(folder), ...run }));
    await clerk.openAndSignIn();
    expect(new Books(folder).countReceipts()).toBe(order.receiptNumber);
    expect((await clerk.queue()).map(idOf)).toEqual([filed.id]);
    expect(valueOf(await clerk.confirm(await clerk.queue())).state).toBe('rejected');
    expect(bench.centre.countPerson(filed.idNumber)).toBe(1);
  });

  test('without any backup: an empty one, filled by the centre', async () => {
    const { folder, clerk, order } = await damaged();
    rmSync(join(folder, 'backups'), { recursive: true });
    expect(valueOf(await handlers(clerk)['rescue.offer'](request(folder)))).toEqual({
      ...{ backup: null, locked: 0 },
    });
    const run = { name: null, clientVersion: '0.1.0' };
    valueOf(await handlers(clerk)['rescue.run']({ ...request(folder), ...run }));
    await clerk.openAndSignIn();
    await clerk.sync();
    expect(new Books(folder).countReceipts()).toBe(order.receiptNumber);
    expect((await clerk.status()).rosterCount).toBeGreaterThan(0);
  });

  test('whose key is lost begins anew, and its backups come back with password and USB key', async () => {
    const { folder, clerk, order, later } = await damaged();
    clerk.databaseKey = OTHER_DATABASE_KEY;
    expect(valueOf(await handlers(clerk)['rescue.offer'](request(folder, null)))).toEqual({
      ...{ backup: null, locked: 1 },
    });
    const run = { name: null, clientVersion: '0.1.0' };
    valueOf(await handlers(clerk)['rescue.run']({ ...request(folder, null), ...run }));
    await clerk.openAndSignIn();
    await clerk.sync();
    const { backups } = await listed(clerk);
    await restore(clerk, fileIn(folder, backups[0]?.name ?? ''));
    expect((await clerk.queue()).map(idOf)).toEqual([later.id]);
    expect((await clerk.order(order.oid)).state).toBe('applied');
  });

  test('an order that waited for its opening in the backup is the clerk’s again', async () => {
    await bench.centre.stop();
    await bench.centre.start('2026-11-24T19:00:00+08:00', 'real');
    const folder = bench.newFolder();
    const clerk = await bench.openAt(folder);
    const drafts = await clerk.enter(2);
    const kept = valueOf(await clerk.confirm(drafts, true));
    await clerk.close();
    writeFileSync(join(folder, `${UNIT}.db`), 'gone'.repeat(4_096));
    const { backup } = valueOf(await handlers(clerk)['rescue.offer'](request(folder)));
    const run = { name: backup?.name ?? null, clientVersion: '0.1.0' };
    valueOf(await handlers(clerk)['rescue.run']({ ...request(folder), ...run }));
    await clerk.open();
    valueOf(await clerk.signInOffline());
    expect((await clerk.queue()).map(({ orderId }) => orderId)).toEqual([null, null]);
    expect(new Books(folder).orderState(kept.oid)).toBe('void');
  });

  test('a file that opens is never put aside', async () => {
    const folder = bench.newFolder();
    const clerk = await bench.openAt(folder);
    await clerk.close();
    const run = { name: null, clientVersion: '0.1.0' };
    const refused = await handlers(clerk)['rescue.run']({ ...request(folder), ...run });
    expect(refused.ok ? '' : refused.code).toBe('REQUEST_INVALID');
    expect(existsSync(join(folder, `${UNIT}.db`))).toBe(true);
  });
});
