import { Unpatchable, attributeOf, eachSpan, findSpan } from './xml-text.ts';
import type { Span, XmlText } from './xml-text.ts';

export interface RowSpan extends Span {
  /** 1-based. */
  readonly number: number;
}

export interface CellSpan extends Span {
  /** 1-based. */
  readonly column: number;
}

/** Where the rows of a sheet stand. */
export function findSheetData(xml: XmlText): Span {
  const data = findSpan(xml, 'sheetData', 0, xml.text.length);
  if (!data || data.empty) throw new Unpatchable('no rows');
  return data;
}

/** Rows in order, numbered as the reader numbers them. */
export function* eachRow(xml: XmlText, data: Span): Generator<RowSpan> {
  let last = 0;
  for (const span of eachSpan(xml, 'row', data.end, data.bodyEnd)) {
    const given = attributeOf(xml.text.slice(span.at, span.end), 'r');
    const number = given === undefined ? last + 1 : Number(given);
    if (!Number.isSafeInteger(number) || number <= last) throw new Unpatchable('rows out of order');
    last = number;
    yield { ...span, number };
  }
}

/** Cells of a row in order. */
export function* eachCell(xml: XmlText, row: Span): Generator<CellSpan> {
  let last = 0;
  for (const span of eachSpan(xml, 'c', row.end, row.bodyEnd)) {
    const given = attributeOf(xml.text.slice(span.at, span.end), 'r');
    const column = given === undefined ? last + 1 : columnNumber(given);
    if (column <= last) throw new Unpatchable('cells out of order');
    last = column;
    yield { ...span, column };
  }
}

/** 1-based number of `B` or `B7`; 0 without letters. */
export function columnNumber(reference: string): number {
  let number = 0;
  for (const character of reference) {
    const digit = character.charCodeAt(0) - 64;
    if (digit < 1 || digit > 26) break;
    number = number * 26 + digit;
  }
  return number;
}

/** The last column of a row whose cell holds something, 0 when none does. */
export function lastFilledColumn(xml: XmlText, row: Span): number {
  const body = xml.text.slice(row.end, row.bodyEnd);
  const start = `<${xml.prefix}c`;
  for (let at = body.lastIndexOf(start); at >= 0; at = body.lastIndexOf(start, at - 1)) {
    const next = body.charAt(at + start.length);
    // a cell without attributes has no place of its own; then all of the row have to be counted
    if (next === '>' || next === '/') return lastCountedColumn(xml, row);
    if (next === ' ' || next === '\n' || next === '\r' || next === '\t') {
      const end = body.indexOf('>', at);
      const tag = body.slice(at, end + 1);
      if (!tag.endsWith('/>')) {
        const reference = attributeOf(tag, 'r');
        return reference === undefined ? lastCountedColumn(xml, row) : columnNumber(reference);
      }
    }
    if (at === 0) break;
  }
  return 0;
}

function lastCountedColumn(xml: XmlText, row: Span): number {
  let last = 0;
  for (const cell of eachCell(xml, row)) if (!cell.empty) last = cell.column;
  return last;
}
