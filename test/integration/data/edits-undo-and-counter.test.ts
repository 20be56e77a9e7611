import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { succeed } from '../../../shared/errors/result.ts';
import { draftSchema } from '../../../shared/ipc/entries.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import { checkCharacter } from '../../../shared/rules/identity.ts';
import { makeParameters } from './practice-parameters.ts';
import { employee, QueueDesk, type Registration, typed } from './queue-desk.ts';

let desk: QueueDesk;
beforeEach(() => {
  desk = new QueueDesk();
});
afterEach(() => {
  desk.close();
});

describe('an edit', () => {
  beforeEach(() => desk.bring(makeParameters()));
  const history = () =>
    desk.database.handle.prepare('SELECT * FROM draft_edit ORDER BY draft_id, number').all();

  it('keeps id and place; what was typed before stays on file', () => {
    const draft = desk.addStored();
    const after = desk.addStored(typed({ name: '李四', idNumber: '990100200002290031' }));
    const changed = typed({ base: '9000' });
    const edited = desk.queue.edit({ id: draft.id, typed: changed });
    expect(edited).toMatchObject({
      value: { stored: true, draft: { id: draft.id, typed: changed, totalFen: 216_000 } },
    });
    expect(desk.list().drafts.map(({ id }) => id)).toEqual([draft.id, after.id]);
    expect(desk.list()).toMatchObject({ count: 2, totalFen: 216_000 + 192_000 });
    expect(history()).toMatchObject([
      { draft_id: draft.id, number: 1, typed: JSON.stringify(typed()), total_fen: 192_000 },
    ]);
    // the same again is the same, and nothing more goes on file
    expect(desk.queue.edit({ id: draft.id, typed: changed })).toEqual(edited);
    expect(history()).toHaveLength(1);
    expect(desk.queue.edit({ id: draft.id, typed: typed() })).toMatchObject({ ok: true });
    expect(history()).toMatchObject([{ number: 1 }, { number: 2, typed: JSON.stringify(changed) }]);
    desk.reopen();
    expect(desk.list().drafts[0]).toEqual({ ...draft, createdAt: draft.createdAt });
  });

  it('that the rules refuse leaves the draft as it was, and says whether the counter can help', () => {
    const draft = desk.addStored();
    desk.addStored(typed({ name: '李四', idNumber: '990100200002290031' }));
    const refused = (change: Partial<Registration>) =>
      desk.queue.edit({ id: draft.id, typed: typed(change) });
    expect(refused({ idNumber: '990100200002290031' })).toMatchObject({
      value: { stored: false, counter: false, issues: [{ code: 'DUPLICATE_IN_QUEUE' }] },
    });
    expect(refused({ name: '买买提艾力江' })).toMatchObject({
      value: { stored: false, counter: true, issues: [{ code: 'NAME_TOO_LONG' }] },
    });
    expect(desk.list().drafts[0]).toEqual(draft);
    expect(history()).toEqual([]);
  });

  it('of what is in an order, gone or never was is refused', () => {
    const draft = desk.addStored();
    const other = desk.addStored(typed({ name: '李四', idNumber: '990100200002290031' }));
    desk.makeOrder([draft.id]);
    expect(desk.queue.edit({ id: draft.id, typed: typed() })).toMatchObject({
      code: 'ORDER_IN_FLIGHT',
    });
    expect(desk.queue.remove({ ids: [other.id] })).toMatchObject({ ok: true });
    expect(desk.queue.edit({ id: other.id, typed: typed() })).toMatchObject({ code: 'NO_RECORD' });
    expect(desk.queue.edit({ id: randomUUID(), typed: typed() })).toMatchObject({
      code: 'NO_RECORD',
    });
  });

  it('cannot be made past its history, nor the history changed', () => {
    desk.addStored();
    expect(() => desk.database.handle.exec("UPDATE draft SET typed = '{}'")).toThrow(
      /typed is kept/,
    );
    desk.queue.edit({ id: desk.list().drafts[0]?.id ?? '', typed: typed({ base: '9000' }) });
    expect(() => desk.database.handle.exec("UPDATE draft_edit SET typed = '{}'")).toThrow(
      /as it was/,
    );
    expect(() => desk.database.handle.exec('DELETE FROM draft_edit')).toThrow(/for ever/);
  });
});

describe('undoing a removal', () => {
  beforeEach(() => desk.bring(makeParameters()));
  const numbers = ['001', '002', '003'].map(numberOf);
  function numberOf(order: string): string {
    const digits = `99010019800101${order}`;
    return digits + checkCharacter(digits);
  }

  it('puts every draft back in its old place, as it was', () => {
    const drafts = numbers.map((idNumber) => desk.addStored(typed({ idNumber })));
    const ids = drafts.map(({ id }) => id);
    desk.queue.remove({ ids });
    expect(desk.list().count).toBe(0);
    const late = desk.addStored(typed({ idNumber: numberOf('004') }));
    expect(desk.queue.restore({ ids: [...ids].reverse() })).toEqual(
      succeed({ restored: 3, refused: [] }),
    );
    expect(desk.list().drafts).toEqual([...drafts, late]);
    expect(desk.queue.restore({ ids })).toEqual(succeed({ restored: 0, refused: [] }));
    desk.reopen();
    expect(desk.list().drafts).toEqual([...drafts, late]);
  });

  it('leaves removed what no longer holds, with the reason', () => {
    const draft = desk.addStored();
    desk.queue.remove({ ids: [draft.id] });
    const again = desk.addStored();
    expect(desk.queue.restore({ ids: [draft.id] })).toMatchObject({
      value: { restored: 0, refused: [{ code: 'DUPLICATE_IN_QUEUE' }] },
    });
    expect(desk.list().drafts).toEqual([again]);
  });

  it('marks what stands there with figures that have changed since', async () => {
    const draft = desk.addStored();
    desk.queue.remove({ ids: [draft.id] });
    const { terms } = makeParameters();
    await desk.bring(makeParameters({ version: 2, terms: { ...terms, ratio: 8 } }));
    expect(desk.queue.restore({ ids: [draft.id] })).toMatchObject({ value: { restored: 1 } });
    const [back] = desk.list().drafts;
    expect(back).toEqual({ ...draft, holds: false, issues: back?.issues });
  });
});

describe('entries of the other kinds', () => {
  beforeEach(() => desk.bring(makeParameters()));
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
    const drafts = [reduction, missed, shortfall].map((entry) => desk.addStored(entry));
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
    desk.reopen();
    expect(desk.list('reduction').drafts).toEqual([drafts[0]]);
    expect(desk.list('missedBackPay')).toMatchObject({ count: 1, totalFen: 384_000 });
    expect(desk.queue.counts()).toEqual({
      registration: 0,
      reduction: 1,
      missedBackPay: 1,
      shortfallBackPay: 1,
    });
    // what is queued stands against what overlaps it
    expect(desk.refusalOf(reduction)).toContain('DUPLICATE_IN_QUEUE');
    expect(desk.refusalOf({ ...missed, from: '202610' })).toContain('MONTHS_REPEATED');
    expect(desk.refusalOf({ ...shortfall, from: '202608', to: '202609' })).toContain(
      'MONTHS_REPEATED',
    );
  });

  it('cannot be edited into another kind', () => {
    const draft = desk.addStored(reduction);
    expect(desk.queue.edit({ id: draft.id, typed: missed })).toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });

  it('are marked when the roster no longer bears them out', () => {
    const draft = desk.addStored(reduction);
    desk.roster = new Map([employee(account, { status: '02' })]);
    desk.recheck();
    const [marked] = desk.list('reduction').drafts;
    expect(marked).toEqual({ ...draft, holds: false, issues: marked?.issues });
    desk.roster = new Map();
    desk.recheck();
    expect(desk.list('reduction').drafts[0]?.issues.map(({ code }) => code)).toContain(
      'ACCOUNT_UNKNOWN',
    );
  });
});

describe('待柜面', () => {
  beforeEach(() => desk.bring(makeParameters()));
  const longName = typed({ name: '买买提艾力江' });
  const listed = () => {
    const found = desk.counter.list();
    if (!found.ok) throw new Error(found.code);
    return found.value.drafts;
  };

  it('takes what only the counter can settle, once per id, and keeps it through a restart', () => {
    const id = randomUUID();
    expect(desk.add(longName, id)).toMatchObject({ stored: false, counter: true });
    const added = desk.counter.add({ id, typed: longName });
    expect(added).toMatchObject({
      value: { draft: { id, name: '买买提艾力江', totalFen: 192_000, orderId: null } },
    });
    expect(desk.counter.add({ id, typed: typed() })).toEqual(added);
    desk.reopen();
    expect(listed()).toHaveLength(1);
    expect(listed()[0]?.issues.map(({ code }) => code)).toEqual(['NAME_TOO_LONG']);
    expect(desk.counter.count()).toBe(1);
    // it is not in the queue, and stands against nothing there
    expect(desk.list().drafts).toEqual([]);
    desk.addStored();
  });

  it('refuses what may be sent, what is wrong, and what is in the queue already', () => {
    const refuse = (entry: EntryTyped, id: string = randomUUID()) => {
      expect(desk.counter.add({ id, typed: entry })).toMatchObject({ code: 'REQUEST_INVALID' });
    };
    refuse(typed());
    refuse({ ...longName, base: '0' });
    refuse(longName, desk.addStored().id);
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
    expect(desk.counter.add({ id: randomUUID(), typed: early })).toMatchObject({
      value: { draft: { name: '示例员工', from: 200901, to: 200912, totalFen: 0 } },
    });
  });

  it('strikes off for good, and keeps the row on file', () => {
    const id = randomUUID();
    desk.counter.add({ id, typed: longName });
    expect(desk.queue.remove({ ids: [id] })).toEqual(succeed({ removed: 0 }));
    expect(desk.counter.remove({ ids: [id, id] })).toEqual(succeed({ removed: 1 }));
    expect(desk.counter.remove({ ids: [id] })).toEqual(succeed({ removed: 0 }));
    expect(desk.queue.restore({ ids: [id] })).toEqual(succeed({ restored: 0, refused: [] }));
    expect(listed()).toEqual([]);
    const state = desk.database.handle.prepare('SELECT state FROM draft WHERE id = ?').pluck();
    expect(state.get(id)).toBe('struck');
    expect(() => desk.database.handle.exec("UPDATE draft SET state = 'waiting'")).toThrow(
      /counter/,
    );
  });
});
