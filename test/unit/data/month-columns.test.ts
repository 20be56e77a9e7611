import { describe, expect, it } from 'vitest';
import { isEqual, isEven, standingOf, sumOwn } from '../../../electron/data/month/columns.ts';
import { matchChanges, undo } from '../../../electron/data/month/matching.ts';
import type { Members, OwnChange } from '../../../electron/data/month/own-books.ts';
import type { MonthChange } from '../../../shared/wire/month-close.ts';

const money = { base: 800_000, unitFen: 96_000, personalFen: 96_000 };
const OID = '019a8f7e-0000-7000-8000-000000000042';

const change = (over: Partial<MonthChange>): OwnChange => ({
  ...{ businessMonth: 202611, at: '2026-11-03T02:00:00.000Z', kind: 'registration' },
  ...{ personalAccount: '990041000001', fundType: '10', name: '示例甲', oid: OID, seq: 1 },
  ...{ before: null, after: money, paidFen: 0 },
  ...(over as Partial<OwnChange>),
});
const nobody = {
  ...{ businessMonth: 202611, isOwnOrder: () => false, receiptOf: () => undefined },
};

describe('the column of a fund', () => {
  const reduction = change({
    kind: 'reduction',
    fundType: '11',
    seq: 2,
    before: money,
    after: null,
  });
  const payment = change({ kind: 'missedBackPay', seq: 3, after: null, paidFen: 384_000 });

  it('counts each fund and month by itself', () => {
    const changes = [change({}), reduction, payment, change({ businessMonth: 202612, seq: 4 })];
    expect(sumOwn(changes, 202611, '10')).toMatchObject({
      registered: { heads: 1, fen: 192_000 },
      reduced: { heads: 0, fen: 0 },
      missedBackPay: { count: 1, fen: 384_000 },
    });
    expect(sumOwn(changes, 202611, '11')).toMatchObject({
      registered: { heads: 0, fen: 0 },
      reduced: { heads: 1, fen: 192_000 },
    });
  });

  it('is even from the roster back to the beginning of the month', () => {
    const members: Members = new Map([
      ['990041000001 10', money],
      ['990041000002 10', money],
    ]);
    const now = standingOf(members, '10');
    const changes = [change({}), reduction, payment];
    undo(members, changes);
    expect([...members.keys()].sort()).toEqual(['990041000001 11', '990041000002 10']);
    const last = standingOf(members, '10');
    const column = { fundType: '10' as const, last, now, ...sumOwn(changes, 202611, '10') };
    expect(isEven(column)).toBe(true);
    expect(isEven({ ...column, last: { ...last, fen: last.fen + 1 } })).toBe(false);
    const fund = { fundType: '10' as const, ours: column, centre: column, membersEqual: true };
    expect(isEqual(fund)).toBe(true);
    expect(isEqual({ ...fund, membersEqual: false })).toBe(false);
    const payments = { ...column, missedBackPay: { count: 1, fen: 384_001 } };
    expect(isEqual({ ...fund, centre: payments })).toBe(false);
  });
});

describe('a change at the centre itself', () => {
  const raised = { ...money, unitFen: 97_000 };
  const counter = {
    ...change({ kind: 'counter', before: money, after: raised }),
    oid: null,
    seq: 0,
  };

  it('counts once the roster here shows it, and is a difference before', () => {
    const evidence = { ...nobody, centre: [counter], own: [] };
    const seen = matchChanges({ ...evidence, members: new Map([['990041000001 10', raised]]) });
    expect([seen.ours.length, seen.lines[0]?.standing]).toEqual([1, 'counter']);
    const unseen = matchChanges({ ...evidence, members: new Map([['990041000001 10', money]]) });
    expect([unseen.ours.length, unseen.lines[0]?.standing]).toEqual([0, 'onlyCentre']);
    expect(unseen.lines[0]?.centre?.moved).toEqual({ before: money, after: raised });
  });
});

describe('an order of another computer', () => {
  const centre = [change({}), change({ seq: 2, personalAccount: '990041000002' })];
  const receipt = { kind: 'registration', count: 1 };

  it('counts for as many people as its receipt says, and of its kind', () => {
    const evidence = { ...nobody, centre, own: [], members: new Map() };
    const standings = (over: object) =>
      matchChanges({ ...evidence, receiptOf: () => ({ ...receipt, ...over }) as never }).lines.map(
        ({ standing }) => standing,
      );
    expect(standings({ count: 2 })).toEqual(['elsewhere', 'elsewhere']);
    expect(standings({})).toEqual(['elsewhere', 'onlyCentre']);
    expect(standings({ kind: 'reduction' })).toEqual(['onlyCentre', 'onlyCentre']);
    expect(matchChanges(evidence).ours).toEqual([]);
  });
});
