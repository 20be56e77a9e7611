import type Database from 'better-sqlite3';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../../electron/data/db/connection.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import { Books } from './books.ts';
import { Clerk, DATABASE_KEY, makeUnitKey, signWith, type UnitKey, valueOf } from './clerk.ts';
import { DemoCentre, UNIT } from './demo-centre.ts';

let root: string;
let centre: DemoCentre;
let key: UnitKey;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'left-behind-'));
  centre = await DemoCentre.prepare(join(root, 'practice'));
  key = await makeUnitKey(centre.folder);
  await centre.start('2026-11-24T10:00:00+08:00');
});
afterAll(async () => {
  await centre.stop();
  rmSync(root, { recursive: true, force: true });
});

async function openClerk(folder: string): Promise<Clerk> {
  const clerk = new Clerk(folder, centre.gateway, key);
  await clerk.openAndSignIn();
  await clerk.sync();
  return clerk;
}

async function typeShortfall(clerk: Clerk, month: string): Promise<EntryTyped> {
  const [person] = await clerk.people();
  if (!person) throw new Error('nobody');
  const wages = { paidBase: '5000', dueBase: '8000.00', paidRatio: '8', dueRatio: '8' };
  const { personalAccount } = person;
  return {
    ...{ kind: 'shortfallBackPay', fundType: '10', personalAccount },
    ...{ from: month, to: month, ...wages },
  };
}

test('an order whose signature could not be stored is given up by itself, and its drafts go again', async () => {
  const folder = join(root, 'unwritable');
  const clerk = await openClerk(folder);
  const books = new Books(folder);
  const drafts = await clerk.enter(1);
  let other: Database.Database | undefined;
  clerk.keySign = (toBeSigned) => {
    // another program keeps the file to itself from here on
    other = connect({ file: join(folder, `${UNIT}.db`), key: DATABASE_KEY });
    other.exec('BEGIN IMMEDIATE');
    return signWith(key)(toBeSigned);
  };
  await expect(clerk.confirm(drafts)).rejects.toThrow(/locked/);
  other?.close();
  clerk.keySign = signWith(key);
  const { oid = '' } = books.lastOrder() ?? {};
  await expect.poll(() => books.orderState(oid), { timeout: 15_000 }).toBe('void');
  expect((await clerk.queue()).map(({ orderId }) => orderId)).toEqual([null]);
  const again = valueOf(await clerk.confirm(drafts));
  expect(again.state).toBe('applied');
  expect(centre.countApplied(oid).orders).toBe(0);
  expect(centre.countPerson(drafts[0]?.idNumber ?? '')).toBe(1);
  await clerk.close();
});

test('an entry filed after the copy was made is not filed again from the copy, though it may be alike', async () => {
  const folder = join(root, 'copied');
  const clerk = await openClerk(folder);
  const typed = await typeShortfall(clerk, '202609');
  const draft = await clerk.enterPerson(typed);
  await clerk.close();
  cpSync(folder, `${folder}-copy`, { recursive: true });
  await clerk.openAndSignIn();
  const filed = valueOf(await clerk.confirm([draft]));
  expect(filed.state).toBe('applied');
  // the same once more, typed anew, is an entry of its own and is taken
  const alike = valueOf(await clerk.confirm([await clerk.enterPerson(typed)]));
  expect(alike.state).toBe('applied');
  await clerk.close();

  const restored = await openClerk(`${folder}-copy`);
  const refused = valueOf(await restored.confirm([draft]));
  expect(refused.state).toBe('rejected');
  expect(centre.countApplied(refused.oid).orders).toBe(0);
  const [waiting] = await restored.queue('shortfallBackPay');
  expect(waiting?.id).toBe(draft.id);
  expect(waiting?.issues.map(({ code }) => code)).toEqual(['ENTRY_APPLIED']);
  expect(waiting?.issues[0]?.rule).toContain(filed.serialNumber);
  const edited = valueOf(
    await restored.host.handlers['queue.edit']({
      id: draft.id,
      typed: { ...typed, ...{ dueBase: '9000' } },
    }),
  );
  if (!edited.stored) throw new Error('not stored');
  // other words make no other entry of it
  expect(valueOf(await restored.confirm([edited.draft])).state).toBe('rejected');
  valueOf(await restored.host.handlers['queue.remove']({ ids: [draft.id] }));
  expect(await restored.queue('shortfallBackPay')).toEqual([]);
  await restored.close();
});
