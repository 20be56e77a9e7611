import { randomUUID, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifySigned } from '../../../electron/cms/verify.ts';
import type { FaultAction } from '../../../electron/demo/faults.ts';
import { fail } from '../../../shared/errors/result.ts';
import { receiptSchema } from '../../../shared/wire/orders.ts';
import { Books } from './books.ts';
import { Clerk, makePerson, makeUnitKey, signWith, type UnitKey, valueOf } from './clerk.ts';
import { DemoCentre } from './demo-centre.ts';

let root: string;
let centre: DemoCentre;
let key: UnitKey;
let folder: string;
let clerk: Clerk;
let books: Books;
let clerks = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'orders-'));
  centre = await DemoCentre.prepare(join(root, 'practice'));
  key = await makeUnitKey(centre.folder);
  await centre.start();
});
afterAll(async () => {
  await centre.stop();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(async () => {
  centre.strike();
  clerks += 1;
  folder = join(root, `clerk-${clerks}`);
  clerk = new Clerk(folder, centre.gateway, key);
  books = new Books(folder);
  await clerk.openAndSignIn();
});
afterEach(async () => {
  await clerk.close();
});

describe('an order', () => {
  test('is signed, sent, accepted and reviewed; both sides hold the same proof', async () => {
    const drafts = await clerk.enter(2);
    const order = valueOf(await clerk.confirm(drafts));
    expect(order).toMatchObject({
      state: 'applied',
      count: 2,
      acceptedCount: 2,
      acceptedFen: order.fen,
      reason: '',
    });
    expect(order.serialNumber).toMatch(/^\d{16}$/);
    expect(order.receiptMark).toMatch(/^[0-9a-f]{16}$/);
    expect(await clerk.queue()).toEqual([]);
    expect(centre.countApplied(order.oid)).toEqual({ orders: 1, items: 2 });
    const reviewed = await clerk.orderWhen(order.oid, (each) => each.pending === 0);
    expect(reviewed).toMatchObject({ succeeded: 2, failed: 0 });
    const items = await clerk.items(order.oid);
    expect(items.map((item) => item.state)).toEqual(['succeeded', 'succeeded']);
    for (const item of items) expect(item.personalAccount).toMatch(/^\d{12}$/);

    const { order: orderCms, receipt: receiptCms } = await clerk.evidence(order.oid);
    const { bankCaPem, centreCaPem } = centre.gateway;
    const atMs = Date.now();
    const anchorsOf = (pem: string[]) => pem.map((each) => new X509Certificate(each));
    const signedOrder = verifySigned(orderCms ?? Buffer.alloc(0), {
      anchors: anchorsOf(bankCaPem),
      atMs,
    });
    expect(signedOrder.ok).toBe(true);
    const receipt = verifySigned(receiptCms ?? Buffer.alloc(0), {
      anchors: anchorsOf(centreCaPem),
      atMs,
    });
    if (!receipt.ok) throw new Error(receipt.detail);
    const content = receiptSchema.parse(JSON.parse(receipt.content.toString('utf8')));
    expect(content).toMatchObject({ oid: order.oid, sn: order.sn, state: 'applied', count: 2 });
    expect(content.digest).toBe(books.submissions(order.oid)[0]?.digest);
  });

  test('refused by the centre goes back to the queue with the reason at the row', async () => {
    const person = makePerson();
    // registered from another computer of the unit: this one cannot know
    const elsewhere = new Clerk(`${folder}-elsewhere`, centre.gateway, key);
    await elsewhere.openAndSignIn();
    const first = valueOf(await elsewhere.confirm([await elsewhere.enterPerson(person)]));
    expect(first.state).toBe('applied');
    await elsewhere.close();
    const fresh = await clerk.enterPerson(makePerson());
    const repeated = await clerk.enterPerson(person);
    const order = valueOf(await clerk.confirm([fresh, repeated]));
    expect(order).toMatchObject({ state: 'rejected', acceptedCount: 0 });
    expect(order.receiptNumber).toBe(first.receiptNumber + 1);
    expect(order.reason).not.toBe('');
    const { items } = valueOf(await clerk.host.handlers['orders.items']({ oid: order.oid }));
    expect(items.map((item) => item.reason)).toEqual(['', expect.stringContaining('正在中心审核')]);
    const waiting = await clerk.queue();
    expect(waiting.map((draft) => draft.id)).toEqual([fresh.id, repeated.id]);
    expect(waiting.map((draft) => draft.orderId)).toEqual([null, null]);
    expect(waiting[0]?.issues).toEqual([]);
    expect(waiting[1]?.issues[0]).toMatchObject({ code: 'UNDER_REVIEW', severity: 'error' });
    expect(centre.countApplied(order.oid)).toEqual({ orders: 0, items: 0 });
    expect(centre.countPerson(fresh.idNumber)).toBe(0);
  });

  test('is not entered again while the first is with the centre', async () => {
    const person = makePerson();
    valueOf(await clerk.confirm([await clerk.enterPerson(person)]));
    const id = randomUUID();
    const again = await clerk.host.handlers['queue.add']({ id, typed: person });
    expect(again).toMatchObject({ ok: true, value: { stored: false } });
    const codes = again.ok && !again.value.stored && again.value.issues.map(({ code }) => code);
    expect(codes).toEqual(['UNDER_REVIEW']);
  });

  test('is not made when the queue is not what the clerk agreed to', async () => {
    const drafts = await clerk.enter(2);
    const ids = drafts.map((draft) => draft.id);
    const expected = { count: 2, fen: 1 };
    const request = { kind: 'registration' as const, ids, expected, waitForOpening: false };
    const confirmed = await clerk.host.handlers['orders.confirm'](request);
    expect(confirmed).toMatchObject({ ok: false, code: 'TOTALS_CHANGED' });
    expect(books.lastOrder()).toBeUndefined();
    expect(await clerk.queue()).toHaveLength(2);
  });
});

describe('an answer that does not arrive, or proves nothing, changes nothing', () => {
  // where the centre has decided, asking finds it and nothing is sent again
  const decided: FaultAction[] = [
    ...(['html', 'http500', 'flip', 'truncate', 'otherKey', 'replay', 'dropAfter'] as const),
  ];
  const undecided: FaultAction[] = ['dropBefore', 'maintenance', 'busy'];
  const faults = [
    ...decided.map((fault) => ({ fault, attempts: 1 })),
    ...undecided.map((fault) => ({ fault, attempts: 2 })),
  ];

  test.each(faults)('$fault: stays sent until one receipt is here', async ({ fault, attempts }) => {
    // an earlier order, so that there is an answer to play again
    valueOf(await clerk.confirm(await clerk.enter(1)));
    const receiptsBefore = books.countReceipts();
    const drafts = await clerk.enter(1);
    centre.strike({ do: fault, tx: 'WL1001' });
    const order = valueOf(await clerk.confirm(drafts));
    expect(order).toMatchObject({
      state: 'sent',
      receiptNumber: 0,
      serialNumber: '',
      settledAt: null,
    });
    const [sent] = books.submissions(order.oid);
    expect(sent).toMatchObject({ state: 'sent', attempts: 1 });
    expect(books.countReceipts()).toBe(receiptsBefore);
    const [bound] = await clerk.queue();
    expect(bound?.orderId).toBe(order.oid);
    // nothing else goes out meanwhile
    const other = await clerk.enter(1);
    expect(await clerk.confirm(other)).toMatchObject({ ok: false, code: 'ORDER_IN_FLIGHT' });

    const settled = await clerk.orderWhen(order.oid, (each) => each.state !== 'sent');
    expect(settled).toMatchObject({ state: 'applied', sn: order.sn });
    const submissions = books.submissions(order.oid);
    expect(submissions).toHaveLength(1);
    expect(submissions[0]).toMatchObject({ state: 'applied', attempts, digest: sent?.digest });
    expect(books.countReceipts()).toBe(receiptsBefore + 1);
    expect(centre.countApplied(order.oid)).toEqual({ orders: 1, items: 1 });
  });

  test('a request handled twice is applied once', async () => {
    centre.strike({ do: 'twice', tx: 'WL1001' });
    const order = valueOf(await clerk.confirm(await clerk.enter(1)));
    expect(order.state).toBe('applied');
    expect(centre.countApplied(order.oid)).toEqual({ orders: 1, items: 1 });
  });
});

describe('the key', () => {
  test('pulled before signing: the queue is as it was and nothing has left', async () => {
    const drafts = await clerk.enter(1);
    const serials = centre.countSerials();
    clerk.keySign = () => Promise.resolve(fail('KEY_REMOVED', 'pulled'));
    expect(await clerk.confirm(drafts)).toMatchObject({ ok: false, code: 'KEY_REMOVED' });
    expect(books.lastOrder()?.state).toBe('void');
    expect(books.submissions(books.lastOrder()?.oid ?? '')[0]).toMatchObject({
      signed: null,
      attempts: 0,
    });
    expect((await clerk.queue()).map((draft) => draft.orderId)).toEqual([null]);
    expect(centre.countSerials()).toBe(serials);
    clerk.keySign = signWith(key);
    expect(valueOf(await clerk.confirm(drafts)).state).toBe('applied');
  });

  test('that returns a wrong signature: found out before anything is stored or sent', async () => {
    const drafts = await clerk.enter(1);
    const serials = centre.countSerials();
    const right = signWith(key);
    clerk.keySign = async (toBeSigned) => {
      const signature = valueOf(await right(toBeSigned));
      signature[7] = (signature[7] ?? 0) ^ 1;
      return { ok: true, value: signature };
    };
    expect(await clerk.confirm(drafts)).toMatchObject({ ok: false, code: 'KEY_SIGNATURE_BAD' });
    expect(centre.countSerials()).toBe(serials);
    expect((await clerk.queue()).map((draft) => draft.orderId)).toEqual([null]);
  });

  test('is not needed to send again, nor is anybody signed in', async () => {
    const drafts = await clerk.enter(1);
    centre.strike({ do: 'dropAfter', tx: 'WL1001' });
    const order = valueOf(await clerk.confirm(drafts));
    expect(order.state).toBe('sent');
    await clerk.close();
    const restarted = new Clerk(folder, centre.gateway, key);
    restarted.keySign = () => Promise.reject(new Error('the key must not be asked'));
    await restarted.open();
    await expect.poll(() => books.orderState(order.oid), { timeout: 10_000 }).toBe('applied');
    await restarted.close();
    expect(books.submissions(order.oid)).toHaveLength(1);
    expect(centre.countApplied(order.oid)).toEqual({ orders: 1, items: 1 });
  });
});

describe('the centre goes away', () => {
  test.each(['exitBefore', 'exitAfter'] as const)(
    '%s the commit and comes back: applied once',
    async (fault) => {
      const drafts = await clerk.enter(1);
      centre.strike({ do: fault, tx: 'WL1001' });
      const order = valueOf(await clerk.confirm(drafts));
      expect(order.state).toBe('sent');
      await centre.ended();
      centre.strike();
      const other = await clerk.enter(1);
      expect(await clerk.confirm(other)).toMatchObject({ ok: false, code: 'ORDER_IN_FLIGHT' });
      await centre.start();
      const settled = await clerk.orderWhen(
        order.oid,
        (each) => each.state !== 'sent',
        'registration',
        40_000,
      );
      expect(settled).toMatchObject({ state: 'applied', sn: order.sn });
      expect(centre.countApplied(order.oid)).toEqual({ orders: 1, items: 1 });
    },
  );

  test('before the order is made: the gateway is not reached and the queue is untouched', async () => {
    const drafts = await clerk.enter(1);
    await centre.stop();
    const confirmed = await clerk.confirm(drafts);
    expect(confirmed).toMatchObject({ ok: false, code: 'GATEWAY_UNREACHABLE' });
    expect((await clerk.status()).channel).toBe('waiting');
    expect(books.lastOrder()).toBeUndefined();
    await centre.start();
    // the state on the screen comes right by itself
    await expect
      .poll(async () => (await clerk.status()).channel, { timeout: 15_000 })
      .toBe('online');
    expect(valueOf(await clerk.confirm(drafts)).state).toBe('applied');
  });
});

describe('these bytes were not applied', () => {
  test('a session that ended between sign and send: closed by a signed void, applied once under a new serial', async () => {
    const drafts = await clerk.enter(1);
    const right = signWith(key);
    let isFirst = true;
    clerk.keySign = (toBeSigned) => {
      if (isFirst) centre.endSessions();
      isFirst = false;
      return right(toBeSigned);
    };
    const order = valueOf(await clerk.confirm(drafts));
    expect(order.state).toBe('applied');
    const submissions = books.submissions(order.oid);
    expect(submissions.map((each) => each.state)).toEqual(['void', 'applied']);
    expect(submissions[0]?.void_proof?.byteLength).toBeGreaterThan(1_000);
    expect(submissions[1]?.sn).toBe(order.sn);
    expect(centre.listSerials(order.oid)).toEqual([
      { sn: submissions[0]?.sn, state: 'void' },
      { sn: order.sn, state: 'applied' },
    ]);
    expect(centre.countApplied(order.oid)).toEqual({ orders: 1, items: 1 });
  });

  test('and the key is gone: stays sent until it is back', async () => {
    const drafts = await clerk.enter(1);
    const right = signWith(key);
    let calls = 0;
    clerk.keySign = (toBeSigned) => {
      calls += 1;
      if (calls > 1) return Promise.resolve(fail('KEY_REMOVED'));
      centre.endSessions();
      return right(toBeSigned);
    };
    const order = valueOf(await clerk.confirm(drafts));
    expect(order.state).toBe('sent');
    expect(centre.listSerials(order.oid)).toEqual([]);
    clerk.keySign = right;
    const settled = await clerk.orderWhen(order.oid, (each) => each.state !== 'sent');
    expect(settled.state).toBe('applied');
    expect(books.submissions(order.oid).map((each) => each.state)).toEqual(['void', 'applied']);
    expect(centre.countApplied(order.oid)).toEqual({ orders: 1, items: 1 });
  });

  test('the answer to the void is lost: the serial is closed once, the order applied once', async () => {
    const drafts = await clerk.enter(1);
    const right = signWith(key);
    let isFirst = true;
    clerk.keySign = (toBeSigned) => {
      if (isFirst) centre.endSessions();
      isFirst = false;
      return right(toBeSigned);
    };
    centre.strike({ do: 'dropAfter', tx: 'WL2002' });
    const order = valueOf(await clerk.confirm(drafts));
    expect(order.state).toBe('sent');
    const settled = await clerk.orderWhen(order.oid, (each) => each.state !== 'sent');
    expect(settled.state).toBe('applied');
    expect(centre.listSerials(order.oid).map((each) => each.state)).toEqual(['void', 'applied']);
    expect(centre.countApplied(order.oid)).toEqual({ orders: 1, items: 1 });
  });

  test('a message that expired because this computer’s clock was set back: the clock is measured anew, applied once', async () => {
    const realNow = Date.now.bind(Date);
    let offMs = 0;
    Date.now = () => realNow() + offMs;
    try {
      await clerk.close();
      await clerk.openAndSignIn();
      const drafts = await clerk.enter(1);
      // the session has to be opened again at the confirmation: meanwhile the clock is set back
      centre.endSessions();
      clerk.keySign = () => Promise.resolve(fail('KEY_REMOVED'));
      expect((await clerk.host.handlers['orders.refresh']({})).ok).toBe(false);
      const right = signWith(key);
      clerk.keySign = (toBeSigned) => {
        offMs = -3_600_000;
        return right(toBeSigned);
      };
      const order = valueOf(await clerk.confirm(drafts));
      expect(order.state).toBe('applied');
      expect(books.submissions(order.oid).map((each) => each.state)).toEqual(['void', 'applied']);
      expect(centre.countApplied(order.oid)).toEqual({ orders: 1, items: 1 });
      expect((await clerk.status()).clockOffsetMs).toBeGreaterThan(3_500_000);
    } finally {
      Date.now = realNow;
    }
  });
});

test('parameters that changed since the entry: nothing is sent, the queue is checked anew, the clerk is asked', async () => {
  const drafts = await clerk.enter(1);
  const before = (await clerk.status()).parameters;
  const month = String(before?.businessMonth ?? 0);
  await centre.stop();
  // a working day in the window of the next business month
  await centre.start(`${month.slice(0, 4)}-${month.slice(4)}-24T10:00:00+08:00`);
  const serials = centre.countSerials();
  expect(await clerk.confirm(drafts)).toMatchObject({ ok: false, code: 'PARAMETERS_CHANGED' });
  expect(books.lastOrder()).toBeUndefined();
  expect(centre.countSerials()).toBe(serials);
  const after = (await clerk.status()).parameters;
  expect(after?.version).toBeGreaterThan(before?.version ?? 0);
  const order = valueOf(await clerk.confirm(await clerk.queue()));
  expect(order).toMatchObject({ state: 'applied', businessMonth: after?.businessMonth });
});
