import { normaliseTyped } from '../rules/typed.ts';
import type { CellRange, RawCell, RawRow, RawSheet } from './raw.ts';

/** Deeper ones are no heading: a table has a group of columns, and the columns. */
const HEADING_DEPTH_MAX = 3;

/** A row that may be the heading, with the last row it takes up. */
export interface HeadingRow {
  readonly row: RawRow;
  readonly lastRow: number;
}

/**
 * A row as heading. Where cells of it are merged with those below, the heading is several rows deep,
 * as payroll sheets have it: 月缴存额 over 单位, 个人, 合计. Each column then bears the first of its
 * texts that `isKnown`: from the lowest up (单位月缴存额), from the top down, or the lowest alone.
 */
export function readHeadingRow(
  row: RawRow,
  { rows, merges }: Pick<RawSheet, 'rows' | 'merges'>,
  isKnown: (text: string) => boolean,
): HeadingRow {
  const lastRow = lastRowOf(row, merges);
  if (lastRow === row.row) return { row, lastRow };
  const deep = rows.filter((each) => each.row >= row.row && each.row <= lastRow);
  const across = merges.filter(
    ({ firstRow, lastRow: last }) => last >= row.row && firstRow <= lastRow,
  );
  const cells = new Map<number, RawCell>();
  for (const column of columnsOf(deep, across)) {
    const texts = textsAt(column, deep, across);
    const forms = [texts.toReversed().join(''), texts.join(''), texts.at(-1) ?? ''];
    const text = forms.find(isKnown) ?? texts.join(' ');
    if (text !== '') cells.set(column, { kind: 'text', text, formula: false });
  }
  return { row: { ...row, cells }, lastRow };
}

/** Of cells of one column alone: a title may be merged over rows and columns as it likes. */
function lastRowOf({ row, cells }: RawRow, merges: readonly CellRange[]): number {
  const ends = merges
    .filter(({ firstRow, firstColumn, lastColumn }) => {
      return (
        firstRow === row && firstColumn === lastColumn && textOf(cells.get(firstColumn)) !== ''
      );
    })
    .map(({ lastRow }) => lastRow);
  const last = Math.max(row, ...ends);
  return last - row < HEADING_DEPTH_MAX ? last : row;
}

function columnsOf(deep: readonly RawRow[], across: readonly CellRange[]): number[] {
  const own = deep.flatMap(({ cells }) => [...cells.keys()]);
  const last = Math.max(0, ...own);
  const spanned = across.flatMap(({ firstColumn, lastColumn }) => {
    const end = Math.min(lastColumn, last);
    return Array.from({ length: Math.max(0, end - firstColumn + 1) }, (_, at) => firstColumn + at);
  });
  return [...new Set([...own, ...spanned])].sort((a, b) => a - b);
}

/** From the top down; what is merged counts in each column it covers, and once. */
function textsAt(
  column: number,
  deep: readonly RawRow[],
  across: readonly CellRange[],
): readonly string[] {
  const texts = deep.flatMap(({ row, cells }) => {
    const range = across.find(
      ({ firstRow, lastRow, firstColumn, lastColumn }) =>
        firstRow <= row && row <= lastRow && firstColumn <= column && column <= lastColumn,
    );
    if (range === undefined) return [textOf(cells.get(column))];
    return range.firstRow === row ? [textOf(cells.get(range.firstColumn))] : [];
  });
  return texts.filter((text) => text !== '');
}

function textOf(cell: RawCell | undefined): string {
  return cell?.kind === 'text' ? normaliseTyped(cell.text).text.trim() : '';
}
