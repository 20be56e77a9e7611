import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnName } from '../../../shared/batch/columns.ts';
import { checkBatchRow } from '../../../shared/batch/judging.ts';
import { checkEntry } from '../../../shared/rules/entry.ts';
import type { EntryContext } from '../../../shared/rules/entry.ts';
import { issueSchema } from '../../../shared/rules/issue.ts';
import { monthlyAmounts } from '../../../shared/rules/amounts.ts';
import { clampBase } from '../../../shared/rules/base.ts';
import { fenToPlain, roundings, toFen } from '../../../shared/rules/money.ts';
import type { FundType } from '../../../shared/rules/policy.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import {
  contextOver,
  entryContext,
  policy2026,
  stopped,
  uniformAtEight,
  zhang,
  zhangSubsidy,
} from '../rules/hangzhou.ts';
import { seed, typedCells } from './sheets.ts';

console.info(`judging: BATCH_SEED=${seed}`);

type Fields = Readonly<Partial<Record<ColumnName, string>>>;

/** Rows without anything to remark. */
const plain: Readonly<Record<EntryKind, Fields>> = {
  registration: {
    ...{ name: '示例丙', idNumber: '34052419800101001X', base: '8000', ratio: '12' },
    ...{ unitMonthly: '960', personalMonthly: '960.00', monthlyTotal: '1920.00' },
  },
  reduction: {
    ...{ fundType: '10', personalAccount: '990012345678', name: '示例甲' },
    ...{ idNumber: '990100199001010012', reason: '03' },
  },
  missedBackPay: {
    ...{ fundType: '10', personalAccount: '990012345678', name: '示例甲', from: '202604' },
    ...{ to: '202605', base: '8000', ratio: '12', monthlyTotal: '1920', amount: '3840' },
  },
  shortfallBackPay: {
    ...{ fundType: '10', personalAccount: '990012345678', name: '示例甲', from: '202606' },
    ...{ to: '202607', paidBase: '8000', paidRatio: '10', dueBase: '9000', dueRatio: '12' },
    ...{ monthlyShortfall: '560', amount: '1120' },
  },
};

const uniform = { ...uniformAtEight, policies: entryContext.terms.policies };

function judge(
  kind: EntryKind,
  changes: Fields = {},
  context: EntryContext = entryContext,
  fund: FundType | undefined = '10',
) {
  const cells = typedCells({ ...plain[kind], ...changes });
  const found = checkBatchRow(kind, { cells, remarks: [] }, fund, () => context);
  const codes = found.issues.map(({ severity, field, code }) => `${severity} ${field} ${code}`);
  return { ...found, codes };
}

describe('a row without fault', () => {
  it.each(['registration', 'reduction', 'missedBackPay', 'shortfallBackPay'] as const)(
    '%s: stands, with the entry single entry makes of it',
    (kind) => {
      const found = judge(kind, { sequence: '1' });
      expect(found.codes).toEqual([]);
      expect(found.differences).toEqual([]);
      const { typed } = found;
      expect(found.checked).toEqual({
        ...{ kind, entry: checkEntry(typed.kind, typed, entryContext).entry },
      });
    },
  );

  it('has the amounts of the rules', () => {
    expect(judge('registration').amounts).toEqual({
      ...{ unitFen: 96_000, personalFen: 96_000, totalFen: 192_000 },
    });
    expect(judge('missedBackPay').amounts?.totalFen).toBe(384_000);
  });
});

describe('登记: the ratio', () => {
  it('out of range is refused, not forced (manual 六(二)1)', () => {
    const found = judge('registration', { ratio: '13' });
    expect(found.codes).toEqual(['error ratio RATIO_NOT_ALLOWED']);
    expect(found.checked).toBeUndefined();
    expect(found.amounts).toBeUndefined();
  });

  it('of a uniform unit is that of the unit', () => {
    const context = { ...entryContext, terms: uniform };
    const amounts = { unitMonthly: '640', personalMonthly: '640', monthlyTotal: '1280' };
    expect(judge('registration', { ...amounts, ratio: '8' }, context).codes).toEqual([]);
    expect(judge('registration', { ...amounts, ratio: '12' }, context).codes).toEqual([
      'error ratio RATIO_NOT_UNIT',
    ]);
    expect(judge('registration', { ...amounts, ratio: '' }, context).codes).toEqual([
      'notice ratio RATIO_FILLED',
    ]);
    expect(judge('registration', { ...amounts, ratio: '八' }, context).codes).toEqual([
      'error ratio RATIO_FORMAT',
    ]);
    const { name = '', idNumber = '', base = '' } = plain.registration;
    const cells = typedCells({ name, idNumber, base, ...amounts });
    const found = checkBatchRow('registration', { cells, remarks: [] }, '10', () => context);
    expect(found.issues).toEqual([]);
    expect(found.checked?.kind).toBe('registration');
  });

  it('must be typed where each employee has one, and for fund 11', () => {
    expect(judge('registration', { ratio: '' }).codes).toEqual(['error ratio RATIO_FORMAT']);
    const context = { ...entryContext, terms: uniform };
    const none = { unitMonthly: '', personalMonthly: '', monthlyTotal: '' };
    expect(judge('registration', { ...none, ratio: '' }, context, '11').codes).toContain(
      'error ratio RATIO_FORMAT',
    );
    expect(judge('registration', { ...none, ratio: '26' }, context, '11').codes).toEqual([
      'error ratio RATIO_NOT_ALLOWED',
    ]);
  });
});

describe('amounts (manual 十一(二)6)', () => {
  it('that differ are refused with both figures', () => {
    const found = judge('registration', { personalMonthly: '961', monthlyTotal: '1921' });
    expect(found.codes).toEqual([
      'error personalMonthly AMOUNT_MISMATCH',
      'error monthlyTotal AMOUNT_MISMATCH',
    ]);
    expect(found.issues[0]?.rule).toBe(
      '文件为961.00元，按缴存基数8,000.00元计算为960.00元（手册十一(二)6）',
    );
    expect(found.amounts?.totalFen).toBe(192_000);
  });

  it('are compared on the clamped wage', () => {
    const clamped = { unitMonthly: '5058', personalMonthly: '5058', monthlyTotal: '10116' };
    expect(judge('registration', { base: '50000', ...clamped }).codes).toEqual([
      'notice base BASE_ABOVE',
    ]);
    const unclamped = { unitMonthly: '6000', personalMonthly: '6000', monthlyTotal: '12000' };
    expect(judge('registration', { base: '50000', ...unclamped }).codes).toEqual([
      'notice base BASE_ABOVE',
      'error unitMonthly AMOUNT_MISMATCH',
      'error personalMonthly AMOUNT_MISMATCH',
      'error monthlyTotal AMOUNT_MISMATCH',
    ]);
  });

  it('left empty are computed, said once for the row; columns that are not there say nothing', () => {
    const empty = { unitMonthly: '', personalMonthly: '', monthlyTotal: '1920' };
    const found = judge('registration', empty);
    expect(found.codes).toEqual(['notice unitMonthly AMOUNT_FILLED']);
    expect(found.issues[0]?.rule).toContain('单位月缴存额960.00元，个人月缴存额960.00元');
    const { name = '', idNumber = '', base = '', ratio = '' } = plain.registration;
    const cells = typedCells({ name, idNumber, base, ratio });
    const context = () => entryContext;
    expect(checkBatchRow('registration', { cells, remarks: [] }, '10', context).issues).toEqual([]);
  });

  it('over two policy years may be that of either', () => {
    const row = { from: '202604', to: '202607', base: '50000', amount: '' };
    const over = (monthlyTotal: string) =>
      judge('missedBackPay', { ...row, to: '202605', monthlyTotal }, entryContext).codes;
    expect(over('9524')).toContain('notice from AMOUNT_FILLED'.replace('from', 'amount'));
    const free = contextOver([{ ...zhang, paid: [] }]);
    const codes = (monthlyTotal: string) =>
      judge('missedBackPay', { ...row, monthlyTotal }, free).codes.filter((code) =>
        code.startsWith('error'),
      );
    expect(codes('9524')).toEqual([]);
    expect(codes('10116')).toEqual([]);
    expect(codes('9525')).toEqual(['error monthlyTotal AMOUNT_MISMATCH']);
    const { issues } = judge('missedBackPay', { ...row, monthlyTotal: '12000' }, free);
    expect(issues.find(({ code }) => code === 'AMOUNT_MISMATCH')?.rule).toContain(
      '9,524.00或10,116.00元',
    );
  });

  it('补缴金额 has a sentence of its own, also at zero or below', () => {
    expect(judge('missedBackPay', { amount: '3841' }).codes).toEqual([
      'error amount BACK_PAY_MISMATCH',
    ]);
    for (const amount of ['0', '-3840']) {
      expect(judge('shortfallBackPay', { amount }).codes).toEqual([
        'error amount AMOUNT_NOT_POSITIVE',
      ]);
    }
    expect(judge('shortfallBackPay', { monthlyShortfall: '561' }).codes).toEqual([
      'error monthlyShortfall AMOUNT_MISMATCH',
    ]);
  });

  it('that are no amounts are refused as such', () => {
    expect(judge('registration', { unitMonthly: '见附表' }).codes).toEqual([
      'error unitMonthly AMOUNT_FORMAT',
    ]);
    expect(judge('registration', { unitMonthly: '960.001' }).codes).toEqual([
      'error unitMonthly AMOUNT_FORMAT',
    ]);
  });

  it('are not compared with what follows from a cell that could not be read', () => {
    const found = judge('registration', { ratio: '5.5%' });
    expect(found.codes).toEqual(['error ratio CELL_PERCENT']);
    expect(found.amounts).toBeUndefined();
  });

  it('of the rules stand for any wage, ratio and rounding, one fen more does not', () => {
    const wage = fc.integer({ min: 1, max: 9_999_999 });
    const ratio = fc.integer({ min: 5, max: 12 });
    fc.assert(
      fc.property(wage, ratio, fc.constantFrom(...roundings), (fen, percent, rounding) => {
        const policy = { ...policy2026, rounding };
        const base = clampBase(toFen(fen), policy);
        const { unitFen, personalFen, totalFen } = monthlyAmounts('10', base, percent, rounding);
        const context = { ...entryContext, terms: { ...entryContext.terms, policies: [policy] } };
        const row = {
          ...{ base: fenToPlain(toFen(fen)), ratio: `${percent}` },
          ...{ unitMonthly: fenToPlain(unitFen), personalMonthly: fenToPlain(personalFen) },
          monthlyTotal: fenToPlain(totalFen),
        };
        expect(judge('registration', row, context).checked).toBeDefined();
        const more = { ...row, monthlyTotal: fenToPlain(toFen(totalFen + 1)) };
        expect(judge('registration', more, context).codes).toContain(
          'error monthlyTotal AMOUNT_MISMATCH',
        );
      }),
      { seed, numRuns: 300 },
    );
  });
});

describe('资金性质 (manual 十一(二)3)', () => {
  it('other than the chosen one is refused', () => {
    const both = contextOver([zhang, zhangSubsidy]);
    expect(judge('reduction', { fundType: '11' }, both, '10').codes).toEqual([
      'error fundType FUND_TYPE_DIFFERS',
    ]);
    expect(judge('reduction', { fundType: '11' }, both, '11').codes).toEqual([]);
    expect(judge('reduction', { fundType: '' }, both, '10').codes).toEqual([
      'error fundType FUND_TYPE_UNKNOWN',
    ]);
  });

  it('may be left open where the caller chooses none', () => {
    const cells = typedCells(plain.reduction);
    const found = checkBatchRow('reduction', { cells, remarks: [] }, undefined, () => entryContext);
    expect(found.issues).toEqual([]);
  });
});

describe('减少原因', () => {
  const context = {
    ...entryContext,
    reasons: [
      { code: '04', label: '辞职' },
      { code: '99', label: '其他' },
    ],
  };
  it.each<[string, string, string[]]>([
    ['04', '04', []],
    ['辞职', '04', []],
    ['04 辞职', '04', []],
    ['04-辞职', '04', []],
    ['4', '04', ['notice reason CELL_NUMBER_READ']],
    ['04 其他', '04 其他', ['error reason REASON_UNKNOWN']],
    ['', '', ['error reason REASON_UNKNOWN']],
    ['5', '5', ['error reason REASON_UNKNOWN']],
  ])('%j is %j', (reason, code, codes) => {
    const found = judge('reduction', { reason }, context);
    expect(found.codes).toEqual(codes);
    expect('reason' in found.typed && found.typed.reason).toBe(code);
  });
});

describe('核对结果', () => {
  it('减少 compares name and number, and nothing is refused', () => {
    const found = judge('reduction', { name: '示例乙', idNumber: '990100198512310020' });
    expect(found.codes).toEqual(['notice name NAME_DIFFERS', 'notice idNumber ID_DIFFERS']);
    expect(found.differences).toEqual([
      '姓名：文件为“示例乙”，中心登记为“示例甲”',
      '证件号码：文件为“990100198512310020”，中心登记为“990100199001010012”',
    ]);
    expect(found.checked).toMatchObject({ entry: { name: '示例甲', idNumber: zhang.idNumber } });
    expect(found.roster).toEqual({ name: '示例甲', idNumber: '990100199001010012' });
  });

  it('15 and 18 characters are one person', () => {
    const of15 = contextOver([{ ...zhang, idNumber: '990100900101001' }]);
    const id18 = judge('registration', { idNumber: '990100900101001' }).claims[0]?.key ?? '';
    const idNumber = id18.split(' ').at(-1) ?? '';
    expect(judge('reduction', { idNumber }, of15).codes).toEqual([]);
  });

  it('补缴 compares the name alone', () => {
    for (const kind of ['missedBackPay', 'shortfallBackPay'] as const) {
      expect(judge(kind, { name: '示例乙' }).codes).toEqual(['notice name NAME_DIFFERS']);
    }
    expect(judge('missedBackPay', { name: '示 例 甲' }).differences).toEqual([]);
  });

  it('姓名为空 is refused, a number left empty differs', () => {
    for (const kind of ['reduction', 'missedBackPay', 'shortfallBackPay'] as const) {
      expect(judge(kind, { name: '' }).codes).toEqual(['error name NAME_EMPTY']);
    }
    expect(judge('reduction', { idNumber: '' }).codes).toEqual(['notice idNumber ID_DIFFERS']);
  });

  it('is there also while something else stands against the row', () => {
    const context = contextOver([stopped]);
    const found = judge('reduction', { personalAccount: stopped.personalAccount }, context);
    expect(found.codes).toContain('error personalAccount ACCOUNT_STOPPED');
    expect(found.differences).toHaveLength(2);
  });
});

describe('what reading said', () => {
  it('stands in place of what the rules would say of the same cell', () => {
    const found = judge('registration', { idNumber: '1.10101E+17' });
    expect(found.codes).toEqual(['error idNumber CELL_NUMBER_CUT']);
    expect(found.issues[0]).toMatchObject({ value: '1.10101E+17' });
    expect(found.checked).toBeUndefined();
    expect(found.claims).toEqual([]);
  });

  it('of the row as a whole is about the entry', () => {
    const remark = { severity: 'error', code: 'CELL_MERGED', value: '', rule: 'A5:H7' } as const;
    const row = { cells: typedCells(plain.registration), remarks: [remark] };
    const found = checkBatchRow('registration', row, '10', () => entryContext);
    expect(found.issues).toMatchObject([{ field: 'entry', code: 'CELL_MERGED' }]);
    expect(found.checked).toBeUndefined();
  });
});

describe('any row', () => {
  it('never throws; has an entry exactly when nothing but notices stands; every issue is complete', () => {
    const anyText = fc.oneof(
      fc.constantFrom('', '10', '12', '0.12', '202604', '990012345678', '示例甲', '8000', '#N/A'),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    const kinds = ['registration', 'reduction', 'missedBackPay', 'shortfallBackPay'] as const;
    const row = fc.constantFrom(...kinds).chain((kind) => {
      const names = Object.keys(plain[kind]) as ColumnName[];
      const changes = fc.dictionary(fc.constantFrom(...names), anyText, { maxKeys: 4 });
      return changes.map((fields) => ({ kind, fields }));
    });
    const context = fc.constantFrom(entryContext, { ...entryContext, terms: uniform });
    fc.assert(
      fc.property(row, context, ({ kind, fields }, within) => {
        const found = judge(kind, fields, within);
        const mayGo = found.issues.every(({ severity }) => severity === 'notice');
        expect(found.checked !== undefined).toBe(mayGo);
        for (const issue of found.issues) {
          expect(issueSchema.safeParse(issue).error).toBeUndefined();
          expect(issue.rule).not.toBe('');
        }
      }),
      { seed, numRuns: 1500 },
    );
  });

  it('20,000 of them are judged within seconds', () => {
    const cells = typedCells(plain.missedBackPay);
    const startedAt = performance.now();
    for (let i = 0; i < 20_000; i += 1) {
      checkBatchRow('missedBackPay', { cells, remarks: [] }, '10', () => entryContext);
    }
    const tookMs = performance.now() - startedAt;
    console.info(`judged 20,000 rows in ${Math.round(tookMs)} ms`);
    expect(tookMs).toBeLessThan(15_000);
  });
});
