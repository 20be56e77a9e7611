import { describe, expect, it } from 'vitest';
import type { BackPayContext } from '../../../shared/rules/back-pay.ts';
import { isForCounter } from '../../../shared/rules/issue.ts';
import {
  checkMissedBackPay,
  missedBackPayEntrySchema,
  previewMissedBackPay,
} from '../../../shared/rules/missed-back-pay.ts';
import type { MissedBackPayTyped } from '../../../shared/rules/missed-back-pay.ts';
import { toFen } from '../../../shared/rules/money.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import type { QueuedEntry } from '../../../shared/rules/queue.ts';
import { contextOver, entryContext, plainMissed, uniformAtEight, zhang } from './hangzhou.ts';

function check(typed: Partial<MissedBackPayTyped>, changes: Partial<BackPayContext> = {}) {
  const given = { ...plainMissed, ...typed };
  const { issues, entry } = checkMissedBackPay(given, { ...entryContext, ...changes });
  return { issues, entry, found: issues.map((i) => `${i.severity} ${i.field} ${i.code}`) };
}

const unpaid = contextOver([{ ...zhang, paid: [] }]);
const queued = (from: number, to: number, changes: Partial<QueuedEntry> = {}): QueuedEntry => ({
  kind: 'missedBackPay',
  fundType: '10',
  personalAccount: zhang.personalAccount,
  from: toMonth(from),
  to: toMonth(to),
  ...changes,
});
const uniformAt = (ratio: number) => ({
  terms: { ...entryContext.terms, ratioPolicy: 'uniform' as const, ratio },
});

describe('manual 八(一): an entry without remarks', () => {
  it('pays both parts for every month', () => {
    const { entry, found } = check({});
    expect(found).toEqual([]);
    expect(entry).toEqual({
      fundType: '10',
      personalAccount: '990012345678',
      name: '示例甲',
      idNumber: '990100199001010012',
      from: 202604,
      to: 202605,
      typedBase: 800_000,
      unitRatio: 12,
      personalRatio: 12,
      months: [202604, 202605].map((month) => ({
        month,
        base: 800_000,
        unitRatio: 12,
        personalRatio: 12,
        unitFen: 96_000,
        personalFen: 96_000,
      })),
      unitFen: 192_000,
      personalFen: 192_000,
      totalFen: 384_000,
      monthlyFen: 192_000,
    });
    expect(missedBackPayEntrySchema.safeParse(entry).success).toBe(true);
  });

  it('pays the unit part alone for fund 11', () => {
    const { entry, found } = check({ fundType: '11', ratio: '20' });
    expect(found).toEqual([]);
    expect(entry).toMatchObject({ unitRatio: 20, personalRatio: 0, personalFen: 0 });
    expect(entry?.totalFen).toBe(320_000);
  });

  it('stands for a 停缴 person', () => {
    const { entry, found } = check({ personalAccount: '990012340002' });
    expect(found).toEqual([]);
    expect(entry?.name).toBe('示例乙');
  });
});

describe('manual 八.1: no month is paid twice', () => {
  it('refuses months the roster has as paid and names them', () => {
    const { entry, found, issues } = check({ from: '202602', to: '202607' });
    expect(found).toEqual(['error from MONTHS_REPEATED']);
    expect(issues[0]?.rule).toContain('2026年2月至2026年3月、2026年6月至2026年7月已缴存');
    expect(entry).toBeUndefined();
  });

  it('refuses months of a back-payment in the queue and names them', () => {
    const { entry, found, issues } = check({}, { queue: [queued(202512, 202604)] });
    expect(found).toEqual(['error from MONTHS_REPEATED']);
    expect(issues[0]?.rule).toContain('2026年4月已在待确认队列');
    expect(entry).toBeUndefined();
  });

  it('refuses months a 少缴补缴 in the queue pays for as well', () => {
    const queue = [queued(202605, 202605, { kind: 'shortfallBackPay' })];
    expect(check({}, { queue }).found).toEqual(['error from MONTHS_REPEATED']);
  });

  it('takes the months right between', () => {
    const queue = [queued(202512, 202603), queued(202606, 202607)];
    expect(check({}, { queue }).found).toEqual([]);
  });

  it('does not mind another fund, another account or the person’s reduction', () => {
    const queue = [
      queued(202604, 202605, { fundType: '11' }),
      queued(202604, 202605, { personalAccount: '990012340002' }),
      { kind: 'reduction', fundType: '10', personalAccount: zhang.personalAccount } as const,
    ];
    const { entry, found } = check({}, { queue });
    expect(found).toEqual([]);
    expect(entry).toBeDefined();
  });
});

describe('manual 六.10: a 登记 that is not effective yet', () => {
  it('is pointed out while it waits in the queue, and nothing is refused', () => {
    const registration = { kind: 'registration', fundType: '10' } as const;
    const same = { ...registration, idNumber: '990100900101001' };
    const { found, entry } = check({}, { queue: [same] });
    expect(found).toEqual(['notice personalAccount REGISTRATION_WAITING']);
    expect(entry).toBeDefined();
    const other = { ...registration, idNumber: '990100198512310020' };
    expect(check({}, { queue: [other, { ...same, fundType: '11' }] }).found).toEqual([]);
  });
});

describe('manual 十一(一)9: the months', () => {
  it.each([
    ['from', '', 'MONTH_FORMAT'],
    ['from', '2026-4', 'MONTH_FORMAT'],
    ['from', '2026年4月', 'MONTH_FORMAT'],
    ['from', '202613', 'MONTH_FORMAT'],
    ['to', '202600', 'MONTH_FORMAT'],
    ['from', '20264', 'MONTH_LENGTH'],
    ['to', '2026004', 'MONTH_LENGTH'],
    ['to', '202611', 'MONTH_NOT_PAST'],
    ['to', '202612', 'MONTH_NOT_PAST'],
  ])('%s %j: %s', (field, value, code) => {
    const { found, entry } = check({ [field]: value }, unpaid);
    expect(found).toEqual([`error ${field} ${code}`]);
    expect(entry).toBeUndefined();
  });

  it.each([
    ['190001', '1990年至2100年，现为1900年'],
    ['000001', '1990年至2100年，现为0000年'],
    ['210101', '1990年至2100年，现为2101年'],
    ['202613', '月份为01至12，现为13'],
    ['000000', '月份为01至12，现为00'],
    ['2026-4', '例如201008'],
  ])('names the years or the months there are', (from, met) => {
    const { issues } = check({ from }, unpaid);
    expect(issues[0]).toMatchObject({ code: 'MONTH_FORMAT', value: from });
    expect(issues[0]?.rule).toContain(met);
    expect(issues[0]?.fix).toContain('1990至2100');
  });

  it('takes the month just before the current one', () => {
    expect(check({ from: '202610', to: '202610' }, unpaid).found).toEqual([]);
  });

  it('refuses a start in or after the current month, too', () => {
    expect(check({ from: '202611', to: '202611' }, unpaid).found).toEqual([
      'error from MONTH_NOT_PAST',
      'error to MONTH_NOT_PAST',
    ]);
  });

  it('refuses an end before the start', () => {
    const { found, entry } = check({ from: '202605', to: '202604' });
    expect(found).toEqual(['error to MONTH_ORDER']);
    expect(entry).toBeUndefined();
  });

  it('十一(一)10: full-width is normalised with a notice instead of refused', () => {
    const typed = { from: '２０２６０４', to: '202605', base: '８０ ００', ratio: '１２' };
    const { found, entry } = check(typed);
    expect(found).toEqual([
      'notice from TYPED_FULL_WIDTH',
      'notice base TYPED_FULL_WIDTH',
      'notice base TYPED_SPACES',
      'notice ratio TYPED_FULL_WIDTH',
    ]);
    expect(entry).toMatchObject({ from: 202604, typedBase: 800_000, unitRatio: 12 });
  });
});

describe('more than twelve months', () => {
  it('are pointed out and not refused; twelve are not pointed out', () => {
    const year = check({ from: '202507', to: '202606' }, unpaid);
    expect(year.found).toEqual([]);
    const more = check({ from: '202507', to: '202607' }, unpaid);
    expect(more.found).toEqual(['notice to SPAN_LONG']);
    expect(more.issues[0]?.rule).toContain('13个月');
    expect(more.entry?.months).toHaveLength(13);
  });

  it('follow the length the centre sends', () => {
    const terms = { ...unpaid.terms, backPayNoticeMonths: 1 };
    expect(check({}, { terms }).found).toEqual(['notice to SPAN_LONG']);
  });
});

describe('manual 十一(一)5 and 8: bounds are those of each month', () => {
  it('clamps every month to its own bounds and shows the split', () => {
    const typed = { from: '202605', to: '202608', base: '50000.00' };
    const { entry, found, issues } = check(typed, unpaid);
    expect(found).toEqual(['notice base BASE_ABOVE', 'notice base BASE_ABOVE']);
    expect(issues.map((issue) => issue.rule)).toEqual([
      expect.stringMatching(/^2026年5月至2026年6月.*39,687\.00/),
      expect.stringMatching(/^2026年7月至2026年8月.*42,151\.00/),
    ]);
    expect(entry?.months.map(({ month, base, unitFen }) => [month, base, unitFen])).toEqual([
      [202605, 3_968_700, 476_200],
      [202606, 3_968_700, 476_200],
      [202607, 4_215_100, 505_800],
      [202608, 4_215_100, 505_800],
    ]);
    expect(entry).toMatchObject({ unitFen: 1_964_000, totalFen: 3_928_000, monthlyFen: 1_011_600 });
  });

  it('clamps in one year only where the wage lies outside that year’s bounds alone', () => {
    const { entry, found } = check({ from: '202606', to: '202607', base: '2500' }, unpaid);
    expect(found).toEqual(['notice base BASE_BELOW']);
    expect(entry?.months.map(({ base }) => base)).toEqual([250_000, 266_000]);
  });

  it('sends months before the first bounds to the counter and names them', () => {
    const { entry, found, issues } = check({ from: '202505', to: '202507' }, unpaid);
    expect(found).toEqual(['counter from POLICY_EARLY']);
    expect(isForCounter(issues)).toBe(true);
    expect(issues[0]?.rule).toContain('2025年5月至2025年6月');
    expect(issues[0]?.fix).toContain('柜面');
    expect(entry).toBeUndefined();
  });

  it('says to sync when there are no bounds of the fund at all', () => {
    const terms = { ...entryContext.terms, policies: [] };
    expect(check({}, { terms }).found).toEqual(['error from POLICY_MISSING']);
  });
});

describe('manual 十一(一)6 and 7: the wage', () => {
  it.each([
    ['', 'BASE_FORMAT'],
    ['八千', 'BASE_FORMAT'],
    ['8000.123', 'BASE_DECIMALS'],
    ['99999999999', 'BASE_TOO_LARGE'],
    ['0', 'BASE_NOT_POSITIVE'],
    ['-8000', 'BASE_NOT_POSITIVE'],
  ])('%j: %s', (base, code) => {
    const { found, entry } = check({ base });
    expect(found).toEqual([`error base ${code}`]);
    expect(entry).toBeUndefined();
  });
});

describe('manual 十一(一)11: the ratio is refused, never adjusted', () => {
  it('per-employee: 5 to 12', () => {
    for (const ratio of ['5', '12', '12%']) expect(check({ ratio }).found).toEqual([]);
    for (const ratio of ['4', '13', '0', '100']) {
      const { found, entry } = check({ ratio });
      expect(found).toEqual(['error ratio RATIO_NOT_ALLOWED']);
      expect(entry).toBeUndefined();
    }
    for (const ratio of ['', '5.5', 'x', '-5']) {
      expect(check({ ratio }).found).toEqual(['error ratio RATIO_FORMAT']);
    }
  });

  it('uniform at 8 to 12: 8 to 12', () => {
    for (const own of [8, 10, 12]) {
      for (const ratio of ['8', '10', '12']) {
        const { found, entry } = check({ ratio }, uniformAt(own));
        expect(found).toEqual([]);
        expect(entry?.unitRatio).toBe(Number(ratio));
      }
      const { found, issues } = check({ ratio: '7' }, uniformAt(own));
      expect(found).toEqual(['error ratio RATIO_NOT_ALLOWED']);
      expect(issues[0]?.rule).toContain('8%至12%');
    }
  });

  it('uniform at 5 to 7: from its own ratio to 12', () => {
    for (const own of [5, 6, 7]) {
      expect(check({ ratio: String(own) }, uniformAt(own)).found).toEqual([]);
      expect(check({ ratio: '12' }, uniformAt(own)).found).toEqual([]);
      for (const ratio of [own - 1, 13]) {
        expect(check({ ratio: String(ratio) }, uniformAt(own)).found).toEqual([
          'error ratio RATIO_NOT_ALLOWED',
        ]);
      }
    }
  });

  it('fund 11: its own range, also in a uniform unit', () => {
    const terms = { ...uniformAtEight, policies: entryContext.terms.policies };
    for (const ratio of ['1', '25']) {
      expect(check({ fundType: '11', ratio }, { terms }).found).toEqual([]);
    }
    expect(check({ fundType: '11', ratio: '26' }, { terms }).found).toEqual([
      'error ratio RATIO_NOT_ALLOWED',
    ]);
  });
});

describe('manual 八(二)1: 补缴金额 is more than zero', () => {
  it('refuses an amount that rounds to nothing', () => {
    const tiny = { minBase: toFen(1), rounding: 'yuanTruncate' as const };
    const policies = entryContext.terms.policies.map((policy) => ({ ...policy, ...tiny }));
    const terms = { ...entryContext.terms, policies };
    const { found, entry, issues } = check({ base: '1' }, { terms });
    expect(found).toEqual(['error base AMOUNT_NOT_POSITIVE']);
    expect(issues[0]?.value).toBe('0.00');
    expect(entry).toBeUndefined();
  });
});

describe('while typing', () => {
  it('says nothing about fields still empty and gives amounts as soon as it can', () => {
    const empty = { fundType: '10', personalAccount: '', from: '', to: '', base: '', ratio: '' };
    const nothing = previewMissedBackPay(empty, entryContext);
    expect(Object.values(nothing.issues).flat()).toEqual([]);
    expect(nothing).toMatchObject({ months: [], parts: [], steps: [], general: [] });
    const partial = { ...empty, from: '202604', to: '202605', base: '8000', ratio: '12' };
    expect(previewMissedBackPay(partial, entryContext).amounts?.totalFen).toBe(384_000);
    const account = { ...empty, personalAccount: zhang.personalAccount };
    expect(previewMissedBackPay(account, entryContext).person).toBe(zhang);
  });

  it('explains every policy year: months, clamp, ratio, rounding, subtotal', () => {
    const typed = { ...plainMissed, from: '202605', to: '202607', base: '2500.00' };
    expect(previewMissedBackPay(typed, unpaid).steps).toEqual([
      '月均工资 2,500.00 元',
      '2026年5月至2026年6月，2个月',
      '在缴存基数 2,490.00 至 39,687.00 元之内',
      '单位 2,500.00 × 12% = 300.00，四舍五入到元为 300.00 元',
      '个人 2,500.00 × 12% = 300.00，四舍五入到元为 300.00 元',
      '月缴存额合计 600.00 元',
      '600.00 × 2个月 = 1,200.00 元',
      '2026年7月，1个月',
      '低于最低缴存基数，按 2,660.00 元计算',
      '单位 2,660.00 × 12% = 319.20，四舍五入到元为 319.00 元',
      '个人 2,660.00 × 12% = 319.20，四舍五入到元为 319.00 元',
      '月缴存额合计 638.00 元',
      '638.00 × 1个月 = 638.00 元',
      '补缴金额 单位 919.00 + 个人 919.00 = 1,838.00 元',
    ]);
  });

  it('gives no amounts while a month has no bounds', () => {
    const typed = { ...plainMissed, from: '202505' };
    const { amounts, issues } = previewMissedBackPay(typed, unpaid);
    expect(amounts).toBeUndefined();
    expect(issues.from.map((issue) => issue.code)).toEqual(['POLICY_EARLY']);
  });
});
