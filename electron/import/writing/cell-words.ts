import type { RawCell } from '../../../shared/batch/raw.ts';

const DAY_MS = 86_400_000;
const FIRST_DAY_1900 = Date.UTC(1899, 11, 30);
const FIRST_DAY_1904 = Date.UTC(1904, 0, 1);
/** 9999-12-31, the last day a spreadsheet program knows. */
const SERIAL_MAX = 2_958_465;
/** A double tells apart no more. */
const PRECISION = 15;

/** A cell as its sheet shows it, near enough to find it again. Always text. */
export function wordsOf(cell: RawCell, date1904: boolean): string {
  switch (cell.kind) {
    case 'text':
    case 'date':
    case 'error':
      return cell.text;
    case 'boolean':
      return cell.value ? 'TRUE' : 'FALSE';
    case 'unevaluated':
      return '';
    case 'number':
      if (cell.isDate) return dateOf(cell.value, date1904) ?? cell.source;
      return cell.format.includes('%') ? percentOf(cell.value) : cell.source;
  }
}

function percentOf(value: number): string {
  return `${String(Number((value * 100).toPrecision(PRECISION)))}%`;
}

function dateOf(serial: number, date1904: boolean): string | undefined {
  if (!(serial >= 0 && serial <= SERIAL_MAX)) return undefined;
  const first = date1904 ? FIRST_DAY_1904 : FIRST_DAY_1900;
  return new Date(first + Math.floor(serial) * DAY_MS).toISOString().slice(0, 10);
}
