import { batchColumns } from '../../../shared/batch/columns.ts';
import type { ColumnName } from '../../../shared/batch/columns.ts';
import { findHeadings } from '../../../shared/batch/headings.ts';
import { readBatchRow, readTyped } from '../../../shared/batch/reading.ts';
import type { CellRange, RawCell, RawRow, RawSheet } from '../../../shared/batch/raw.ts';
import type { BatchCells, BatchRow } from '../../../shared/batch/rows.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';

/** One seed for the property tests of a run; `BATCH_SEED=…` repeats a run that failed. */
export const seed = Number(process.env.BATCH_SEED ?? Date.now() % 2_147_483_647);

export function text(value: string, formula = false): RawCell {
  return { kind: 'text', text: value, formula };
}

export function number(value: number, format = '', more: Partial<RawCell> = {}): RawCell {
  const isDate = /[ymd年月日]/.test(format);
  const cell = { kind: 'number', value, source: String(value), format, isDate, formula: false };
  return { ...cell, ...more } as RawCell;
}

/** A row of cells from column A; an empty text is no cell. */
export function rawRow(row: number, cells: readonly (string | RawCell)[]): RawRow {
  const present = cells.flatMap((cell, i) => {
    if (cell === '') return [];
    return [[i + 1, typeof cell === 'string' ? text(cell) : cell] as const];
  });
  return { row, hidden: false, cells: new Map(present) };
}

export function rawSheet(
  rows: readonly (readonly (string | RawCell)[])[],
  changes: Partial<RawSheet> = {},
): RawSheet {
  const present = rows
    .map((cells, i) => rawRow(i + 1, cells))
    .filter(({ cells }) => cells.size > 0);
  return { name: 'Sheet1', rows: present, merges: [], date1904: false, ...changes };
}

export function headingOf(kind: EntryKind): string[] {
  return batchColumns[kind].map(({ heading }) => heading);
}

/** Columns in the order of the template, from A. */
export function columnsOf(kind: EntryKind): ReadonlyMap<ColumnName, number> {
  return new Map(batchColumns[kind].map(({ name }, i) => [name, i + 1] as const));
}

/** One cell of a registration or another kind, read from a file, beside a name so the row is one. */
export function readOne(
  kind: EntryKind,
  name: ColumnName,
  cell: RawCell | string,
  sheet: { date1904?: boolean; merges?: readonly CellRange[] } = {},
) {
  const columns = columnsOf(kind);
  const place = columns.get(name) ?? 0;
  const beside = columns.get(name === 'name' ? 'personalAccount' : 'name') ?? columns.get('base');
  const cells = new Map<number, RawCell>([[beside ?? 0, text('示例甲')]]);
  cells.set(place, typeof cell === 'string' ? text(cell) : cell);
  const raw = { row: 2, hidden: false, cells };
  const read = readBatchRow(kind, columns, raw, { date1904: false, merges: [], ...sheet });
  const found = read?.cells[name];
  return {
    text: found?.text,
    codes: (found?.remarks ?? []).map(({ severity, code }) => `${severity} ${code}`),
    remarks: found?.remarks ?? [],
  };
}

/** Cells as the grid gives them. */
export function typedCells(fields: Readonly<Partial<Record<ColumnName, string>>>): BatchCells {
  const cells = Object.entries(fields).map(
    ([name, value]) => [name, readTyped(name as ColumnName, value)] as const,
  );
  return Object.fromEntries(cells);
}

/** All rows of a sheet below its heading. */
export function readSheet(kind: EntryKind, sheet: RawSheet): BatchRow[] {
  const found = findHeadings(kind, sheet, undefined);
  if (!found.ok) throw new Error(`${found.code} ${found.detail}`);
  const { lastHeadingRow, columns } = found.value;
  return sheet.rows
    .filter(({ row }) => row > lastHeadingRow)
    .flatMap((row) => readBatchRow(kind, columns, row, sheet) ?? []);
}
