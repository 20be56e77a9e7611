import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { judgeRows } from '../../build/check-file/answer.ts';
import { readContext } from '../../build/check-file/context.ts';
import { readBatchBytes } from '../../electron/import/reading.ts';
import { batchColumns } from '../../shared/batch/columns.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import { checkContext, csvOf, plainRows } from '../fixtures/batch-files.ts';
import type { Fields } from '../fixtures/batch-files.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'batch-messages-'));
const contextPath = path.join(folder, 'context.json');
writeFileSync(contextPath, JSON.stringify(checkContext));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the messages of the manual that belong to a batch', () => {
  const table: readonly (readonly [string, ErrorCode, EntryKind, Fields, string])[] = [
    [
      '存在正常缴存账户',
      'ACCOUNT_ACTIVE',
      'registration',
      { idNumber: '990100199001010012' },
      '身份证号码',
    ],
    [
      '存在相同的记录',
      'DUPLICATE_IN_QUEUE',
      'registration',
      { idNumber: '990100900101002' },
      '身份证号码',
    ],
    [
      '该职工不存在缴存关系或不属于此单位',
      'ACCOUNT_UNKNOWN',
      'reduction',
      { personalAccount: '990000000099' },
      '个人客户号',
    ],
    [
      '存在重复补缴的年月',
      'MONTHS_REPEATED',
      'missedBackPay',
      { from: '202602', amount: '7680' },
      '起始年月',
    ],
    [
      '个人客户号长度不正确',
      'ACCOUNT_LENGTH',
      'reduction',
      { personalAccount: '99000000001' },
      '个人客户号',
    ],
    ['姓名为空', 'NAME_EMPTY', 'missedBackPay', { name: '' }, '姓名'],
    [
      '起始年月（或截止年月）格式错误',
      'MONTH_FORMAT',
      'shortfallBackPay',
      { from: '202613' },
      '起始年月',
    ],
    ['起始年月（或截止年月）长度错误', 'MONTH_LENGTH', 'missedBackPay', { to: '2026' }, '截止年月'],
    ['起始年月大于截止年月', 'MONTH_ORDER', 'missedBackPay', { from: '202606' }, '截止年月'],
    [
      '月缴存额与计算的月缴存额不一致',
      'AMOUNT_MISMATCH',
      'missedBackPay',
      { monthlyTotal: '1921' },
      '月缴存额',
    ],
    ['月均工资错误', 'BASE_TOO_LARGE', 'registration', { base: '12345678901' }, '月均工资'],
    [
      '输入的月均工资格式错误',
      'BASE_FORMAT',
      'shortfallBackPay',
      { dueBase: '九千' },
      '应缴月均工资',
    ],
    [
      '补缴金额不能为零或负数',
      'AMOUNT_NOT_POSITIVE',
      'shortfallBackPay',
      { amount: '0' },
      '补缴金额',
    ],
    ['月均工资不能为零或负数', 'BASE_NOT_POSITIVE', 'registration', { base: '-1' }, '月均工资'],
    [
      '补缴金额与计算的补缴金额不一致',
      'BACK_PAY_MISMATCH',
      'missedBackPay',
      { amount: '1' },
      '补缴金额',
    ],
    [
      '该职工已减少',
      'ACCOUNT_STOPPED',
      'reduction',
      { personalAccount: '990000000002' },
      '个人客户号',
    ],
    ['减少原因不正确', 'REASON_UNKNOWN', 'reduction', { reason: '77' }, '减少原因'],
    ['缴存比例不在允许范围内', 'RATIO_NOT_ALLOWED', 'registration', { ratio: '13' }, '缴存比例(%)'],
    ['资金性质不正确', 'FUND_TYPE_UNKNOWN', 'reduction', { fundType: '20' }, '资金性质'],
    [
      '号码以数值保存，末几位已丢失',
      'CELL_NUMBER_CUT',
      'registration',
      { idNumber: '3.40524E+17' },
      '身份证号码',
    ],
    ['年月不明确', 'CELL_MONTH_UNCLEAR', 'missedBackPay', { from: '2026.1' }, '起始年月'],
    ['不早于当前业务年月', 'MONTH_NOT_PAST', 'missedBackPay', { to: '202611' }, '截止年月'],
  ];

  it.each(table)(
    '%s: %s, with cell, value, rule and what to do',
    async (said, code, kind, fields, column) => {
      const row = { ...plainRows[kind], ...fields };
      const bytes = new TextEncoder().encode(csvOf(kind, [plainRows[kind], row]));
      const read = await readBatchBytes(bytes, 'rows.csv', kind);
      const within = readContext(contextPath, kind, Date.now());
      if (!read.ok || !within.ok) throw new Error('not readable');
      const { sheet, rows } = read.value;
      const { answer } = judgeRows(kind, sheet, rows, within.context);
      const found = answer.issues.find((issue) => issue.code === code && issue.row === 3);
      expect(catalogue[code].text).toContain(said);
      expect(found).toMatchObject({ sheet: 'rows.csv', row: 3, column });
      const letters =
        sheet.letters[batchColumns[kind].find(({ heading }) => heading === column)?.name ?? 'name'];
      expect(found?.cell).toBe(`${letters}3`);
      const written = Object.entries(fields)[0]?.[1];
      if (column === batchColumns[kind].find(({ name }) => name in fields)?.heading) {
        expect(found?.value).toBe(written);
      }
      expect(found?.rule).not.toBe('');
      expect(found?.fix).toBe(catalogue[code].next);
      expect(answer.rows).toHaveLength(2);
      // the row that is right is not touched by the wrong one, but for sharing its account
      const ofFirst = answer.issues.filter((issue) => issue.row === 2).map((issue) => issue.code);
      expect(ofFirst.filter((each) => each !== 'DUPLICATE_IN_FILE')).toEqual([]);
    },
  );
});
