import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as xlsx from '@e965/xlsx';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readTable } from '../../../electron/import/reader/reader.ts';
import { readBatchBytes } from '../../../electron/import/reading.ts';
import { makeTemplate } from '../../../electron/import/writing/template.ts';
import { TEMPLATE_VERSION } from '../../../shared/batch/columns.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import {
  convertWithOffice,
  flatDocument,
  hasOffice,
  OFFICE_MISSING,
} from '../../fixtures/import/office-conversion.ts';
import { registrationSheet } from '../../fixtures/import/registration-rows.ts';
import { workbookBytes } from '../../fixtures/import/workbook-bytes.ts';

const kinds = entryKindSchema.options;
const UNIT = '9900000001';

let folder: string;
let source: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'import-office-'));
  source = path.join(folder, 'table.fods');
  fs.writeFileSync(source, flatDocument());
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

async function convert(files: readonly string[], filter: string, target: string) {
  return convertWithOffice(folder, files, filter, target);
}

async function readMissed(file: string) {
  const read = await readBatchBytes(fs.readFileSync(file), file, 'missedBackPay');
  if (!read.ok) return { refused: read.code, detail: read.detail };
  const { rows, sheet } = read.value;
  return {
    format: sheet.format,
    sheet: sheet.sheet,
    headingRow: sheet.headingRow,
    notices: sheet.notices.map(({ code }) => code).filter((code) => code !== 'COLUMN_ABSENT'),
    rows: rows.map(({ row, cells }) => [
      row,
      ...(['personalAccount', 'name', 'from', 'to', 'base', 'ratio', 'amount'] as const).map(
        (column) => cells[column]?.text,
      ),
    ]),
  };
}

const wantedRows = [
  [3, '990000000001', '职工1', '202401', '202403', '5001', '12', '1800.36'],
  [4, '990000000002', '职工2', '202401', '202403', '5002', '12', '1800.72'],
  [6, '990000000003', '职工3', '202401', '202403', '5003', '12', '1801.08'],
];

describe('a table saved by LibreOffice', () => {
  beforeEach(({ skip }) => {
    if (!hasOffice) skip(OFFICE_MISSING);
  });

  test.each([
    ['xlsx', 'xlsx', 'xlsx'],
    ['xlsx:Calc Office Open XML', 'xlsx-iso', 'xlsx'],
    ['xls', 'xls', 'xls'],
  ])('%s', async (filter, target, format) => {
    const [file = ''] = await convert([source], filter, target);
    const outcome = await readMissed(file);
    expect(outcome).toEqual({
      format,
      sheet: '漏缴补缴',
      headingRow: 2,
      notices: ['SHEET_CHOSEN', 'ROWS_HIDDEN', 'ROWS_BLANK'],
      rows: wantedRows,
    });
  });

  test.each([
    ['ods', 'ods', /ods/],
    ['xls:MS Excel 2003 XML', 'xml2003', /XML 表格 2003/],
    ['html', 'html', /HTML/],
    ['pdf', 'pdf', /PDF/],
  ])('%s is told apart', async (filter, target, detail) => {
    const [file = ''] = (await convert([source], filter, target)).filter(
      (name) => !name.endsWith('.png'),
    );
    expect(await readMissed(file)).toEqual({
      refused: 'FILE_NOT_TABLE',
      detail: expect.stringMatching(detail) as string,
    });
  });
});

test('a workbook of the old form with a password', async () => {
  expect(
    await readBatchBytes(withPassword(oldWorkbook('xls')), 'x.xls', 'registration'),
  ).toMatchObject({
    ok: false,
    code: 'FILE_PASSWORD',
  });
});

test('a workbook of Excel 95, its texts in the code page of Chinese Windows', async () => {
  const bytes = oldWorkbook('biff5');
  const codePage = bytes.indexOf(CODE_PAGE_RECORD);
  bytes.writeUInt16LE(CHINESE_WINDOWS, codePage + CODE_PAGE_RECORD.length);
  // the library writes no Chinese in this form: the same places, in GBK
  Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]).copy(bytes, bytes.indexOf('NAME'));
  Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]).copy(bytes, bytes.indexOf('SOME'));
  const read = await readTable(bytes, 'x.xls');
  if (!read.ok) throw new Error(`${read.code} ${read.detail}`);
  const texts = read.value.sheet.rows.map(({ cells }) => [...cells.values()]);
  expect(texts).toEqual([
    [{ kind: 'text', text: '姓名', formula: false }],
    [{ kind: 'text', text: '张三', formula: false }],
  ]);
});

test.each([
  ['a record nobody knows in the place of a cell', 1, 0x33],
  ['a cell twice', 4, 0x00],
])('an old workbook with %s', async (_, offset, byte) => {
  const bytes = oldWorkbook('xls');
  expect(await readTable(bytes, 'x.xls')).toMatchObject({ ok: true });
  const last = bytes.lastIndexOf(CELL_RECORD);
  bytes[last + offset] = byte;
  expect(await readTable(bytes, 'x.xls')).toMatchObject({ ok: false, code: 'FILE_DAMAGED' });
});

/** Head of a cell of row 2 or 1 with a short text: type, length. */
const CELL_RECORD = Buffer.from([0xfd, 0, 10, 0]);
const CODE_PAGE_RECORD = Buffer.from([0x42, 0, 2, 0]);
const CHINESE_WINDOWS = 936;

function oldWorkbook(bookType: 'xls' | 'biff5'): Buffer {
  const book = xlsx.utils.book_new(xlsx.utils.aoa_to_sheet([['NAME'], ['SOME']]), 'A');
  return xlsx.write(book, { type: 'buffer', bookType, bookSST: bookType === 'xls' }) as Buffer;
}

/** The part of the library that reads and writes OLE2 containers; its own types say nothing of it. */
const containers = xlsx.CFB as {
  read(bytes: Buffer, options: { type: 'buffer' }): object;
  find(container: object, name: string): { content: Uint8Array; size: number } | null;
  write(container: object, options: { type: 'buffer' }): Buffer;
};

/** Puts a record behind the first one that says all others are hidden by a password. */
function withPassword(plain: Buffer): Buffer {
  const container = containers.read(plain, { type: 'buffer' });
  const stream = containers.find(container, 'Workbook');
  if (!stream) throw new Error('no workbook stream');
  const content = Buffer.from(stream.content);
  const RECORD_HEAD_BYTES = 4;
  const firstEnd = RECORD_HEAD_BYTES + content.readUInt16LE(2);
  const filePass = Buffer.from([0x2f, 0, 6, 0, 0, 0, 0x12, 0x34, 0x56, 0x78]);
  stream.content = Buffer.concat([
    content.subarray(0, firstEnd),
    filePass,
    content.subarray(firstEnd),
  ]);
  stream.size = stream.content.length;
  return containers.write(container, { type: 'buffer' });
}

test('CSV saved by LibreOffice in GB18030', async ({ skip }) => {
  if (!hasOffice) skip(OFFICE_MISSING);
  const book = path.join(folder, 'registration.xlsx');
  fs.writeFileSync(book, workbookBytes({ sheets: [registrationSheet()] }));
  // 44,34: comma and quote; 85: GB18030
  const [file = ''] = await convert(
    [book],
    'csv:Text - txt - csv (StarCalc):44,34,85',
    'csv-gb18030',
  );
  const bytes = fs.readFileSync(file);
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
  const read = await readBatchBytes(bytes, file, 'registration');
  expect(read).toMatchObject({ ok: true });
  expect(read.ok && read.value.rows.map(({ cells }) => cells.name?.text)).toEqual([
    '赵一一',
    '钱二二',
    '孙三三',
  ]);
});

test('templates keep their mark when LibreOffice saves them anew', async ({ skip }) => {
  if (!hasOffice) skip(OFFICE_MISSING);
  const files: string[] = [];
  for (const kind of kinds) {
    const file = path.join(folder, `${kind}.xlsx`);
    fs.writeFileSync(file, await templateOf(kind));
    files.push(file);
  }
  const again = [
    ...(await convert(files, 'xlsx', 'templates-xlsx')),
    ...(await convert(files, 'xls', 'templates-xls')),
  ];
  expect(again).toHaveLength(2 * kinds.length);
  for (const file of [...files, ...again]) {
    const kind = path.parse(file).name;
    const table = await readTable(fs.readFileSync(file), file);
    if (!table.ok) throw new Error(`${file}: ${table.code} ${table.detail}`);
    expect(table.value.mark, file).toMatchObject({
      kind,
      version: TEMPLATE_VERSION,
      unitAccount: UNIT,
    });
    expect(table.value.notices, file).toEqual([]);
    const read = await readBatchBytes(fs.readFileSync(file), file, entryKindSchema.parse(kind));
    expect(read, file).toMatchObject({ ok: false, code: 'ROWS_NONE' });
  }
});

function templateOf(kind: (typeof kinds)[number]): Promise<Uint8Array> {
  return makeTemplate({
    kind,
    unitAccount: UNIT,
    unitName: '示例有限公司',
    businessMonth: 202_608,
    fundTypes: ['10'],
    ratio: null,
    reasons: [{ code: '04', label: '调出' }],
  });
}
