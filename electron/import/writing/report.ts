import type { Style, Workbook, Worksheet } from 'exceljs';
import type { RawRow, RawSheet } from '../../../shared/batch/raw.ts';
import type { BatchSheet } from '../../../shared/batch/rows.ts';
import type { Mark } from '../../../shared/ipc/import.ts';
import { toCellText } from './cell-text.ts';
import { wordsOf } from './cell-words.ts';
import { FONT } from './help-sheet.ts';
import { linkWithin } from './inner-links.ts';
import { gatherMarks } from './marked-rows.ts';
import { columnNumber } from './sheet-rows.ts';
import { MARK_FILL } from './style-patch.ts';
import { newWorkbook, setPage, toBytes } from './workbook.ts';
import type { MarkRequest } from './mark-request.ts';

const LIST_SHEET = '错误清单';
const DATA_SHEET = '原数据';
/** Above the list stand a line of advice and its heading. */
const LIST_HEADING_ROW = 2;
/** What fits into the memory of the import process; a clerk mends the first ones first. */
const LISTED_MARKS_MAX = 20_000;
const DATA_CELLS_MAX = 240_000;
const FILL_HEADING = 'FFDDEBF7';

type Look = Partial<Style>;

const font = { name: FONT, size: 11 } as const;
const middle = { vertical: 'middle' } as const;
// the same objects for all cells: one of its own for each would fill the memory
const textLook: Look = { numFmt: '@', font, alignment: middle };
const linkLook: Look = {
  numFmt: '@',
  font: { ...font, color: { argb: 'FF0563C1' }, underline: true },
  alignment: middle,
};
const headingLook: Look = {
  numFmt: '@',
  font: { ...font, bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: FILL_HEADING } },
  alignment: { ...middle, wrapText: true },
};
const markedLook: Look = {
  ...textLook,
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: MARK_FILL } },
};

/**
 * What is wrong with a file that cannot be marked itself: the list, each line with a link to its
 * cell, and the sheet as it was read, all as text, with the cells filled.
 */
export async function makeReport(
  { sheet, marks }: Pick<MarkRequest, 'sheet' | 'marks'>,
  data: RawSheet,
): Promise<Uint8Array> {
  const book = await newWorkbook();
  book.title = LIST_SHEET;
  addList(book, sheet, marks);
  addData(book, sheet, marks, data);
  return linkWithin(await toBytes(book), 1);
}

function addList(book: Workbook, sheet: BatchSheet, marks: readonly Mark[]): void {
  const list = book.addWorksheet(LIST_SHEET, {
    views: [{ state: 'frozen', xSplit: 0, ySplit: LIST_HEADING_ROW, topLeftCell: 'A3' }],
  });
  setPage(list, 'all pages');
  list.columns = [{ width: 10 }, { width: 8 }, { width: 20 }, { width: 28 }, { width: 80 }];
  write(
    list,
    1,
    1,
    `“${sheet.sheet}”的错误清单。请在原文件中改正后重新导入，本文件不能导入。`,
    textLook,
  );
  ['单元格', '行号', '列名', '原内容', '错误原因'].forEach((heading, index) => {
    write(list, LIST_HEADING_ROW, index + 1, heading, headingLook);
  });
  list.autoFilter = `A${String(LIST_HEADING_ROW)}:E${String(LIST_HEADING_ROW)}`;
  const names = namesByLetters(sheet);
  marks.slice(0, LISTED_MARKS_MAX).forEach((mark, index) => {
    const row = LIST_HEADING_ROW + 1 + index;
    const place = `${mark.column}${String(mark.row)}`;
    const target = `'${DATA_SHEET}'!${mark.column === '' ? `A${place}` : place}`;
    list.getCell(row, 1).value = { text: mark.column === '' ? '整行' : place, hyperlink: target };
    list.getCell(row, 1).style = linkLook;
    write(list, row, 2, String(mark.row), textLook);
    write(list, row, 3, names.get(mark.column) ?? mark.column, textLook);
    write(list, row, 4, mark.value, textLook);
    write(list, row, 5, mark.text, textLook);
  });
  const left = marks.length - LISTED_MARKS_MAX;
  if (left <= 0) return;
  const last = LIST_HEADING_ROW + 1 + LISTED_MARKS_MAX;
  write(list, last, 1, `另有 ${String(left)} 处错误没有列出，请先改正以上各处。`, textLook);
}

function addData(book: Workbook, sheet: BatchSheet, marks: readonly Mark[], data: RawSheet): void {
  const copy = book.addWorksheet(DATA_SHEET, {
    views: [{ state: 'frozen', xSplit: 0, ySplit: sheet.headingRow }],
  });
  setPage(copy, 'all pages');
  const marked = gatherMarks(marks);
  for (const row of chooseRows(data.rows, sheet, marked)) {
    const bad = marked.get(row.row)?.columns;
    const look = row.row === sheet.headingRow ? headingLook : textLook;
    for (const [column, cell] of row.cells) {
      const words = wordsOf(cell, data.date1904);
      write(copy, row.row, column, words, bad?.has(column) ? markedLook : look);
    }
    // a cell may be wrong because it is empty
    for (const column of bad ?? []) {
      if (!row.cells.has(column)) copy.getCell(row.row, column).style = markedLook;
    }
  }
  Object.values(sheet.letters).forEach((letters) => {
    copy.getColumn(columnNumber(letters)).width = 20;
  });
}

/** All rows, or when these are too much for one report, the columns in use and the rows marked. */
function chooseRows(
  rows: readonly RawRow[],
  sheet: BatchSheet,
  marked: ReadonlyMap<number, unknown>,
): readonly RawRow[] {
  const count = (some: readonly RawRow[]) => some.reduce((sum, { cells }) => sum + cells.size, 0);
  if (count(rows) <= DATA_CELLS_MAX) return rows;
  const used = new Set(Object.values(sheet.letters).map(columnNumber));
  const narrow = rows.map((row) => ({
    ...row,
    cells: new Map([...row.cells].filter(([column]) => used.has(column))),
  }));
  if (count(narrow) <= DATA_CELLS_MAX) return narrow;
  return narrow.filter(({ row }) => row <= sheet.headingRow || marked.has(row));
}

function namesByLetters({ letters, headings }: BatchSheet): ReadonlyMap<string, string> {
  const names = Object.keys(letters) as (keyof typeof letters)[];
  return new Map(names.map((name) => [letters[name] ?? '', headings[name] ?? '']));
}

/** Text and nothing else: an object from outside could become a formula or a link. */
function write(sheet: Worksheet, row: number, column: number, text: string, look: Look): void {
  const cell = sheet.getCell(row, column);
  cell.value = toCellText(text);
  cell.style = look;
}
