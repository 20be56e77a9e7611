import { describe, expect, it } from 'vitest';
import { toMonth } from '../../../shared/rules/months.ts';
import {
  backPayRatioRange,
  isRatioTyped,
  policyAt,
  policySchema,
  unitTermsSchema,
} from '../../../shared/rules/policy.ts';
import { perEmployee, policy2025, policy2026, uniformAtEight } from './hangzhou.ts';

const both = [policy2026, policy2025, { ...policy2026, fundType: '11' as const }];

describe('money: bounds are looked up for the month', () => {
  it('changes on 1 July, whatever the order of the rows', () => {
    expect(policyAt(both, '10', toMonth(202606))).toBe(policy2025);
    expect(policyAt(both, '10', toMonth(202607))).toBe(policy2026);
    expect(policyAt([...both].reverse(), '10', toMonth(202607))).toBe(policy2026);
    expect(policyAt(both, '10', toMonth(202912))).toBe(policy2026);
  });

  it('knows nothing before the first row and nothing of another fund', () => {
    expect(policyAt(both, '10', toMonth(202506))).toBeUndefined();
    expect(policyAt(both, '11', toMonth(202606))).toBeUndefined();
    expect(policyAt(both, '11', toMonth(202608))?.fundType).toBe('11');
  });
});

describe('what the centre sends', () => {
  it('passes through the wire unchanged', () => {
    const sent: unknown = JSON.parse(JSON.stringify(perEmployee));
    expect(unitTermsSchema.parse(sent)).toEqual(perEmployee);
  });

  it.each([
    { ...policy2026, minBase: 266_000.5 },
    { ...policy2026, minBase: -1 },
    { ...policy2026, minBase: 5_000_000 },
    { ...policy2026, from: 202613 },
    { ...policy2026, rounding: 'nearest' },
    { ...policy2026, fundType: '12' },
    { ...policy2026, extra: 1 },
  ])('refuses a wrong policy row %#', (row) => {
    expect(policySchema.safeParse(row).success).toBe(false);
  });

  it('refuses ranges that are upside down', () => {
    expect(unitTermsSchema.safeParse({ ...perEmployee, ratioMin: 13 }).success).toBe(false);
    expect(unitTermsSchema.safeParse({ ...perEmployee, subsidyRatioMin: 26 }).success).toBe(false);
  });

  it('asks for a ratio per employee, or for fund 11, and not from a uniform unit', () => {
    expect(isRatioTyped(perEmployee, '10')).toBe(true);
    expect(isRatioTyped(uniformAtEight, '10')).toBe(false);
    expect(isRatioTyped(uniformAtEight, '11')).toBe(true);
  });
});

describe('manual 十一(一)11: the range of a ratio of a back-payment', () => {
  it('is 5 to 12 for a per-employee unit, whatever ratio is its own', () => {
    for (const ratio of [0, 5, 8, 12]) {
      expect(backPayRatioRange({ ...perEmployee, ratio }, '10')).toEqual({ min: 5, max: 12 });
    }
  });

  it.each([
    [4, 5],
    [5, 5],
    [6, 6],
    [7, 7],
    [8, 8],
    [9, 8],
    [12, 8],
  ])('begins for a uniform unit at %i percent at %i and ends at 12', (ratio, min) => {
    expect(backPayRatioRange({ ...uniformAtEight, ratio }, '10')).toEqual({ min, max: 12 });
  });

  it('is the range of fund 11 for fund 11', () => {
    expect(backPayRatioRange(uniformAtEight, '11')).toEqual({ min: 1, max: 25 });
  });
});
