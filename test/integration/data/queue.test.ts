import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAuditBreak } from '../../../electron/data/audit/chain.ts';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import { StoredParameters } from '../../../electron/data/parameters/book.ts';
import { CounterList } from '../../../electron/data/queue/counter.ts';
import { PendingQueue } from '../../../electron/data/queue/queue.ts';
import { succeed } from '../../../shared/errors/result.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import { draftSchema } from '../../../shared/ipc/entries.ts';
import { checkCharacter } from '../../../shared/rules/identity.ts';
import { raise } from '../../../shared/rules/issue.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { makeParameters } from './practice-parameters.ts';
import { ScriptedChannel } from './scripted-channel.ts';
import { contextOf, makeFolder, openUnit } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

const NOW = Date.parse('2026-11-25T02:00:00.000Z');
const ACTIVE = '990100198512310020';

let folder: TemporaryFolder;
let database: OpenUnitDatabase;
let queue: PendingQueue;
let counter: CounterList;
/** The roster, by account; everybody has fund 10. */
let roster: Map<string, RosterRow>;
let parameters: StoredParameters;
let channel: ScriptedChannel;
beforeEach(() => {
  folder = makeFolder();
  roster = new Map([employee('990000000001'), employee('990000000002', { status: '02' })]);
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
  const queueContext = {
    ...context,
    parameters: () => parameters.current(),
    roster: {
      person: ({ personalAccount, fundType }: { personalAccount: string; fundType: string }) =>
        fundType === '10' ? roster.get(personalAccount) : undefined,
      isKnown: (personalAccount: string) => roster.has(personalAccount),
      isActive: (id18: string, fundType: string) => id18 === ACTIVE && fundType === '10',
    },
  };
  queue = new PendingQueue(queueContext);
  counter = new CounterList(queueContext, queue);
  parameters = new StoredParameters({
    ...context,
    channel,
    recheck: (fresh) => {
      queue.recheck(fresh);
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

/** 8,000.00 yuan at 12 %, paid without a break until the business month before. */
function employee(personalAccount: string, change: Partial<RosterRow> = {}): [string, RosterRow] {
  const row: RosterRow = {
    personalAccount,
    fundType: '10',
    name: '示例员工',
    idType: '01',
    idNumber: '990100198001010019',
    status: '01',
    base: 800_000,
    unitRatio: 12,
    personalRatio: 12,
    unitFen: 96_000,
    personalFen: 96_000,
    openedMonth: 202601,
    paid: [[202607, 202608]],
    ...change,
  };
  return [personalAccount, row];
}

type Registration = Extract<EntryTyped, { kind: 'registration' }>;

const typed = (change: Partial<Registration> = {}): Registration => ({
  kind: 'registration',
  fundType: '10',
  name: '王小明',
  idType: '01',
  idNumber: '990100199001010012',
  base: '8000',
  ...change,
});

function add(entry: EntryTyped, id: string = randomUUID()) {
  const added = queue.add({ id, typed: entry });
  if (!added.ok) throw new Error(added.code);
  return added.value;
}

function addStored(entry: EntryTyped = typed(), id?: string): Draft {
  const added = add(entry, id);
  if (!added.stored) throw new Error(JSON.stringify(added.issues));
  return added.draft;
}

function refusalOf(entry: EntryTyped): string[] {
  const added = add(entry);
  if (added.stored) throw new Error('it was stored');
  return added.issues.map(({ code }) => code);
}

function list(kind: EntryKind = 'registration') {
  const listed = queue.list({ kind });
  if (!listed.ok) throw new Error('not listed');
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
           id_number, id_key, personal_account, fund_type, base, typed_base, unit_ratio,
           personal_ratio, from_month, to_month, reason, unit_fen, personal_fen, total_fen, issues,
           holds, parameter_version, order_id, user, created_at, changed_at
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
      const result = queue.add({ id, typed: typed({ idNumber: numberOf(i) }) });
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
    const added = queue.add({ id: randomUUID(), typed: typed() });
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
      queue.settle(oid, [first.id]);
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

  it('marks what new bounds change, alters nothing, and takes the new figures by an edit', async () => {
    const draft = addStored();
    const untouched = addStored(typed({ ...second, base: '42151' }));
    const { terms } = makeParameters();
    const policies = terms.policies.map((row) => ({ ...row, minBase: row.maxBase }));
    await bring(makeParameters({ version: 2, terms: { ...terms, policies } }));
    const [marked, other] = list().drafts;
    expect(marked).toEqual({ ...draft, holds: false, issues: marked?.issues });
    expect(marked?.issues.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'DRAFT_OUTDATED', field: 'base', rule: '录入时为8,000.00元，现为42,151.00元' },
      { code: 'DRAFT_OUTDATED', field: 'unitFen' },
      { code: 'DRAFT_OUTDATED', field: 'personalFen' },
    ]);
    expect(other).toEqual(untouched);
    reopen();
    expect(list().drafts).toEqual([marked, other]);
    expect(queue.check([draft])).toMatchObject({ ok: false, code: 'DRAFT_NOT_HOLDING' });
    expect(queue.check([untouched])).toMatchObject({ ok: true });
    const edited = queue.edit({ id: draft.id, typed: draft.typed });
    expect(edited).toMatchObject({
      value: { stored: true, draft: { holds: true, base: 4_215_100, unitFen: 505_800 } },
    });
    expect(list().drafts.map(({ id }) => id)).toEqual([draft.id, untouched.id]);
  });

  it('frees what holds again', async () => {
    const draft = addStored();
    const { terms } = makeParameters();
    await bring(makeParameters({ version: 2, terms: { ...terms, ratio: 8 } }));
    expect(list().drafts[0]?.holds).toBe(false);
    await bring(makeParameters({ version: 3 }));
    expect(list().drafts).toEqual([draft]);
  });

  it('shows, but does not send, what the new parameters refuse', async () => {
    const draft = addStored(typed({ name: '欧阳修远明' }));
    const { terms } = makeParameters();
    await bring(makeParameters({ version: 2, terms: { ...terms, nameLimit: 4 } }));
    const [marked] = list().drafts;
    expect(marked).toMatchObject({ holds: false, issues: [{ code: 'NAME_TOO_LONG' }] });
    expect(queue.check([draft])).toMatchObject({ ok: false, code: 'DRAFT_NOT_HOLDING' });
  });

  it('checks what was in an order meanwhile, when it comes back', async () => {
    const draft = addStored();
    const oid = makeOrder([draft.id]);
    const { terms } = makeParameters();
    await bring(makeParameters({ version: 2, terms: { ...terms, ratio: 8 } }));
    expect(list().drafts[0]).toMatchObject({ unitRatio: 12 });
    database.write(() => {
      queue.release(oid, new Map());
      return succeed(undefined);
    });
    expect(list().drafts[0]).toEqual({ ...draft, holds: false, issues: list().drafts[0]?.issues });
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

describe('an edit', () => {
  beforeEach(() => bring(makeParameters()));
  const history = () =>
    database.handle.prepare('SELECT * FROM draft_edit ORDER BY draft_id, number').all();

  it('keeps id and place; what was typed before stays on file', () => {
    const draft = addStored();
    const after = addStored(typed({ name: '李四', idNumber: '990100200002290031' }));
    const changed = typed({ base: '9000' });
    const edited = queue.edit({ id: draft.id, typed: changed });
    expect(edited).toMatchObject({
      value: { stored: true, draft: { id: draft.id, typed: changed, totalFen: 216_000 } },
    });
    expect(list().drafts.map(({ id }) => id)).toEqual([draft.id, after.id]);
    expect(list()).toMatchObject({ count: 2, totalFen: 216_000 + 192_000 });
    expect(history()).toMatchObject([
      { draft_id: draft.id, number: 1, typed: JSON.stringify(typed()), total_fen: 192_000 },
    ]);
    // the same again is the same, and nothing more goes on file
    expect(queue.edit({ id: draft.id, typed: changed })).toEqual(edited);
    expect(history()).toHaveLength(1);
    expect(queue.edit({ id: draft.id, typed: typed() })).toMatchObject({ ok: true });
    expect(history()).toMatchObject([{ number: 1 }, { number: 2, typed: JSON.stringify(changed) }]);
    reopen();
    expect(list().drafts[0]).toEqual({ ...draft, createdAt: draft.createdAt });
  });

  it('that the rules refuse leaves the draft as it was, and says whether the counter can help', () => {
    const draft = addStored();
    addStored(typed({ name: '李四', idNumber: '990100200002290031' }));
    const refused = (change: Partial<Registration>) =>
      queue.edit({ id: draft.id, typed: typed(change) });
    expect(refused({ idNumber: '990100200002290031' })).toMatchObject({
      value: { stored: false, counter: false, issues: [{ code: 'DUPLICATE_IN_QUEUE' }] },
    });
    expect(refused({ name: '买买提艾力江' })).toMatchObject({
      value: { stored: false, counter: true, issues: [{ code: 'NAME_TOO_LONG' }] },
    });
    expect(list().drafts[0]).toEqual(draft);
    expect(history()).toEqual([]);
  });

  it('of what is in an order, gone or never was is refused', () => {
    const draft = addStored();
    const other = addStored(typed({ name: '李四', idNumber: '990100200002290031' }));
    makeOrder([draft.id]);
    expect(queue.edit({ id: draft.id, typed: typed() })).toMatchObject({ code: 'ORDER_IN_FLIGHT' });
    expect(queue.remove({ ids: [other.id] })).toMatchObject({ ok: true });
    expect(queue.edit({ id: other.id, typed: typed() })).toMatchObject({ code: 'NO_RECORD' });
    expect(queue.edit({ id: randomUUID(), typed: typed() })).toMatchObject({ code: 'NO_RECORD' });
  });

  it('cannot be made past its history, nor the history changed', () => {
    addStored();
    expect(() => database.handle.exec("UPDATE draft SET typed = '{}'")).toThrow(/typed is kept/);
    queue.edit({ id: list().drafts[0]?.id ?? '', typed: typed({ base: '9000' }) });
    expect(() => database.handle.exec("UPDATE draft_edit SET typed = '{}'")).toThrow(/as it was/);
    expect(() => database.handle.exec('DELETE FROM draft_edit')).toThrow(/for ever/);
  });
});

describe('undoing a removal', () => {
  beforeEach(() => bring(makeParameters()));
  const numbers = ['001', '002', '003'].map(numberOf);
  function numberOf(order: string): string {
    const digits = `99010019800101${order}`;
    return digits + checkCharacter(digits);
  }

  it('puts every draft back in its old place, as it was', () => {
    const drafts = numbers.map((idNumber) => addStored(typed({ idNumber })));
    const ids = drafts.map(({ id }) => id);
    queue.remove({ ids });
    expect(list().count).toBe(0);
    const late = addStored(typed({ idNumber: numberOf('004') }));
    expect(queue.restore({ ids: [...ids].reverse() })).toEqual(
      succeed({ restored: 3, refused: [] }),
    );
    expect(list().drafts).toEqual([...drafts, late]);
    expect(queue.restore({ ids })).toEqual(succeed({ restored: 0, refused: [] }));
    reopen();
    expect(list().drafts).toEqual([...drafts, late]);
  });

  it('leaves removed what no longer holds, with the reason', () => {
    const draft = addStored();
    queue.remove({ ids: [draft.id] });
    const again = addStored();
    expect(queue.restore({ ids: [draft.id] })).toMatchObject({
      value: { restored: 0, refused: [{ code: 'DUPLICATE_IN_QUEUE' }] },
    });
    expect(list().drafts).toEqual([again]);
  });

  it('marks what stands there with figures that have changed since', async () => {
    const draft = addStored();
    queue.remove({ ids: [draft.id] });
    const { terms } = makeParameters();
    await bring(makeParameters({ version: 2, terms: { ...terms, ratio: 8 } }));
    expect(queue.restore({ ids: [draft.id] })).toMatchObject({ value: { restored: 1 } });
    const [back] = list().drafts;
    expect(back).toEqual({ ...draft, holds: false, issues: back?.issues });
  });
});

describe('entries of the other kinds', () => {
  beforeEach(() => bring(makeParameters()));
  const account = '990000000001';
  const reduction = {
    kind: 'reduction',
    fundType: '10',
    personalAccount: '９９００００００００01',
    reason: '02',
  } as const;
  const missed = {
    kind: 'missedBackPay',
    fundType: '10',
    personalAccount: account,
    from: '202609',
    to: '202610',
    base: '8000',
    ratio: '12',
  } as const;
  const shortfall = {
    kind: 'shortfallBackPay',
    fundType: '10',
    personalAccount: account,
    from: '202607',
    to: '202608',
    paidBase: '5000',
    dueBase: '8000',
    paidRatio: '12',
    dueRatio: '12',
  } as const;

  it('are stored with what the roster and the rules say of them', () => {
    const drafts = [reduction, missed, shortfall].map((entry) => addStored(entry));
    for (const draft of drafts) expect(draftSchema.parse(draft)).toEqual(draft);
    const who = { personalAccount: account, name: '示例员工', idNumber: '990100198001010019' };
    expect(drafts).toMatchObject([
      { ...who, kind: 'reduction', reason: '02', unitFen: 96_000, totalFen: 192_000 },
      { ...who, kind: 'missedBackPay', from: 202609, to: 202610, base: 800_000, totalFen: 384_000 },
      {
        ...{ ...who, kind: 'shortfallBackPay', from: 202607, to: 202608 },
        ...{ base: 800_000, unitRatio: 12, unitFen: 72_000, personalFen: 72_000 },
      },
    ]);
    reopen();
    expect(list('reduction').drafts).toEqual([drafts[0]]);
    expect(list('missedBackPay')).toMatchObject({ count: 1, totalFen: 384_000 });
    expect(queue.counts()).toEqual({
      registration: 0,
      reduction: 1,
      missedBackPay: 1,
      shortfallBackPay: 1,
    });
    // what is queued stands against what overlaps it
    expect(refusalOf(reduction)).toContain('DUPLICATE_IN_QUEUE');
    expect(refusalOf({ ...missed, from: '202610' })).toContain('MONTHS_REPEATED');
    expect(refusalOf({ ...shortfall, from: '202608', to: '202609' })).toContain('MONTHS_REPEATED');
  });

  it('cannot be edited into another kind', () => {
    const draft = addStored(reduction);
    expect(queue.edit({ id: draft.id, typed: missed })).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('are marked when the roster no longer bears them out', () => {
    const draft = addStored(reduction);
    roster = new Map([employee(account, { status: '02' })]);
    database.write(() => {
      queue.recheck(parameters.current());
      return succeed(undefined);
    });
    const [marked] = list('reduction').drafts;
    expect(marked).toEqual({ ...draft, holds: false, issues: marked?.issues });
    roster = new Map();
    database.write(() => {
      queue.recheck(parameters.current());
      return succeed(undefined);
    });
    expect(list('reduction').drafts[0]?.issues.map(({ code }) => code)).toContain(
      'ACCOUNT_UNKNOWN',
    );
  });
});

describe('待柜面', () => {
  beforeEach(() => bring(makeParameters()));
  const longName = typed({ name: '买买提艾力江' });
  const listed = () => {
    const found = counter.list();
    if (!found.ok) throw new Error(found.code);
    return found.value.drafts;
  };

  it('takes what only the counter can settle, once per id, and keeps it through a restart', () => {
    const id = randomUUID();
    expect(add(longName, id)).toMatchObject({ stored: false, counter: true });
    const added = counter.add({ id, typed: longName });
    expect(added).toMatchObject({
      value: { draft: { id, name: '买买提艾力江', totalFen: 192_000, orderId: null } },
    });
    expect(counter.add({ id, typed: typed() })).toEqual(added);
    reopen();
    expect(listed()).toHaveLength(1);
    expect(listed()[0]?.issues.map(({ code }) => code)).toEqual(['NAME_TOO_LONG']);
    expect(counter.count()).toBe(1);
    // it is not in the queue, and stands against nothing there
    expect(list().drafts).toEqual([]);
    addStored();
  });

  it('refuses what may be sent, what is wrong, and what is in the queue already', () => {
    const refuse = (entry: EntryTyped, id: string = randomUUID()) => {
      expect(counter.add({ id, typed: entry })).toMatchObject({ code: 'REQUEST_INVALID' });
    };
    refuse(typed());
    refuse({ ...longName, base: '0' });
    refuse(longName, addStored().id);
    expect(listed()).toEqual([]);
  });

  it('takes months before the first bounds, with the account and the months', () => {
    const early = {
      kind: 'missedBackPay',
      fundType: '10',
      personalAccount: '990000000001',
      from: '200901',
      to: '200912',
      base: '8000',
      ratio: '12',
    } as const;
    expect(counter.add({ id: randomUUID(), typed: early })).toMatchObject({
      value: { draft: { name: '示例员工', from: 200901, to: 200912, totalFen: 0 } },
    });
  });

  it('strikes off for good, and keeps the row on file', () => {
    const id = randomUUID();
    counter.add({ id, typed: longName });
    expect(queue.remove({ ids: [id] })).toEqual(succeed({ removed: 0 }));
    expect(counter.remove({ ids: [id, id] })).toEqual(succeed({ removed: 1 }));
    expect(counter.remove({ ids: [id] })).toEqual(succeed({ removed: 0 }));
    expect(queue.restore({ ids: [id] })).toEqual(succeed({ restored: 0, refused: [] }));
    expect(listed()).toEqual([]);
    const state = database.handle.prepare('SELECT state FROM draft WHERE id = ?').pluck();
    expect(state.get(id)).toBe('struck');
    expect(() => database.handle.exec("UPDATE draft SET state = 'waiting'")).toThrow(/counter/);
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
