import { PERSONAL_ACCOUNT_DIGITS } from '../rules/employee.ts';
import { isRealDate } from '../rules/dates.ts';
import { checkCharacter, normaliseIdNumber } from '../rules/identity.ts';
import { parseMonth } from '../rules/months.ts';
import { normaliseName } from '../rules/names.ts';
import { fundTypeLabels, fundTypes } from '../rules/policy.ts';
import type { FundType } from '../rules/policy.ts';
import { normaliseTyped } from '../rules/typed.ts';
import type { ColumnForm } from './columns.ts';
import { note, refuse, take } from './found.ts';
import type { Finding, ReadCell } from './found.ts';
import { batchRule } from './wording.ts';

/** Text of a cell, of a CSV field or typed into the grid, read by the form of its column. */
export function readText(form: ColumnForm, text: string): ReadCell {
  const bare = unwrap(text);
  switch (form) {
    case 'sequence':
      return take(normaliseTyped(bare).text);
    case 'name':
      return readName(text, bare);
    case 'idNumber':
      return readId(text, bare);
    case 'account':
      return readAccount(text, bare);
    case 'fundType':
      return readFund(text, bare);
    case 'month':
      return readMonth(text, bare);
    case 'wage':
    case 'amount':
      return readMoney(text, bare);
    case 'ratio':
      return readRatio(text, bare);
    case 'reason':
      return tidy(text, normaliseTyped(bare).text, bare);
  }
}

/** `="1101…"` and a leading apostrophe: what programs write to keep digits as text. */
function unwrap(text: string): string {
  const quoted = /^\s*="([^"]*)"\s*$/.exec(text);
  return quoted?.[1] ?? text.replace(/^\s*'+/, '');
}

/** Takes the tidied text and says how it came about, once. */
function tidy(source: string, text: string, bare: string, ...more: readonly Finding[]): ReadCell {
  if (more.length > 0 || text === source) return take(text, ...more);
  const isNarrowed = normaliseTyped(bare).fullWidth;
  return isNarrowed
    ? take(text, note('TYPED_FULL_WIDTH', batchRule.fullWidth))
    : take(text, note('CELL_TIDIED', batchRule.tidied(text.slice(0, QUOTED_CHARACTERS_MAX))));
}

const QUOTED_CHARACTERS_MAX = 60;

/** 1.10101E+17: a long number that was shown, or saved as CSV, in the form of powers of ten. */
const POWER_FORM = /^\d(?:\.\d*)?E\+?\d{1,3}$/i;

function withoutSpaces(text: string): string {
  return normaliseTyped(text).text.replaceAll(' ', '');
}

function readName(source: string, bare: string): ReadCell {
  const { text, fullWidth } = normaliseName(bare);
  if (text === source) return take(text);
  return fullWidth
    ? take(text, note('TYPED_FULL_WIDTH', batchRule.fullWidth))
    : take(text, note('CELL_TIDIED', batchRule.tidied(text.slice(0, QUOTED_CHARACTERS_MAX))));
}

function readId(source: string, bare: string): ReadCell {
  const plain = withoutSpaces(bare);
  if (POWER_FORM.test(plain)) return refuse(plain, 'CELL_NUMBER_CUT', batchRule.numberCut);
  if (/^\d{16,}\.0*$/.test(plain)) return refuse(plain, 'CELL_NUMBER_CUT', batchRule.numberCut);
  const id = normaliseIdNumber(dropPoint(plain));
  const read = tidy(source, id, bare);
  if (!/^\d{15}000$/.test(id)) return read;
  // a float keeps 15 digits: the check character tells most of its victims from true numbers
  if (checkCharacter(id.slice(0, 17)) !== '0') {
    return refuse(id, 'CELL_NUMBER_CUT', batchRule.numberCut);
  }
  return take(id, ...read.found, note('CELL_ENDS_ZERO', batchRule.endsZero));
}

function readAccount(source: string, bare: string): ReadCell {
  const account = withoutSpaces(bare);
  if (POWER_FORM.test(account)) return refuse(account, 'CELL_NUMBER_CUT', batchRule.numberCut);
  const digits = dropPoint(account);
  if (digits === account) return tidy(source, account, bare);
  if (digits.length < PERSONAL_ACCOUNT_DIGITS) {
    const rule = batchRule.zeroCut(PERSONAL_ACCOUNT_DIGITS, digits.length);
    return refuse(account, 'CELL_ZERO_CUT', rule);
  }
  return take(digits, note('CELL_NUMBER_READ', batchRule.numberRead));
}

/** 990012345678.0: what a program makes of an account it took for a number; exact up to 15 digits. */
function dropPoint(text: string): string {
  return /^\d{1,15}\.0+$/.test(text) ? text.slice(0, text.indexOf('.')) : text;
}

const fundNames: ReadonlyMap<string, FundType> = new Map([
  ...fundTypes.map((code) => [fundTypeLabels[code], code] as const),
  ...(['住房公积金', '公积金', '一般公积金'] as const).map((name) => [name, '10'] as const),
  ...(['公积金补贴', '补贴'] as const).map((name) => [name, '11'] as const),
]);

/** Code, name, or both where they agree; anything else is left to the rules as it is. */
function readFund(source: string, bare: string): ReadCell {
  const text = withoutSpaces(bare);
  const parts = /^0*(1[01])(?:\.0+)?(?:[-_.:、/(]*([^\d()]*)\)?)?$/.exec(text);
  const named = /^([^\d()]+)(?:[-_:/(]*(1[01])\)?)?$/.exec(text);
  const [, code, codeName = ''] = parts ?? [undefined, named?.[2], named?.[1]];
  const ofName = fundNames.get(codeName);
  if (codeName !== '' && ofName === undefined) return tidy(source, text, bare);
  if (code !== undefined && ofName !== undefined && ofName !== code) return take(text);
  const read = code ?? ofName;
  if (read === undefined) return tidy(source, text, bare);
  if (codeName !== '') return take(read);
  return tidy(source, read, bare);
}

/** The year and month of a text, with what is unclear about it. */
function readMonth(source: string, bare: string): ReadCell {
  const text = normaliseTyped(bare).text;
  const packed = dropPoint(text.replaceAll(' ', ''));
  if (/^\d*$/.test(packed)) return tidy(source, packed, bare);
  const short = /^(\d{4})([-/.年])(\d{1,2})月?$/.exec(packed);
  if (short) {
    const [, year = '', mark, month = ''] = short;
    if (mark === '.' && month === '1') {
      return refuse(packed, 'CELL_MONTH_UNCLEAR', batchRule.monthUnclear);
    }
    return takeMonth(packed, year, month);
  }
  const day = text.replace(/[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$/, '').replaceAll(' ', '');
  const long = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(day);
  const [, year = '', month = '', date = ''] = long ?? [];
  if (!long || !isRealDate(Number(year), Number(month), Number(date))) {
    return tidy(source, packed, bare);
  }
  return takeMonth(text, year, month);
}

function takeMonth(text: string, year: string, month: string): ReadCell {
  const read = year + month.padStart(2, '0');
  return parseMonth(read).ok
    ? take(read, note('CELL_DATE_READ', batchRule.dateRead(read)))
    : take(text);
}

/** Thousands separators where they belong and the signs of the currency are passed over. */
function readMoney(source: string, bare: string): ReadCell {
  const text = withoutSpaces(bare);
  const plain = text.replace(/^(?:[¥￥]|RMB|CNY)/i, '').replace(/(?:元|圆|RMB|CNY)$/i, '');
  if (!/^-?[\d,.]+$/.test(plain)) return tidy(source, text, bare);
  const isGrouped = /^-?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/.test(plain);
  return tidy(source, isGrouped ? plain.replaceAll(',', '') : plain, bare);
}

function readRatio(source: string, bare: string): ReadCell {
  const text = withoutSpaces(bare);
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text);
  if (!match) return tidy(source, text, bare);
  const [, digits = '', sign] = match;
  return readPercent(source, bare, text, Number(digits), sign === '%');
}

function readPercent(
  source: string,
  bare: string,
  text: string,
  value: number,
  hasSign: boolean,
): ReadCell {
  const isPart = !hasSign && value > 0 && value < 1;
  const percent = Number((isPart ? value * 100 : value).toPrecision(12));
  const plain = String(percent);
  if (!Number.isInteger(percent)) {
    return refuse(text, 'CELL_PERCENT', batchRule.percentNotWhole(`${plain}%`));
  }
  if (isPart) return take(plain, note('CELL_PERCENT_READ', batchRule.percentRead(text, plain)));
  if (!hasSign || text !== source) {
    return text === source ? take(plain) : tidy(source, plain, bare);
  }
  return take(plain, note('CELL_PERCENT_READ', batchRule.percentShown(text, plain)));
}
