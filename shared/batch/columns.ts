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

const sequence = column('sequence', '序号', 'sequence', false, ['编号', '序', 'NO', 'NO.']);
const name = column('name', '姓名', 'name', true, ['职工姓名', '员工姓名', '名字']);
const idNumber = column('idNumber', '身份证号码', 'idNumber', true, [
  ...['身份证号', '身份证', '证件号码', '证件号', '公民身份号码', '身份证件号码', '居民身份证号码'],
]);
const fundType = column('fundType', '资金性质', 'fundType', true, ['资金类型', '资金性质代码']);
const account = column('personalAccount', '个人客户号', 'account', true, [
  ...['个人账号', '公积金账号', '个人公积金账号', '职工账号', '客户号', '个人客户号码'],
]);
const from = column('from', '起始年月', 'month', true, [
  ...['开始年月', '补缴起始年月', '补缴开始年月', '起始月份', '开始月份'],
]);
const to = column('to', '截止年月', 'month', true, [
  ...[
    '结束年月',
    '终止年月',
    '补缴截止年月',
    '补缴结束年月',
    '补缴终止年月',
    '截止月份',
    '结束月份',
  ],
]);
const wage = column('base', '月均工资', 'wage', true, [
  ...['缴存基数', '月缴存基数', '月平均工资', '工资基数', '公积金缴存基数'],
]);
const ratio = column('ratio', '缴存比例(%)', 'ratio', true, [
  ...['缴存比例', '比例', '单位缴存比例', '公积金缴存比例'],
]);
const backPay = column('amount', '补缴金额', 'amount', false, [
  ...['补缴总额', '补缴总金额', '补缴合计', '补缴金额合计'],
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
      ...['单位缴存额', '单位月缴额', '单位部分', '单位缴存金额'],
    ]),
    column('personalMonthly', '个人月缴存额', 'amount', false, [
      ...['个人缴存额', '个人月缴额', '个人部分', '个人缴存金额', '职工月缴存额'],
    ]),
    column('monthlyTotal', '月缴存额', 'amount', false, [
      ...['月缴存额合计', '合计月缴存额', '合计', '月缴额', '月缴存总额'],
    ]),
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
    column('monthlyTotal', '月缴存额', 'amount', false, ['月缴额', '月缴存额合计', '合计月缴存额']),
    backPay,
  ],
  shortfallBackPay: [
    sequence,
    fundType,
    account,
    name,
    from,
    to,
    column('paidBase', '已缴月均工资', 'wage', true, ['已缴工资', '已缴基数', '已缴缴存基数']),
    column('paidRatio', '已缴缴存比例(%)', 'ratio', true, ['已缴缴存比例', '已缴比例']),
    column('dueBase', '应缴月均工资', 'wage', true, ['应缴工资', '应缴基数', '应缴缴存基数']),
    column('dueRatio', '应缴缴存比例(%)', 'ratio', true, ['应缴缴存比例', '应缴比例']),
    column('monthlyShortfall', '月缴存额差额', 'amount', false, [
      ...['差额', '月差额', '每月差额', '月缴存差额'],
    ]),
    backPay,
  ],
};

/** A column of this name bears the same form in every kind. */
export const columnForms: Readonly<Record<ColumnName, ColumnForm>> = Object.fromEntries(
  Object.values(batchColumns)
    .flat()
    .map((column) => [column.name, column.form]),
) as Record<ColumnName, ColumnForm>;

/** Heading of the column that a marked copy has gained; passed over when the copy comes back. */
export const ERROR_COLUMN_HEADING = '错误原因';

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
