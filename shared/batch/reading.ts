import type { EntryKind } from '../wire/primitives.ts';
import { batchColumns, columnForms } from './columns.ts';
import type { ColumnForm, ColumnName } from './columns.ts';
import { note, refuse, take, toCell } from './found.ts';
import type { ReadCell } from './found.ts';
import { mergedAt, nameRange } from './merges.ts';
import { readDate, readNumber, showNumberCell } from './number-cell.ts';
import { isBlank } from './raw.ts';
import type { CellRange, RawCell, RawRow, RawSheet } from './raw.ts';
import type { BatchCell, BatchCells, BatchRow } from './rows.ts';
import { noteSignature, noteTotal } from './skipped-rows.ts';
import { readText } from './typed-cell.ts';
import { batchRule } from './wording.ts';

/**
 * One row of a file as text the rules can take; what was tidied, converted or cannot be known any
 * more stands in the remarks of its cells. Undefined for a row that holds nothing of an entry (blank
 * but for spaces, a running number or formulas that come to nothing), for a line of totals and one of
 * signatures.
 */
export function readBatchRow(
  kind: EntryKind,
  columns: ReadonlyMap<ColumnName, number>,
  raw: RawRow,
  sheet: Pick<RawSheet, 'date1904' | 'merges'>,
): BatchRow | undefined {
  if (!holdsEntry(columns, raw)) return undefined;
  if ((noteTotal(columns, raw) ?? noteSignature(columns, raw)) !== undefined) return undefined;
  const cells: BatchCells = Object.fromEntries(
    batchColumns[kind].flatMap(({ name, form }) => {
      const column = columns.get(name);
      if (column === undefined) return [];
      const merged = mergedAt(sheet.merges, raw.row, column);
      const cell = readCell(form, raw.cells.get(column), sheet.date1904, merged);
      return cell === undefined ? [] : [[name, cell] as const];
    }),
  );
  return { row: raw.row, cells, remarks: [] };
}

/** Text typed into the grid, or of a field of a CSV file. */
export function readTyped(column: ColumnName, text: string): BatchCell {
  return toCell(readText(columnForms[column], text), text);
}

function holdsEntry(columns: ReadonlyMap<ColumnName, number>, { cells }: RawRow): boolean {
  for (const [name, column] of columns) {
    const cell = cells.get(column);
    if (name === 'sequence' || isBlank(cell)) continue;
    const isTail = cell?.kind === 'number' && cell.formula && cell.value === 0;
    if (!isTail) return true;
  }
  return false;
}

/** Undefined for a blank cell, except where the rules fill it in and the clerk is told so. */
function readCell(
  form: ColumnForm,
  cell: RawCell | undefined,
  date1904: boolean,
  merged: CellRange | undefined,
): BatchCell | undefined {
  if (merged !== undefined && form !== 'sequence') {
    const content = cell === undefined || isBlank(cell) ? '' : showCell(cell, date1904);
    return toCell(refuse(content, 'CELL_MERGED', batchRule.merged(nameRange(merged))), content);
  }
  if (cell === undefined || isBlank(cell)) {
    return form === 'amount' || form === 'ratio' ? { text: '', remarks: [] } : undefined;
  }
  const read = readContent(form, cell, date1904);
  const isSaid = form !== 'sequence' && form !== 'amount' && cell.kind !== 'unevaluated';
  const isFromFormula = isSaid && cell.formula && cell.kind !== 'error';
  const found = isFromFormula
    ? [...read.found, note('CELL_FORMULA_READ', batchRule.formula)]
    : read.found;
  return toCell(
    { text: read.text, found: form === 'sequence' ? [] : found },
    showCell(cell, date1904),
  );
}

function readContent(form: ColumnForm, cell: RawCell, date1904: boolean): ReadCell {
  switch (cell.kind) {
    case 'text':
      return readText(form, cell.text);
    case 'number':
      return readNumber(form, cell, date1904);
    case 'date':
      return readDate(form, cell.text);
    case 'boolean':
      return refuse(showCell(cell, date1904), 'CELL_FORM', batchRule.isBoolean);
    case 'error':
      return refuse(cell.text, 'CELL_ERROR_VALUE', batchRule.errorValue);
    case 'unevaluated':
      return form === 'sequence' ? take('') : refuse('', 'CELL_UNEVALUATED', batchRule.unevaluated);
  }
}

/** The content as it is named to the clerk. */
function showCell(cell: RawCell | undefined, date1904: boolean): string {
  if (cell === undefined) return '';
  switch (cell.kind) {
    case 'text':
    case 'date':
    case 'error':
      return cell.text;
    case 'number':
      return showNumberCell(cell, date1904);
    case 'boolean':
      return cell.value ? 'TRUE' : 'FALSE';
    case 'unevaluated':
      return '';
  }
}
