import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { practiceFailures } from '../../../electron/demo/people/units.ts';
import { type ItemResult, resultsAnswerSchema } from '../../../shared/wire/orders.ts';
import { CentreProcess } from './centre-process.ts';
import { makeSigner, RawClient } from './raw-client.ts';
import { sampleItem, sampleOrder } from './sample-order.ts';

/** 待确认 -> 处理中 -> 成功 / 失败 (manual 六, 十). */
const UNIT = '9900000500';
const centre = new CentreProcess();
let client: RawClient;

beforeAll(async () => {
  await centre.start('--review-seconds', '2');
  client = new RawClient(centre, UNIT, await makeSigner(centre, UNIT));
  await client.signIn();
});
afterAll(async () => {
  client.close();
  await centre.remove();
});

async function submit(...items: ReturnType<typeof sampleItem>[]): Promise<string> {
  const oid = randomUUID();
  const ids = { sn: client.nextSerial(), oid };
  const answer = await client.sendSigned(client.signed('WL1001', sampleOrder(items), ids));
  expect(answer.code).toBe('000000');
  return oid;
}

async function results(cursor = 0, limit = 2_000) {
  const answer = await client.ask('WL2004', { cursor, limit });
  return resultsAnswerSchema.parse(answer.body);
}

/** The results of one order once all of them are settled. */
async function settled(oid: string): Promise<ItemResult[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const own = (await results()).results.filter((result) => result.oid === oid);
    const isDone = own.every(({ state }) => state === 'succeeded' || state === 'failed');
    if (own.length > 0 && isDone) return own.sort((a, b) => a.seq - b.seq);
    await wait(100);
  }
  throw new Error('never settled');
}

test('an item goes through its states in order, each told once under a rising cursor', async () => {
  const start = (await results()).cursor;
  const oid = await submit(sampleItem(1));
  const seen: string[] = [];
  let cursor = start;
  while (seen.at(-1) !== 'succeeded') {
    const page = await results(cursor);
    for (const result of page.results) if (result.oid === oid) seen.push(result.state);
    expect(page.cursor).toBeGreaterThanOrEqual(cursor);
    cursor = page.cursor;
    await wait(50);
  }
  expect(seen).toEqual(['pending', 'processing', 'succeeded']);
});

test('success opens an account of twelve digits and says in which month', async () => {
  const [result] = await settled(await submit(sampleItem(2)));
  expect(result?.personalAccount).toMatch(/^99009\d{7}$/);
  expect([result?.businessMonth, result?.reason]).toEqual([202612, '']);
});

test('the documented people fail, each with its reason, while the rest of the order succeeds', async () => {
  const { active, held } = practiceFailures;
  const items = [
    sampleItem(1, { name: active.name, idNumber: active.idNumber }),
    sampleItem(3),
    sampleItem(1, { name: held.name, idNumber: held.idNumber }),
  ];
  const found = await settled(await submit(...items));
  expect(found.map(({ state }) => state)).toEqual(['failed', 'succeeded', 'failed']);
  expect(found[0]?.reason).toMatch(/^存在正常缴存账户/);
  expect(found[2]?.reason).toBe(held.reason);
  expect(found[0]?.personalAccount).toBeUndefined();
});

test('a person of two orders of two units: the second review finds the account of the first', async () => {
  const unit = '9900000030';
  const other = new RawClient(centre, unit, await makeSigner(centre, unit));
  await other.signIn();
  const first = await submit(sampleItem(4));
  const item = sampleItem(4, {
    unitRatio: 8,
    personalRatio: 8,
    unitFen: 64_000,
    personalFen: 64_000,
  });
  const ids = { sn: other.nextSerial(), oid: randomUUID() };
  const answer = await other.sendSigned(other.signed('WL1001', sampleOrder([item]), ids));
  expect(answer.code).toBe('000000');
  expect((await settled(first))[0]?.state).toBe('succeeded');
  await wait(1_000);
  const page = resultsAnswerSchema.parse((await other.ask('WL2004', { cursor: 0, limit: 5 })).body);
  expect(page.results.map(({ state }) => state)).toEqual(['failed']);
  other.close();
});

test('results come in pages that lose nothing', async () => {
  const all = await results();
  const paged: ItemResult[] = [];
  let cursor = 0;
  for (let more = true; more;) {
    const page = await results(cursor, 2);
    paged.push(...page.results);
    ({ cursor, more } = page);
  }
  expect(paged).toEqual(all.results);
  expect(cursor).toBe(all.cursor);
});

test('a centre killed in the middle of a review goes on where time has got to', async () => {
  const oid = await submit(sampleItem(5), sampleItem(6));
  expect(await centre.stop('SIGKILL')).toBe('SIGKILL');
  const killedAt = client.nowMs();
  await wait(2_500);
  await centre.start('--review-seconds', '2', '--now', new Date(client.nowMs()).toISOString());
  const found = await settled(oid);
  expect(found.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  expect(Date.parse(found[0]?.changedAt ?? '')).toBeLessThan(killedAt + 2_500);
});
