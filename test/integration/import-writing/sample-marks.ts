import { columnLetters } from '../../../shared/batch/columns.ts';
import type { ColumnName } from '../../../shared/batch/columns.ts';
import type { BatchSheet } from '../../../shared/batch/rows.ts';
import type { Mark } from '../../../shared/ipc/import.ts';

export function mark(row: number, column: string, text: string, value = ''): Mark {
  return { row, column, code: 'CELL_FORM', value, text };
}

/** What the reader says of a sheet whose columns stand in this order from A on. */
export function sheetOf(
  terms: Pick<BatchSheet, 'sheet' | 'format' | 'headingRow'>,
  columns: Readonly<Partial<Record<ColumnName, string>>>,
): BatchSheet {
  const names = Object.keys(columns) as ColumnName[];
  return {
    ...terms,
    letters: Object.fromEntries(names.map((name, index) => [name, columnLetters(index + 1)])),
    headings: columns,
    notices: [],
  };
}
