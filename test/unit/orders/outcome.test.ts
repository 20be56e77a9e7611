import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAudit } from '../../../electron/data/audit/chain.ts';
import { hashHex } from '../../../electron/data/channel/proof.ts';
import { openClock } from '../../../electron/data/clock.ts';
import { openUnitDatabase } from '../../../electron/data/db/open.ts';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import { OrderJournal } from '../../../electron/data/orders/journal.ts';
import { ReceiptLedger } from '../../../electron/data/orders/ledger.ts';
import { leaveDecisive, takeReceipt } from '../../../electron/data/orders/outcome.ts';
import type { ProvenReceipt } from '../../../electron/data/orders/verdict.ts';
import type { Queue } from '../../../electron/data/ports.ts';
import { succeed } from '../../../shared/errors/result.ts';
import type { Receipt } from '../../../shared/wire/orders.ts';

const OID = '01990000-0000-7000-8000-000000000001';
const SN = '1000010000000001';
const UNIT = '9900000001';

let folder: string;
let database: OpenUnitDatabase;
let journal: OrderJournal;
let ledger: ReceiptLedger;
let released: string[];
let settled: string[];
let take: (proven: ProvenReceipt) => ReturnType<typeof takeReceipt>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outcome-'));
  const databaseKey = '7e'.repeat(32);
  const opened = openUnitDatabase({
    ...{ folder, unitAccount: UNIT, databaseKey },
    clientVersion: '0',
  });
  if (!opened.ok) throw new Error(opened.detail);
  database = opened.value;
  const clock = openClock(database);
  journal = new OrderJournal(database, clock);
  ledger = new ReceiptLedger(database, clock);
  released = [];
  settled = [];
  const queue: Queue = {
    pick: () => [],
    ofOrder: () => [],
    entryOf: (draftId) => draftId,
    check: () => succeed([]),
    recheck: () => undefined,
    bind: () => undefined,
    release: (oid) => released.push(oid),
    settle: (oid) => settled.push(oid),
  };
  const parts = { journal, ledger, queue, audit: openAudit(database, clock, '0001') };
  take = (proven) => database.write(() => takeReceipt(parts, proven));
  makeSentOrder();
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

function makeSentOrder(): void {
  const made = database.write(() => {
    const what = { kind: 'registration', origin: 'single' } as const;
    const totals = { businessMonth: 202612, parameterVersion: 1, count: 1, fen: 128_000 };
    const order = { oid: OID, ...what, ...totals, user: '0001', draftIds: [] };
    journal.create(order, SN, Buffer.from('content'));
    journal.storeSigned(SN, Buffer.from('signed'), hashHex(Buffer.from('signed')));
    journal.markSending(SN);
    return succeed(undefined);
  });
  expect(made.ok).toBe(true);
  expect(journal.find(OID)?.state).toBe('sent');
}

function makeReceipt(changes: Partial<Receipt> = {}): ProvenReceipt {
  const receipt: Receipt = {
    v: 1,
    typ: 'receipt',
    unit: UNIT,
    unitName: '示例科技有限公司',
    sn: SN,
    oid: OID,
    kind: 'registration',
    digest: hashHex(Buffer.from('signed')),
    state: 'applied',
    code: '000000',
    rno: 1,
    prev: '',
    at: '2026-11-21T02:00:00.000Z',
    businessMonth: 202612,
    serialNumber: '2026112100000001',
    count: 1,
    fen: 128_000,
    ...changes,
  };
  const bytes = Buffer.from(JSON.stringify(receipt));
  return { receipt, bytes, hash: hashHex(bytes) };
}

function readOrder() {
  return database.handle
    .prepare('SELECT state, accepted_fen, reason_code, reason, receipt_rno FROM orders')
    .get();
}

test('an applied order leaves the queue; the same receipt again changes nothing', () => {
  expect(take(makeReceipt())).toEqual({ ok: true, value: true });
  expect(readOrder()).toMatchObject({ state: 'applied', receipt_rno: 1, reason_code: '' });
  expect(take(makeReceipt())).toEqual({ ok: true, value: false });
  expect(settled).toEqual([OID]);
  expect(released).toEqual([]);
});

test('totals other than ours are shown as the centre’s, with a reason', () => {
  expect(take(makeReceipt({ fen: 127_900 })).ok).toBe(true);
  expect(readOrder()).toMatchObject({
    state: 'applied',
    accepted_fen: 127_900,
    reason_code: 'TOTALS_MISMATCH',
    reason: '人数或金额合计不符。',
  });
});

test('a refused order goes back to the queue', () => {
  const refused = {
    state: 'rejected',
    code: 'WLB404',
    serialNumber: '',
    count: 0,
    fen: 0,
  } as const;
  expect(take(makeReceipt(refused)).ok).toBe(true);
  expect(readOrder()).toMatchObject({ state: 'rejected', reason_code: 'WINDOW_CLOSED' });
  expect(released).toEqual([OID]);
});

test('of an entry that was applied before nothing else is said, of the other rows everything', () => {
  const say = (seq: number, code: string) => ({ seq, field: 'entry', code, msg: code });
  const found = [say(1, 'ACCOUNT_ACTIVE'), say(1, 'ENTRY_APPLIED'), say(2, 'ACCOUNT_ACTIVE')];
  expect(leaveDecisive(found)).toEqual([found[1], found[2]]);
});

test('a receipt of another computer’s order is kept and decides nothing here', () => {
  const other = makeReceipt({ oid: '01990000-0000-7000-8000-000000000002' });
  expect(take(other)).toEqual({ ok: true, value: true });
  expect(journal.find(OID)?.state).toBe('sent');
  expect(ledger.completeUpTo()).toEqual({ rno: 1, hash: other.hash });
});

test('another receipt under a known number is a fork: nothing is stored', () => {
  const other = makeReceipt({ oid: '01990000-0000-7000-8000-000000000002' });
  expect(take(other).ok).toBe(true);
  expect(take(makeReceipt())).toMatchObject({ ok: false, code: 'LEDGER_FORKED' });
  expect(journal.find(OID)?.state).toBe('sent');
  expect(ledger.hashAt(1)).toBe(other.hash);
});

test('a receipt that does not follow the one before it, or that the one after does not follow, is a fork', () => {
  const first = makeReceipt({ oid: '01990000-0000-7000-8000-000000000002' });
  expect(take(first).ok).toBe(true);
  const loose = makeReceipt({ rno: 2, prev: '00'.repeat(32) });
  expect(take(loose)).toMatchObject({ ok: false, code: 'LEDGER_FORKED' });
  const third = makeReceipt({
    rno: 3,
    prev: 'ab'.repeat(32),
    oid: '01990000-0000-7000-8000-000000000003',
  });
  expect(take(third).ok).toBe(true);
  const second = makeReceipt({ rno: 2, prev: first.hash });
  expect(take(second)).toMatchObject({ ok: false, code: 'LEDGER_FORKED' });
  expect(ledger.completeUpTo().rno).toBe(1);
  expect(ledger.newest().rno).toBe(3);
  expect(journal.find(OID)?.state).toBe('sent');
});

test('a second receipt for an order already decided is a fork, not a second decision', () => {
  const first = makeReceipt();
  expect(take(first).ok).toBe(true);
  const second = makeReceipt({ rno: 2, prev: first.hash });
  expect(take(second)).toMatchObject({ ok: false, code: 'LEDGER_FORKED' });
  expect(readOrder()).toMatchObject({ state: 'applied', receipt_rno: 1 });
  expect(settled).toEqual([OID]);
});

test('a receipt for what the centre itself has closed unused is a fork', () => {
  const voided = database.write(() => {
    journal.storeVoid(SN, Buffer.from('proof'), 'SESSION_EXPIRED', '会话无效或已过期');
    return succeed(undefined);
  });
  expect(voided.ok).toBe(true);
  expect(take(makeReceipt())).toMatchObject({ ok: false, code: 'LEDGER_FORKED' });
  expect(journal.find(OID)?.state).toBe('void');
});

test('a signed order cannot be abandoned, and a sent one cannot be signed again', () => {
  const attempt = (work: () => void) => () =>
    database.write(() => {
      work();
      return succeed(undefined);
    });
  expect(
    attempt(() => {
      journal.abandon(SN, 'KEY_REMOVED', '');
    }),
  ).toThrow(/has no place/);
  const again = Buffer.from('other');
  expect(
    attempt(() => {
      journal.storeSigned(SN, again, hashHex(again));
    }),
  ).toThrow(/bound to its bytes/);
  expect(journal.find(OID)?.state).toBe('sent');
});
