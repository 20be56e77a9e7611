import { describe, expect, it } from 'vitest';
import {
  businessMonthSchema,
  compareMonths,
  formatMonth,
  listMonths,
  nextMonth,
  parseMonth,
  previousMonth,
  toMonth,
} from '../../../shared/rules/months.ts';

describe('业务年月 yyyyMM', () => {
  it('is read as manual 十一(一)9 says, 201008 for August 2010', () => {
    expect(parseMonth('201008')).toEqual({ ok: true, value: 201008 });
  });

  it.each(['2010-08', '20108', '201013', '201000', '198912', '2010080', '２０１００８', ''])(
    'refuses %j',
    (text) => {
      expect(parseMonth(text)).toMatchObject({ ok: false, code: 'MONTH_FORMAT' });
    },
  );

  it('turns the year in both directions', () => {
    expect(nextMonth(toMonth(202612))).toBe(202701);
    expect(previousMonth(toMonth(202701))).toBe(202612);
    expect(nextMonth(toMonth(202601))).toBe(202602);
    expect(previousMonth(toMonth(202602))).toBe(202601);
  });

  it('lists a span with both ends', () => {
    expect(listMonths(toMonth(202511), toMonth(202602))).toEqual([202511, 202512, 202601, 202602]);
    expect(listMonths(toMonth(202602), toMonth(202602))).toEqual([202602]);
    expect(listMonths(toMonth(202603), toMonth(202602))).toEqual([]);
    expect(listMonths(toMonth(210011), toMonth(210012))).toEqual([210011, 210012]);
  });

  it('compares and is shown as 2026年11月', () => {
    expect(compareMonths(toMonth(202512), toMonth(202601))).toBeLessThan(0);
    expect(formatMonth(toMonth(202611))).toBe('2026年11月');
    expect(formatMonth(toMonth(202601))).toBe('2026年1月');
  });

  it('is checked on the wire', () => {
    expect(businessMonthSchema.safeParse(202611).success).toBe(true);
    for (const value of [202613, '202611', 20261.1, null]) {
      expect(businessMonthSchema.safeParse(value).success).toBe(false);
    }
    expect(() => toMonth(202600)).toThrow(RangeError);
  });
});
