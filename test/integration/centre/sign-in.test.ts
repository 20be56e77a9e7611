import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PRACTICE_READER } from '../../../electron/demo/people/units.ts';
import { openAnswerSchema } from '../../../shared/wire/session.ts';
import { CentreProcess } from './centre-process.ts';
import { hashOf, makeSigner, RawClient, type SoftwareSigner } from './raw-client.ts';
import { sampleItem, sampleOrder } from './sample-order.ts';

const UNIT = '9900000500';
const centre = new CentreProcess();
let signer: SoftwareSigner;
const clients: RawClient[] = [];

function newClient(unit = UNIT, user?: string, key = signer): RawClient {
  const client = new RawClient(centre, unit, key, user);
  clients.push(client);
  return client;
}

beforeAll(async () => {
  await centre.start();
  signer = await makeSigner(centre, UNIT);
});
afterAll(async () => {
  for (const client of clients) client.close();
  await centre.remove();
});

test('a challenge opens one session; the same bytes again, or another message on it, do not', async () => {
  const client = newClient();
  const challenge = await client.hello();
  const open = client.openRequest(challenge);
  expect((await client.sendSigned(open)).code).toBe('000000');
  expect((await client.sendSigned(open)).code).toBe('WLA106');
  expect((await client.sendSigned(client.openRequest(challenge))).code).toBe('WLA106');
});

test('a challenge is good for the clerk it was given to, and is spent by a wrong password', async () => {
  const reader = newClient(UNIT, PRACTICE_READER);
  const clerk = newClient();
  const challenge = await clerk.hello();
  await reader.hello();
  expect((await reader.sendSigned(reader.openRequest(challenge))).code).toBe('WLA106');
  const other = await clerk.hello();
  expect((await clerk.sendSigned(clerk.openRequest(other, 'wrong'))).code).toBe('WLA104');
  expect((await clerk.sendSigned(clerk.openRequest(other))).code).toBe('WLA106');
  await clerk.signIn();
});

test('an invented challenge, an expired request and an unknown clerk or unit are refused', async () => {
  const client = newClient();
  await client.hello();
  expect((await client.sendSigned(client.openRequest('0'.repeat(64)))).code).toBe('WLA106');
  const exp = new Date(client.nowMs() - 1_000).toISOString();
  const late = client.openRequest(await client.hello(), undefined, { exp });
  expect((await client.sendSigned(late)).code).toBe('WLP205');
  const stranger = newClient(UNIT, '0009');
  expect((await stranger.sendSigned(stranger.openRequest(await stranger.hello()))).code).toBe(
    'WLA104',
  );
  const nowhere = newClient('9900000001', undefined, await makeSigner(centre, '9900000001'));
  expect((await nowhere.sendSigned(nowhere.openRequest(await nowhere.hello()))).code).toBe(
    'WLA103',
  );
});

test('hello needs no session, offers the time and refuses a client of another protocol', async () => {
  const client = newClient();
  const answer = await client.ask('WL0001', { versions: [2, 3], client: 't' });
  expect(answer.code).toBe('WLP206');
  await client.hello();
  expect(Math.abs(client.nowMs() - Date.parse(answer.ts))).toBeLessThan(5_000);
});

test('five wrong passwords lock the clerk, also for the right one; a right one in time resets', async () => {
  const unit = '9900000030';
  const client = newClient(unit, undefined, await makeSigner(centre, unit));
  const attempt = async (password?: string) =>
    (await client.sendSigned(client.openRequest(await client.hello(), password))).code;
  for (let i = 0; i < 4; i += 1) expect(await attempt('000000')).toBe('WLA104');
  expect(await attempt()).toBe('000000');
  for (let i = 0; i < 4; i += 1) expect(await attempt('000000')).toBe('WLA104');
  expect(await attempt('000000')).toBe('WLA105');
  expect(await attempt()).toBe('WLA105');
});

test('a reading clerk has its rights and no others', async () => {
  const client = newClient(UNIT, PRACTICE_READER);
  const { rights } = await client.signIn();
  expect(rights).not.toContain('WL1001');
  const ids = { sn: client.nextSerial(), oid: randomUUID() };
  const order = client.signed('WL1001', sampleOrder([sampleItem(1)]), ids);
  expect((await client.sendSigned(order)).code).toBe('WLA103');
  expect((await client.sendSigned(client.signed('WL2002', {}, ids))).code).toBe('WLA103');
  expect((await client.ask('WL2001', { refSn: ids.sn })).body).toEqual({ state: 'unknown' });
});

test('a session belongs to its unit, its clerk and its key, and ends when it is closed', async () => {
  const client = newClient();
  await client.signIn();
  const query = { refSn: '1'.repeat(16) };
  expect((await client.ask('WL2001', query)).code).toBe('000000');
  expect((await client.ask('WL2001', query, { unit: '9900000030' })).code).toBe('WLA101');
  expect((await client.ask('WL2001', query, { user: PRACTICE_READER })).code).toBe('WLA101');
  expect((await client.ask('WL2001', query, { sid: 'a'.repeat(64) })).code).toBe('WLA101');
  const other = await makeSigner(centre, UNIT);
  const ids = { sn: client.nextSerial(), oid: randomUUID(), signer: other };
  const order = client.signed('WL1001', sampleOrder([sampleItem(2)]), ids);
  expect((await client.sendSigned(order)).code).toBe('WLA101');
  expect((await client.ask('WL0003', {})).code).toBe('000000');
  expect((await client.ask('WL2001', query)).code).toBe('WLA101');
});

test('two installations draw serials from ranges of their own; one keeps its range', async () => {
  const first = newClient();
  const second = newClient();
  const a = await first.signIn();
  const b = await second.signIn();
  expect(a.serialPrefix).not.toBe(b.serialPrefix);
  const sn = `${a.serialPrefix}0000000041`;
  const order = first.signed('WL1001', sampleOrder([sampleItem(3)]), { sn, oid: randomUUID() });
  const applied = await first.sendSigned(order);
  const again = await first.signIn();
  expect([again.serialPrefix, again.serialLast]).toEqual([a.serialPrefix, 41]);
  expect(again.receiptLast.hash).toBe(first.readReceipt(applied.receipt).hash);
  expect((await second.signIn()).serialLast).toBe(0);
});

test('a session survives a restart of the centre; a challenge does not', async () => {
  const client = newClient();
  await client.signIn();
  const challenge = await client.hello();
  expect(await centre.stop()).toBe(0);
  await centre.start();
  expect((await client.ask('WL2001', { refSn: '1'.repeat(16) })).code).toBe('000000');
  const open = client.openRequest(challenge);
  const answer = client.prove(await client.post(open), hashOf(open));
  expect(answer.code).toBe('WLA106');
  expect(openAnswerSchema.safeParse(answer.body).success).toBe(false);
});
