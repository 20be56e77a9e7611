import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAuditBreak } from '../../../electron/data/audit/chain.ts';
import { succeed } from '../../../shared/errors/result.ts';
import { draftSchema } from '../../../shared/ipc/entries.ts';
import { raise } from '../../../shared/rules/issue.ts';
import { makeParameters } from './practice-parameters.ts';
import { ACTIVE, NOW, QueueDesk, typed } from './queue-desk.ts';

let desk: QueueDesk;
beforeEach(() => {
  desk = new QueueDesk();
});
afterEach(() => {
  desk.close();
});

describe('adding', () => {
  beforeEach(() => desk.bring(makeParameters()));

  it('stores what was typed and what the rules made of it', () => {
    const entry = typed({
      name: ' 王小明 ',
      idNumber: '９９０１００199001010012',
      base: '2,000.5',
    });
    const draft = desk.addStored(entry);
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
      const draft = desk.addStored(typed({ name }));
      desk.reopen();
      expect(desk.list().drafts).toEqual([draft]);
      expect(desk.list().drafts[0]?.name).toBe(name);
    },
  );

  it('once per id, however often it is asked, and whatever else is asked with it', () => {
    const id = randomUUID();
    const first = desk.addStored(typed(), id);
    expect(desk.addStored(typed(), id)).toEqual(first);
    expect(desk.addStored(typed({ name: '李四', idNumber: '990100198001010019' }), id)).toEqual(
      first,
    );
    desk.reopen();
    expect(desk.addStored(typed(), id)).toEqual(first);
    expect(desk.list()).toMatchObject({ count: 1, drafts: [first] });
  });

  it('once per person and fund: the 15-digit number is the same person', () => {
    desk.addStored();
    expect(desk.refusalOf(typed())).toContain('DUPLICATE_IN_QUEUE');
    expect(desk.refusalOf(typed({ idNumber: '990100900101001' }))).toContain('DUPLICATE_IN_QUEUE');
    desk.addStored(typed({ fundType: '11', ratio: '8' }));
    expect(desk.list().count).toBe(2);
  });

  it('has a last guard in the file itself', () => {
    const draft = desk.addStored();
    expect(() =>
      desk.database.handle.exec(
        `INSERT INTO draft SELECT 99, 'other', kind, origin, import_id, state, typed, name, id_type,
           id_number, id_key, personal_account, fund_type, base, typed_base, unit_ratio,
           personal_ratio, from_month, to_month, reason, unit_fen, personal_fen, total_fen, issues,
           holds, parameter_version, order_id, user, created_at, changed_at
         FROM draft`,
      ),
    ).toThrow(/UNIQUE/);
    expect(desk.list().drafts).toEqual([draft]);
  });

  it('not of somebody who has an account, nor of anything the rules refuse', () => {
    expect(desk.refusalOf(typed({ idNumber: ACTIVE }))).toEqual(['ACCOUNT_ACTIVE']);
    expect(desk.refusalOf(typed({ base: '0' }))).toEqual(['BASE_NOT_POSITIVE']);
    expect(desk.refusalOf(typed({ idNumber: '990100199001010013' }))).toContain('ID_CHECK');
    expect(desk.list().count).toBe(0);
    expect(desk.database.handle.prepare('SELECT count(*) FROM draft').pluck().get()).toBe(0);
  });

  it('answers DB_FULL on a full disk and has nothing stored', () => {
    const pages = desk.database.handle.pragma('page_count', { simple: true }) as number;
    desk.database.handle.pragma(`max_page_count = ${pages}`);
    let full = '';
    for (let i = 0; i < 500 && full === ''; i += 1) {
      const id = randomUUID();
      const result = desk.queue.add({ id, typed: typed({ idNumber: numberOf(i) }) });
      if (!result.ok) {
        full = result.code;
        const stored = desk.database.handle.prepare('SELECT 1 FROM draft WHERE id = ?').get(id);
        expect(stored).toBeUndefined();
      }
    }
    expect(full).toBe('DB_FULL');
  });

  function numberOf(i: number): string {
    return `99010090010${String(1_000 + i)}`;
  }
});

describe('the month an entry belongs to', () => {
  it('is that of the centre\u2019s time, also while the parameters still name the one before', async () => {
    await desk.bring(makeParameters({ businessMonth: 202611 }));
    const missed = { fundType: '10', personalAccount: '990000000001', base: '8000', ratio: '12' };
    const draft = desk.addStored({
      kind: 'missedBackPay',
      ...missed,
      from: '202611',
      to: '202611',
    });
    expect(draft).toMatchObject({ from: 202611, to: 202611, holds: true });
    const early = { ...missed, from: '202612', to: '202612' } as const;
    expect(desk.refusalOf({ kind: 'missedBackPay', ...early })).toContain('MONTH_NOT_PAST');
  });
});

describe('without parameters', () => {
  it('nothing can be computed, so nothing is stored', () => {
    const added = desk.queue.add({ id: randomUUID(), typed: typed() });
    expect(added).toMatchObject({ ok: false, code: 'POLICY_MISSING' });
  });
});

describe('the queue', () => {
  beforeEach(() => desk.bring(makeParameters()));
  const second = typed({ name: '李四', idNumber: '990100200002290031' });

  it('lists in order of entry, with count and sum, also after a restart', () => {
    const drafts = [desk.addStored(), desk.addStored(second)];
    const expected = { drafts, count: 2, totalFen: 2 * 192_000 };
    expect(desk.list()).toEqual(expected);
    desk.reopen();
    expect(desk.list()).toEqual(expected);
    expect(desk.queue.counts()).toEqual({
      registration: 2,
      reduction: 0,
      missedBackPay: 0,
      shortfallBackPay: 0,
    });
  });

  it('removes what is named, once, and the person can be entered again', () => {
    const draft = desk.addStored();
    desk.addStored(second);
    expect(desk.queue.remove({ ids: [draft.id, draft.id, randomUUID()] })).toEqual(
      succeed({ removed: 1 }),
    );
    expect(desk.queue.remove({ ids: [draft.id] })).toEqual(succeed({ removed: 0 }));
    expect(desk.list().count).toBe(1);
    expect(desk.addStored().id).not.toBe(draft.id);
    // what was entered stays on record
    expect(desk.database.handle.prepare('SELECT count(*) FROM draft').pluck().get()).toBe(3);
  });

  it('holds fast what is in an order, and lets it go as the order ends', () => {
    const [first, other] = [desk.addStored(), desk.addStored(second)];
    const oid = desk.makeOrder([first.id]);
    expect(desk.list()).toMatchObject({ count: 1, drafts: [{ orderId: oid }, { orderId: null }] });
    expect(desk.queue.remove({ ids: [other.id, first.id] })).toMatchObject({
      code: 'ORDER_IN_FLIGHT',
    });
    expect(desk.list().drafts).toHaveLength(2);
    expect(desk.refusalOf(typed())).toContain('DUPLICATE_IN_QUEUE');
    expect(desk.queue.pick('registration', [first.id, other.id])).toEqual([other]);
    expect(() => desk.makeOrder([first.id])).toThrow(/does not wait/);
    desk.reopen();
    desk.database.write(() => {
      desk.queue.settle(oid, [first.id]);
      return succeed(undefined);
    });
    expect(desk.list()).toMatchObject({ count: 1, drafts: [{ id: other.id }] });
    expect(desk.queue.remove({ ids: [first.id] })).toEqual(succeed({ removed: 0 }));
  });

  it('takes back what took no effect, with what the centre found', () => {
    const [first, other] = [desk.addStored(), desk.addStored(second)];
    const oid = desk.makeOrder([first.id, other.id]);
    const found = raise('error', 'ACCOUNT_ACTIVE', { field: 'idNumber', value: 'x', rule: 'y' });
    desk.database.write(() => {
      desk.queue.release(oid, new Map([[other.id, [found]]]));
      return succeed(undefined);
    });
    expect(desk.list()).toMatchObject({
      count: 2,
      drafts: [
        { orderId: null, issues: [] },
        { orderId: null, issues: [found] },
      ],
    });
    expect(desk.queue.pick('registration', [other.id, first.id]).map(({ id }) => id)).toEqual([
      first.id,
      other.id,
    ]);
  });

  it('marks what new bounds change, alters nothing, and takes the new figures by an edit', async () => {
    const draft = desk.addStored();
    const untouched = desk.addStored(typed({ ...second, base: '42151' }));
    const { terms } = makeParameters();
    const policies = terms.policies.map((row) => ({ ...row, minBase: row.maxBase }));
    await desk.bring(makeParameters({ version: 2, terms: { ...terms, policies } }));
    const [marked, other] = desk.list().drafts;
    expect(marked).toEqual({ ...draft, holds: false, issues: marked?.issues });
    expect(marked?.issues.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'DRAFT_OUTDATED', field: 'base', rule: '录入时为8,000.00元，现为42,151.00元' },
      { code: 'DRAFT_OUTDATED', field: 'unitFen' },
      { code: 'DRAFT_OUTDATED', field: 'personalFen' },
    ]);
    expect(other).toEqual(untouched);
    desk.reopen();
    expect(desk.list().drafts).toEqual([marked, other]);
    expect(desk.queue.check([draft])).toMatchObject({ ok: false, code: 'DRAFT_NOT_HOLDING' });
    expect(desk.queue.check([untouched])).toMatchObject({ ok: true });
    const edited = desk.queue.edit({ id: draft.id, typed: draft.typed });
    expect(edited).toMatchObject({
      value: { stored: true, draft: { holds: true, base: 4_215_100, unitFen: 505_800 } },
    });
    expect(desk.list().drafts.map(({ id }) => id)).toEqual([draft.id, untouched.id]);
  });

  it('frees what holds again', async () => {
    const draft = desk.addStored();
    const { terms } = makeParameters();
    await desk.bring(makeParameters({ version: 2, terms: { ...terms, ratio: 8 } }));
    expect(desk.list().drafts[0]?.holds).toBe(false);
    await desk.bring(makeParameters({ version: 3 }));
    expect(desk.list().drafts).toEqual([draft]);
  });

  it('shows, but does not send, what the new parameters refuse', async () => {
    const draft = desk.addStored(typed({ name: '欧阳修远明' }));
    const { terms } = makeParameters();
    await desk.bring(makeParameters({ version: 2, terms: { ...terms, nameLimit: 4 } }));
    const [marked] = desk.list().drafts;
    expect(marked).toMatchObject({ holds: false, issues: [{ code: 'NAME_TOO_LONG' }] });
    expect(desk.queue.check([draft])).toMatchObject({ ok: false, code: 'DRAFT_NOT_HOLDING' });
  });

  it('checks what was in an order meanwhile, when it comes back', async () => {
    const draft = desk.addStored();
    const oid = desk.makeOrder([draft.id]);
    const { terms } = makeParameters();
    await desk.bring(makeParameters({ version: 2, terms: { ...terms, ratio: 8 } }));
    expect(desk.list().drafts[0]).toMatchObject({ unitRatio: 12 });
    desk.database.write(() => {
      desk.queue.release(oid, new Map());
      return succeed(undefined);
    });
    expect(desk.list().drafts[0]).toEqual({
      ...draft,
      holds: false,
      issues: desk.list().drafts[0]?.issues,
    });
  });

  it('leaves an unbroken audit chain without names or numbers', () => {
    const draft = desk.addStored();
    expect(desk.queue.remove({ ids: [draft.id] })).toEqual(succeed({ removed: 1 }));
    expect(findAuditBreak(desk.database)).toBeUndefined();
    const events = desk.database.handle.prepare('SELECT event, detail FROM audit').all();
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
    await desk.bring(makeParameters());
    desk.channel.answers.set('WL4001', {});
    expect(await desk.parameters.refresh()).toEqual(succeed({ changed: false }));
    expect(desk.channel.asked).toEqual([
      ['WL4001', { have: 0 }],
      ['WL4001', { have: 1 }],
    ]);
    desk.reopen();
    expect(desk.parameters.current()).toEqual(makeParameters());
  });

  it('stay as they are when the channel fails', async () => {
    await desk.bring(makeParameters());
    desk.channel.answers.delete('WL4001');
    expect(await desk.parameters.refresh()).toMatchObject({
      ok: false,
      code: 'GATEWAY_UNREACHABLE',
    });
    expect(desk.parameters.current()).toEqual(makeParameters());
  });
});
