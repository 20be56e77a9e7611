import type { CellRange } from '../../../shared/batch/raw.ts';
import { SHEET_COLUMNS_MAX, SHEET_ROWS_MAX } from './limits.ts';

/** 1-based column and row of `B7`; undefined when it is no cell of a sheet. */
export function parseReference(reference: string): { column: number; row: number } | undefined {
  let column = 0;
  let at = 0;
  for (; at < reference.length && at <= 3; at += 1) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  const digits = reference.slice(at);
  if (column < 1 || column > SHEET_COLUMNS_MAX || !/^\d{1,7}$/.test(digits)) return undefined;
  const row = Number(digits);
  return row >= 1 && row <= SHEET_ROWS_MAX ? { column, row } : undefined;
}

/** `A5:A7`. */
export function parseRange(reference: string): CellRange | undefined {
  const [from = '', to = from] = reference.replaceAll('$', '').split(':');
  const first = parseReference(from);
  const last = parseReference(to);
  if (!first || !last) return undefined;
  return {
    firstRow: Math.min(first.row, last.row),
    lastRow: Math.max(first.row, last.row),
    firstColumn: Math.min(first.column, last.column),
    lastColumn: Math.max(first.column, last.column),
  };
}
