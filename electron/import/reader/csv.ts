import Papa from 'papaparse';
import type { RawCell } from '../../../shared/batch/raw.ts';
import {
  COLUMNS_READ_MAX,
  LINE_CHARACTERS_MAX,
  SHEET_ROWS_MAX,
  TEXT_CHARACTERS_MAX,
} from './limits.ts';
import { FileRefusal, refuse } from './refusal.ts';
import { RowCollection } from './row-collection.ts';
import { columnsNotice, type Table } from './table.ts';

const DELIMITERS = [',', '\t', ';', '|'] as const;
/** Lines looked at for the delimiter. */
const DELIMITER_LINES = 10;

/** Reads a text table; all its fields are text. `name` stands for the sheet. */
export function readCsv(bytes: Uint8Array, name: string): Table {
  const text = decodeText(bytes);
  refuseLongLines(text);
  const reading = new CsvReading();
  Papa.parse<string[]>(text, {
    delimiter: delimiterOf(text),
    step: ({ data }) => {
      reading.take(data);
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

  take(fields: readonly string[]): void {
    this.#row += 1;
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
          `第 ${this.#row} 行有单元格的内容超过 ${TEXT_CHARACTERS_MAX} 个字，可能少了一个引号。`,
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

/** By byte order mark, then as strict UTF-8, then as strict GB18030. */
function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodeAs('utf-16le', bytes) ?? refuseUnreadable();
  if (first === 0xfe && second === 0xff) return decodeAs('utf-16be', bytes) ?? refuseUnreadable();
  if (bytes.includes(0)) refuse('FILE_NOT_TABLE', '文件不是表格，也不是文本。');
  return decodeAs('utf-8', bytes) ?? decodeAs('gb18030', bytes) ?? refuseUnreadable();
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
