import { PERSONAL_ACCOUNT_DIGITS } from '../rules/employee.ts';
import { parseMonth, toMonth } from '../rules/months.ts';
import type { ColumnForm } from './columns.ts';
import { note, refuse, take } from './found.ts';
import type { ReadCell } from './found.ts';
import type { RawCell } from './raw.ts';
import { readText } from './typed-cell.ts';
import { batchRule } from './wording.ts';

type NumberCell = RawCell & { readonly kind: 'number' };

/** Excel keeps 15 digits; a double is exact up to here, whatever the file writes behind them. */
const EXACT_LIMIT = 1e15;
const DIGITS_KEPT = 15;
/** 1990-01-01 and 2100-12-31 as days since 1899-12-30: no month yyyyMM lies between. */
const SERIAL_FIRST = 32_874;
const SERIAL_LAST = 73_415;
const SERIAL_OF_1970 = 25_569;
/** Days from the epoch of 1900 to that of 1904. */
const EPOCH_1904_DAYS = 1_462;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A number, read by the form of its column. */
export function readNumber(form: ColumnForm, cell: NumberCell, date1904: boolean): ReadCell {
  const shown = showNumber(cell.value);
  if (!Number.isFinite(cell.value)) return refuse(shown, 'CELL_FORM', batchRule.notFinite);
  if (form === 'sequence') return take(shown);
  if (form === 'month') return readMonthNumber(cell, date1904);
  if (cell.isDate) return refuse(shown, 'CELL_FORM', batchRule.isDate);
  switch (form) {
    case 'name':
      return refuse(shown, 'CELL_FORM', batchRule.isNumber);
    case 'idNumber':
      return readIdNumber(cell.value, shown);
    case 'account':
      return readAccountNumber(cell, shown);
    case 'fundType':
    case 'reason':
      return take(shown);
    case 'wage':
    case 'amount':
      return readMoneyNumber(cell, shown);
    case 'ratio':
      return readRatioNumber(cell);
  }
}

/** As a clerk would write it: the 15 digits that count, a very long one in powers of ten. */
function showNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const kept = Number(value.toPrecision(DIGITS_KEPT));
  if (Math.abs(kept) >= EXACT_LIMIT) {
    return kept.toExponential().replace('e', 'E');
  }
  if (Math.abs(kept) >= 1e-6 || kept === 0) return String(kept + 0);
  return kept.toFixed(20).replace(/0+$/, '');
}

/** As the cell shows it, for naming it to the clerk: a date as a date, a percent as a percent. */
export function showNumberCell({ value, format, isDate }: NumberCell, date1904: boolean): string {
  if (!Number.isFinite(value)) return String(value);
  if (isDate) return showDate(toDays(value, date1904));
  if (!format.includes('%')) return showNumber(value);
  return `${showNumber(Number((value * 100).toPrecision(12)))}%`;
}

function toDays(value: number, date1904: boolean): number {
  return Math.floor(value) + (date1904 ? EPOCH_1904_DAYS : 0);
}

function readIdNumber(value: number, shown: string): ReadCell {
  if (Math.abs(value) >= EXACT_LIMIT) {
    return refuse(shown, 'CELL_NUMBER_CUT', batchRule.numberCut);
  }
  if (!Number.isInteger(value) || value < 0) {
    return refuse(shown, 'CELL_FORM', batchRule.notWhole);
  }
  return take(shown, note('CELL_NUMBER_READ', batchRule.numberRead));
}

function readAccountNumber({ value, format }: NumberCell, shown: string): ReadCell {
  if (Math.abs(value) >= EXACT_LIMIT) {
    return refuse(shown, 'CELL_NUMBER_CUT', batchRule.numberCut);
  }
  if (!Number.isInteger(value) || value < 0) {
    return refuse(shown, 'CELL_FORM', batchRule.notWhole);
  }
  if (shown.length >= PERSONAL_ACCOUNT_DIGITS) {
    return take(shown, note('CELL_NUMBER_READ', batchRule.numberRead));
  }
  // a format of twelve zeros shows the zeros the number has lost
  if (new RegExp(`^0{${PERSONAL_ACCOUNT_DIGITS}}$`).test(format)) {
    const padded = shown.padStart(PERSONAL_ACCOUNT_DIGITS, '0');
    return take(padded, note('CELL_NUMBER_READ', batchRule.zeroPadded(padded)));
  }
  const rule = batchRule.zeroCut(PERSONAL_ACCOUNT_DIGITS, shown.length);
  return refuse(shown, 'CELL_ZERO_CUT', rule);
}

function readMoneyNumber({ format }: NumberCell, shown: string): ReadCell {
  if (format.includes('%')) return refuse(shown, 'CELL_FORM', batchRule.isPercent);
  const decimals = /\.(\d+)$/.exec(shown)?.[1] ?? '';
  if (decimals.length > 2) return refuse(shown, 'CELL_DECIMALS', batchRule.decimals(shown));
  return take(shown);
}

function readRatioNumber({ value, format }: NumberCell): ReadCell {
  const shown = showNumber(value);
  const isPercent = format.includes('%');
  if (value < 0) return take(shown);
  if (isPercent && value >= 1) {
    const times100 = `${showNumber(Number((value * 100).toPrecision(12)))}%`;
    const rule = batchRule.percentTooMuch(times100, `${shown}%`);
    return refuse(times100, 'CELL_PERCENT', rule);
  }
  const isPart = isPercent || (value > 0 && value < 1);
  const percent = Number((isPart ? value * 100 : value).toPrecision(12));
  const plain = showNumber(percent);
  if (!Number.isInteger(percent)) {
    return refuse(`${plain}%`, 'CELL_PERCENT', batchRule.percentNotWhole(`${plain}%`));
  }
  if (!isPart) return take(plain);
  if (isPercent) {
    const rule = batchRule.percentShown(`${plain}%`, plain);
    return take(plain, note('CELL_PERCENT_READ', rule));
  }
  return take(plain, note('CELL_PERCENT_READ', batchRule.percentRead(shown, plain)));
}

function readMonthNumber({ value, isDate }: NumberCell, date1904: boolean): ReadCell {
  const shown = showNumber(value);
  const days = toDays(value, date1904);
  if (days >= SERIAL_FIRST && days <= SERIAL_LAST) {
    const date = new Date((days - SERIAL_OF_1970) * DAY_MS);
    const month = toMonth(date.getUTCFullYear() * 100 + date.getUTCMonth() + 1);
    return take(String(month), note('CELL_DATE_READ', batchRule.dateRead(String(month))));
  }
  if (isDate) {
    return refuse(shown, 'CELL_MONTH_UNCLEAR', batchRule.monthAsDate(showDate(days)));
  }
  // 2024.8 is August; of 2024.1 nobody knows whether it was October
  return Number.isInteger(value) ? take(shown) : readText('month', shown);
}

function showDate(days: number): string {
  const date = new Date((days - SERIAL_OF_1970) * DAY_MS);
  if (days < 1 || Number.isNaN(date.getTime())) return '####';
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}

/** A date written as text of its own kind: in a month column its month, elsewhere no content. */
export function readDate(form: ColumnForm, text: string): ReadCell {
  const date = text.slice(0, 10);
  if (form !== 'month') return refuse(date, 'CELL_FORM', batchRule.isDate);
  const read = readText('month', text);
  return parseMonth(read.text).ok
    ? read
    : refuse(date, 'CELL_MONTH_UNCLEAR', batchRule.monthAsDate(date));
}
