import Papa from 'papaparse';
import type { RawCell } from '../../../shared/batch/raw.ts';
import {
  COLUMNS_READ_MAX,
  LINE_CHARACTERS_MAX,
  SHEET_ROWS_MAX,
  TEXT_CHARACTERS_MAX,
} from './limits.ts';
import { FileRefusal, refuse, refuseDamaged } from './refusal.ts';
import { RowCollection } from './row-collection.ts';
import { columnsNotice, type Table } from './table.ts';

const DELIMITERS = [',', '\t', ';', '|'] as const;
/** Lines looked at for the delimiter. */
const DELIMITER_LINES = 10;
/** Looked at for the zeros of UTF-16: two delimiters at the least, and few on the other side (一 has one). */
const UTF16_START_BYTES = 200;
const UTF16_ZEROS_MIN = 2;
const UTF16_ZEROS_RATIO = 2;
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/** Reads a text table; all its fields are text. `name` stands for the sheet. */
export function readCsv(bytes: Uint8Array, name: string): Table {
  const text = decodeText(bytes);
  refuseLongLines(text);
  const reading = new CsvReading();
  Papa.parse<string[]>(text, {
    delimiter: delimiterOf(text),
    step: ({ data, errors }) => {
      reading.take(
        data,
        errors.some(({ type }) => type === 'Quotes'),
      );
    },
    skipEmptyLines: false,
  });
  const sheet = { name, rows: reading.collection.rows, merges: [], date1904: false };
  if (sheet.rows.length === 0) refuse('FILE_EMPTY', '文件中没有内容。');
  return {
    format: 'csv',
    sheet,
    mark: undefined,
    notices: reading.isWider ? [columnsNotice] : [],
  };
}

class CsvReading {
  readonly collection = new RowCollection();
  isWider = false;
  #row = 0;

  /** A quote that is not closed, or closed in the middle of a field, has swallowed what follows it. */
  take(fields: readonly string[], isQuoteOpen: boolean): void {
    this.#row += 1;
    if (isQuoteOpen) refuseDamaged(`第 ${this.#row} 行的引号没有成对，它以后的内容分不清行和列`);
    if (this.#row > SHEET_ROWS_MAX) refuse('FILE_LIMIT', `文件超过 ${SHEET_ROWS_MAX} 行。`);
    const cells = new Map<number, RawCell>();
    for (const [index, field] of fields.entries()) {
      if (index >= COLUMNS_READ_MAX) {
        this.isWider ||= fields.slice(index).some((rest) => rest !== '');
        break;
      }
      const text = fieldText(field);
      if (text.length > TEXT_CHARACTERS_MAX)
        refuse(
          'FILE_LIMIT',
          `第 ${this.#row} 行有单元格的内容超过 ${TEXT_CHARACTERS_MAX} 个字，可能多了一对引号。`,
        );
      if (text !== '') cells.set(index + 1, { kind: 'text', text, formula: false });
    }
    this.collection.add(this.#row, false, cells);
  }
}

/** `="110101…"` is how programs keep a long number from being read as one. */
function fieldText(field: string): string {
  const kept = /^\s*="([^"]*)"\s*$/.exec(field);
  return kept?.[1] ?? field;
}

/** By byte order mark or the zeros of UTF-16, then as strict UTF-8, then as strict GB18030. */
function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodeAs('utf-16le', bytes) ?? refuseUnreadable();
  if (first === 0xfe && second === 0xff) return decodeAs('utf-16be', bytes) ?? refuseUnreadable();
  if (bytes.includes(0)) return decodeUnmarked(bytes);
  return decodeAs('utf-8', bytes) ?? decodeAs('gb18030', bytes) ?? refuseUnreadable();
}

/**
 * UTF-16 without its mark: the zeros of its ASCII characters all stand in the second bytes, or all
 * in the first. What then holds control characters is no text of a table.
 */
function decodeUnmarked(bytes: Uint8Array): string {
  const start = bytes.subarray(0, UTF16_START_BYTES);
  const first = start.filter((byte, index) => byte === 0 && index % 2 === 0).length;
  const second = start.filter((byte, index) => byte === 0 && index % 2 === 1).length;
  const most = Math.max(first, second);
  if (most < UTF16_ZEROS_MIN || Math.min(first, second) * UTF16_ZEROS_RATIO > most)
    refuse('FILE_NOT_TABLE', '文件不是表格，也不是文本。');
  const text = decodeAs(second > first ? 'utf-16le' : 'utf-16be', bytes);
  if (text === undefined || CONTROL.test(text))
    return refuse(
      'FILE_NOT_TABLE',
      '文件像是没有标记的 UTF-16 文本，但不能完整读出，请另存为 UTF-8 编码的 CSV 文件或 .xlsx 后再导入。',
    );
  return text;
}

function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function refuseUnreadable(): never {
  throw new FileRefusal(
    'FILE_NOT_TABLE',
    '文件不是表格，或文字编码无法识别（可用 UTF-8 或 GB18030 编码的 CSV 文件）。',
  );
}

/** A line is split whole, so a line of a million fields must not reach the splitting. */
function refuseLongLines(text: string): void {
  let start = 0;
  while (text.length - start > LINE_CHARACTERS_MAX) {
    const window = text.slice(start, start + LINE_CHARACTERS_MAX);
    const end = Math.max(window.lastIndexOf('\n'), window.lastIndexOf('\r'));
    if (end < 0) refuse('FILE_LIMIT', `文件有超过 ${LINE_CHARACTERS_MAX} 个字的行。`);
    start += end + 1;
  }
}

/** The one that stands most often in the first lines. */
function delimiterOf(text: string): string {
  const lines = text.slice(0, LINE_CHARACTERS_MAX).split(/\r\n|\r|\n/, DELIMITER_LINES);
  const counts = DELIMITERS.map((delimiter) => ({
    delimiter,
    count: lines.reduce((sum, line) => sum + line.split(delimiter).length - 1, 0),
  }));
  const best = counts.reduce((a, b) => (b.count > a.count ? b : a));
  return best.delimiter;
}
