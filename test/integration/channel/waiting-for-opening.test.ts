import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fail } from '../../../shared/errors/result.ts';
import { Books } from './books.ts';
import { Clerk, makeUnitKey, signWith, type UnitKey, valueOf } from './clerk.ts';
import { DemoCentre } from './demo-centre.ts';

/** One centre whose clock goes on from test to test; hours as published. */
let root: string;
let centre: DemoCentre;
let key: UnitKey;
const clerks: Clerk[] = [];
let folders = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'opening-'));
  centre = await DemoCentre.prepare(join(root, 'practice'));
  key = await makeUnitKey(centre.folder);
  await centre.start('2026-11-20T19:30:00+08:00', 'real');
});
afterAll(async () => {
  await centre.stop();
  rmSync(root, { recursive: true, force: true });
});
afterEach(async () => {
  for (const clerk of clerks.splice(0)) await clerk.close();
});

function newFolder(): string {
  folders += 1;
  return join(root, `clerk-${folders}`);
}

function clerkAt(folder: string): Clerk {
  const clerk = new Clerk(folder, centre.gateway, key);
  clerks.push(clerk);
  return clerk;
}

async function moveClock(to: string): Promise<void> {
  await centre.stop();
  await centre.start(to, 'real');
}

/** Signed in outside the hours, with one confirmed order that waits. */
async function keepOne(folder = newFolder()) {
  const clerk = clerkAt(folder);
  await clerk.openAndSignIn();
  const drafts = await clerk.enter(2);
  const kept = valueOf(await clerk.confirm(drafts, true));
  return { clerk, drafts, kept, books: new Books(folder), folder };
}

const openOrder = async (clerk: Clerk, oid: string) =>
  (await clerk.orders()).find((order) => order.oid === oid);

describe('between two months', () => {
  test('kept for the 21st, and sent by itself though the business month has moved on', async () => {
    const { clerk, kept, drafts, books } = await keepOne();
    expect(kept).toMatchObject({
      state: 'draft',
      sn: '',
      opensAt: '2026-11-21T01:00:00.000Z',
      businessMonth: 202612,
      count: 2,
      reason: '',
    });
    expect((await clerk.queue()).map(({ orderId }) => orderId)).toEqual([kept.oid, kept.oid]);
    expect((await clerk.status()).parameters?.businessMonth).toBe(202611);
    expect(books.submissions(kept.oid)).toEqual([]);
    await clerk.close();

    await moveClock('2026-11-21T08:59:57+08:00');
    const restarted = clerkAt(join(root, `clerk-${folders}`));
    await restarted.openAndSignIn();
    expect(await openOrder(restarted, kept.oid)).toMatchObject({ state: 'draft' });
    expect(centre.countApplied(kept.oid).orders).toBe(0);
    const sent = await restarted.orderWhen(kept.oid, ({ state }) => state === 'applied');
    expect(sent).toMatchObject({ businessMonth: 202612, opensAt: null, acceptedCount: 2 });
    expect(Date.parse(sent.sentAt ?? '')).toBeGreaterThanOrEqual(
      Date.parse('2026-11-21T01:00:00.000Z'),
    );
    expect(centre.readLedger(kept.oid).line).toMatchObject({
      kind: 'registration',
      businessMonth: 202612,
      count: 2,
      fen: drafts.reduce((sum, draft) => sum + draft.totalFen, 0),
    });
    expect(await restarted.queue()).toEqual([]);
  });
});

describe('after hours', () => {
  test('nothing is sent without being asked to wait, nor by the centre taken', async () => {
    await moveClock('2026-11-24T20:00:00+08:00');
    const clerk = clerkAt(newFolder());
    await clerk.openAndSignIn();
    const drafts = await clerk.enter(1);
    const serials = centre.countSerials();
    expect(await clerk.confirm(drafts)).toMatchObject({ ok: false, code: 'WINDOW_CLOSED' });
    expect(centre.countSerials()).toBe(serials);
    expect((await clerk.queue()).map(({ orderId }) => orderId)).toEqual([null]);
  });

  test('kept drafts can be neither changed nor removed; taken back, they wait as before', async () => {
    const { clerk, drafts, kept } = await keepOne();
    expect(kept.opensAt).toBe('2026-11-25T01:00:00.000Z');
    const [first] = drafts;
    if (!first) throw new Error('no draft');
    const { handlers } = clerk.host;
    const { id, typed } = first;
    expect(await handlers['queue.edit']({ id, typed })).toMatchObject({ code: 'ORDER_IN_FLIGHT' });
    expect(await handlers['queue.remove']({ ids: [id] })).toMatchObject({
      code: 'ORDER_IN_FLIGHT',
    });
    // another order may be kept beside it
    const more = valueOf(await clerk.confirm(await clerk.enter(1), true));
    expect((await clerk.orders()).map(({ oid }) => oid)).toEqual([more.oid, kept.oid]);

    valueOf(await handlers['orders.cancelWaiting']({ oid: kept.oid }));
    expect((await clerk.orders()).map(({ oid }) => oid)).toEqual([more.oid]);
    expect((await clerk.queue()).map(({ orderId }) => orderId)).toEqual([null, null, more.oid]);
    expect((await clerk.queue()).slice(0, 2)).toEqual(drafts);
    expect(await handlers['orders.cancelWaiting']({ oid: kept.oid })).toMatchObject({
      ok: false,
      code: 'NO_RECORD',
    });
    valueOf(await handlers['orders.cancelWaiting']({ oid: more.oid }));
  });

  test('it is kept without the centre in reach, by what was last heard of its clock', async () => {
    const folder = newFolder();
    const first = clerkAt(folder);
    await first.openAndSignIn();
    const drafts = await first.enter(1);
    await first.close();
    await centre.stop();
    const offline = clerkAt(folder);
    await offline.open();
    valueOf(await offline.signInOffline());
    const kept = valueOf(await offline.confirm(drafts, true));
    expect(kept).toMatchObject({ state: 'draft', opensAt: '2026-11-25T01:00:00.000Z' });
    await offline.close();
    await centre.start('2026-11-24T21:00:00+08:00', 'real');
    const again = clerkAt(folder);
    await again.openAndSignIn();
    valueOf(await again.host.handlers['orders.cancelWaiting']({ oid: kept.oid }));
  });
});

describe('at the opening', () => {
  test('without a key the order stays and says what is missing; with it, it goes', async () => {
    await moveClock('2026-11-25T20:00:00+08:00');
    const { clerk, kept, folder, books } = await keepOne();
    await clerk.close();
    await moveClock('2026-11-26T09:00:05+08:00');
    const restarted = clerkAt(folder);
    await restarted.open();
    valueOf(await restarted.signInOffline());
    // the platform finds the centre; nobody has given the key's PIN
    valueOf(await restarted.host.handlers['channel.hello']({}));
    await expect
      .poll(async () => (await openOrder(restarted, kept.oid))?.reason)
      .toBe('网银盾还没有输入口令。');
    expect(await openOrder(restarted, kept.oid)).toMatchObject({ state: 'draft' });
    expect((await restarted.queue()).map(({ orderId }) => orderId)).toEqual([kept.oid, kept.oid]);
    const { certificate } = key;
    valueOf(await restarted.host.handlers['session.goOnline']({ certificate }));
    const sent = await restarted.orderWhen(kept.oid, ({ state }) => state === 'applied');
    expect(sent.reason).toBe('');
    expect(books.submissions(kept.oid)).toHaveLength(1);
    expect(centre.countApplied(kept.oid)).toEqual({ orders: 1, items: 2 });
  });

  test('a key that fails to sign leaves it waiting, also over a power cut at that moment', async () => {
    await moveClock('2026-11-26T20:00:00+08:00');
    const { clerk, kept, folder, books } = await keepOne();
    await clerk.close();
    await moveClock('2026-11-27T09:00:05+08:00');
    const serials = centre.countSerials();
    const restarted = clerkAt(folder);
    const right = signWith(key);
    let cut = false;
    restarted.keySign = (toBeSigned) => {
      // the first signature opens the session, the second is the order's
      if (books.submissions(kept.oid).length === 0) return right(toBeSigned);
      if (!cut) cpSync(folder, `${folder}-cut`, { recursive: true });
      cut = true;
      return Promise.resolve(fail('KEY_REMOVED', 'pulled'));
    };
    await restarted.openAndSignIn();
    await expect
      .poll(async () => (await openOrder(restarted, kept.oid))?.reason, { timeout: 10_000 })
      .toBe('网银盾已拔出。');
    expect(await openOrder(restarted, kept.oid)).toMatchObject({ state: 'draft', sn: '' });
    expect(centre.countSerials()).toBe(serials);
    await restarted.close();

    const afterCut = clerkAt(`${folder}-cut`);
    await afterCut.open();
    valueOf(await afterCut.signInOffline());
    expect(await openOrder(afterCut, kept.oid)).toMatchObject({ state: 'draft' });
    valueOf(await afterCut.signIn());
    await afterCut.orderWhen(kept.oid, ({ state }) => state === 'applied');
    expect(centre.countApplied(kept.oid)).toEqual({ orders: 1, items: 2 });
    // the other copy hears of it and files nothing twice
    const other = clerkAt(folder);
    await other.openAndSignIn();
    await expect.poll(() => books.orderState(kept.oid), { timeout: 10_000 }).not.toBe('sent');
    expect(centre.countApplied(kept.oid)).toEqual({ orders: 1, items: 2 });
  });

  test('parameters that changed: not sent, the drafts are back with the reason', async () => {
    await moveClock('2026-11-27T20:00:00+08:00');
    const { clerk, kept, folder, drafts } = await keepOne();
    await clerk.close();
    await centre.stop();
    centre.setRatio(9);
    await centre.start('2026-11-30T09:00:05+08:00', 'real');
    const serials = centre.countSerials();
    const restarted = clerkAt(folder);
    await restarted.openAndSignIn();
    const ended = await restarted.orderWhen(kept.oid, ({ state }) => state === 'void');
    expect(ended.reason).toBe('中心参数已更新，金额需要重新计算。');
    expect(centre.countSerials()).toBe(serials);
    const back = await restarted.queue();
    expect(back.map(({ orderId, holds }) => [orderId, holds])).toEqual([
      [null, false],
      [null, false],
    ]);
    expect(back[0]).toEqual({ ...drafts[0], holds: false, issues: back[0]?.issues });
    expect(back[0]?.issues.map(({ code }) => code)).toContain('DRAFT_OUTDATED');
  });
});

test('a restored copy that took the order back meanwhile learns that it was applied', async () => {
  await moveClock('2026-11-30T20:00:00+08:00');
  const { clerk, kept, folder } = await keepOne();
  await clerk.close();
  cpSync(folder, `${folder}-copy`, { recursive: true });
  await moveClock('2026-12-01T09:00:05+08:00');
  const original = clerkAt(folder);
  await original.openAndSignIn();
  await original.orderWhen(kept.oid, ({ state }) => state === 'applied');
  const copy = clerkAt(`${folder}-copy`);
  await copy.open();
  valueOf(await copy.signInOffline());
  valueOf(await copy.host.handlers['orders.cancelWaiting']({ oid: kept.oid }));
  expect(await copy.queue()).toHaveLength(2);
  valueOf(await copy.signIn());
  expect(await openOrder(copy, kept.oid)).toMatchObject({ state: 'applied', receiptNumber: 4 });
  expect(await copy.queue()).toEqual([]);
  expect((await copy.status()).stopped).toBeNull();
  expect(centre.countApplied(kept.oid)).toEqual({ orders: 1, items: 2 });
});
