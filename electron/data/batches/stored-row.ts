import type { ColumnName } from '../../../shared/batch/columns.ts';
import { readTyped } from '../../../shared/batch/reading.ts';
import type { BatchCells, BatchRow } from '../../../shared/batch/rows.ts';
import type { batchRowStates } from '../../../shared/ipc/batches.ts';

export type RowState = (typeof batchRowStates)[number];
export type Edits = Readonly<Partial<Record<ColumnName, string>>>;

/** A row as read, with the clerk's words in place of those of the file. */
export interface StoredRow {
  readonly seq: number;
  readonly state: RowState;
  readonly row: BatchRow;
  readonly edits: Edits;
  /** As stored, to see whether it is still the same. */
  readonly editsText: string;
}

/** The cells as they are now. */
export function cellsOf({ row, edits }: Pick<StoredRow, 'row' | 'edits'>): BatchCells {
  const typed = (Object.entries(edits) as [ColumnName, string][]).map(
    ([column, text]) => [column, readTyped(column, text)] as const,
  );
  return typed.length === 0 ? row.cells : { ...row.cells, ...Object.fromEntries(typed) };
}
