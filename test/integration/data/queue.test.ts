import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAuditBreak } from '../../../electron/data/audit/chain.ts';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import { StoredParameters } from '../../../electron/data/parameters/book.ts';
import { PendingQueue } from '../../../electron/data/queue/queue.ts';
import { succeed } from '../../../shared/errors/result.ts';
import type { Draft } from '../../../shared/ipc/data.ts';
import { draftSchema } from '../../../shared/ipc/data.ts';
import { raise } from '../../../shared/rules/issue.ts';
import type { RegistrationTyped } from '../../../shared/rules/registration.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import { makeParameters } from './practice-parameters.ts';
import { ScriptedChannel } from './scripted-channel.ts';
import { contextOf, makeFolder, openUnit } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

const NOW = Date.parse('2026-11-25T02:00:00.000Z');
const ACTIVE = '990100198512310020';

let folder: TemporaryFolder;
let database: OpenUnitDatabase;
let queue: PendingQueue;
let parameters: StoredParameters;
let channel: ScriptedChannel;
beforeEach(() => {
  folder = makeFolder();
  open();
});
afterEach(() => {
  database.close();
  folder.remove();
});

function open(): void {
  database = openUnit(folder.path);
  const context = contextOf(database, () => NOW);
  channel = new ScriptedChannel();
  queue = new PendingQueue({
    ...context,
    parameters: () => parameters.current(),
    isActive: (id18, fundType) => id18 === ACTIVE && fundType === '10',
    isUnderReview: () => false,
  });
  parameters = new StoredParameters({
    ...context,
    channel,
    recompute: (fresh) => {
      queue.recompute(fresh);
    },
  });
}

function reopen(): void {
  database.close();
  open();
}

async function bring(fresh: Parameters): Promise<void> {
  channel.answers.set('WL4001', { parameters: fresh });
  expect(await parameters.refresh()).toEqual(succeed({ changed: true }));
}

const typed = (change: Partial<RegistrationTyped> = {}): RegistrationTyped => ({
  fundType: '10',
  name: '王小明',
  idType: '01',
  idNumber: '990100199001010012',
  base: '8000',
  ...change,
});

function add(entry: RegistrationTyped, id: string = randomUUID()) {
  const added = queue.addRegistration({ id, typed: entry });
  if (added instanceof Promise) throw new Error('adding does not wait for anything');
  if (!added.ok) throw new Error(added.code);
  return added.value;
}

function addStored(entry: RegistrationTyped = typed(), id?: string): Draft {
  const added = add(entry, id);
  if (!added.stored) throw new Error(JSON.stringify(added.issues));
  return added.draft;
}

function refusalOf(entry: RegistrationTyped): string[] {
  const added = add(entry);
  if (added.stored) throw new Error('it was stored');
  return added.issues.map(({ code }) => code);
}

function list() {
  const listed = queue.list({ kind: 'registration' });
  if (listed instanceof Promise || !listed.ok) throw new Error('not listed');
  return listed.value;
}

function makeOrder(ids: readonly string[]): string {
  const oid = randomUUID();
  const sn = String(Math.floor(Math.random() * 1e15)).padStart(16, '0');
  const done = database.write(() => {
    database.handle
      .prepare(
        `INSERT INTO orders (oid, kind, origin, business_month, parameter_version, count, fen, user,
           sn, state, created_at)
         VALUES (?, 'registration', 'single', 202612, 1, 1, 1, 'clerk01', ?, 'draft', 't')`,
      )
      .run(oid, sn);
    database.handle
      .prepare(
        `INSERT INTO submission (sn, oid, content, state, created_at)
         VALUES (?, ?, x'01', 'draft', 't')`,
      )
      .run(sn, oid);
    queue.bind(ids, oid);
    return succeed(oid);
  });
  if (!done.ok) throw new Error(done.code);
  return oid;
}

describe('adding', () => {
  beforeEach(() => bring(makeParameters()));

  it('stores what was typed and what the rules made of it', () => {
    const entry = typed({
      name: ' 王小明 ',
      idNumber: '９９０１００199001010012',
      base: '2,000.5',
    });
    const draft = addStored(entry);
    expect(draftSchema.parse(draft)).toEqual(draft);
    expect(draft).toMatchObject({
      kind: 'registration',
      typed: entry,
      name: '王小明',
      idNumber: '990100199001010012',
      typedBase: 200_050,
      base: 266_000,
      unitRatio: 12,
      unitFen: 31_900,
      personalFen: 31_900,
      totalFen: 63_800,
      orderId: null,
      createdAt: new Date(NOW).toISOString(),
    });
    expect(draft.issues.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['TYPED_FULL_WIDTH', 'BASE_BELOW']),
    );
  });

  it.each(['买买提·艾力', '𠮷田一郎', '㐀𠀀𪚥', '欧阳修远', '𬭚𬭛𬶋𫢸'])(
    'keeps %s to the code point, through a restart',
    (name) => {
      const draft = addStored(typed({ name }));
      reopen();
      expect(list().drafts).toEqual([draft]);
      expect(list().drafts[0]?.name).toBe(name);
    },
  );

  it('once per id, however often it is asked, and whatever else is asked with it', () => {
    const id = randomUUID();
    const first = addStored(typed(), id);
    expect(addStored(typed(), id)).toEqual(first);
    expect(addStored(typed({ name: '李四', idNumber: '990100198001010019' }), id)).toEqual(first);
    reopen();
    expect(addStored(typed(), id)).toEqual(first);
    expect(list()).toMatchObject({ count: 1, drafts: [first] });
  });

  it('once per person and fund: the 15-digit number is the same person', () => {
    addStored();
    expect(refusalOf(typed())).toContain('DUPLICATE_IN_QUEUE');
    expect(refusalOf(typed({ idNumber: '990100900101001' }))).toContain('DUPLICATE_IN_QUEUE');
    addStored(typed({ fundType: '11', ratio: '8' }));
    expect(list().count).toBe(2);
  });

  it('has a last guard in the file itself', () => {
    const draft = addStored();
    expect(() =>
      database.handle.exec(
        `INSERT INTO draft SELECT 99, 'other', kind, origin, import_id, state, typed, name, id_type,
           id_number, id_key, fund_type, base, typed_base, unit_ratio, personal_ratio, unit_fen,
           personal_fen, total_fen, issues, parameter_version, order_id, user, created_at, changed_at
         FROM draft`,
      ),
    ).toThrow(/UNIQUE/);
    expect(list().drafts).toEqual([draft]);
  });

  it('not of somebody who has an account, nor of anything the rules refuse', () => {
    expect(refusalOf(typed({ idNumber: ACTIVE }))).toEqual(['ACCOUNT_ACTIVE']);
    expect(refusalOf(typed({ base: '0' }))).toEqual(['BASE_NOT_POSITIVE']);
    expect(refusalOf(typed({ idNumber: '990100199001010013' }))).toContain('ID_CHECK');
    expect(list().count).toBe(0);
    expect(database.handle.prepare('SELECT count(*) FROM draft').pluck().get()).toBe(0);
  });

  it('answers DB_FULL on a full disk and has nothing stored', () => {
    const pages = database.handle.pragma('page_count', { simple: true }) as number;
    database.handle.pragma(`max_page_count = ${pages}`);
    let full = '';
    for (let i = 0; i < 500 && full === ''; i += 1) {
      const id = randomUUID();
      const result = queue.addRegistration({ id, typed: typed({ idNumber: numberOf(i) }) });
      if (result instanceof Promise) throw new Error('adding does not wait for anything');
      if (!result.ok) {
        full = result.code;
        const stored = database.handle.prepare('SELECT 1 FROM draft WHERE id = ?').get(id);
        expect(stored).toBeUndefined();
      }
    }
    expect(full).toBe('DB_FULL');
  });

  function numberOf(i: number): string {
    return `99010090010${String(1_000 + i)}`;
  }
});

describe('without parameters', () => {
  it('nothing can be computed, so nothing is stored', () => {
    const added = queue.addRegistration({ id: randomUUID(), typed: typed() });
    expect(added).toMatchObject({ ok: false, code: 'POLICY_MISSING' });
  });
});

describe('the queue', () => {
  beforeEach(() => bring(makeParameters()));
  const second = typed({ name: '李四', idNumber: '990100200002290031' });

  it('lists in order of entry, with count and sum, also after a restart', () => {
    const drafts = [addStored(), addStored(second)];
    const expected = { drafts, count: 2, totalFen: 2 * 192_000 };
    expect(list()).toEqual(expected);
    reopen();
    expect(list()).toEqual(expected);
    expect(queue.counts()).toEqual({
      registration: 2,
      reduction: 0,
      missedBackPay: 0,
      shortfallBackPay: 0,
    });
  });

  it('removes what is named, once, and the person can be entered again', () => {
    const draft = addStored();
    addStored(second);
    expect(queue.remove({ ids: [draft.id, draft.id, randomUUID()] })).toEqual(
      succeed({ removed: 1 }),
    );
    expect(queue.remove({ ids: [draft.id] })).toEqual(succeed({ removed: 0 }));
    expect(list().count).toBe(1);
    expect(addStored().id).not.toBe(draft.id);
    // what was entered stays on record
    expect(database.handle.prepare('SELECT count(*) FROM draft').pluck().get()).toBe(3);
  });

  it('holds fast what is in an order, and lets it go as the order ends', () => {
    const [first, other] = [addStored(), addStored(second)];
    const oid = makeOrder([first.id]);
    expect(list()).toMatchObject({ count: 1, drafts: [{ orderId: oid }, { orderId: null }] });
    expect(queue.remove({ ids: [other.id, first.id] })).toMatchObject({ code: 'ORDER_IN_FLIGHT' });
    expect(list().drafts).toHaveLength(2);
    expect(refusalOf(typed())).toContain('DUPLICATE_IN_QUEUE');
    expect(queue.pick('registration', [first.id, other.id])).toEqual([other]);
    expect(() => makeOrder([first.id])).toThrow(/does not wait/);
    reopen();
    database.write(() => {
      queue.settle(oid);
      return succeed(undefined);
    });
    expect(list()).toMatchObject({ count: 1, drafts: [{ id: other.id }] });
    expect(queue.remove({ ids: [first.id] })).toEqual(succeed({ removed: 0 }));
  });

  it('takes back what took no effect, with what the centre found', () => {
    const [first, other] = [addStored(), addStored(second)];
    const oid = makeOrder([first.id, other.id]);
    const found = raise('error', 'ACCOUNT_ACTIVE', { field: 'idNumber', value: 'x', rule: 'y' });
    database.write(() => {
      queue.release(oid, new Map([[other.id, [found]]]));
      return succeed(undefined);
    });
    expect(list()).toMatchObject({
      count: 2,
      drafts: [
        { orderId: null, issues: [] },
        { orderId: null, issues: [found] },
      ],
    });
    expect(queue.pick('registration', [other.id, first.id]).map(({ id }) => id)).toEqual([
      first.id,
      other.id,
    ]);
  });

  it('is computed anew when the centre changes the bounds', async () => {
    const draft = addStored();
    const { terms } = makeParameters();
    const policies = terms.policies.map((row) => ({ ...row, minBase: row.maxBase }));
    await bring(makeParameters({ version: 2, terms: { ...terms, policies } }));
    expect(list().drafts[0]).toMatchObject({
      id: draft.id,
      typed: draft.typed,
      typedBase: 800_000,
      base: 4_215_100,
      unitFen: 505_800,
      issues: [{ code: 'BASE_BELOW' }],
    });
    reopen();
    expect(parameters.current()?.version).toBe(2);
    expect(queue.pick('registration', [draft.id])).toHaveLength(1);
  });

  it('shows, but does not send, what the new parameters refuse', async () => {
    const draft = addStored(typed({ name: '欧阳修远明' }));
    const { terms } = makeParameters();
    await bring(makeParameters({ version: 2, terms: { ...terms, nameLimit: 4 } }));
    expect(list().drafts[0]?.issues).toMatchObject([{ code: 'NAME_TOO_LONG' }]);
    expect(queue.pick('registration', [draft.id])).toEqual([]);
  });

  it('computes anew what was in an order meanwhile, when it comes back', async () => {
    const draft = addStored();
    const oid = makeOrder([draft.id]);
    const { terms } = makeParameters();
    await bring(makeParameters({ version: 2, terms: { ...terms, ratio: 8 } }));
    expect(list().drafts[0]).toMatchObject({ unitRatio: 12 });
    database.write(() => {
      queue.release(oid, new Map());
      return succeed(undefined);
    });
    expect(list().drafts[0]).toMatchObject({ unitRatio: 8, unitFen: 64_000 });
  });

  it('leaves an unbroken audit chain without names or numbers', () => {
    const draft = addStored();
    expect(queue.remove({ ids: [draft.id] })).toEqual(succeed({ removed: 1 }));
    expect(findAuditBreak(database)).toBeUndefined();
    const events = database.handle.prepare('SELECT event, detail FROM audit').all();
    expect(events).toMatchObject([
      { event: 'parameters' },
      { event: 'draftAdded' },
      { event: 'draftRemoved' },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/王小明|990100199001010012/);
  });
});

describe('parameters', () => {
  it('are asked for by version and kept when nothing is new', async () => {
    await bring(makeParameters());
    channel.answers.set('WL4001', {});
    expect(await parameters.refresh()).toEqual(succeed({ changed: false }));
    expect(channel.asked).toEqual([
      ['WL4001', { have: 0 }],
      ['WL4001', { have: 1 }],
    ]);
    reopen();
    expect(parameters.current()).toEqual(makeParameters());
  });

  it('stay as they are when the channel fails', async () => {
    await bring(makeParameters());
    channel.answers.delete('WL4001');
    expect(await parameters.refresh()).toMatchObject({ ok: false, code: 'GATEWAY_UNREACHABLE' });
    expect(parameters.current()).toEqual(makeParameters());
  });
});
