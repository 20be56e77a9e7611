import { fundTypeLabels } from '../../../shared/rules/policy.ts';
import { formatMonth, previousMonth, toMonth } from '../../../shared/rules/months.ts';
import type { BatchColumn, ColumnForm, ColumnName } from '../../../shared/batch/columns.ts';
import type { TemplateTerms } from '../../../shared/ipc/import.ts';

/** What a clerk is told of one column, as she types and on the help sheet. */
export interface ColumnGuide {
  readonly required: boolean;
  readonly requirement: string;
  /** Synthetic, and only on the help sheet: it is never imported. */
  readonly example: string;
}

/** Columns the manual wants as text; the others are General (manual 五(三)). */
const textForms: ReadonlySet<ColumnForm> = new Set(['name', 'idNumber', 'account', 'month']);

export function isTextColumn({ form }: BatchColumn): boolean {
  return textForms.has(form);
}

/** The unit of one ratio need not type it when it registers someone. */
function isRequired(column: BatchColumn, { kind, ratio }: TemplateTerms): boolean {
  const registers = kind === 'registration' && column.name === 'ratio';
  return column.required || (registers && ratio === null);
}

export function guideColumn(column: BatchColumn, terms: TemplateTerms): ColumnGuide {
  return {
    required: isRequired(column, terms),
    requirement: requirementOf(column, terms),
    example: exampleOf(column.name, terms),
  };
}

function requirementOf({ name, form }: BatchColumn, terms: TemplateTerms): string {
  switch (form) {
    case 'sequence':
      return '可以不填，导入时不采用。';
    case 'fundType':
      return `填写代码：${fundCodes(terms)}。须与导入界面所选的资金性质相符。`;
    case 'account':
      return '12位数字，文本格式，开头的0不能少。';
    case 'name':
      return terms.kind === 'registration'
        ? '与身份证一致，文本格式。少数民族姓名中的间隔点用“·”。'
        : '文本格式。导入后与中心登记的核对，不一致的以中心登记为准。';
    case 'idNumber':
      return '18位，末位为X的用大写X，文本格式。15位的旧号码也可以填写。';
    case 'month':
      return `4位年份加2位月份，文本格式，例如 ${exampleOf(name, terms)}。须早于当前业务年月，截止年月不得小于起始年月。`;
    case 'wage':
      return '数字，单位元，大于零，最多两位小数。';
    case 'ratio':
      return `整数，不带百分号，例如 12 表示 12%。${unitRatio(terms)}`;
    case 'reason':
      return '从下拉列表中选择，也可以只填代码。';
    case 'amount':
      return '可以不填，导入时按规则计算。填写的须与计算的一致，单位元。';
  }
}

function fundCodes({ fundTypes }: TemplateTerms): string {
  return fundTypes.map((code) => `${code} ${fundTypeLabels[code]}`).join('；');
}

function unitRatio({ kind, ratio, fundTypes }: TemplateTerms): string {
  if (ratio === null || kind !== 'registration') return '';
  const only = fundTypes.includes('11') ? '登记一般住房公积金时' : '';
  return `本单位的缴存比例为 ${String(ratio)}%，${only}可以不填。`;
}

const EXAMPLE_RATIO = 12;
const EXAMPLE_WAGE_YUAN = 8000;
const EXAMPLE_PAID_WAGE_YUAN = 7000;
const EXAMPLE_MONTHS = 3;

function exampleOf(name: ColumnName, terms: TemplateTerms): string {
  const ratio = terms.ratio ?? EXAMPLE_RATIO;
  const part = (wage: number) => (wage * ratio) / 100;
  const monthly = 2 * part(EXAMPLE_WAGE_YUAN);
  const shortfall = monthly - 2 * part(EXAMPLE_PAID_WAGE_YUAN);
  const examples: Readonly<Record<ColumnName, string>> = {
    sequence: '1',
    fundType: terms.fundTypes[0] ?? '10',
    personalAccount: '990000000001',
    name: '买买提·艾力',
    idNumber: '990100199001010012',
    from: String(monthsBefore(terms, EXAMPLE_MONTHS)),
    to: String(monthsBefore(terms, 1)),
    base: String(EXAMPLE_WAGE_YUAN),
    ratio: String(ratio),
    paidBase: String(EXAMPLE_PAID_WAGE_YUAN),
    paidRatio: String(ratio),
    dueBase: String(EXAMPLE_WAGE_YUAN),
    dueRatio: String(ratio),
    reason: terms.reasons[0]?.label ?? '',
    unitMonthly: String(part(EXAMPLE_WAGE_YUAN)),
    personalMonthly: String(part(EXAMPLE_WAGE_YUAN)),
    monthlyTotal: String(monthly),
    monthlyShortfall: String(shortfall),
    amount: String((terms.kind === 'shortfallBackPay' ? shortfall : monthly) * EXAMPLE_MONTHS),
  };
  return examples[name];
}

function monthsBefore({ businessMonth }: TemplateTerms, count: number): number {
  let month = toMonth(businessMonth);
  for (let back = 0; back < count; back += 1) month = previousMonth(month);
  return month;
}

/** Warnings of the help sheet, in the order a clerk needs them. */
export function listWarnings(title: string, terms: TemplateTerms, rowsMax: number): string[] {
  const fund =
    terms.kind === 'registration'
      ? '资金性质不在表内填写，在导入界面选择。'
      : '一个文件只填一种资金性质，并与导入界面所选的相符。';
  const past = ['missedBackPay', 'shortfallBackPay'].includes(terms.kind)
    ? `补缴年月须早于业务年月，本表下载时为${formatMonth(toMonth(terms.businessMonth))}。`
    : '';
  return [
    '不要改动表头和各列的单元格格式：姓名、身份证号码、个人客户号、年月为文本，其余为常规。',
    '从其他文件复制时，请用“选择性粘贴”中的“数值”，以免带入原来的格式。',
    '身份证号码显示为 9.901E+17，或末三位变成 000 的，末几位已丢失，须在文本格式的单元格中重新录入。',
    '每名职工一行，中间不留空行，不合并单元格。不需要的记录请整行删除，不要只清除内容。',
    `${fund}${past}`,
    `一个文件最多 ${rowsMax.toLocaleString('en-US')} 行。本页的示例不会被导入。`,
    `填好后保存并关闭文件，在“变更登记”的“${title}”中点“从Excel导入”。有错误时会逐个单元格指出。`,
  ];
}
