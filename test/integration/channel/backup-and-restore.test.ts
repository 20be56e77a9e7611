import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import { fail } from '../../../shared/errors/result.ts';
import { BackupBench, fileIn, handlers, idOf, listed, nothing, restore } from './backup-bench.ts';
import { type Clerk, makePerson, makeUnitKey, valueOf } from './clerk.ts';
import { UNIT } from './demo-centre.ts';

const PASSWORD = '888888';

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

describe('a backup at the end', () => {
  test('is made when the unit closes after changes, and not when nothing has changed', async () => {
    const folder = bench.newFolder();
    const clerk = await bench.openAt(folder);
    await clerk.enter(1);
    await clerk.close();
    const names = readdirSync(join(folder, 'backups'));
    expect(names).toHaveLength(1);
    await clerk.open();
    await clerk.close();
    expect(readdirSync(join(folder, 'backups'))).toEqual(names);
    await clerk.open();
    valueOf(await clerk.signInOffline());
    const { backups } = await listed(clerk);
    expect(backups).toMatchObject([
      { reason: 'exit', flaw: '', portable: true, holds: { drafts: { registration: 1 } } },
    ]);
  });

  test('one that fails is told at the next sign-in, until it is read or one succeeds', async () => {
    const folder = bench.newFolder();
    const clerk = await bench.openAt(folder);
    writeFileSync(join(folder, 'backups'), 'in the way');
    await clerk.close();
    await clerk.open();
    valueOf(await clerk.signInOffline());
    expect((await clerk.status()).backupFailed).toBe('BACKUP_FAILED');
    rmSync(join(folder, 'backups'));
    valueOf(await handlers(clerk)['backups.acknowledge']({}));
    expect((await clerk.status()).backupFailed).toBeNull();
    await clerk.close();
    await clerk.open();
    valueOf(await clerk.signInOffline());
    expect((await listed(clerk)).backups).toHaveLength(1);
    expect((await clerk.status()).backupFailed).toBeNull();
  });

  test('every sign-in makes sure that it opens on another computer; one whose key did not sign says that it does not', async () => {
    const folder = bench.newFolder();
    const clerk = bench.clerkAt(folder);
    await clerk.open();
    let signatures = 0;
    const right = clerk.keySign;
    clerk.keySign = (bytes) => {
      signatures += 1;
      return signatures === 1 ? right(bytes) : Promise.resolve(fail('KEY_REMOVED'));
    };
    valueOf(await clerk.signIn());
    const first = valueOf(await handlers(clerk)['backups.take']({ folder: null }));
    expect(first.backup.portable).toBe(false);
    const other = await bench.openAt(bench.newFolder(), { isOther: true });
    const locked = await handlers(other)['backups.inspect']({
      file: fileIn(folder, first.backup.name),
      password: null,
    });
    expect(locked.ok ? '' : locked.code).toBe('BACKUP_LOCKED');

    signatures = 0;
    clerk.keySign = right;
    valueOf(await clerk.signIn());
    const second = valueOf(await handlers(clerk)['backups.take']({ folder: null }));
    expect(second.backup.portable).toBe(true);
    // with the same key and password no signature more is asked for
    clerk.keySign = (bytes) => {
      signatures += 1;
      return right(bytes);
    };
    valueOf(await clerk.signIn());
    expect(signatures).toBe(1);
  });
});

describe('restored into the same computer', () => {
  test('brings nothing that is here, whatever was done since, and says what is newer', async () => {
    const clerk = await bench.openAt();
    const [kept, removed, filed] = await clerk.enter(3);
    if (!kept || !removed || !filed) throw new Error('three');
    const file = await bench.backUp(clerk);
    valueOf(await handlers(clerk)['queue.remove']({ ids: [removed.id] }));
    const order = valueOf(await clerk.confirm([filed]));
    const [added] = await clerk.enter(1);
    const before = await clerk.queue();
    const { preview, restored } = await restore(clerk, file);
    expect(restored).toEqual(nothing);
    expect(preview.newerHere).toMatchObject({ drafts: 1, orders: 1, receipts: 1 });
    expect(await clerk.queue()).toEqual(before);
    expect(before.map(idOf)).toEqual([kept.id, added?.id]);
    expect((await clerk.order(order.oid)).state).toBe('applied');
  });
});

describe('restored on an empty computer, with the same key and password', () => {
  test('mid-batch: the order that was sent is cleared up, receipts are complete, nothing goes twice', async () => {
    const first = await bench.openAt();
    const [done, other] = await first.enter(2);
    if (!done || !other) throw new Error('two');
    const settled = valueOf(await first.confirm([done]));
    const underWay = await first.enter(3);
    await bench.toCounter(first);
    bench.centre.strike({ do: 'dropAfter', tx: 'WL1001' });
    const sent = valueOf(await first.confirm(underWay));
    expect(sent.state).toBe('sent');
    const file = await bench.backUp(first);
    await first.orderWhen(sent.oid, ({ state }) => state === 'applied');
    await first.close();

    const second = await bench.openAt(bench.newFolder(), { isOther: true });
    const { preview, restored } = await restore(second, file);
    expect(restored).toEqual({
      ...nothing,
      drafts: { ...nothing.drafts, registration: 1 },
      ...{ counter: 1, orders: 2 },
    });
    expect(preview.backup.holds).toMatchObject({ orders: 2, openOrders: 1, counter: 1 });
    expect((await second.queue()).map(idOf)).toEqual([other.id]);
    expect(await second.order(settled.oid)).toMatchObject({
      ...{ state: 'applied', sn: settled.sn, receiptMark: settled.receiptMark },
      serialNumber: settled.serialNumber,
    });
    // its receipt had come with the first sign-in here, before the order did
    expect(await second.order(sent.oid)).toMatchObject({ state: 'applied', sn: sent.sn });
    expect(bench.centre.countApplied(sent.oid)).toEqual({ orders: 1, items: 3 });
    expect((await second.items(sent.oid)).map(({ name }) => name)).toHaveLength(3);
    valueOf(await handlers(second)['orders.refresh']({}));
    const evidence = await second.evidence(settled.oid);
    expect(evidence.order).not.toBeNull();
    expect(evidence.receipt).not.toBeNull();
    const last = valueOf(await second.confirm([other]));
    expect(last.state).toBe('applied');
    expect(bench.centre.countPerson(other.idNumber)).toBe(1);
    expect((await restore(second, file)).restored).toEqual(nothing);
    expect((await second.orders()).map(({ state }) => state)).toEqual(Array(3).fill('applied'));
  });

  test('an order that had not arrived is sent again by its stored bytes, or under a new serial, once', async () => {
    const first = await bench.openAt();
    const underWay = await first.enter(2);
    bench.centre.strike({ do: 'dropBefore', tx: 'WL1001', times: 50 });
    const sent = valueOf(await first.confirm(underWay));
    const file = await bench.backUp(first);
    const folder = bench.newFolder();
    await first.close();
    // the first computer is gone; its session ends as all do
    bench.centre.endSessions();
    bench.centre.strike();
    const second = await bench.openAt(folder, { isOther: true });
    const { restored } = await restore(second, file);
    expect(restored).toMatchObject({ orders: 1, openOrders: 1, receipts: 0 });
    expect((await second.queue()).map(({ orderId }) => orderId)).toEqual([sent.oid, sent.oid]);
    await second.orderWhen(sent.oid, ({ state }) => state === 'applied');
    expect(await second.queue()).toEqual([]);
    expect(bench.centre.countApplied(sent.oid)).toEqual({ orders: 1, items: 2 });
    for (const { idNumber } of underWay) expect(bench.centre.countPerson(idNumber)).toBe(1);
  });

  test('an entry filed after the backup waits again, and the centre does not take it twice', async () => {
    const first = await bench.openAt();
    const [person] = await first.people();
    const typed: EntryTyped = {
      ...{
        kind: 'shortfallBackPay',
        fundType: '10',
        personalAccount: person?.personalAccount ?? '',
      },
      ...{ from: '202609', to: '202609', paidBase: '5000', dueBase: '8000.00' },
      ...{ paidRatio: '8', dueRatio: '8' },
    };
    const draft = await first.enterPerson(typed);
    const file = await bench.backUp(first);
    const filed = valueOf(await first.confirm([draft]));
    expect(filed.state).toBe('applied');
    await first.close();
    const second = await bench.openAt(bench.newFolder(), { isOther: true });
    expect((await restore(second, file)).restored.drafts.shortfallBackPay).toBe(1);
    const again = valueOf(await second.confirm(await second.queue('shortfallBackPay')));
    expect(again.state).toBe('rejected');
    expect(bench.centre.countApplied(again.oid).orders).toBe(0);
  });

  test('an unsigned order that waits for its opening comes as drafts, and a receipt of its original settles them', async () => {
    const folder = bench.newFolder();
    await bench.centre.stop();
    await bench.centre.start('2026-11-24T19:00:00+08:00', 'real');
    const first = await bench.openAt(folder);
    const drafts = await first.enter(2);
    const kept = valueOf(await first.confirm(drafts, true));
    expect(kept.opensAt).not.toBeNull();
    const file = await bench.backUp(first);
    const offline = await bench.openAt(bench.newFolder(), { isOther: true });
    const { restored } = await restore(offline, file);
    expect(restored).toMatchObject({ drafts: { registration: 2 }, orders: 0 });
    expect((await offline.queue()).map(({ orderId }) => orderId)).toEqual([null, null]);
    // the first computer was not gone after all, and sends it at the opening
    await bench.centre.stop();
    await bench.centre.start('2026-11-25T10:00:00+08:00', 'real');
    valueOf(await first.signIn());
    await first.orderWhen(kept.oid, ({ state }) => state === 'applied');
    await first.close();
    valueOf(await offline.signIn());
    expect(await offline.queue()).toEqual([]);
    for (const { idNumber } of drafts) expect(bench.centre.countPerson(idNumber)).toBe(1);
    await bench.centre.stop();
    await bench.centre.start('2026-11-26T10:00:00+08:00');
  });

  test('somebody entered here meanwhile stays; the record of the backup is kept on file', async () => {
    const first = await bench.openAt();
    const person = makePerson();
    await first.enterPerson(person);
    const file = await bench.backUp(first);
    await first.close();
    const second = await bench.openAt(bench.newFolder(), { isOther: true });
    const mine = await second.enterPerson({ ...person, base: '9000.00' });
    const { restored } = await restore(second, file);
    expect(restored).toEqual({ ...nothing, doubled: 1 });
    expect((await second.queue()).map(idOf)).toEqual([mine.id]);
  });

  test('an older copy learns from a newer one what became of its orders', async () => {
    const folder = bench.newFolder();
    const clerk = await bench.openAt(folder);
    const drafts = await clerk.enter(2);
    const removed = await clerk.enter(1);
    await clerk.close();
    cpSync(folder, `${folder}-old`, { recursive: true });
    await clerk.openAndSignIn();
    valueOf(await handlers(clerk)['queue.remove']({ ids: removed.map(idOf) }));
    const order = valueOf(await clerk.confirm(drafts));
    const file = await bench.backUp(clerk);
    await clerk.close();

    const old = bench.clerkAt(`${folder}-old`);
    await old.open();
    await bench.centre.stop();
    valueOf(await old.signInOffline());
    const { restored } = await restore(old, file);
    expect(restored).toMatchObject({ orders: 1, receipts: 1 });
    // what was filed is settled; what waits here stays, though it was removed there
    expect((await old.queue()).map(idOf)).toEqual(removed.map(idOf));
    expect((await old.order(order.oid)).state).toBe('applied');
    await bench.centre.start();
    valueOf(await old.signIn());
    expect(bench.centre.countApplied(order.oid)).toEqual({ orders: 1, items: 2 });
  });
});

describe('a backup that cannot be opened changes nothing', () => {
  let file: string;
  beforeAll(async () => {
    const clerk = await bench.openAt();
    await clerk.enter(1);
    file = await bench.backUp(clerk);
    await clerk.close();
  });

  async function codeOf(clerk: Clerk, password: string | null = null, of = file) {
    const before = await clerk.queue();
    const opened = await handlers(clerk)['backups.restore']({ file: of, password });
    if (opened.ok) return 'restored';
    expect(await clerk.queue()).toEqual(before);
    return opened.code;
  }

  test('with another USB key, another password, or no key', async () => {
    const otherKey = await makeUnitKey(bench.centre.folder);
    const stranger = await bench.openAt(bench.newFolder(), { isOther: true, unitKey: otherKey });
    expect(await codeOf(stranger)).toBe('BACKUP_OTHER_KEY');
    const right = await bench.openAt(bench.newFolder(), { isOther: true });
    expect(await codeOf(right, 'wrong')).toBe('BACKUP_PASSWORD');
    const sign = right.keySign;
    right.keySign = () => Promise.resolve(fail('KEY_REMOVED'));
    expect(await codeOf(right)).toBe('KEY_REMOVED');
    right.keySign = sign;
    expect(await codeOf(right, PASSWORD)).toBe('restored');
  });

  test('cut short, of another unit, or not there', async () => {
    const clerk = await bench.openAt(bench.newFolder(), { isOther: true });
    const folder = bench.newFolder();
    mkdirSync(folder, { recursive: true });
    const cut = join(folder, `${UNIT}-cut.jctbak`);
    writeFileSync(cut, readFileSync(file).subarray(0, -20));
    expect(await codeOf(clerk, null, cut)).toBe('BACKUP_UNREADABLE');
    expect(await codeOf(clerk, null, join(folder, 'none.jctbak'))).toBe('BACKUP_UNREADABLE');
  });

  test('whose receipts are others than those held here', async () => {
    const clerk = await bench.openAt();
    valueOf(await clerk.confirm(await clerk.enter(1)));
    const good = await bench.backUp(clerk);
    await bench.centre.stop();
    bench.centre.backUp();
    await bench.centre.start();
    valueOf(await clerk.confirm(await clerk.enter(1)));
    const lost = await bench.backUp(clerk);
    await clerk.close();
    await bench.centre.stop();
    bench.centre.restore();
    await bench.centre.start();
    const other = await bench.openAt(bench.newFolder(), { isOther: true });
    valueOf(await other.confirm(await other.enter(1)));
    expect(await codeOf(other, null, good)).toBe('restored');
    expect(await codeOf(other, null, lost)).toBe('BACKUP_FORKED');
  });
});
