import * as xlsx from '@e965/xlsx';
import { expect, test } from 'vitest';
import { readBatchBytes } from '../../../electron/import/reading.ts';
import {
  registrationHeading,
  registrationRow,
  SHEET_NAME,
} from '../../fixtures/import/registration-rows.ts';

type Lines = readonly (readonly (string | number)[])[];

const cover: Lines = [['示例有限公司'], ['2026年11月']];
const wanted: Lines = [registrationHeading, registrationRow(0), registrationRow(1)];

/** A workbook in the old format. */
function oldBook(sheets: readonly (readonly [string, Lines])[]): Uint8Array {
  const book = xlsx.utils.book_new();
  for (const [name, lines] of sheets) {
    const sheet = xlsx.utils.aoa_to_sheet(lines.map((line) => [...line]));
    xlsx.utils.book_append_sheet(book, sheet, name);
  }
  return new Uint8Array(xlsx.write(book, { type: 'array', bookType: 'biff8' }) as ArrayBuffer);
}

test('an old workbook: the sheet with the headings is read, not the cover before it', async () => {
  const bytes = oldBook([
    ['封面', cover],
    [SHEET_NAME, wanted],
  ]);
  const read = await readBatchBytes(bytes, 'old.xls', 'registration');
  if (!read.ok) throw new Error(`${read.code} ${read.detail}`);
  const { rows, sheet } = read.value;
  expect(rows.map(({ row }) => row)).toEqual([2, 3]);
  expect(sheet.sheet).toBe(SHEET_NAME);
  const notice = sheet.notices.find(({ code }) => code === 'SHEET_CHOSEN');
  expect(notice?.rule).toBe(`已导入工作表“${SHEET_NAME}”，未导入“封面”`);
});

test('an old workbook without the headings: the first sheet is told by name', async () => {
  const bytes = oldBook([
    ['封面', cover],
    [
      '工资',
      [
        ['姓名', '应发'],
        ['赵一一', 5000],
      ],
    ],
  ]);
  const read = await readBatchBytes(bytes, 'old.xls', 'registration');
  expect(read).toMatchObject({
    ok: false,
    code: 'HEADING_MISSING',
    detail: expect.stringContaining('“封面”') as string,
  });
});
