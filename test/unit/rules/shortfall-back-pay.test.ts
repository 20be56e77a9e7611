import { describe, expect, it } from 'vitest';
import type { BackPayContext } from '../../../shared/rules/back-pay.ts';
import { toFen } from '../../../shared/rules/money.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import type { QueuedEntry } from '../../../shared/rules/queue.ts';
import {
  checkShortfallBackPay,
  previewShortfallBackPay,
  shortfallBackPayEntrySchema,
} from '../../../shared/rules/shortfall-back-pay.ts';
import type { ShortfallBackPayTyped } from '../../../shared/rules/shortfall-back-pay.ts';
import { entryContext, plainShortfall, policy2025, policy2026, zhang } from './hangzhou.ts';

function check(typed: Partial<ShortfallBackPayTyped>, changes: Partial<BackPayContext> = {}) {
  const given = { ...plainShortfall, ...typed };
  const { issues, entry } = checkShortfallBackPay(given, { ...entryContext, ...changes });
  return { issues, entry, found: issues.map((i) => `${i.severity} ${i.field} ${i.code}`) };
}

const queued = (from: number, to: number, changes: Partial<QueuedEntry> = {}): QueuedEntry => ({
  kind: 'shortfallBackPay',
  fundType: '10',
  personalAccount: zhang.personalAccount,
  from: toMonth(from),
  to: toMonth(to),
  ...changes,
});

/** Highest bases of 10,000 yuan until June 2026 and 50,000 from July. */
const steepTerms = {
  ...entryContext.terms,
  policies: [
    { ...policy2025, maxBase: toFen(1_000_000) },
    { ...policy2026, maxBase: toFen(5_000_000) },
  ],
};

describe('manual 九(一): an entry without remarks', () => {
  it('pays for each month and part what was due less what was paid', () => {
    const { entry, found } = check({});
    expect(found).toEqual([]);
    expect(entry).toEqual({
      fundType: '10',
      personalAccount: '990012345678',
      name: '示例甲',
      idNumber: '990100199001010012',
      from: 202606,
      to: 202607,
      typedPaidBase: 800_000,
      typedDueBase: 900_000,
      paidRatio: 10,
      dueRatio: 12,
      months: [202606, 202607].map((month) => ({
        month,
        paidBase: 800_000,
        dueBase: 900_000,
        paidUnitFen: 80_000,
        paidPersonalFen: 80_000,
        dueUnitFen: 108_000,
        duePersonalFen: 108_000,
        unitFen: 28_000,
        personalFen: 28_000,
      })),
      unitFen: 56_000,
      personalFen: 56_000,
      totalFen: 112_000,
      monthlyFen: 56_000,
    });
    expect(shortfallBackPayEntrySchema.safeParse(entry).success).toBe(true);
  });

  it('rounds each amount before the difference is taken', () => {
    // 4,370.83 × 12 % = 524.4996 → 524; 4,370.84 × 12 % = 524.5008 → 525
    const { entry } = check({ paidBase: '4370.83', dueBase: '4370.84', paidRatio: '12' });
    expect(
      entry?.months.map(({ paidUnitFen, dueUnitFen, unitFen }) => [
        paidUnitFen,
        dueUnitFen,
        unitFen,
      ]),
    ).toEqual([
      [52_400, 52_500, 100],
      [52_400, 52_500, 100],
    ]);
    expect(entry?.totalFen).toBe(400);
  });

  it('pays the unit part alone for fund 11', () => {
    const { entry, found } = check({ fundType: '11', paidRatio: '10', dueRatio: '20' });
    expect(found).toEqual([]);
    expect(entry).toMatchObject({ personalFen: 0, unitFen: 200_000, totalFen: 200_000 });
  });

  it('clamps both wages to the bounds of each month and names the field', () => {
    const typed = { paidBase: '2500', dueBase: '50000', paidRatio: '12' };
    const { entry, found } = check(typed);
    expect(found).toEqual([
      'notice paidBase BASE_BELOW',
      'notice dueBase BASE_ABOVE',
      'notice dueBase BASE_ABOVE',
    ]);
    expect(entry?.months.map(({ paidBase, dueBase }) => [paidBase, dueBase])).toEqual([
      [250_000, 3_968_700],
      [266_000, 4_215_100],
    ]);
  });
});

describe('manual 九.1: no month twice in the queue', () => {
  it('refuses months of a back-payment in the queue and names them', () => {
    for (const kind of ['shortfallBackPay', 'missedBackPay'] as const) {
      const { entry, found, issues } = check({}, { queue: [queued(202607, 202609, { kind })] });
      expect(found).toEqual(['error from MONTHS_REPEATED']);
      expect(issues[0]?.rule).toContain('2026年7月已在待确认队列');
      expect(entry).toBeUndefined();
    }
  });

  it('does not mind months paid: those are what it is for', () => {
    expect(zhang.paid.some(([from, to]) => from <= 202606 && to >= 202607)).toBe(true);
    expect(check({}).found).toEqual([]);
  });

  it('does not mind another fund, another account or the person’s reduction', () => {
    const queue = [
      queued(202606, 202607, { fundType: '11' }),
      queued(202606, 202607, { personalAccount: '990012340002' }),
      queued(202608, 202608),
      { kind: 'reduction', fundType: '10', personalAccount: zhang.personalAccount } as const,
    ];
    expect(check({}, { queue }).found).toEqual([]);
  });
});

describe('manual 九(二)1: 补缴金额 is more than zero', () => {
  it.each([
    ['8000', '8000', '12', '12', '0.00'],
    ['8000', '8001', '12', '12', '0.00'],
    ['9000', '8000', '12', '12', '-480.00'],
    ['8000', '8000', '12', '10', '-640.00'],
    ['50000', '60000', '12', '12', '0.00'],
  ])(
    'refuses %s to %s at %s to %s percent: %s',
    (paidBase, dueBase, paidRatio, dueRatio, value) => {
      const { entry, issues } = check({ paidBase, dueBase, paidRatio, dueRatio });
      const errors = issues.filter((issue) => issue.severity === 'error');
      expect(errors.map((issue) => `${issue.field} ${issue.code} ${issue.value}`)).toEqual([
        `dueBase AMOUNT_NOT_POSITIVE ${value}`,
      ]);
      expect(entry).toBeUndefined();
    },
  );

  it('lets a month without a difference stand between others', () => {
    const typed = { paidBase: '10000', dueBase: '20000', paidRatio: '12' };
    const { entry } = check(typed, { terms: steepTerms });
    expect(entry?.months.map(({ unitFen }) => unitFen)).toEqual([0, 120_000]);
    expect(entry?.totalFen).toBe(240_000);
  });

  it('never sets a month that was overpaid off against another, and names it', () => {
    // June: 10,000 × 5 % − 10,000 × 12 % < 0; July and August: 40,000 × 5 % − 10,000 × 12 % > 0
    const typed = { to: '202608', paidBase: '10000', dueBase: '40000', paidRatio: '12' };
    const { entry, issues } = check({ ...typed, dueRatio: '5' }, { terms: steepTerms });
    const errors = issues.filter((issue) => issue.severity === 'error');
    expect(errors.map(({ code, value }) => [code, value])).toEqual([
      ['AMOUNT_NOT_POSITIVE', '-1400.00'],
    ]);
    expect(errors[0]?.rule).toContain('2026年6月的应缴金额小于已缴金额');
    expect(entry).toBeUndefined();
    const { amounts } = previewShortfallBackPay(
      { ...plainShortfall, ...typed, dueRatio: '5' },
      { ...entryContext, terms: steepTerms },
    );
    expect(amounts?.totalFen).toBe(180_000);
  });

  it('counts a single fen overpaid in one month, however much the others fall short', () => {
    // June: 1.00 × 11 % − 1.00 × 12 % is one fen below zero
    const rounding = 'fenHalfUp' as const;
    const policies = [
      { ...policy2025, minBase: toFen(100), maxBase: toFen(100), rounding },
      { ...policy2026, maxBase: toFen(5_000_000), rounding },
    ];
    const typed = { paidBase: '5000', dueBase: '8000', paidRatio: '12', dueRatio: '11' };
    const { entry, issues } = check(typed, { terms: { ...entryContext.terms, policies } });
    const errors = issues.filter((issue) => issue.severity === 'error');
    expect(errors.map(({ code, value }) => [code, value])).toEqual([
      ['AMOUNT_NOT_POSITIVE', '-0.02'],
    ]);
    expect(entry).toBeUndefined();
  });
});

describe('manual 十一(一): the rules of every back-payment hold here, too', () => {
  it('names every fault at once, in the order of the fields', () => {
    const typed = { personalAccount: '9', from: '202506', paidBase: '0', dueRatio: '99' };
    expect(check(typed).found).toEqual([
      'error personalAccount ACCOUNT_LENGTH',
      'counter from POLICY_EARLY',
      'notice to SPAN_LONG',
      'error paidBase BASE_NOT_POSITIVE',
      'error dueRatio RATIO_NOT_ALLOWED',
    ]);
  });

  it.each<[Partial<ShortfallBackPayTyped>, string]>([
    [{ personalAccount: '9900' }, 'error personalAccount ACCOUNT_LENGTH'],
    [{ personalAccount: '990099999999' }, 'error personalAccount ACCOUNT_UNKNOWN'],
    [{ fundType: '12' }, 'error fundType FUND_TYPE_UNKNOWN'],
    [{ from: '2026' }, 'error from MONTH_LENGTH'],
    [{ to: '202613' }, 'error to MONTH_FORMAT'],
    [{ to: '202605' }, 'error to MONTH_ORDER'],
    [{ to: '202611' }, 'error to MONTH_NOT_PAST'],
    [{ from: '202506', to: '202507' }, 'counter from POLICY_EARLY'],
    [{ paidBase: '0' }, 'error paidBase BASE_NOT_POSITIVE'],
    [{ dueBase: '-1' }, 'error dueBase BASE_NOT_POSITIVE'],
    [{ paidBase: '1.234' }, 'error paidBase BASE_DECIMALS'],
    [{ dueBase: 'x' }, 'error dueBase BASE_FORMAT'],
    [{ paidRatio: '4' }, 'error paidRatio RATIO_NOT_ALLOWED'],
    [{ dueRatio: '13' }, 'error dueRatio RATIO_NOT_ALLOWED'],
    [{ dueRatio: '12.5' }, 'error dueRatio RATIO_FORMAT'],
    [{ dueBase: '９０００' }, 'notice dueBase TYPED_FULL_WIDTH'],
    [{ from: '202507' }, 'notice to SPAN_LONG'],
  ])('%j: %s', (typed, expected) => {
    const { found, entry } = check(typed);
    expect(found).toEqual([expected]);
    expect(entry === undefined).toBe(!expected.startsWith('notice'));
  });
});

describe('manual 十一(一)11: what was paid is a ratio of a back-payment, too', () => {
  it('keeps both ratios to the range of back-payments', () => {
    const terms = { ...entryContext.terms, ratioPolicy: 'uniform', ratio: 10 } as const;
    const typed = { ...plainShortfall, paidRatio: '7', dueRatio: '13' };
    const { issues, entry } = checkShortfallBackPay(typed, { ...entryContext, terms });
    expect(issues.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'paidRatio RATIO_NOT_ALLOWED',
      'dueRatio RATIO_NOT_ALLOWED',
    ]);
    for (const issue of issues) expect(issue.rule).toContain('8%至12%');
    expect(entry).toBeUndefined();
  });
});

describe('while typing', () => {
  it('says nothing about fields still empty and gives amounts as soon as it can', () => {
    const empty = {
      ...{ fundType: '10', personalAccount: '', from: '', to: '' },
      ...{ paidBase: '', dueBase: '', paidRatio: '', dueRatio: '' },
    };
    const nothing = previewShortfallBackPay(empty, entryContext);
    expect(Object.values(nothing.issues).flat()).toEqual([]);
    expect(nothing).toMatchObject({ months: [], parts: [], steps: [], general: [] });
    const withoutPerson = { ...plainShortfall, personalAccount: '' };
    expect(previewShortfallBackPay(withoutPerson, entryContext).amounts?.totalFen).toBe(112_000);
  });

  it('explains what was paid, what was due and the difference', () => {
    const typed = { ...plainShortfall, to: '202606' };
    expect(previewShortfallBackPay(typed, entryContext).steps).toEqual([
      '2026年6月，1个月',
      '已缴月均工资 8,000.00 元',
      '在缴存基数 2,490.00 至 39,687.00 元之内',
      '单位 8,000.00 × 10% = 800.00，四舍五入到元为 800.00 元',
      '个人 8,000.00 × 10% = 800.00，四舍五入到元为 800.00 元',
      '应缴月均工资 9,000.00 元',
      '在缴存基数 2,490.00 至 39,687.00 元之内',
      '单位 9,000.00 × 12% = 1,080.00，四舍五入到元为 1,080.00 元',
      '个人 9,000.00 × 12% = 1,080.00，四舍五入到元为 1,080.00 元',
      '单位每月差额 1,080.00 − 800.00 = 280.00 元',
      '个人每月差额 1,080.00 − 800.00 = 280.00 元',
      '合计每月差额 2,160.00 − 1,600.00 = 560.00 元',
      '560.00 × 1个月 = 560.00 元',
      '补缴金额 单位 280.00 + 个人 280.00 = 560.00 元',
    ]);
  });
});
