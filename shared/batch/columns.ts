import { z } from 'zod';
import type { EntryKind } from '../wire/primitives.ts';

/**
 * Columns of the four batch files, in the order of their templates (manual 五(三)). A column bears
 * the name of the field it fills; those that fill none hold amounts or a person to compare.
 */
export const columnNames = [
  'sequence',
  'fundType',
  'personalAccount',
  'name',
  'idNumber',
  'from',
  'to',
  'base',
  'ratio',
  'paidBase',
  'paidRatio',
  'dueBase',
  'dueRatio',
  'reason',
  'unitMonthly',
  'personalMonthly',
  'monthlyTotal',
  'monthlyShortfall',
  'amount',
] as const;
export const columnNameSchema = z.enum(columnNames);
export type ColumnName = z.output<typeof columnNameSchema>;

/** How a cell of a column is read. */
export type ColumnForm =
  | 'sequence'
  | 'fundType'
  | 'account'
  | 'name'
  | 'idNumber'
  | 'month'
  | 'wage'
  | 'ratio'
  | 'reason'
  | 'amount';

export interface BatchColumn {
  readonly name: ColumnName;
  /** As the template writes it. */
  readonly heading: string;
  /** Other headings payroll programs write; compared without spaces, line breaks, * and width. */
  readonly synonyms: readonly string[];
  readonly form: ColumnForm;
  /** The file cannot be read without it. What is not required may be left out or left empty. */
  readonly required: boolean;
}

function column(
  name: ColumnName,
  heading: string,
  form: ColumnForm,
  required: boolean,
  synonyms: readonly string[] = [],
): BatchColumn {
  return { name, heading, synonyms, form, required };
}

const sequence = column('sequence', '序号', 'sequence', false, ['编号', 'NO', 'NO.']);
const name = column('name', '姓名', 'name', true, ['职工姓名', '员工姓名', '名字']);
const idNumber = column('idNumber', '身份证号码', 'idNumber', true, [
  ...['身份证号', '身份证', '证件号码', '证件号', '公民身份号码', '身份证件号码'],
]);
const fundType = column('fundType', '资金性质', 'fundType', true, ['资金类型', '资金性质代码']);
const account = column('personalAccount', '个人客户号', 'account', true, [
  ...['个人账号', '公积金账号', '个人公积金账号', '职工账号', '客户号'],
]);
const from = column('from', '起始年月', 'month', true, ['开始年月', '补缴起始年月', '起始月份']);
const to = column('to', '截止年月', 'month', true, [
  '结束年月',
  '补缴截止年月',
  '截止月份',
  '终止年月',
]);
const wage = column('base', '月均工资', 'wage', true, [
  ...['缴存基数', '月平均工资', '工资基数', '月均工资(元)', '缴存基数(元)'],
]);
const ratio = column('ratio', '缴存比例(%)', 'ratio', true, [
  '缴存比例',
  '比例',
  '比例(%)',
  '单位缴存比例',
]);

/** In the order of the template. `ratio` of 登记 may be left out by a unit of uniform ratio. */
export const batchColumns: Readonly<Record<EntryKind, readonly BatchColumn[]>> = {
  registration: [
    sequence,
    name,
    idNumber,
    wage,
    { ...ratio, required: false },
    column('unitMonthly', '单位月缴存额', 'amount', false, [
      '单位缴存额',
      '单位月缴额',
      '单位部分',
    ]),
    column('personalMonthly', '个人月缴存额', 'amount', false, [
      '个人缴存额',
      '个人月缴额',
      '个人部分',
    ]),
    column('monthlyTotal', '月缴存额', 'amount', false, ['月缴存额合计', '合计月缴存额', '合计']),
  ],
  reduction: [
    sequence,
    fundType,
    account,
    name,
    idNumber,
    column('reason', '减少原因', 'reason', true, ['减少原因代码', '封存原因', '原因']),
  ],
  missedBackPay: [
    sequence,
    fundType,
    account,
    name,
    from,
    to,
    wage,
    ratio,
    column('monthlyTotal', '月缴存额', 'amount', false, ['月缴额']),
    column('amount', '补缴金额', 'amount', false, ['补缴总额', '补缴合计']),
  ],
  shortfallBackPay: [
    sequence,
    fundType,
    account,
    name,
    from,
    to,
    column('paidBase', '已缴月均工资', 'wage', true, ['已缴工资', '已缴基数', '已缴缴存基数']),
    column('paidRatio', '已缴缴存比例(%)', 'ratio', true, [
      '已缴比例',
      '已缴缴存比例',
      '已缴比例(%)',
    ]),
    column('dueBase', '应缴月均工资', 'wage', true, ['应缴工资', '应缴基数', '应缴缴存基数']),
    column('dueRatio', '应缴缴存比例(%)', 'ratio', true, [
      '应缴比例',
      '应缴缴存比例',
      '应缴比例(%)',
    ]),
    column('monthlyShortfall', '月缴存额差额', 'amount', false, ['差额', '月差额']),
    column('amount', '补缴金额', 'amount', false, ['补缴总额', '补缴合计']),
  ],
};

/** Written into every template; raised when columns change, so that an old one is recognised. */
export const TEMPLATE_VERSION = 1;

/** Letters of a 1-based column number: 1 is A, 27 is AA. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
