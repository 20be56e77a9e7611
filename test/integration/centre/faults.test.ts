import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { manifestAnswerSchema, pageAnswerSchema } from '../../../shared/wire/roster.ts';
import { CentreProcess } from './centre-process.ts';
import { hashOf, makeSigner, RawClient } from './raw-client.ts';
import { sampleItem, sampleOrder } from './sample-order.ts';

/** The fault control itself: each fault does what it says, and the books stay right under all. */
const UNIT = '9900000500';
const centre = new CentreProcess();
let client: RawClient;
let number = 0;

const start = () => centre.start('--faults', centre.faultFile);

beforeAll(async () => {
  await start();
  client = new RawClient(centre, UNIT, await makeSigner(centre, UNIT));
  await client.signIn();
});
beforeEach(() => {
  centre.setFaults();
});
afterAll(async () => {
  client.close();
  await centre.remove();
});

function newOrder(): { sn: string; bytes: Buffer } {
  number += 1;
  const sn = client.nextSerial();
  const order = sampleOrder([sampleItem(number)]);
  return { sn, bytes: client.signed('WL1001', order, { sn, oid: randomUUID() }) };
}

const stateOf = async (sn: string) =>
  ((await client.ask('WL2001', { refSn: sn })).body as { state: string }).state;

const strike = (what: Parameters<typeof centre.setFaults>[0]['do'], more = {}) => {
  centre.setFaults({ id: randomUUID(), tx: 'WL1001', do: what, ...more });
};

test('without the option there is no fault control, whatever lies in the folder', async () => {
  const plain = new CentreProcess();
  await plain.start();
  plain.setFaults({ id: 'a', do: 'dropBefore' });
  const stranger = new RawClient(plain, UNIT, await makeSigner(plain, UNIT));
  await stranger.signIn();
  stranger.close();
  await plain.remove();
});

test('dropBefore: the centre never saw it', async () => {
  const { sn, bytes } = newOrder();
  strike('dropBefore');
  await expect(client.post(bytes)).rejects.toThrow();
  expect(await stateOf(sn)).toBe('unknown');
  expect((await client.sendSigned(bytes)).dup).toBeUndefined();
});

test('dropAfter: applied, the answer lost; the same bytes bring the receipt', async () => {
  const { sn, bytes } = newOrder();
  strike('dropAfter');
  await expect(client.post(bytes)).rejects.toThrow();
  expect(await stateOf(sn)).toBe('applied');
  expect((await client.sendSigned(bytes)).dup).toBe(true);
});

test('twice: handled twice, applied once', async () => {
  const { bytes } = newOrder();
  strike('twice');
  const answer = await client.sendSigned(bytes);
  expect([answer.code, answer.dup]).toEqual(['000000', true]);
});

test.each(['html', 'http500', 'flip', 'truncate', 'otherKey'] as const)(
  '%s: what comes proves nothing, the order is applied',
  async (what) => {
    const { sn, bytes } = newOrder();
    strike(what);
    const reply = await client.post(bytes);
    expect(reply.status).toBe(what === 'http500' ? 500 : 200);
    expect(() => client.prove(reply, hashOf(bytes))).toThrow(/unproven/);
    expect(await stateOf(sn)).toBe('applied');
  },
);

test('replay: a true answer, but to another request', async () => {
  await client.sendSigned(newOrder().bytes);
  const { bytes } = newOrder();
  strike('replay');
  const reply = await client.post(bytes);
  expect(() => client.prove(reply, hashOf(bytes))).toThrow(/of another request/);
});

test('swap: the answer to a request of another transaction', async () => {
  await client.ask('WL2001', { refSn: newOrder().sn });
  const { sn, bytes } = newOrder();
  strike('swap');
  const reply = await client.post(bytes);
  expect(() => client.prove(reply, hashOf(bytes))).toThrow(/of another request/);
  expect(await stateOf(sn)).toBe('applied');
});

test('pageAltered, pageShort and pageForeign: signed by the centre, and not what the manifest names', async () => {
  const manifest = manifestAnswerSchema.parse((await client.ask('WL3001', { have: 0 })).body);
  const { downloadId, pages } = manifest;
  const read = async (what?: Parameters<typeof strike>[0]) => {
    if (what) strike(what, { tx: 'WL3002' });
    const page = pageAnswerSchema.parse((await client.ask('WL3002', { downloadId, page: 0 })).body);
    const isWhole = createHash('sha256').update(page.content).digest('hex') === pages[0]?.hash;
    return [isWhole, page.downloadId === downloadId];
  };
  expect(await read()).toEqual([true, true]);
  expect(await read('pageAltered')).toEqual([false, true]);
  expect(await read('pageShort')).toEqual([false, true]);
  expect(await read('pageForeign')).toEqual([true, false]);
  expect(await read()).toEqual([true, true]);
});

test('maintenance and busy: a signed not-now, and nothing has happened', async () => {
  const { sn, bytes } = newOrder();
  strike('maintenance');
  const closed = await client.sendSigned(bytes);
  expect([closed.code, closed.cls]).toEqual(['WLX502', 'W']);
  strike('busy');
  expect((await client.sendSigned(bytes)).code).toBe('WLX501');
  expect(await stateOf(sn)).toBe('unknown');
});

test('delayBefore: an original that comes after a void finds the tombstone', async () => {
  const sn = client.nextSerial();
  const ids = { sn, oid: randomUUID() };
  const bytes = client.signed('WL1001', sampleOrder([sampleItem((number += 1))]), ids);
  strike('delayBefore', { ms: 700 });
  const late = client.sendSigned(bytes);
  const fence = await client.sendSigned(client.signed('WL2002', {}, ids));
  expect(fence.body).toEqual({ state: 'void' });
  expect((await late).code).toBe('WLS302');
});

test('delayAfter, skip and times: only the second request waits', async () => {
  strike('delayAfter', { ms: 600, skip: 1 });
  const spans: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    const { bytes } = newOrder();
    const started = performance.now();
    await client.sendSigned(bytes);
    spans.push(performance.now() - started);
  }
  expect(spans.map((span) => span > 550)).toEqual([false, true, false]);
});

test('exitBefore and exitAfter: the process dies, the books are whole', async () => {
  for (const [what, state] of [
    ['exitBefore', 'unknown'],
    ['exitAfter', 'applied'],
  ] as const) {
    const { sn, bytes } = newOrder();
    strike(what);
    await expect(client.post(bytes)).rejects.toThrow();
    expect(await centre.ended()).toBe(99);
    centre.setFaults();
    await start();
    expect(await stateOf(sn)).toBe(state);
    expect((await client.sendSigned(bytes)).code).toBe('000000');
  }
});
