import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatRanges,
  monthRangesSchema,
  monthsWithin,
  toRanges,
} from '../../../shared/rules/month-ranges.ts';
import type { MonthRange } from '../../../shared/rules/month-ranges.ts';
import { compareMonths, listMonths, toMonth } from '../../../shared/rules/months.ts';
import { splitByPolicy } from '../../../shared/rules/policy-split.ts';
import { policyAt } from '../../../shared/rules/policy.ts';
import { policy2026 } from './hangzhou.ts';
import { seed } from './seed.ts';

/** Months counted from January 2000, the slow obvious way to do arithmetic with them. */
const at = (n: number) => toMonth((2000 + Math.floor(n / 12)) * 100 + (n % 12) + 1);
const index = fc.integer({ min: 0, max: 400 });
const span = fc
  .tuple(index, index)
  .map(([a, b]): MonthRange => [at(Math.min(a, b)), at(Math.max(a, b))]);

/** Every month there is, looked at one by one. */
function walk(isWanted: (month: number) => boolean): number[] {
  return Array.from({ length: 401 }, (_, n) => at(n)).filter(isWanted);
}

const contains = ([from, to]: MonthRange, month: number) => month >= from && month <= to;

describe('months of a span', () => {
  it('are those a walk through the calendar meets, both ends with it', () => {
    fc.assert(
      fc.property(span, (range) => {
        expect(listMonths(...range)).toEqual(walk((month) => contains(range, month)));
      }),
      { seed, numRuns: 500 },
    );
  });

  it('that are paid already are those a walk finds in any range', () => {
    fc.assert(
      fc.property(span, fc.array(span, { maxLength: 6 }), (range, ranges) => {
        expect(monthsWithin(range, ranges)).toEqual(
          walk((month) => contains(range, month) && ranges.some((r) => contains(r, month))),
        );
      }),
      { seed, numRuns: 500 },
    );
  });

  it('become the fewest ranges and come back the same', () => {
    fc.assert(
      fc.property(fc.array(index, { maxLength: 60 }), (picked) => {
        const months = picked.map(at);
        const ranges = toRanges(months);
        expect(ranges.flatMap((range) => listMonths(...range))).toEqual(
          [...new Set(months)].sort(compareMonths),
        );
        expect(monthRangesSchema.safeParse(ranges).success).toBe(true);
        for (const [i, [from]] of ranges.entries()) {
          const before = ranges[i - 1];
          // a range that touches the one before would not be the fewest
          if (before) expect(listMonths(before[1], from).length).toBeGreaterThan(2);
        }
      }),
      { seed, numRuns: 500 },
    );
  });

  it('are named in Chinese, the first ones only when there are many', () => {
    const months = [202512, 202601, 202603].map(toMonth);
    expect(formatRanges(toRanges(months), 6)).toBe('2025年12月至2026年1月、2026年3月');
    expect(formatRanges(toRanges(months), 1)).toBe('2025年12月至2026年1月等共3个月');
  });

  it('are refused when out of order or overlapping', () => {
    for (const wrong of [
      [[202602, 202601]],
      [
        [202601, 202603],
        [202603, 202604],
      ],
      [
        [202605, 202606],
        [202601, 202602],
      ],
    ]) {
      expect(monthRangesSchema.safeParse(wrong).success).toBe(false);
    }
  });
});

describe('the split at policy years', () => {
  const policies = fc
    .uniqueArray(index, { minLength: 1, maxLength: 8 })
    .map((starts) => starts.map((n) => ({ ...policy2026, from: at(n) })));

  it('names for each month the row a lookup month by month finds, and loses no month', () => {
    fc.assert(
      fc.property(policies, span, (rows, range) => {
        const { parts, missing } = splitByPolicy(rows, '10', range);
        const months = listMonths(...range);
        const rowOf = new Map(
          parts.flatMap((part) => part.months.map((month) => [month, part.policy])),
        );
        expect([...missing, ...parts.flatMap((part) => part.months)]).toEqual(months);
        for (const month of months) {
          expect(rowOf.get(month)).toBe(policyAt(rows, '10', month));
        }
        // a cut only where the row changes
        for (const [i, part] of parts.entries()) {
          expect(part.policy).not.toBe(parts[i - 1]?.policy);
        }
      }),
      { seed, numRuns: 500 },
    );
  });

  it('knows nothing of another fund', () => {
    const range: MonthRange = [toMonth(202608), toMonth(202609)];
    expect(splitByPolicy([policy2026], '11', range)).toEqual({
      parts: [],
      missing: [202608, 202609],
    });
  });
});
