import { describe, expect, it } from 'vitest';
import { gatherMarks } from '../../../electron/import/writing/marked-rows.ts';
import { checkBatchRow } from '../../../shared/batch/judging.ts';
import { issueSchema } from '../../../shared/rules/issue.ts';
import type { EntryContext } from '../../../shared/rules/entry.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { plainRows } from '../../fixtures/batch-files.ts';
import type { Fields } from '../../fixtures/batch-files.ts';
import { entryContext } from '../rules/hangzhou.ts';
import { typedCells } from './sheets.ts';

const zhangRow: Fields = { personalAccount: '990012345678', name: '示例甲' };

function judge(kind: EntryKind, changes: Fields, context: EntryContext = entryContext) {
  const ofPerson = kind === 'registration' ? {} : zhangRow;
  const cells = typedCells({ ...plainRows[kind], ...ofPerson, ...changes });
  const { issues } = checkBatchRow(kind, { cells, remarks: [] }, '10', () => context);
  const codes = issues.map(({ severity, field, code }) => `${severity} ${field} ${code}`);
  return { issues, codes, cells };
}

describe('amounts', () => {
  it('that are none are told also while the wage, the ratio or the months do not stand', () => {
    const none = { unitMonthly: 'x', personalMonthly: '九百', monthlyTotal: '1920' };
    expect(judge('registration', { base: '八千', ratio: '99', ...none }).codes).toEqual([
      'error base BASE_FORMAT',
      'error ratio RATIO_NOT_ALLOWED',
      'error unitMonthly AMOUNT_FORMAT',
      'error personalMonthly AMOUNT_FORMAT',
    ]);
    expect(judge('missedBackPay', { from: '', monthlyTotal: '-', amount: '0' }).codes).toEqual([
      'error from MONTH_FORMAT',
      'error monthlyTotal AMOUNT_FORMAT',
      'error amount AMOUNT_NOT_POSITIVE',
    ]);
  });

  it('not positive are told at 补缴金额 with what stands there, once', () => {
    const same: Fields = { dueBase: '8000', dueRatio: '10', monthlyShortfall: '0' };
    const told = (amount: string) =>
      judge('shortfallBackPay', { ...same, amount }).issues.filter(
        ({ code }) => code === 'AMOUNT_NOT_POSITIVE',
      );
    expect(told('0')).toMatchObject([{ field: 'amount', value: '0' }]);
    expect(told('1120')).toMatchObject([{ field: 'amount', value: '1120' }]);
    expect(told('')).toMatchObject([{ field: 'amount', value: '' }]);
    const { cells } = judge('shortfallBackPay', same);
    const without = Object.fromEntries(Object.entries(cells).filter(([name]) => name !== 'amount'));
    const row = { cells: without, remarks: [] };
    const { issues } = checkBatchRow('shortfallBackPay', row, '10', () => entryContext);
    expect(issues).toMatchObject([
      { code: 'AMOUNT_NOT_POSITIVE', field: 'dueBase', value: '8000' },
    ]);
  });
});

describe('the reasons of a row in a marked copy', () => {
  it('stand one after the other, each ended once', () => {
    const marks = ['姓名为空。', '月均工资错误', '请改正。'].map((text) => ({
      ...{ row: 3, column: 'B', code: 'NAME_EMPTY' as const, value: '', text },
    }));
    expect(gatherMarks(marks).get(3)?.text).toBe('姓名为空。月均工资错误；请改正。');
  });
});

describe('a 减少原因 that is unknown', () => {
  it('is told with all that may be written', () => {
    const [issue, ...more] = judge('reduction', { reason: '离职' }).issues;
    expect(more).toEqual([]);
    expect(issue).toMatchObject({ code: 'REASON_UNKNOWN', value: '离职' });
    for (const { code, label } of entryContext.reasons) {
      expect(issue?.rule).toContain(`${code} ${label}`);
    }
  });

  it('is told with as many as a sentence holds', () => {
    const reasons = Array.from({ length: 90 }, (_, at) => ({
      code: `${at + 10}`,
      label: '甲乙丙',
    }));
    const [issue] = judge('reduction', { reason: '离职' }, { ...entryContext, reasons }).issues;
    expect(issue?.rule).toContain('10 甲乙丙、');
    expect(issueSchema.safeParse(issue).success).toBe(true);
  });
});
