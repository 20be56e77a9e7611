import { isBlank, type RawCell, type RawRow } from '../../../shared/batch/raw.ts';
import { CELLS_MAX, CONTENT_CHARACTERS_MAX, CONTENT_ROWS_MAX } from './limits.ts';
import { refuse } from './refusal.ts';

/** Rows with content as a reader finds them, within what may be kept in memory. */
export class RowCollection {
  readonly rows: RawRow[] = [];
  #cells = 0;
  #characters = 0;

  /** Leaves out a row whose cells hold spaces alone; true when it is kept. */
  add(row: number, hidden: boolean, cells: ReadonlyMap<number, RawCell>): boolean {
    if (!holdsContent(cells)) return false;
    this.rows.push({ row, hidden, cells });
    this.#cells += cells.size;
    this.#characters += charactersOf(cells);
    if (this.rows.length > CONTENT_ROWS_MAX)
      refuse('ROWS_TOO_MANY', `有内容的行超过 ${CONTENT_ROWS_MAX} 行。`);
    if (this.#cells > CELLS_MAX || this.#characters > CONTENT_CHARACTERS_MAX)
      refuse('FILE_LIMIT', '工作表的内容过多。');
    return true;
  }
}

function holdsContent(cells: ReadonlyMap<number, RawCell>): boolean {
  for (const cell of cells.values()) if (!isBlank(cell)) return true;
  return false;
}

function charactersOf(cells: ReadonlyMap<number, RawCell>): number {
  let characters = 0;
  for (const cell of cells.values()) if (cell.kind === 'text') characters += cell.text.length;
  return characters;
}
