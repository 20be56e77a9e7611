import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { storyLines, storyText } from '../../../renderer/screens/order-story/story-lines.ts';
import { startLine } from '../../../renderer/screens/start-report/start-line.ts';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { AuditRow } from '../../../shared/ipc/audit.ts';
import { Books } from './books.ts';
import { Clerk, makeUnitKey, type UnitKey, valueOf } from './clerk.ts';
import { DemoCentre } from './demo-centre.ts';

let root: string;
let centre: DemoCentre;
let key: UnitKey;
let clerk: Clerk;
let folder: string;
let folders = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'story-'));
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
  folders += 1;
  folder = join(root, `clerk-${folders}`);
  clerk = new Clerk(folder, centre.gateway, key);
  await clerk.openAndSignIn();
});
afterEach(() => clerk.close());

const story = async (oid: string, of = clerk) =>
  valueOf(await of.host.handlers['story.order']({ oid }));

async function startReport(of: Clerk) {
  return valueOf(await of.host.handlers['story.start']({})).report;
}

async function trail(of: Clerk, event?: string): Promise<AuditRow[]> {
  const request = { text: '', offset: 0, limit: 500, ...(event === undefined ? {} : { event }) };
  return valueOf(await of.host.handlers['audit.list'](request)).rows;
}

describe('the story of an order', () => {
  test('names every step of one that went well, with the key that signed it', async () => {
    const order = valueOf(await clerk.confirm(await clerk.enter(2)));
    const told = await story(order.oid);
    const steps = told.story.steps.map(({ event, attempt, code }) => [event, attempt, code]);
    expect(steps).toEqual([
      ['confirmed', 0, ''],
      ['signed', 0, ''],
      ['sending', 1, ''],
      ['answered', 1, '000000'],
      ['receipt', 0, ''],
    ]);
    const [submission] = new Books(folder).submissions(order.oid);
    expect(told.story.submissions).toEqual([
      {
        sn: order.sn,
        state: 'applied',
        attempts: 1,
        digest: submission?.digest,
        bytes: submission?.signed?.length,
      },
    ]);
    expect(told.story.receipt).toMatchObject({ number: order.receiptNumber, sn: order.sn });
    expect(told.story.receipt?.hash.startsWith(order.receiptMark)).toBe(true);
    const titles = storyLines(told.order, told.story).map(({ title }) => title);
    expect(titles).toEqual([
      '录入',
      '确认',
      '网银盾签名',
      '第 1 次发送',
      '收到应答',
      `收到回执 ${order.receiptNumber}`,
    ]);
    expect(storyText(told.order, told.story)).toContain(order.serialNumber);
    const [signed] = await trail(clerk, 'orderSigned');
    expect(signed?.detail).toMatchObject({ oid: order.oid, sn: order.sn });
    expect(signed?.detail.certificate).toMatch(/^[0-9a-f]{64}$/);
    const [signIn] = await trail(clerk, 'signIn');
    expect(signIn?.detail.certificate).toBe(signed?.detail.certificate);
    await clerk.orderWhen(order.oid, ({ pending }) => pending === 0);
    expect((await story(order.oid)).story.results).toMatchObject([
      { state: 'succeeded', count: 2 },
    ]);
  });

  test('tells each attempt and its outcome', async () => {
    centre.strike({ do: 'flip', tx: 'WL1001' }, { do: 'maintenance', tx: 'WL1001', skip: 1 });
    const order = valueOf(await clerk.confirm(await clerk.enter(1)));
    expect(order.state).toBe('sent');
    await clerk.orderWhen(order.oid, ({ state }) => state === 'applied');
    const { steps } = (await story(order.oid)).story;
    const sendings = steps.filter(({ event }) => event === 'sending').map(({ attempt }) => attempt);
    expect(sendings[0]).toBe(1);
    expect(steps.find(({ event }) => event === 'unanswered')).toMatchObject({
      attempt: 1,
      code: 'ANSWER_UNPROVEN',
    });
    expect(steps.filter(({ event }) => event === 'receipt')).toHaveLength(1);
    const { order: now, story: told } = await story(order.oid);
    const texts = storyLines(now, told).map(({ text }) => text);
    expect(texts.some((text) => text.includes('结果还不清楚'))).toBe(true);
  });

  test('tells that nothing left where the key did not sign', async () => {
    clerk.keySign = () => Promise.resolve({ ok: false, code: 'KEY_REMOVED', detail: '' });
    const drafts = await clerk.enter(1);
    expect(await clerk.confirm(drafts)).toMatchObject({ ok: false, code: 'KEY_REMOVED' });
    const { oid = '' } = new Books(folder).lastOrder() ?? {};
    const told = await story(oid);
    expect(told.story.steps.map(({ event }) => event)).toEqual(['confirmed', 'returned']);
    expect(storyLines(told.order, told.story).at(-1)?.text).toContain('没有发出任何报文');
    expect((await trail(clerk, 'orderReturned'))[0]?.detail).toMatchObject({ oid });
  });
});

describe('at the start', () => {
  test('says nothing where nothing was under way', async () => {
    valueOf(await clerk.confirm(await clerk.enter(1)));
    await clerk.enter(1);
    await clerk.close();
    await clerk.openAndSignIn();
    expect(await startReport(clerk)).toBeNull();
  });

  test('tells what became of an order that was sent, until it is read', async () => {
    centre.strike({ do: 'dropAfter', tx: 'WL1001' });
    const order = valueOf(await clerk.confirm(await clerk.enter(1)));
    expect(order.state).toBe('sent');
    await clerk.enter(1);
    cpSync(folder, `${folder}-cut`, { recursive: true });
    const again = new Clerk(`${folder}-cut`, centre.gateway, key);
    await again.openAndSignIn();
    await again.orderWhen(order.oid, ({ state }) => state === 'applied');
    const report = await startReport(again);
    expect(report).toMatchObject({
      drafts: 1,
      orders: [{ oid: order.oid, found: 'sent', state: 'applied' }],
    });
    if (!report) throw new Error('no report');
    expect(startLine(report, true)).toMatch(/已受理 1 批.*待确认队列 1 条草稿都在。$/);
    // not read: told again after the next start, though nothing is under way any more
    await again.close();
    await again.openAndSignIn();
    expect((await startReport(again))?.orders).toHaveLength(1);
    valueOf(await again.host.handlers['story.startRead']({}));
    expect(await startReport(again)).toBeNull();
    await again.close();
    await again.openAndSignIn();
    expect(await startReport(again)).toBeNull();
    await again.close();
  });

  test('tells of an order that had no signature yet that nothing left', async () => {
    const right = clerk.keySign;
    clerk.keySign = (toBeSigned) => {
      cpSync(folder, `${folder}-cut`, { recursive: true });
      return right(toBeSigned);
    };
    valueOf(await clerk.confirm(await clerk.enter(3)));
    await centre.stop();
    const cut = new Clerk(`${folder}-cut`, centre.gateway, key);
    await cut.open();
    valueOf(await cut.signInOffline());
    const report = await startReport(cut);
    if (!report) throw new Error('no report');
    expect(report.orders).toMatchObject([{ found: 'unsigned', state: 'void', resent: false }]);
    expect(startLine(report, false)).toContain('1 批没有签名、没有发出');
    expect(startLine(report, false)).toContain('待确认队列 3 条草稿都在');
    await cut.close();
    await centre.start();
  });

  test('says that an answer is awaited while the centre is away', async () => {
    centre.strike({ do: 'dropAfter', tx: 'WL1001' });
    const order = valueOf(await clerk.confirm(await clerk.enter(1)));
    expect(order.state).toBe('sent');
    await centre.stop();
    await clerk.close();
    await clerk.open();
    valueOf(await clerk.signInOffline());
    const report = await startReport(clerk);
    if (!report) throw new Error('no report');
    expect(startLine(report, false)).toContain('1 批尚未得到回执，联机后自动查询');
    await centre.start();
    valueOf(await clerk.signIn());
    await clerk.orderWhen(order.oid, ({ state }) => state === 'applied');
  });
});

describe('a unit that is closed in the middle of a confirmation', () => {
  test('says that it may have gone where the signature breaks off', async () => {
    let breakOff = (): void => undefined;
    clerk.keySign = () =>
      new Promise((_resolve, reject) => {
        breakOff = () => {
          reject(new Error('the port is closed'));
        };
      });
    const drafts = await clerk.enter(1);
    const confirmed = clerk.confirm(drafts);
    const books = new Books(folder);
    await expect.poll(() => books.lastOrder()?.state, { timeout: 10_000 }).toBe('draft');
    await wait(200);
    const closed = clerk.close();
    breakOff();
    expect(await confirmed).toMatchObject({ ok: false, code: 'ORDER_UNCLEAR' });
    expect(catalogue.ORDER_UNCLEAR.mayHaveArrived).toBe(true);
    await closed;
    clerk = new Clerk(folder, centre.gateway, key);
    await clerk.openAndSignIn();
    expect((await clerk.queue()).map(({ id }) => id)).toEqual(drafts.map(({ id }) => id));
  });

  test.each([
    ['hello', 'WL0001', null],
    ['parameters', 'WL4001', null],
    ['the order, before it arrives', 'WL1002', 'sent'],
    ['the results', 'WL2004', 'applied'],
  ] as const)('at %s: says what is known and files once', async (_at, tx, reached) => {
    await clerk.sync();
    const [person] = await clerk.people();
    if (!person) throw new Error('nobody');
    const { personalAccount } = person;
    const draft = await clerk.enterPerson({
      kind: 'reduction',
      fundType: '10',
      personalAccount,
      reason: '01',
    });
    const books = new Books(folder);
    centre.strike({ do: 'delayBefore', tx, ms: 3_000 });
    const confirmed = clerk.confirm([draft]);
    if (reached !== null) {
      await expect.poll(() => books.lastOrder()?.state, { timeout: 10_000 }).toBe(reached);
    }
    await wait(400);
    await clerk.close();
    const answer = await confirmed;
    expect(answer.ok ? '' : answer.code).not.toBe('INTERNAL');
    await clerk.openAndSignIn();
    const last = books.lastOrder();
    if (last) await clerk.orderWhen(last.oid, (order) => order.state === 'applied', 'reduction');
  });
});

test('a wrong password is on record', async () => {
  await clerk.close();
  await clerk.open();
  expect(await clerk.signInOffline('wrong')).toMatchObject({ ok: false, code: 'PASSWORD_WRONG' });
  expect(await clerk.signIn('wrong too')).toMatchObject({ ok: false, code: 'PASSWORD_WRONG' });
  valueOf(await clerk.signIn());
  expect((await trail(clerk, 'signInRefused')).map(({ detail }) => detail.code)).toEqual([
    'PASSWORD_WRONG',
    'PASSWORD_WRONG',
  ]);
});
