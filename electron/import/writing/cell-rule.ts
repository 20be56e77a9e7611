import type { DataValidation } from 'exceljs';
import { YUAN_DIGITS_MAX } from '../../../shared/rules/money.ts';
import type { BatchColumn } from '../../../shared/batch/columns.ts';

/** Excel refuses to open a file with longer ones; exceljs does not check. */
const PROMPT_MAX = 255;
const PROMPT_TITLE_MAX = 32;
const WAGE_YUAN_MAX = 10 ** YUAN_DIGITS_MAX - 0.01;
const NAME_CHARACTERS_MAX = 60;

/** Where the entries of a drop-down stand. */
export interface Lists {
  readonly fundTypes: string;
  /** Absent while the centre's table is empty. */
  readonly reasons: string | undefined;
}

/**
 * What a cell of a column accepts when it is typed into; `cell` is the first one of the column.
 * It helps, no more: what is pasted passes by it, so the import looks at everything again.
 */
export function ruleForColumn(
  column: BatchColumn,
  cell: string,
  requirement: string,
  lists: Lists,
): DataValidation | undefined {
  const limits = limitsFor(column, cell, lists);
  if (limits === undefined) return undefined;
  const { error, ...accepts } = limits;
  return {
    allowBlank: true,
    showInputMessage: true,
    promptTitle: column.heading.slice(0, PROMPT_TITLE_MAX),
    prompt: requirement.slice(0, PROMPT_MAX),
    showErrorMessage: true,
    errorStyle: 'stop',
    errorTitle: column.heading.slice(0, PROMPT_TITLE_MAX),
    error,
    ...accepts,
  };
}

/** Typing over a heading is refused. */
export const headingRule: DataValidation = {
  type: 'custom',
  formulae: ['FALSE'],
  allowBlank: false,
  showErrorMessage: true,
  errorStyle: 'stop',
  errorTitle: '表头',
  error: '表头不能修改，否则无法导入。',
};

type Limits = Pick<DataValidation, 'type' | 'formulae'> &
  Partial<Pick<DataValidation, 'operator' | 'errorStyle'>> & { readonly error: string };

function limitsFor({ form }: BatchColumn, cell: string, lists: Lists): Limits | undefined {
  switch (form) {
    case 'sequence':
      return undefined;
    case 'fundType':
      return { type: 'list', formulae: [lists.fundTypes], error: '请从下拉列表中选择代码。' };
    case 'account':
      return custom(`AND(ISTEXT(${cell}),LEN(${cell})=12)`, '请以文本格式填写12位个人客户号。');
    case 'name':
      return {
        type: 'textLength',
        operator: 'between',
        formulae: [1, NAME_CHARACTERS_MAX],
        error: '请填写姓名。',
      };
    case 'idNumber':
      return custom(
        `AND(ISTEXT(${cell}),OR(LEN(${cell})=18,LEN(${cell})=15))`,
        '请以文本格式填写18位身份证号码。',
      );
    case 'month':
      return custom(
        `AND(LEN(${cell})=6,ISNUMBER(VALUE(${cell})),VALUE(RIGHT(${cell},2))>=1,VALUE(RIGHT(${cell},2))<=12)`,
        '请填写4位年份加2位月份，例如 202408。',
      );
    case 'wage':
      return between('decimal', 0.01, WAGE_YUAN_MAX, '请填写大于零的金额，单位元。');
    case 'ratio':
      return between('whole', 1, 100, '请填写整数，例如 12 表示 12%。');
    case 'reason':
      return lists.reasons === undefined
        ? undefined
        : {
            type: 'list',
            formulae: [lists.reasons],
            // a code may be typed, though the list shows the reasons by name
            errorStyle: 'warning',
            error: '请从下拉列表中选择，也可以填写代码。',
          };
    case 'amount':
      return between('decimal', 0, WAGE_YUAN_MAX, '请填写金额，单位元；也可以不填。');
  }
}

function custom(formula: string, error: string): Limits {
  return { type: 'custom', formulae: [formula], error };
}

function between(type: 'decimal' | 'whole', min: number, max: number, error: string): Limits {
  return { type, operator: 'between', formulae: [min, max], error };
}
