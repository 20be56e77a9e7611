import * as xlsx from '@e965/xlsx';
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs';
import type { CellRange, RawCell, RawRow, RawSheet } from '../../../shared/batch/raw.ts';
import { TEMPLATE_MARK_SHEET } from '../../../shared/batch/template-mark.ts';
import { COLUMNS_READ_MAX, MERGES_MAX, SHEET_ROWS_MAX, TEXT_CHARACTERS_MAX } from './limits.ts';
import { numberFormat } from './number-format.ts';
import { RowCollection } from './row-collection.ts';
import { FileRefusal, refuse, refuseDamaged } from './refusal.ts';
import {
  choiceNotice,
  inOrderOfChoice,
  refuseWithoutSheet,
  SHEETS_TRIED_MAX,
  type SheetFit,
} from './sheet-choice.ts';
import { hasMacroStream } from './sniff.ts';
import { columnsNotice, macrosNotice, type Table } from './table.ts';
import { countCells } from './xls-structure.ts';
import { type FoundMark, markOfKeywords, markOfSheet } from './template-marks.ts';

/** Files of Excel 5 and 95 hold their texts in the code page of their system, 936 here. */
xlsx.set_cptable(codePages);

/** For old files that do not name their own. */
const CHINESE_WINDOWS = 936;
const PASSWORD_NEEDED = /^(?:File is password-protected|Encryption scheme unsupported)/;

/**
 * Reads an .xls; only bytes that were recognised as OLE2 may come here, and only in a process that
 * can be killed: there are damaged files the library does not end with. Numbers have no digits of
 * their own in this format, so `source` is the shortest text of the double.
 */
export function readXls(bytes: Uint8Array, fits: SheetFit): Table {
  const book = parse(bytes);
  if (countDelivered(book) !== countCells(bytes)) refuseDamaged('有单元格不可读');
  const sheets = book.SheetNames.map((name, index) => ({
    name,
    isVisible: (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) === 0,
  }));
  const mark = findMark(book);
  const order = inOrderOfChoice(sheets, mark?.dataSheet ?? '');
  const read = order.map(({ name }) => ({ name, ...readRows(book.Sheets[name], name) }));
  const withContent = read.filter(({ rows }) => rows.length > 0);
  const sheetOf = ({ name, rows }: (typeof read)[number]): RawSheet => ({
    name,
    rows,
    merges: mergesOf(book.Sheets[name]),
    date1904: book.Workbook?.WBProps?.date1904 === true,
  });
  const chosen =
    withContent
      .slice(0, SHEETS_TRIED_MAX)
      .find((each) => each.name === mark?.dataSheet || fits(sheetOf(each))) ?? withContent[0];
  if (!chosen) return refuseWithoutSheet(order);
  const others = withContent.filter((each) => each !== chosen);
  const notices = [
    choiceNotice(chosen.name, mark ? [] : others.map(({ name }) => name)),
    hasMacroStream(bytes) ? macrosNotice : undefined,
    chosen.isWider ? columnsNotice : undefined,
  ];
  return {
    format: 'xls',
    sheet: sheetOf(chosen),
    mark,
    notices: notices.filter((notice) => notice !== undefined),
  };
}

function parse(bytes: Uint8Array): xlsx.WorkBook {
  try {
    return withoutUnknownRecords(() =>
      xlsx.read(bytes, {
        type: 'buffer',
        codepage: CHINESE_WINDOWS,
        dense: true,
        cellNF: true,
        cellStyles: true,
        cellText: false,
        cellHTML: false,
      }),
    );
  } catch (error) {
    if (error instanceof FileRefusal) throw error;
    if (error instanceof Error && PASSWORD_NEEDED.test(error.message))
      return refuse('FILE_PASSWORD', '文件设有打开密码。');
    return refuseDamaged('工作簿不可读');
  }
}

/** The library passes over records it does not know, and says so on the console alone. */
function withoutUnknownRecords<T>(work: () => T): T {
  const said = globalThis.console;
  const usual = said.error.bind(said);
  const unknown: string[] = [];
  said.error = (text: unknown) => {
    if (String(text).startsWith('Missing Info')) unknown.push(String(text));
  };
  try {
    const result = work();
    return unknown.length === 0 ? result : refuseDamaged('工作簿中有不认识的记录');
  } finally {
    said.error = usual;
  }
}

/** Cells with content in all sheets. */
function countDelivered(book: xlsx.WorkBook): number {
  let count = 0;
  for (const name of book.SheetNames)
    for (const line of gridOf(book.Sheets[name]))
      for (const cell of line ?? []) if (cell && cell.t !== 'z') count += 1;
  return count;
}

type Line = readonly (xlsx.CellObject | undefined)[] | undefined;

/** Rows of a sheet read as `dense`, of which the library's types say nothing. */
function gridOf(sheet: xlsx.WorkSheet | undefined): readonly Line[] {
  const grid: unknown = sheet?.['!data'];
  return Array.isArray(grid) ? (grid as Line[]) : [];
}

function findMark(book: xlsx.WorkBook): FoundMark | undefined {
  const sheet = book.Sheets[TEMPLATE_MARK_SHEET];
  const found = sheet && markOfSheet(readRows(sheet, TEMPLATE_MARK_SHEET).rows);
  return found ?? markOfKeywords(book.Props?.Keywords ?? '');
}

function readRows(
  sheet: xlsx.WorkSheet | undefined,
  name: string,
): { rows: RawRow[]; isWider: boolean } {
  const collection = new RowCollection();
  const { rows } = collection;
  let isWider = false;
  for (const [index, line] of gridOf(sheet).entries()) {
    if (!line || index >= SHEET_ROWS_MAX) continue;
    const cells = new Map<number, RawCell>();
    for (const [at, cell] of line.entries()) {
      const raw = cell && rawCell(cell, `工作表“${name}”第 ${index + 1} 行`);
      if (!raw) continue;
      if (at < COLUMNS_READ_MAX) cells.set(at + 1, raw);
      else isWider = true;
    }
    const hidden = sheet?.['!rows']?.[index]?.hidden === true;
    collection.add(index + 1, hidden, cells);
  }
  return { rows, isWider };
}

function rawCell(cell: xlsx.CellObject, place: string): RawCell | undefined {
  const formula = typeof cell.f === 'string' || typeof cell.F === 'string';
  const { t: type, v: value } = cell;
  switch (type) {
    case 's':
      if (typeof value !== 'string' || value === '') return undefined;
      if (value.length > TEXT_CHARACTERS_MAX)
        refuse('FILE_LIMIT', `${place}有单元格的内容超过 ${TEXT_CHARACTERS_MAX} 个字。`);
      return { kind: 'text', text: value, formula };
    case 'n':
      return typeof value === 'number' ? numberCell(value, cell.z, formula) : undefined;
    case 'b':
      return { kind: 'boolean', value: value === true, formula };
    case 'e':
      return { kind: 'error', text: errorText(value), formula };
    case 'd':
    case 'z':
      return undefined;
  }
}

function numberCell(value: number, code: string | number | undefined, formula: boolean): RawCell {
  if (!Number.isFinite(value)) return { kind: 'error', text: String(value), formula };
  const { code: format, isDate } = numberFormat(typeof code === 'string' ? code : '');
  return { kind: 'number', value, source: String(value), format, isDate, formula };
}

const errors: Readonly<Record<number, string>> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
  0x2b: '#GETTING_DATA',
};

function errorText(value: unknown): string {
  return (typeof value === 'number' ? errors[value] : undefined) ?? '#N/A';
}

function mergesOf(sheet: xlsx.WorkSheet | undefined): CellRange[] {
  const merges = (sheet?.['!merges'] ?? []).filter(({ s }) => s.c < COLUMNS_READ_MAX);
  if (merges.length > MERGES_MAX) refuse('FILE_LIMIT', `合并的单元格超过 ${MERGES_MAX} 处。`);
  return merges.map(({ s, e }) => ({
    firstRow: s.r + 1,
    lastRow: e.r + 1,
    firstColumn: s.c + 1,
    lastColumn: e.c + 1,
  }));
}
