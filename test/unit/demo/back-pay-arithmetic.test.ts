import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policiesOf } from '../../../electron/demo/people/policies.ts';
import {
  commonMonths,
  cutRange,
  joinRanges,
  type MonthRange,
  monthsIn,
  nameMonths,
  shiftMonth,
} from '../../../electron/demo/review/months.ts';
import {
  backPayRatios,
  clampWage,
  policyInForce,
  splitByPolicy,
} from '../../../electron/demo/review/policy.ts';
import { listMonths, toMonth } from '../../../shared/rules/months.ts';
import { backPayRatioRange, type UnitTerms } from '../../../shared/rules/policy.ts';

/** The centre's own months, bounds and ratios, against plain walks and against the client's. */
const month = fc
  .tuple(fc.integer({ min: 2009, max: 2030 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => year * 100 + number);
const range = fc.tuple(month, month).map(([a, b]): MonthRange => (a < b ? [a, b] : [b, a]));
const policies = policiesOf(['10', '11']);

describe('months', () => {
  test('over the turn of a year, both ways', () => {
    expect([shiftMonth(202612, 1), shiftMonth(202701, -1), shiftMonth(202605, -17)]).toEqual([
      ...[202701, 202612, 202412],
    ]);
    expect(monthsIn([202611, 202702])).toEqual([202611, 202612, 202701, 202702]);
    expect(monthsIn([202608, 202605])).toEqual([]);
  });

  test('of any range are those the client lists', () => {
    fc.assert(
      fc.property(range, ([from, to]) => {
        expect(monthsIn([from, to])).toEqual(listMonths(toMonth(from), toMonth(to)));
      }),
    );
  });

  test('joined ranges hold the same months, ascending, with a gap between any two', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), (ranges) => {
        const joined = joinRanges(ranges);
        const months = new Set(ranges.flatMap((one) => monthsIn(one)));
        expect(joined.flatMap((one) => monthsIn(one))).toEqual([...months].sort((a, b) => a - b));
        for (const [i, [from]] of joined.entries()) {
          const before = joined[i - 1];
          if (before) expect(shiftMonth(before[1], 1)).toBeLessThan(from);
        }
      }),
    );
  });

  test('a cut takes away exactly the months of the gap, and joining brings them back', () => {
    fc.assert(
      fc.property(range, range, (whole, gap) => {
        const left = cutRange([whole], gap);
        const kept = left.flatMap((one) => monthsIn(one));
        const lost = commonMonths(gap, [whole]);
        expect([...kept, ...lost].sort((a, b) => a - b)).toEqual(monthsIn(whole));
        const [first] = lost;
        const last = lost.at(-1);
        if (first === undefined || last === undefined) return;
        expect(joinRanges([...left, [first, last]])).toEqual([whole]);
      }),
    );
  });

  test('more months than fit a text are counted', () => {
    expect(nameMonths([202607, 202608])).toBe('202607、202608');
    expect(nameMonths(monthsIn([202001, 202412]))).toMatch(/^202001、.*、202112等60个月$/);
  });
});

describe('bounds', () => {
  test('a span is cut at 1 July and each piece has the row of its months', () => {
    const spans = splitByPolicy(policies, '10', [202605, 202608]);
    expect(spans?.map(({ policy, months }) => [policy.from, policy.maxBase, months])).toEqual([
      [202507, 3_968_700, 2],
      [202607, 4_215_100, 2],
    ]);
  });

  test('any span agrees with a look-up month by month; before July 2009 there is none', () => {
    fc.assert(
      fc.property(range, fc.constantFrom('10' as const, '11' as const), (asked, fund) => {
        const each = monthsIn(asked).map((one) => policyInForce(policies, fund, one));
        const spans = splitByPolicy(policies, fund, asked);
        expect(spans === undefined).toBe(each.includes(undefined));
        const flat = spans?.flatMap(
          ({ policy, months }) => Array(months).fill(policy) as unknown[],
        );
        if (flat) expect(flat).toEqual(each);
      }),
    );
    expect(splitByPolicy(policies, '10', [200906, 202607])).toBeUndefined();
    expect(splitByPolicy([], '10', [202607, 202607])).toBeUndefined();
  });

  test('a wage counts as the bound it passes', () => {
    const policy = policyInForce(policies, '10', 202607);
    if (!policy) throw new Error('no policy');
    const wages = [1, 265_999, 266_000, 4_215_100, 4_215_101];
    expect(wages.map((wage) => clampWage(wage, policy))).toEqual([
      ...[266_000, 266_000, 266_000, 4_215_100, 4_215_100],
    ]);
  });
});

describe('ratios of back-payments (manual 十一(一)11)', () => {
  const terms = (ratioPolicy: UnitTerms['ratioPolicy'], ratio: number): UnitTerms => ({
    ...{ ratioPolicy, ratio, fundTypes: ['10', '11'], policies: [], nameLimit: 5 },
    ...{ ratioMin: 5, ratioMax: 12, subsidyRatioMin: 1, subsidyRatioMax: 25 },
  });
  test.each([
    [5, 5],
    [6, 6],
    [7, 7],
    [8, 8],
    [9, 8],
    [12, 8],
  ])('uniform at %i %%: from %i to 12', (ratio, min) => {
    const uniform = terms('uniform', ratio);
    expect(backPayRatios(uniform, '10')).toEqual({ min, max: 12 });
    expect(backPayRatioRange(uniform, '10')).toEqual({ min, max: 12 });
  });

  test('per employee 5 to 12; fund 11 has its own', () => {
    expect(backPayRatios(terms('perEmployee', 8), '10')).toEqual({ min: 5, max: 12 });
    expect(backPayRatios(terms('uniform', 12), '11')).toEqual({ min: 1, max: 25 });
  });
});
