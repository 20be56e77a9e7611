import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataHost } from '../../../electron/data/host.ts';
import type { ItemChoice, QueryGroup, QueryItem, QueryOrder } from '../../../shared/ipc/queries.ts';
import { Clerk, makePerson, makeUnitKey, type UnitKey, valueOf } from './clerk.ts';
import { DemoCentre } from './demo-centre.ts';

const MONTH = 202612;
const DEADLINE_MS = 20_000;
/** Longer than the receipt waits for results, shorter than a request may take. */
const HANGING_MS = 15_000;
/** Longer than a review takes. */
const LATE_MS = 4_000;

let root: string;
let centre: DemoCentre;
let key: UnitKey;
/** The first order, filed `here`. */
let oid = '';
let fen = 0;
/** Two computers of one unit. */
let here: Clerk;
let there: Clerk;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'queries-'));
  centre = await DemoCentre.prepare(join(root, 'practice'));
  key = await makeUnitKey(centre.folder);
  await centre.start('2026-11-24T10:00:00+08:00');
  here = await openClerk('here');
});
afterAll(async () => {
  await here.close();
  await there.close();
  await centre.stop();
  rmSync(root, { recursive: true, force: true });
});

async function openClerk(name: string): Promise<Clerk> {
  const clerk = new Clerk(join(root, name), centre.gateway, key);
  await clerk.openAndSignIn();
  await clerk.sync();
  return clerk;
}

const query = (group: QueryGroup, businessMonth = MONTH) => ({ group, businessMonth });

async function ordersOf(clerk: Clerk, group: QueryGroup): Promise<QueryOrder[]> {
  return valueOf(await clerk.host.handlers['query.orders'](query(group))).orders;
}

async function itemsOf(
  clerk: Clerk,
  oid: string,
  choice: ItemChoice = 'all',
): Promise<QueryItem[]> {
  const page = { oid, choice, sort: 'seq', descending: false, offset: 0, limit: 500 } as const;
  return valueOf(await clerk.host.handlers['query.items'](page)).rows;
}

/** The order once it is as it should be, the centre being asked again and again. */
async function orderWhen(
  clerk: Clerk,
  group: QueryGroup,
  isDue: (order: QueryOrder) => boolean,
): Promise<QueryOrder> {
  const lastMs = Date.now() + DEADLINE_MS;
  for (;;) {
    valueOf(await clerk.host.handlers['orders.refresh']({}));
    const orders = await ordersOf(clerk, group);
    const found = orders.find(isDue);
    if (found) return found;
    if (Date.now() > lastMs) throw new Error(JSON.stringify(orders));
    await wait(100);
  }
}

const auditOf = async (clerk: Clerk, event: string) =>
  valueOf(await clerk.host.handlers['audit.list']({ event, text: '', offset: 0, limit: 100 })).rows;

describe('what was filed on this computer', () => {
  it('is listed with the counts of its items, by month', async () => {
    const drafts = await here.enter(3);
    const order = valueOf(await here.confirm(drafts));
    oid = order.oid;
    fen = order.fen;
    expect(fen).toBeGreaterThan(0);
    const done = await orderWhen(here, 'registration', ({ succeeded }) => succeeded === 3);
    expect(done).toMatchObject({
      ...{ oid, kind: 'registration', businessMonth: MONTH, state: 'applied', isElsewhere: false },
      ...{ count: 3, fen, serialNumber: order.serialNumber },
      ...{ failed: 0, pending: 0, landedElsewhere: 0 },
    });
    const { months, fetchedAt } = valueOf(
      await here.host.handlers['query.orders'](query('registration')),
    );
    expect(months).toEqual([{ month: MONTH, orders: 1 }]);
    expect(Date.parse(fetchedAt ?? '')).toBeGreaterThan(Date.parse(done.createdAt));
    expect(await ordersOf(here, 'backPay')).toEqual([]);
  });

  it('shows covered ID numbers alone, sorted and in pages', async () => {
    const items = await itemsOf(here, oid);
    expect(items.map(({ maskedId }) => maskedId)).toEqual(
      items.map(() => expect.stringMatching(/^990101\*{8}\d{3}[\dX]$/) as string),
    );
    expect(JSON.stringify(items)).not.toMatch(/\d{17}[\dX]/);
    const page = {
      oid,
      choice: 'all',
      sort: 'seq',
      descending: true,
      offset: 1,
      limit: 1,
    } as const;
    const { rows, total } = valueOf(await here.host.handlers['query.items'](page));
    expect([rows.map(({ seq }) => seq), total]).toEqual([[2], 3]);
    expect(await itemsOf(here, oid, 'failed')).toEqual([]);
    expect(await itemsOf(here, oid, 'succeeded')).toHaveLength(3);
  });

  it('uncovers a number only after 操作记录 has whose it was, and never the number', async () => {
    const [first, second] = await itemsOf(here, oid);
    const own = await here.items(oid);
    const shown = valueOf(
      await here.host.handlers['query.reveal']({ list: 'order', oid, rows: [2, 1] }),
    );
    expect(shown.idNumbers).toEqual([own[1]?.idNumber, own[0]?.idNumber]);
    const [row] = await auditOf(here, 'idRevealed');
    expect(row?.detail).toEqual({
      ...{ list: 'order', count: 2, items: '', oid },
      accounts: `${second?.personalAccount ?? ''} ${first?.personalAccount ?? ''}`,
    });
    expect(JSON.stringify(row)).not.toContain(shown.idNumbers[0]);
    const missing = await here.host.handlers['query.reveal']({ list: 'order', oid, rows: [9] });
    expect(missing).toMatchObject({ ok: false, code: 'NO_RECORD' });
    expect(await auditOf(here, 'idRevealed')).toHaveLength(1);
  });
});

describe('what another computer of the unit has filed', () => {
  it('is known by its receipt and results, its people by the roster', async () => {
    there = await openClerk('there');
    const [filed] = await ordersOf(there, 'registration');
    expect(filed).toMatchObject({ oid, isElsewhere: true, count: 3, fen, state: 'applied' });
    const done = await orderWhen(there, 'registration', ({ succeeded }) => succeeded === 3);
    expect(done.serialNumber).toBe((await ordersOf(here, 'registration'))[0]?.serialNumber);
    const items = await itemsOf(there, done.oid);
    expect(items).toHaveLength(3);
    // synced after they were registered: the roster has them under the accounts the results name
    expect(items[0]).toMatchObject({ name: '示例职工', fundType: null, totalFen: null });
    expect(items[0]?.maskedId).toMatch(/^990101\*{8}/);
    const shown = await there.host.handlers['query.reveal']({
      ...{ list: 'order', oid: done.oid, rows: [1] },
    });
    expect(valueOf(shown).idNumbers[0]).toMatch(/^990101\d{11}[\dX]$/);
  });

  it('comes by itself while results are waited for, and is read without the centre', async () => {
    // a session of its own: the other computer's ended when this one signed in
    valueOf(await here.signIn());
    const [person] = await here.people();
    if (!person) throw new Error('the roster is empty');
    const { personalAccount, fundType } = person;
    const leaver = { kind: 'reduction', personalAccount, fundType, reason: '04' } as const;
    const left = valueOf(await here.confirm([await here.enterPerson(leaver)]));
    valueOf(await there.signIn());
    const seen = await orderWhen(there, 'reduction', ({ succeeded }) => succeeded === 1);
    expect(seen).toMatchObject({ oid: left.oid, isElsewhere: true, kind: 'reduction' });
    expect(await itemsOf(there, seen.oid)).toMatchObject([
      { personalAccount: person.personalAccount, name: person.name, state: 'succeeded' },
    ]);

    await there.close();
    await there.open();
    valueOf(await there.signInOffline());
    expect(await ordersOf(there, 'reduction')).toMatchObject([{ oid: left.oid, succeeded: 1 }]);
    const { fetchedAt } = valueOf(await there.host.handlers['query.orders'](query('reduction')));
    expect(fetchedAt).not.toBeNull();
  });

  it('that the centre refused says why', async () => {
    await here.close();
    await here.openAndSignIn();
    const draft = await here.enterPerson(makePerson());
    // somebody else has registered the person meanwhile
    const twin = new Clerk(join(root, 'twin'), centre.gateway, key);
    await twin.openAndSignIn();
    await twin.sync();
    const same = await twin.enterPerson(draft.typed);
    valueOf(await twin.confirm([same]));
    await orderWhen(twin, 'registration', (order) => !order.isElsewhere && order.succeeded === 1);
    valueOf(await here.signIn());
    const refused = valueOf(await here.confirm([draft]));
    expect(refused.state).toBe('rejected');
    valueOf(await twin.signIn());
    const seen = await orderWhen(twin, 'registration', ({ oid }) => oid === refused.oid);
    expect(seen).toMatchObject({ state: 'rejected', isElsewhere: true, serialNumber: '' });
    expect(seen.reason).not.toBe('');
    expect(await itemsOf(twin, seen.oid)).toEqual([]);
    await twin.close();
  });
});

describe('a 登记 the centre worked on until the next month', () => {
  it('is counted, and its items name the month', async () => {
    valueOf(await here.signIn());
    const { oid } = valueOf(await here.confirm(await here.enter(2)));
    await orderWhen(here, 'registration', (order) => order.oid === oid && order.succeeded === 2);
    centre.landIn(oid, 202701, '2026-12-21T02:00:00.000Z');
    const landed = await orderWhen(
      here,
      'registration',
      (order) => order.oid === oid && order.landedElsewhere > 0,
    );
    expect(landed).toMatchObject({ businessMonth: MONTH, landedElsewhere: 2, succeeded: 2 });
    expect((await itemsOf(here, oid)).map(({ landedMonth }) => landedMonth)).toEqual([
      202701, 202701,
    ]);
  });
});

describe('results that are long in coming', () => {
  it('keep neither the receipt nor the next order waiting, and are counted once however often asked', async () => {
    valueOf(await here.signIn());
    const query = {
      status: '01',
      fundType: '10',
      text: '',
      sort: 'base',
      descending: true,
    } as const;
    const page = { ...query, offset: 0, limit: 2 };
    const { rows } = valueOf(await here.host.handlers['roster.query'](page));
    const drafts = [];
    for (const { personalAccount, fundType } of rows) {
      const leaver = { kind: 'reduction', personalAccount, fundType, reason: '04' } as const;
      drafts.push(await here.enterPerson(leaver));
    }
    centre.strike({ tx: 'WL2004', do: 'delayAfter', ms: HANGING_MS, times: 2 });
    const started = Date.now();
    for (const draft of drafts) {
      expect(valueOf(await here.confirm([draft])).state).toBe('applied');
    }
    expect(Date.now() - started).toBeLessThan(HANGING_MS);
    const refresh = async () => here.host.handlers['orders.refresh']({});
    for (const answer of await Promise.all([refresh(), refresh()])) expect(answer.ok).toBe(true);
    const [newest, second] = await ordersOf(here, 'reduction');
    for (const order of [newest, second]) {
      expect(order).toMatchObject({ count: 1, succeeded: 1, failed: 0, pending: 0 });
    }
    // closed while it asks: nothing is half stored, and the next reading goes on
    centre.strike({ tx: 'WL2004', do: 'delayAfter', ms: HANGING_MS });
    const asked = here.host.handlers['orders.refresh']({});
    await wait(500);
    await here.close();
    expect((await asked).ok).toBe(false);
    await here.openAndSignIn();
    valueOf(await here.host.handlers['orders.refresh']({}));
    const after = await ordersOf(here, 'reduction');
    expect(after.slice(0, 2)).toEqual([newest, second]);
  });

  it('do not put an older state in the place of a newer one', async () => {
    const { oid: late } = valueOf(await here.confirm(await here.enter(1)));
    const pendingOf = async () =>
      (await ordersOf(here, 'registration')).find((order) => order.oid === late)?.pending;
    expect(await pendingOf()).toBe(1);
    // made while the row is under review, and on its way until long after
    centre.strike({ tx: 'WL2004', do: 'delayAfter', ms: LATE_MS });
    const old = here.host.handlers['orders.refresh']({});
    await orderWhen(here, 'registration', (order) => order.oid === late && order.succeeded === 1);
    valueOf(await old);
    expect(await pendingOf()).toBe(0);
  });
});

describe('职工缴存明细查询', () => {
  const all = {
    text: '',
    sort: 'personalAccount',
    descending: false,
    offset: 0,
    limit: 500,
  } as const;

  it('covers ID numbers and sums what matches', async () => {
    const { rows, total, sums } = valueOf(await here.host.handlers['query.roster'](all));
    const whole = valueOf(await here.host.handlers['roster.query'](all));
    expect(total).toBe(whole.total);
    const add = (read: (row: (typeof whole.rows)[number]) => number) =>
      whole.rows.reduce((sum, row) => sum + read(row), 0);
    expect(whole.rows).toHaveLength(whole.total);
    expect(sums).toEqual({
      people: new Set(whole.rows.map((row) => row.personalAccount)).size,
      base: add((row) => row.base),
      unitFen: add((row) => row.unitFen),
      personalFen: add((row) => row.personalFen),
      monthlyFen: whole.monthlyFen,
    });
    expect(JSON.stringify(rows)).not.toContain(whole.rows[0]?.idNumber);
    expect(rows[0]).not.toHaveProperty('idNumber');
    expect(rows[0]?.maskedId).toMatch(/\*{6,}/);
  });

  it('sums the rows of combined conditions', async () => {
    const asked = { ...all, fundType: '10', status: '02', sort: 'base' } as const;
    const { rows, total, sums } = valueOf(await here.host.handlers['query.roster'](asked));
    expect(rows).toHaveLength(total);
    expect(total).toBeGreaterThan(0);
    expect(sums.people).toBe(total);
    expect(rows.every(({ status }) => status === '02')).toBe(true);
    expect(sums.unitFen).toBe(rows.reduce((sum, row) => sum + row.unitFen, 0));
    const nobody = valueOf(await here.host.handlers['query.roster']({ ...all, text: '没有此人' }));
    expect(nobody.sums).toEqual({ people: 0, base: 0, unitFen: 0, personalFen: 0, monthlyFen: 0 });
  });

  it('records whose numbers were shown, and shows none of somebody it does not know', async () => {
    const { rows } = valueOf(await here.host.handlers['roster.query']({ ...all, limit: 3 }));
    const keys = rows.map(({ personalAccount, fundType }) => ({ personalAccount, fundType }));
    const before = (await auditOf(here, 'idRevealed')).length;
    const shown = valueOf(await here.host.handlers['query.reveal']({ list: 'roster', rows: keys }));
    expect(shown.idNumbers).toEqual(rows.map(({ idNumber }) => idNumber));
    const recorded = await auditOf(here, 'idRevealed');
    expect(recorded).toHaveLength(before + 1);
    expect(recorded[0]?.detail).toEqual({
      ...{ list: 'roster', count: 3 },
      accounts: rows.map(({ personalAccount }) => personalAccount).join(' '),
    });
    const stranger = { personalAccount: '990099999999', fundType: '10' } as const;
    const refused = await here.host.handlers['query.reveal']({ list: 'roster', rows: [stranger] });
    expect(refused).toMatchObject({ ok: false, code: 'NO_RECORD' });
    expect(await auditOf(here, 'idRevealed')).toHaveLength(before + 1);
    const { brokenAt } = valueOf(await here.host.handlers['audit.check']({}));
    expect(brokenAt).toBeNull();
  });

  it('keeps the chosen columns on this computer', async () => {
    expect(valueOf(await here.host.handlers['query.columns']({}))).toEqual({ columns: null });
    const columns = ['idNumber', 'paidThrough', 'monthly'] as const;
    valueOf(await here.host.handlers['query.keepColumns']({ columns: [...columns] }));
    await here.close();
    await here.open();
    valueOf(await here.signInOffline());
    expect(valueOf(await here.host.handlers['query.columns']({})).columns).toEqual(columns);
    valueOf(await here.host.handlers['query.keepColumns']({ columns: [] }));
    expect(valueOf(await here.host.handlers['query.columns']({})).columns).toEqual([]);
  });

  it('says nothing to somebody who has not signed in', async () => {
    const host = new DataHost({ emit: () => undefined, keySign: here.keySign });
    for (const ask of [
      () => host.handlers['query.roster'](all),
      () => host.handlers['query.orders'](query('registration')),
      () => host.handlers['query.columns']({}),
    ]) {
      expect(await ask()).toMatchObject({ ok: false, code: 'NOT_SIGNED_IN' });
    }
  });
});
