import { describe, expect, it } from 'vitest';
import { isForCounter } from '../../../shared/rules/issue.ts';
import {
  checkReduction,
  previewReduction,
  reductionEntrySchema,
} from '../../../shared/rules/reduction.ts';
import type { ReductionContext, ReductionTyped } from '../../../shared/rules/reduction.ts';
import { contextOver, entryContext, perEmployee, plainReduction, zhang } from './hangzhou.ts';

function check(typed: Partial<ReductionTyped>, changes: Partial<ReductionContext> = {}) {
  const given = { ...plainReduction, ...typed };
  const { issues, entry } = checkReduction(given, { ...entryContext, ...changes });
  return { issues, entry, found: issues.map((i) => `${i.severity} ${i.field} ${i.code}`) };
}

const onlyFund10 = { ...perEmployee, fundTypes: ['10' as const] };

describe('manual 七(一): an entry without remarks', () => {
  it('shows name, number and 月缴存额 of the roster', () => {
    const { entry, found } = check({});
    expect(found).toEqual([]);
    expect(entry).toEqual({
      fundType: '10',
      personalAccount: '990012345678',
      name: '示例甲',
      idNumber: '990100199001010012',
      reason: '03',
      unitFen: 96_000,
      personalFen: 96_000,
      totalFen: 192_000,
    });
    expect(reductionEntrySchema.safeParse(entry).success).toBe(true);
  });

  it('ends the unit part alone for fund 11', () => {
    const { entry } = check({ fundType: '11' });
    expect(entry).toMatchObject({ fundType: '11', unitFen: 96_000, personalFen: 0 });
    const { steps } = previewReduction({ ...plainReduction, fundType: '11' }, entryContext);
    expect(steps).toEqual(['单位月缴存额 960.00 元（职工信息）', '月缴存额合计 960.00 元']);
  });

  it('wants a reason of the centre’s table', () => {
    for (const reason of ['', '04', '4', '0', '003', 'x', '调', '03 其他']) {
      expect(check({ reason }).found).toEqual(['error reason REASON_UNKNOWN']);
    }
    expect(check({ reason: '０３' })).toMatchObject({
      found: ['notice reason TYPED_FULL_WIDTH'],
      entry: { reason: '03' },
    });
  });
});

describe('manual 七(一): 减少原因 as it is said', () => {
  const reasons = [
    { code: '03', label: '调出' },
    { code: '04', label: '辞职' },
    { code: '99', label: '其他（死亡）' },
  ];

  it.each([
    ['辞职', '04'],
    ['4', '04'],
    ['04 辞职', '04'],
    ['04辞职', '04'],
    [' 辞 职 ', '04'],
    ['其他（死亡）', '99'],
  ])('takes the words or a code without its zero, and names the reason', (reason, code) => {
    const { entry, issues } = check({ reason }, { reasons });
    expect(issues.at(-1)).toMatchObject({ severity: 'notice', code: 'REASON_MATCHED' });
    expect(issues.at(-1)?.rule).toContain(code);
    expect(entry?.reason).toBe(code);
  });

  it('says of a full-width code without its zero both', () => {
    expect(check({ reason: '４' }, { reasons })).toMatchObject({
      found: ['notice reason TYPED_FULL_WIDTH', 'notice reason REASON_MATCHED'],
      entry: { reason: '04' },
    });
  });

  it('refuses what may mean two reasons', () => {
    const twice = [...reasons, { code: '004', label: '辞职' }];
    for (const reason of ['辞职', '4']) {
      const { entry, found, issues } = check({ reason }, { reasons: twice });
      expect(found).toEqual(['error reason REASON_UNKNOWN']);
      expect(issues[0]?.rule).toContain('04 辞职、004 辞职');
      expect(entry).toBeUndefined();
    }
    expect(check({ reason: '04' }, { reasons: twice }).found).toEqual([]);
    const digit = [...reasons, { code: '4', label: '解聘' }];
    expect(check({ reason: '4' }, { reasons: digit })).toMatchObject({
      found: [],
      entry: { reason: '4' },
    });
  });
});

describe('manual 七(一): the person is shown as soon as the account names one', () => {
  it('also while the reason is missing or something stands against it', () => {
    const preview = previewReduction({ ...plainReduction, reason: '' }, entryContext);
    expect(preview.person).toBe(zhang);
    expect(preview.amounts).toEqual({ unitFen: 96_000, personalFen: 96_000, totalFen: 192_000 });
    expect(Object.values(preview.issues).flat()).toEqual([]);
    const twice = { ...entryContext, queue: [{ ...plainQueued }] };
    expect(previewReduction(plainReduction, twice).person).toBe(zhang);
  });

  it('shows nobody for half an account', () => {
    const preview = previewReduction({ ...plainReduction, personalAccount: '9900' }, entryContext);
    expect(preview.person).toBeUndefined();
    expect(preview.steps).toEqual([]);
    expect(preview.issues.personalAccount.map((issue) => issue.code)).toEqual(['ACCOUNT_LENGTH']);
  });
});

const plainQueued = {
  kind: 'reduction',
  fundType: '10',
  personalAccount: zhang.personalAccount,
} as const;

describe('manual 七.1: nobody twice in the queue', () => {
  it('refuses the same account under the same fund', () => {
    const { entry, found } = check({}, { queue: [plainQueued] });
    expect(found).toEqual(['error personalAccount DUPLICATE_IN_QUEUE']);
    expect(entry).toBeUndefined();
  });

  it('refuses the same person under another account, by 15 or 18 characters', () => {
    for (const idNumber of ['990100199001010012', '990100900101001']) {
      const queue = [{ ...plainQueued, personalAccount: '990099999999', idNumber }];
      expect(check({}, { queue }).found).toEqual(['error personalAccount DUPLICATE_IN_QUEUE']);
    }
  });

  it('lets another fund, another person and another kind stand', () => {
    const queue = [
      { ...plainQueued, fundType: '11' as const },
      { ...plainQueued, personalAccount: '990012340002', idNumber: '990100198512310020' },
      { ...plainQueued, kind: 'missedBackPay' as const },
      { ...plainQueued, kind: 'shortfallBackPay' as const },
    ];
    expect(check({}, { queue }).found).toEqual([]);
  });
});

describe('manual 七.2: nobody who is 停缴 already', () => {
  it('says so and lists the account', () => {
    const { entry, found, issues } = check({ personalAccount: '990012340002' });
    expect(found).toEqual(['error personalAccount ACCOUNT_STOPPED']);
    expect(issues[0]?.rule).toContain('990012340002');
    expect(entry).toBeUndefined();
  });

  it.each([
    ['03', 'error personalAccount ACCOUNT_CLOSED'],
    ['04', 'error personalAccount ACCOUNT_CLOSED'],
    ['05', 'error personalAccount ACCOUNT_CLOSED'],
    ['06', 'counter personalAccount ACCOUNT_COUNTER'],
    ['99', 'counter personalAccount ACCOUNT_COUNTER'],
  ] as const)('refuses an account in state %s, or sends it to the counter', (status, expected) => {
    const { found, issues, entry } = check({}, contextOver([{ ...zhang, status }]));
    expect(found).toEqual([expected]);
    expect(isForCounter(issues)).toBe(expected.startsWith('counter'));
    expect(entry).toBeUndefined();
  });
});

describe('manual 十一(一)1: the fund', () => {
  it('is fixed where the unit has only one', () => {
    const { found, entry } = check({ fundType: '' }, { terms: onlyFund10 });
    expect(found).toEqual([]);
    expect(entry?.fundType).toBe('10');
  });

  it('has to be chosen where it has two, and be one of them', () => {
    expect(check({ fundType: '' }).found).toEqual(['error fundType FUND_TYPE_UNKNOWN']);
    expect(check({ fundType: '12' }).found).toEqual(['error fundType FUND_TYPE_UNKNOWN']);
    expect(check({ fundType: '11' }, { terms: onlyFund10 }).found).toEqual([
      'error fundType FUND_TYPE_UNKNOWN',
    ]);
    expect(check({ fundType: '１０' }).found).toEqual(['notice fundType TYPED_FULL_WIDTH']);
  });
});

describe('manual 十一(一)2: 个人客户号 is twelve digits', () => {
  it.each([
    ['', 'error personalAccount ACCOUNT_LENGTH'],
    ['99001234567', 'error personalAccount ACCOUNT_LENGTH'],
    ['9900123456789', 'error personalAccount ACCOUNT_LENGTH'],
    ['99001234567X', 'error personalAccount ACCOUNT_CHARACTERS'],
    ['-90012345678', 'error personalAccount ACCOUNT_CHARACTERS'],
  ])('refuses %j', (personalAccount, expected) => {
    const { found, entry } = check({ personalAccount });
    expect(found).toEqual([expected]);
    expect(entry).toBeUndefined();
  });

  it('takes full-width digits with a notice, and spaces', () => {
    const { found, entry } = check({ personalAccount: '９９００１２３４５６７８' });
    expect(found).toEqual(['notice personalAccount TYPED_FULL_WIDTH']);
    expect(entry?.personalAccount).toBe('990012345678');
    expect(check({ personalAccount: ' 9900 1234 5678 ' }).found).toEqual([]);
  });
});

describe('manual 十一(一)4: the person must be in the local roster', () => {
  it('says 该职工不存在缴存关系或不属于此单位 and to sync', () => {
    const { found, issues, entry } = check({ personalAccount: '990099999999' });
    expect(found).toEqual(['error personalAccount ACCOUNT_UNKNOWN']);
    expect(issues[0]?.fix).toContain('同步职工信息');
    expect(entry).toBeUndefined();
  });

  it('says when the account stands under the other fund alone', () => {
    const { found } = check({ fundType: '11' }, contextOver([zhang]));
    expect(found).toEqual(['error personalAccount ACCOUNT_OTHER_FUND']);
  });

  it('does not look anybody up before fund and number are readable', () => {
    const findPerson = () => {
      throw new Error('asked');
    };
    expect(check({ fundType: '' }, { findPerson }).found).toHaveLength(1);
    expect(check({ personalAccount: '9900' }, { findPerson }).found).toHaveLength(1);
  });
});
