import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { BatchDesk, newcomer } from './batch-desk.ts';
import { Clerk, makeUnitKey, type UnitKey, valueOf } from './clerk.ts';
import { DemoCentre } from './demo-centre.ts';

/** One centre whose clock goes on from test to test; hours as published. */
let root: string;
let centre: DemoCentre;
let key: UnitKey;
let clerk: Clerk;
let desk: BatchDesk;
let folder: string;
let clerks = 0;
let newcomers = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'batches-waiting-'));
  centre = await DemoCentre.prepare(join(root, 'practice'));
  key = await makeUnitKey(centre.folder);
  await centre.start('2026-11-24T20:00:00+08:00', 'real');
});
afterAll(async () => {
  await centre.stop();
  rmSync(root, { recursive: true, force: true });
});
afterEach(async () => {
  await clerk.close();
});

async function startClerk(isNew: boolean): Promise<void> {
  if (isNew) clerks += 1;
  folder = join(root, `clerk-${clerks}`);
  clerk = new Clerk(folder, centre.gateway, key);
  desk = new BatchDesk(clerk);
  await clerk.openAndSignIn();
}

const newOnes = (count: number) =>
  Array.from({ length: count }, () => {
    newcomers += 1;
    return newcomer(newcomers);
  });

const states = async (id: string) => (await desk.rows(id)).map(({ state }) => state);

test('outside the hours nothing is sent unless it is to wait; taken back, the rows are open again', async () => {
  await startClerk(true);
  const batch = await desk.bringIn('registration', newOnes(2));
  expect(await desk.send(batch)).toMatchObject({ code: 'WINDOW_CLOSED' });
  expect(await desk.find('registration', batch.id)).toEqual(batch);

  const kept = valueOf(await desk.send(batch, { waitForOpening: true }));
  expect(kept).toMatchObject({ state: 'draft', origin: 'batch', count: 2, sn: '' });
  expect(kept.opensAt).toBe('2026-11-25T01:00:00.000Z');
  expect(await states(batch.id)).toEqual(['ordered', 'ordered']);
  expect((await desk.find('registration', batch.id)).oids).toEqual([kept.oid]);
  expect(await clerk.queue()).toEqual([]);

  valueOf(await clerk.host.handlers['orders.cancelWaiting']({ oid: kept.oid }));
  expect(await states(batch.id)).toEqual(['open', 'open']);
  expect(await desk.recheck(batch.id)).toMatchObject({ open: 2, good: 2, oids: [] });
  expect(await clerk.queue()).toEqual([]);
});

test('what waits is sent once by itself at the opening, also after a restart; the rest stays', async () => {
  await startClerk(true);
  const cells = [...newOnes(40), { ...newcomer(9_000), base: '八千' }];
  const batch = await desk.bringIn('registration', cells);
  const kept = valueOf(await desk.send(batch, { which: 'good', waitForOpening: true }));
  // another batch with one of them is told so
  const second = await desk.bringIn('registration', cells.slice(0, 1));
  expect(await desk.codes(second.id)).toEqual([[2, 'DUPLICATE_IN_QUEUE']]);
  await clerk.close();
  await centre.stop();
  await centre.start('2026-11-25T08:59:58+08:00', 'real');
  await startClerk(false);
  expect(await states(batch.id)).toContain('ordered');
  const sent = await clerk.orderWhen(kept.oid, ({ pending, state }) => {
    return state === 'applied' && pending === 0;
  });
  expect(sent).toMatchObject({ origin: 'batch', acceptedCount: 40, succeeded: 40 });
  expect(centre.countApplied(kept.oid)).toEqual({ orders: 1, items: 40 });
  expect(await desk.find('registration', batch.id)).toMatchObject({ open: 1, bad: 1 });
  expect(await states(batch.id)).toEqual(['open']);
});

test('what no longer holds at the opening is given back to the batch, with the reason', async () => {
  await centre.stop();
  await centre.start('2026-11-25T20:00:00+08:00', 'real');
  await startClerk(true);
  await clerk.sync();
  const [person, other] = (await clerk.people()).slice(-2);
  if (!person || !other) throw new Error('nobody is left');
  const cells = [person, other].map(({ personalAccount, name, idNumber }) => ({
    ...{ fundType: '10', personalAccount, name, idNumber, reason: '02' },
  }));
  const batch = await desk.bringIn('reduction', cells);
  const kept = valueOf(await desk.send(batch, { waitForOpening: true }));
  centre.setStatus(person.personalAccount, '02');
  await clerk.sync();
  await clerk.close();
  await centre.stop();
  await centre.start('2026-11-26T08:59:58+08:00', 'real');
  await startClerk(false);
  const ended = await clerk.orderWhen(kept.oid, ({ state }) => state === 'void', 'reduction');
  expect(ended.reason).not.toBe('');
  expect(centre.countApplied(kept.oid).orders).toBe(0);
  await desk.recheck(batch.id);
  expect(await desk.codes(batch.id)).toEqual([[2, 'ACCOUNT_STOPPED'], [3]]);
  expect(await clerk.queue('reduction')).toEqual([]);
});
