import { describe, expect, it } from 'vitest';
import { whyEmpty } from '../../../renderer/screens/entry/why-empty.ts';
import type { EntryContext, EntryTyped } from '../../../shared/rules/entry.ts';
import { raise } from '../../../shared/rules/issue.ts';
import { toFen } from '../../../shared/rules/money.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import { rule } from '../../../shared/rules/wording.ts';

const policy = {
  fundType: '10',
  from: toMonth(202507),
  rounding: 'yuanHalfUp',
  ...{ minBase: toFen(249_000), maxBase: toFen(3_968_700) },
} as const;
const context: EntryContext = {
  terms: {
    ...{ ratioPolicy: 'uniform', ratio: 12, fundTypes: ['10', '11'], policies: [policy] },
    ...{ nameLimit: 5, ratioMin: 5, ratioMax: 12, subsidyRatioMin: 1, subsidyRatioMax: 25 },
  },
  ...{ businessMonth: toMonth(202611), today: '2026-11-17', mayLandNextMonth: false },
  ...{ reasons: [], queue: [], findPerson: () => undefined, activeIds: () => false },
  isKnownUnderOtherFund: () => false,
};
const missed = (over: object = {}): EntryTyped => ({
  ...{ kind: 'missedBackPay', fundType: '10', personalAccount: '990000000001' },
  ...{ from: '202601', to: '202602', base: '8000', ratio: '12' },
  ...over,
});
const filled = { label: '截止年月', value: '202602', issues: [] };
const wrongRatio = raise('error', 'RATIO_NOT_ALLOWED', {
  ...{ field: 'ratio', value: '13', rule: rule.backPayRatio(8, 12) },
});
const wrong = { label: '缴存比例（%）', value: '13', issues: [wrongRatio] };

describe('why there is no calculation', () => {
  it('is the months without bounds, which go to the counter, whatever else is wrong', () => {
    const text = whyEmpty([filled, wrong], missed({ from: '202404', to: '202508' }), context);
    expect(text).toContain('2024年4月至2025年6月');
    expect(text).toMatch(/柜面/);
    expect(text).not.toContain('2025年7月');
  });

  it('is a sync where the fund has no bounds at all', () => {
    const text = whyEmpty([filled], missed({ fundType: '11' }), context);
    expect(text).toContain('2026年1月至2026年2月');
    expect(text).toContain('同步');
    expect(text).not.toContain('柜面');
    const registration = {
      kind: 'registration',
      ...{ fundType: '11', name: '赵一', idType: '01', idNumber: '', base: '8000' },
    } as const;
    expect(whyEmpty([filled], registration, context)).toContain('2026年11月');
  });

  it('is the field to mend, by name, after which the amounts follow', () => {
    expect(whyEmpty([filled, wrong], missed(), context)).toBe(
      '缴存比例有错误，改正后随即显示金额和计算过程。',
    );
    const empty = { ...filled, value: ' ' };
    expect(whyEmpty([empty, wrong], missed(), context)).toMatch(
      /^缴存比例有错误，改正并录入完整后/,
    );
  });

  it('is only otherwise that something is still to be entered', () => {
    expect(whyEmpty([{ ...filled, value: '' }], missed(), context)).toBe(
      '录入完整后显示计算过程。',
    );
  });
});
