import { columnLetters } from './columns.ts';
import type { CellRange } from './raw.ts';

/** Rows of one column that lie in merged cells: ascending and disjoint. */
interface Stretch {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly range: CellRange;
}

const stretchesOf = new WeakMap<readonly CellRange[], Map<number, readonly Stretch[]>>();

/**
 * The merged range in which a cell's own content cannot be known. A range over columns of one row
 * leaves its first cell as it is. Cheap for many rows over many ranges: each column is sorted once.
 */
export function mergedAt(
  merges: readonly CellRange[],
  row: number,
  column: number,
): CellRange | undefined {
  if (merges.length === 0) return undefined;
  const stretches = stretchesAt(merges, column);
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.lastRow ?? Infinity) < row) low = middle + 1;
    else high = middle;
  }
  const found = stretches[low];
  return found !== undefined && found.firstRow <= row ? found.range : undefined;
}

function stretchesAt(merges: readonly CellRange[], column: number): readonly Stretch[] {
  const perColumn = stretchesOf.get(merges) ?? new Map<number, readonly Stretch[]>();
  stretchesOf.set(merges, perColumn);
  const stretches = perColumn.get(column) ?? layOut(merges, column);
  perColumn.set(column, stretches);
  return stretches;
}

function layOut(merges: readonly CellRange[], column: number): Stretch[] {
  const touching = merges
    .filter(({ firstColumn, lastColumn }) => firstColumn <= column && column <= lastColumn)
    .filter(({ firstRow, lastRow, firstColumn }) => firstRow < lastRow || firstColumn < column)
    .sort((a, b) => a.firstRow - b.firstRow);
  const stretches: Stretch[] = [];
  let covered = 0;
  for (const range of touching) {
    if (range.lastRow <= covered) continue;
    const firstRow = Math.max(range.firstRow, covered + 1);
    stretches.push({ firstRow, lastRow: range.lastRow, range });
    covered = range.lastRow;
  }
  return stretches;
}

/** `A5:A7` */
export function nameRange({ firstRow, lastRow, firstColumn, lastColumn }: CellRange): string {
  return `${columnLetters(firstColumn)}${firstRow}:${columnLetters(lastColumn)}${lastRow}`;
}
