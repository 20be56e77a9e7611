import type { RawCell, RawRow } from '../../../shared/batch/raw.ts';

/** Something else than spaces and characters that are not seen. */
const VISIBLE = /[^\s\u00ad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]/;

export function hasVisibleText(text: string): boolean {
  return VISIBLE.test(text);
}

/** A row whose cells hold spaces alone is as good as blank. */
export function holdsContent(cells: ReadonlyMap<number, RawCell>): boolean {
  for (const cell of cells.values())
    if (cell.kind !== 'text' || hasVisibleText(cell.text)) return true;
  return false;
}

/** How much of the memory bound for content a row takes. */
export function charactersOf({ cells }: Pick<RawRow, 'cells'>): number {
  let characters = 0;
  for (const cell of cells.values()) if (cell.kind === 'text') characters += cell.text.length;
  return characters;
}
