import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PRACTICE_READER } from '../../../electron/demo/people/units.ts';
import { receiptsAnswerSchema } from '../../../shared/wire/orders.ts';
import { CentreProcess } from './centre-process.ts';
import { hashOf, makeSigner, RawClient, type SoftwareSigner } from './raw-client.ts';
import { sampleItem, sampleOrder } from './sample-order.ts';

/** The order of the checks is the protocol (channel, WL1001): each pair that matters. */
const UNIT = '9900000500';
const SESSION_SECONDS = 3;
const centre = new CentreProcess();
let client: RawClient;
let signer: SoftwareSigner;
let person = 0;

beforeAll(async () => {
  await centre.start('--session-life-seconds', String(SESSION_SECONDS));
  signer = await makeSigner(centre, UNIT);
  client = new RawClient(centre, UNIT, signer);
});
afterAll(async () => {
  client.close();
  await centre.remove();
});

const ids = () => ({ sn: client.nextSerial(), oid: randomUUID() });
const freshOrder = () => sampleOrder([sampleItem((person += 1))]);
const submit = (doctoring: object, order: unknown = freshOrder()) =>
  client.signed('WL1001', order, doctoring);

describe('look-up of the serial', () => {
  test('the same bytes get the same receipt, byte for byte, as often as they come', async () => {
    await client.signIn();
    const bytes = submit(ids());
    const first = await client.sendSigned(bytes);
    expect([first.code, first.dup]).toEqual(['000000', undefined]);
    for (let i = 0; i < 3; i += 1) {
      const again = await client.sendSigned(bytes);
      expect([again.code, again.dup, again.receipt]).toEqual(['000000', true, first.receipt]);
      expect(again.body).toEqual(first.body);
    }
    expect(client.readReceipt(first.receipt).receipt.digest).toBe(hashOf(bytes));
  });

  test('before session and expiry: old bytes after both have ended still get their receipt', async () => {
    await client.signIn();
    const exp = new Date(client.nowMs() + 1_500).toISOString();
    const bytes = submit({ ...ids(), exp });
    const fresh = submit({ ...ids(), exp });
    const first = await client.sendSigned(bytes);
    await wait(SESSION_SECONDS * 1_000 + 200);
    const again = await client.sendSigned(bytes);
    expect([again.code, again.dup, again.receipt]).toEqual(['000000', true, first.receipt]);
    expect((await client.sendSigned(fresh)).code).toBe('WLA101');
  });

  test('before the session: other bytes under a used serial are WLS301 with the stored receipt', async () => {
    await client.signIn();
    const used = ids();
    const first = await client.sendSigned(submit(used));
    const other = await client.sendSigned(submit({ ...used, sid: 'b'.repeat(64) }));
    expect([other.code, other.cls, other.receipt]).toEqual(['WLS301', 'N', first.receipt]);
  });

  test('before the session: a tombstone is WLS302', async () => {
    await client.signIn();
    const dead = ids();
    expect((await client.sendSigned(client.signed('WL2002', {}, dead))).body).toEqual({
      state: 'void',
    });
    const answer = await client.sendSigned(submit({ ...dead, sid: 'b'.repeat(64) }));
    expect([answer.code, answer.receipt]).toEqual(['WLS302', undefined]);
  });

  test('a refusal is repeated like an acceptance', async () => {
    await client.signIn();
    const bytes = submit(ids(), sampleOrder([sampleItem(1, { unitFen: 1 })]));
    const first = await client.sendSigned(bytes);
    const again = await client.sendSigned(bytes);
    expect([first.code, again.code, again.dup]).toEqual(['WLB401', 'WLB401', true]);
    expect(again.receipt).toBe(first.receipt);
  });
});

describe('session, expiry, order', () => {
  test('session before expiry, expiry by the clock of the centre', async () => {
    await client.signIn();
    const past = new Date(client.nowMs() - 1_000).toISOString();
    expect((await client.sendSigned(submit({ ...ids(), exp: past, sid: '' }))).code).toBe('WLA101');
    expect((await client.sendSigned(submit({ ...ids(), exp: past }))).code).toBe('WLP205');
  });

  test('expiry before the order: an applied oid in expired bytes is only expired', async () => {
    await client.signIn();
    const first = ids();
    await client.sendSigned(submit(first));
    const exp = new Date(client.nowMs() - 1_000).toISOString();
    const late = submit({ sn: client.nextSerial(), oid: first.oid, exp });
    expect((await client.sendSigned(late)).code).toBe('WLP205');
  });

  test('order before the rules: an applied oid under a new serial is WLS303 with its receipt', async () => {
    await client.signIn();
    const first = ids();
    const applied = await client.sendSigned(submit(first));
    const sn = client.nextSerial();
    const broken = sampleOrder([sampleItem(1, { base: 1 })], { totals: { count: 9, fen: 9 } });
    const answer = await client.sendSigned(submit({ sn, oid: first.oid, prm: 99 }, broken));
    expect([answer.code, answer.cls, answer.receipt]).toEqual(['WLS303', 'A', applied.receipt]);
    expect((await client.ask('WL2001', { refSn: sn })).body).toEqual({ state: 'unknown' });
    const upper = submit({ sn: client.nextSerial(), oid: first.oid.toUpperCase() });
    expect((await client.sendSigned(upper)).code).toBe('WLS303');
  });

  test('a refused order may come again under a new serial and the same oid', async () => {
    await client.signIn();
    const { sn, oid } = ids();
    const refused = await client.sendSigned(submit({ sn, oid, prm: 99 }));
    expect(refused.code).toBe('WLB403');
    const again = await client.sendSigned(submit({ sn: client.nextSerial(), oid }));
    expect(again.code).toBe('000000');
  });

  test('totals before the parameter version, the parameter version before the rules', async () => {
    await client.signIn();
    const broken = sampleItem(1, { base: 1, name: '1' });
    const wrongTotals = sampleOrder([broken], { totals: { count: 2, fen: 1 } });
    expect((await client.sendSigned(submit({ ...ids(), prm: 99 }, wrongTotals))).code).toBe(
      'WLB402',
    );
    const old = submit({ ...ids(), prm: 99 }, sampleOrder([broken]));
    expect((await client.sendSigned(old)).code).toBe('WLB403');
    expect((await client.sendSigned(submit(ids(), sampleOrder([broken])))).code).toBe('WLB401');
  });

  test('serials of one unit mean nothing to another', async () => {
    await client.signIn();
    const used = ids();
    await client.sendSigned(submit(used));
    const unit = '9900000030';
    const other = new RawClient(centre, unit, await makeSigner(centre, unit));
    await other.signIn();
    expect((await other.ask('WL2001', { refSn: used.sn })).body).toEqual({ state: 'unknown' });
    const item = sampleItem((person += 1), {
      unitRatio: 8,
      personalRatio: 8,
      unitFen: 64_000,
      personalFen: 64_000,
    });
    const answer = await other.sendSigned(other.signed('WL1001', sampleOrder([item]), used));
    expect(answer.code).toBe('000000');
    expect(other.readReceipt(answer.receipt).receipt.rno).toBe(1);
    other.close();
  });
});

describe('void', () => {
  test('an unknown serial becomes a tombstone, once and for ever', async () => {
    await client.signIn();
    const dead = ids();
    const request = client.signed('WL2002', {}, dead);
    const first = await client.sendSigned(request);
    expect([first.code, first.body, first.dup]).toEqual(['000000', { state: 'void' }, undefined]);
    const again = await client.sendSigned(request);
    expect([again.body, again.dup]).toEqual([{ state: 'void' }, true]);
    expect((await client.sendSigned(submit(dead))).code).toBe('WLS302');
    expect((await client.ask('WL2001', { refSn: dead.sn })).body).toEqual({ state: 'void' });
  });

  test('a known serial answers with its receipt and stays as it is', async () => {
    await client.signIn();
    const used = ids();
    const applied = await client.sendSigned(submit(used));
    const answer = await client.sendSigned(client.signed('WL2002', {}, used));
    expect([answer.body, answer.receipt]).toEqual([{ state: 'applied' }, applied.receipt]);
    expect((await client.ask('WL2001', { refSn: used.sn })).receipt).toBe(applied.receipt);
  });

  test('a new tombstone needs a living session and an unexpired request', async () => {
    await client.signIn();
    const dead = ids();
    const send = async (doctoring: object) =>
      (await client.sendSigned(client.signed('WL2002', {}, { ...dead, ...doctoring }))).code;
    expect(await send({ sid: 'c'.repeat(64) })).toBe('WLA101');
    expect(await send({ exp: new Date(client.nowMs() - 1).toISOString() })).toBe('WLP205');
    expect((await client.ask('WL2001', { refSn: dead.sn })).body).toEqual({ state: 'unknown' });
  });

  test('order and void racing for one serial: exactly one of them wins, and both hear the same', async () => {
    await client.signIn();
    const outcomes = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const raced = ids();
      const order = submit(raced);
      const fence = client.signed('WL2002', {}, raced);
      const pair = round % 2 === 0 ? [order, fence, order] : [fence, order, fence];
      const answers = await Promise.all(pair.map((bytes) => client.sendSigned(bytes)));
      const asked = await client.ask('WL2001', { refSn: raced.sn });
      expect(asked.code).toBe('000000');
      const state = asked.body;
      const voided = answers[pair.indexOf(fence)]?.body;
      const submitted = answers[pair.indexOf(order)]?.code;
      expect(voided).toEqual(state);
      expect(submitted).toBe(JSON.stringify(state).includes('void') ? 'WLS302' : '000000');
      outcomes.add(JSON.stringify(state));
    }
    expect([...outcomes]).not.toContain('{"state":"unknown"}');
  });
});

describe('rights and books', () => {
  test('the right to submit is judged with the session, after the look-up', async () => {
    await client.signIn();
    const used = ids();
    const applied = await client.sendSigned(submit(used));
    const reader = new RawClient(centre, UNIT, signer, PRACTICE_READER);
    await reader.signIn();
    const denied = reader.signed('WL1001', freshOrder(), ids());
    expect((await reader.sendSigned(denied)).code).toBe('WLA103');
    const clash = reader.signed('WL1001', freshOrder(), used);
    expect((await reader.sendSigned(clash)).receipt).toBe(applied.receipt);
    reader.close();
  });

  test('receipts come without a gap, each naming the hash of the one before; pages join up', async () => {
    await client.signIn();
    const receipts: string[] = [];
    for (let more = true; more;) {
      const answer = await client.ask('WL2003', { after: receipts.length, limit: 4 });
      const page = receiptsAnswerSchema.parse(answer.body);
      receipts.push(...page.receipts);
      more = page.more;
    }
    expect(receipts.length).toBeGreaterThan(12);
    let prev = '';
    for (const [index, base64] of receipts.entries()) {
      const { receipt, hash } = client.readReceipt(base64);
      expect([receipt.rno, receipt.prev, receipt.unit]).toEqual([index + 1, prev, UNIT]);
      prev = hash;
    }
    expect((await client.signIn()).receiptLast).toEqual({ rno: receipts.length, hash: prev });
  });

  test('the tables themselves refuse a second serial, a second application, a changed receipt', async () => {
    await centre.stop();
    const db = new Database(join(centre.folder, 'centre', 'centre.db'));
    db.pragma('foreign_keys = ON');
    const run = (sql: string) => () => db.exec(sql);
    const row =
      "SELECT unit, sn, state, oid, digest, at, request FROM serial WHERE state = 'applied' LIMIT 1";
    expect(run(`INSERT INTO serial ${row}`)).toThrow(/UNIQUE/);
    const other = row.replace('sn,', "'9999999999999999',");
    expect(run(`INSERT INTO serial ${other}`)).toThrow(/UNIQUE/);
    expect(run("UPDATE serial SET state = 'void'")).toThrow(/for ever/);
    expect(run('DELETE FROM serial')).toThrow(/for ever/);
    expect(run('UPDATE receipt SET cms = x00')).toThrow();
    expect(run("UPDATE receipt SET code = 'x'")).toThrow(/for ever/);
    expect(run('DELETE FROM receipt')).toThrow(/for ever/);
    db.close();
  });
});
