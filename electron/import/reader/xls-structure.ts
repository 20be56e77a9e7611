import * as xlsx from '@e965/xlsx';
import { refuseDamaged } from './refusal.ts';

/** The library's reader of OLE2 containers, of which its own types say nothing. */
const containers = xlsx.CFB as {
  find(
    container: object,
    name: string,
  ): { readonly content?: Uint8Array | readonly number[] } | null;
  read(bytes: Uint8Array, options: { readonly type: 'buffer' }): object;
};

/** Record types of [MS-XLS] 2.3. */
const BEGIN = 0x0809;
const END = 0x000a;
const WORKSHEET = 0x0010;
const MULTIPLE_NUMBERS = 0x00bd;
/** Cells with content, one a record: formula, text, number, boolean or error. */
const CELLS = new Set([0x0006, 0x0206, 0x0406, 0x00fd, 0x0204, 0x00d6, 0x0203, 0x027e, 0x0205]);

const HEAD_BYTES = 4;
/** Row, column and format before the numbers of a row, the last column behind them. */
const NUMBERS_FRAME_BYTES = 6;
const NUMBER_BYTES = 6;
const COLUMNS = 1 << 16;

/**
 * How many cells with content the worksheets of an old workbook hold, by the records alone. This
 * format has no check sums and the library passes over what it does not understand, so what it
 * delivers is held against this count: a row must not be missing without a word. Refuses a stream
 * whose records do not join end to end, and a cell that is there twice.
 */
export function countCells(bytes: Uint8Array): number {
  const stream = workbookStream(bytes);
  const kinds: number[] = [];
  let cells = new Set<number>();
  let count = 0;
  let at = 0;
  for (; at + HEAD_BYTES <= stream.length; at += HEAD_BYTES + stream.readUInt16LE(at + 2)) {
    const type = stream.readUInt16LE(at);
    const body = at + HEAD_BYTES;
    const length = stream.readUInt16LE(at + 2);
    if (body + length > stream.length) refuseRecords();
    if (type === BEGIN) {
      kinds.push(length >= HEAD_BYTES ? stream.readUInt16LE(body + 2) : 0);
      if (kinds.length === 1) cells = new Set();
    } else if (type === END) {
      if (kinds.pop() === undefined) refuseRecords();
    } else if (kinds.length === 0) {
      // behind the last sheet there may be nothing but filling
      if (type !== 0 || length !== 0) refuseRecords();
    } else if (kinds.length === 1 && kinds[0] === WORKSHEET) {
      count += addCells(cells, stream, { type, body, length });
    }
  }
  if (kinds.length > 0) refuseRecords();
  return count;
}

function addCells(
  cells: Set<number>,
  stream: Buffer,
  { type, body, length }: { readonly type: number; readonly body: number; readonly length: number },
): number {
  const isMany = type === MULTIPLE_NUMBERS;
  if (!isMany && !CELLS.has(type)) return 0;
  if (length < NUMBERS_FRAME_BYTES) refuseRecords();
  const width = isMany ? (length - NUMBERS_FRAME_BYTES) / NUMBER_BYTES : 1;
  if (!Number.isInteger(width)) refuseRecords();
  const first = stream.readUInt16LE(body) * COLUMNS + stream.readUInt16LE(body + 2);
  for (let cell = first; cell < first + width; cell += 1) {
    if (cells.has(cell)) refuseRecords();
    cells.add(cell);
  }
  return width;
}

function workbookStream(bytes: Uint8Array): Buffer {
  const container = openContainer(bytes);
  const stream = containers.find(container, 'Workbook') ?? containers.find(container, 'Book');
  return Buffer.from(stream?.content ?? refuseRecords());
}

function openContainer(bytes: Uint8Array): object {
  try {
    return containers.read(bytes, { type: 'buffer' });
  } catch {
    return refuseRecords();
  }
}

function refuseRecords(): never {
  return refuseDamaged('工作簿的记录不完整');
}
