import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { practiceUnits } from '../../../electron/demo/people/units.ts';
import { ROSTER_PAGE_ROWS } from '../../../shared/wire/limits.ts';
import { parametersSchema } from '../../../shared/wire/parameters.ts';
import {
  manifestAnswerSchema,
  pageAnswerSchema,
  parseRosterLine,
  rosterLine,
  type RosterLine,
  type RosterManifest,
} from '../../../shared/wire/roster.ts';
import { CentreProcess } from './centre-process.ts';
import { hashOf, makeSigner, RawClient } from './raw-client.ts';
import { sampleItem, sampleOrder } from './sample-order.ts';

const centre = new CentreProcess();
const clients: RawClient[] = [];

async function signedIn(unit: string): Promise<RawClient> {
  const client = new RawClient(centre, unit, await makeSigner(centre, unit));
  clients.push(client);
  await client.signIn();
  return client;
}

beforeAll(async () => {
  await centre.start('--review-seconds', '0.5');
});
afterAll(async () => {
  for (const client of clients) client.close();
  await centre.remove();
});

async function manifest(client: RawClient, have: number): Promise<RosterManifest> {
  return manifestAnswerSchema.parse((await client.ask('WL3001', { have })).body);
}

async function download(client: RawClient, { downloadId, pages }: RosterManifest) {
  const lines: string[] = [];
  for (const [page, { hash, rows }] of pages.entries()) {
    const answer = await client.ask('WL3002', { downloadId, page });
    const { content } = pageAnswerSchema.parse(answer.body);
    expect(hashOf(Buffer.from(content, 'utf8'))).toBe(hash);
    const own = content.split('\n').slice(0, -1);
    expect(own.length).toBe(rows);
    lines.push(...own);
  }
  return lines;
}

const digestOf = (lines: readonly string[]) =>
  createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex');

/** What a client has after laying a delta over what it had. */
function apply(before: readonly string[], delta: readonly string[]): string[] {
  const rows = new Map<string, string>();
  for (const line of [...before, ...delta]) {
    const parsed = read(line);
    if ('remove' in parsed)
      rows.delete(`${parsed.remove.personalAccount}${parsed.remove.fundType}`);
    else rows.set(`${parsed.put.personalAccount}${parsed.put.fundType}`, rosterLine(parsed.put));
  }
  return [...rows.keys()].sort().map((key) => rows.get(key) ?? '');
}

function read(line: string): RosterLine {
  const parsed = parseRosterLine(line);
  if (!parsed) throw new Error(`not a roster line: ${line}`);
  return parsed;
}

async function register(client: RawClient, number: number): Promise<void> {
  const ids = { sn: client.nextSerial(), oid: randomUUID() };
  const order = sampleOrder([sampleItem(number)]);
  const answer = await client.sendSigned(client.signed('WL1001', order, ids));
  expect(answer.code).toBe('000000');
  const version = (await manifest(client, 0)).version;
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await manifest(client, 0)).version > version) return;
    await wait(50);
  }
  throw new Error('no new roster version');
}

test('every unit has as many people as it says, in pages whose hashes and digest are right', async () => {
  for (const { account, people, fundTypes } of practiceUnits.filter(
    (unit) => unit.people < 10_000,
  )) {
    const client = await signedIn(account);
    const found = await manifest(client, 0);
    const lines = await download(client, found);
    const rows = lines.map(read).flatMap((line) => ('put' in line ? [line.put] : []));
    expect(new Set(rows.map((row) => row.personalAccount)).size).toBe(people);
    expect([found.mode, found.count, found.digest]).toEqual(['full', rows.length, digestOf(lines)]);
    expect(found.pages.slice(0, -1).every((page) => page.rows === ROSTER_PAGE_ROWS)).toBe(true);
    expect(rows.some((row) => row.fundType === '11')).toBe(fundTypes.includes('11'));
  }
});

test('100,000 people: made, listed and downloaded; times printed', async () => {
  const unit = '9900100000';
  const times: string[] = [];
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const value = await work();
    times.push(`${what} ${Math.round(performance.now() - started)} ms`);
    return value;
  };
  const client = await timed('unit made at the first sign-in', () => signedIn(unit));
  const found = await timed('manifest', () => manifest(client, 0));
  await timed('same manifest again', () => manifest(client, 0));
  const lines = await timed('100 pages', () => download(client, found));
  console.log(`100,000 people: ${times.join(' · ')}`);
  expect([found.count, found.pages.length]).toEqual([100_000, 100]);
  expect(digestOf(lines)).toBe(found.digest);
  const { downloadId, digest } = found;
  expect((await client.ask('WL3003', { downloadId, digest })).body).toEqual({ matches: true });
});

test('a registration that succeeded comes as a delta that leads to the digest of the whole', async () => {
  const client = await signedIn('9900000500');
  const first = await manifest(client, 0);
  const before = await download(client, first);
  await register(client, 1);
  const delta = await manifest(client, first.version);
  const changes = await download(client, delta);
  expect([delta.mode, changes.length, delta.count]).toEqual(['delta', 1, first.count + 1]);
  const after = apply(before, changes);
  expect(digestOf(after)).toBe(delta.digest);
  const whole = await manifest(client, 0);
  expect(await download(client, whole)).toEqual(after);
});

test('up to date is an empty delta; a version the centre never had is answered in full', async () => {
  const client = await signedIn('9900000500');
  const { version, digest } = await manifest(client, 0);
  const none = await manifest(client, version);
  expect([none.mode, none.pages, none.digest]).toEqual(['delta', [], digest]);
  expect((await manifest(client, version + 5)).mode).toBe('full');
});

test('a download under way keeps to its version while the roster changes', async () => {
  const client = await signedIn('9900000500');
  const old = await manifest(client, 0);
  await register(client, 2);
  expect(digestOf(await download(client, old))).toBe(old.digest);
});

test('a download belongs to its session; unknown pages and downloads are refused', async () => {
  const owner = await signedIn('9900000500');
  const other = await signedIn('9900000500');
  const { downloadId, digest } = await manifest(owner, 0);
  const code = async (client: RawClient, body: object) => (await client.ask('WL3002', body)).code;
  expect(await code(owner, { downloadId, page: 0 })).toBe('000000');
  expect(await code(other, { downloadId, page: 0 })).toBe('WLD601');
  expect(await code(owner, { downloadId, page: 99 })).toBe('WLD601');
  expect(await code(owner, { downloadId: randomUUID(), page: 0 })).toBe('WLD601');
  expect((await other.ask('WL3003', { downloadId, digest })).code).toBe('WLD601');
  const wrong = { downloadId, digest: 'f'.repeat(64) };
  expect((await owner.ask('WL3003', wrong)).body).toEqual({ matches: false });
  await owner.ask('WL0003', {});
  await owner.signIn();
  expect(await code(owner, { downloadId, page: 0 })).toBe('WLD601');
});

test('parameters come once per version, with terms, hours, tables and notices', async () => {
  const client = await signedIn('9900000500');
  const answer = await client.ask('WL4001', { have: 0 });
  const { parameters } = answer.body as { parameters: unknown };
  const found = parametersSchema.parse(parameters);
  expect([found.version, found.source, found.businessMonth]).toEqual([1, 'demo', 202612]);
  expect([found.filing.openTime, found.filing.closeTime]).toEqual(['09:00', '16:30']);
  expect(found.terms.fundTypes).toEqual(['10', '11']);
  expect(found.reductionReasons.length).toBe(10);
  expect(found.notices.length).toBe(2);
  expect((await client.ask('WL4001', { have: found.version })).body).toEqual({});
});
