import type { Mark } from '../../../shared/ipc/import.ts';
import { columnNumber } from './sheet-rows.ts';

/** The marks of one row. */
export interface MarkedRow {
  /** 1-based columns of the cells to fill; a mark of the whole row has none. */
  readonly columns: ReadonlySet<number>;
  /** All that was found, as 错误原因 says it. */
  readonly text: string;
}

export function gatherMarks(marks: readonly Mark[]): ReadonlyMap<number, MarkedRow> {
  const rows = new Map<number, { columns: Set<number>; texts: Set<string> }>();
  for (const { row, column, text } of marks) {
    const found = rows.get(row) ?? { columns: new Set(), texts: new Set() };
    rows.set(row, found);
    const number = columnNumber(column);
    if (number > 0) found.columns.add(number);
    found.texts.add(text);
  }
  return new Map(
    [...rows].map(([row, { columns, texts }]) => [row, { columns, text: joinTexts([...texts]) }]),
  );
}

/** Sentences that end stand one after the other; others are set apart. */
function joinTexts(texts: readonly string[]): string {
  return texts
    .map((text, at) => (at === texts.length - 1 || /[。！？；]$/u.test(text) ? text : `${text}；`))
    .join('');
}
