import { ERROR_COLUMN_HEADING } from '../../../shared/batch/columns.ts';
import { columnNumber, eachCell, eachRow, lastFilledColumn } from './sheet-rows.ts';
import { attributeOf, Unpatchable, eachSpan } from './xml-text.ts';
import type { CellSpan } from './sheet-rows.ts';
import type { Span, XmlText } from './xml-text.ts';

const COLUMNS_MAX = 16_384;

const headingBytes = Buffer.from(ERROR_COLUMN_HEADING, 'utf8').toString('latin1');

export interface ReasonColumn {
  readonly column: number;
  /** It came with the file: an earlier marked copy. What stands in it is replaced. */
  readonly own: boolean;
  /** Format of the last heading, which the new one takes on. */
  readonly headingStyleOf: string | undefined;
}

/**
 * The column of an earlier marked copy, or the first one behind everything the sheet holds, behind
 * merged cells too.
 */
export function placeReasons(
  xml: XmlText,
  data: Span,
  headingRow: number,
  sharedStrings: XmlText | undefined,
): ReasonColumn {
  let used = 0;
  let lastHeading: string | undefined;
  for (const row of eachRow(xml, data)) {
    if (row.number === headingRow) {
      const own = new Set(sharedStrings ? findReasonStrings(sharedStrings) : []);
      for (const cell of eachCell(xml, row)) {
        if (cell.empty) continue;
        if (isReasonHeading(xml, cell, own)) {
          return { column: cell.column, own: true, headingStyleOf: undefined };
        }
        lastHeading = xml.text.slice(cell.at, cell.end);
      }
    }
    used = Math.max(used, lastFilledColumn(xml, row));
  }
  const column = passMerges(xml, data, headingRow, used + 1);
  if (column > COLUMNS_MAX) throw new Unpatchable('no column left');
  return { column, own: false, headingStyleOf: lastHeading };
}

function isReasonHeading(xml: XmlText, cell: CellSpan, strings: ReadonlySet<number>): boolean {
  const tag = xml.text.slice(cell.at, cell.end);
  const body = plainText(xml.text.slice(cell.end, cell.bodyEnd));
  if (attributeOf(tag, 't') === 's') return strings.has(Number(body));
  return body === headingBytes;
}

/** `trim` would take a byte of a Han character for a no-break space. */
function plainText(xml: string): string {
  return xml.replace(/<[^>]*>/g, '').replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
}

/** Numbers of the shared strings that are the heading; looked at only where its bytes occur. */
function* findReasonStrings(strings: XmlText): Generator<number> {
  if (!strings.text.includes(headingBytes)) return;
  let index = 0;
  for (const item of eachSpan(strings, 'si', 0, strings.text.length)) {
    if (plainText(strings.text.slice(item.end, item.bodyEnd)) === headingBytes) yield index;
    index += 1;
  }
}

function passMerges(xml: XmlText, data: Span, headingRow: number, from: number): number {
  const ranges: { first: number; last: number }[] = [];
  for (const merge of eachSpan(xml, 'mergeCell', data.close, xml.text.length)) {
    const reference = attributeOf(xml.text.slice(merge.at, merge.end), 'ref') ?? '';
    const match = /^([A-Z]+)\d+:([A-Z]+)(\d+)$/.exec(reference);
    if (!match || Number(match[3]) < headingRow) continue;
    ranges.push({ first: columnNumber(match[1] ?? ''), last: columnNumber(match[2] ?? '') });
  }
  ranges.sort((a, b) => a.first - b.first);
  return ranges.reduce(
    (column, { first, last }) => (first <= column && column <= last ? last + 1 : column),
    from,
  );
}
