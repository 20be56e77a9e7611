import { read, utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../electron/import/reader/reader.ts';
import { markWorkbook } from '../../../electron/import/writing/marked.ts';
import type { BatchSheet } from '../../../shared/batch/rows.ts';
import type { Mark } from '../../../shared/ipc/import.ts';
import { partsOf } from './package-parts.ts';
import { mark, sheetOf } from './sample-marks.ts';

const headings = { name: '姓名', idNumber: '身份证号码', base: '月均工资' };
const table = [
  Object.values(headings),
  ['王示例', '990100199001010012', 5000.5],
  ['=1+1', '99010019851231002X', 6000],
  ['李示例', '', 7000],
];
const marks: readonly Mark[] = [
  mark(3, 'A', 'A3 姓名：不是汉字', '=1+1'),
  mark(3, 'B', 'B3 身份证号码：校验位不对', '99010019851231002X'),
  mark(4, 'B', 'B4 身份证号码：为空'),
  mark(4, '', '与第2行重复'),
];

async function report(bytes: Uint8Array, sheet: BatchSheet, found: readonly Mark[] = marks) {
  const answer = await markWorkbook({ bytes, sheet, kind: 'registration', marks: [...found] });
  if (!answer.ok) throw new Error(`${answer.code} ${answer.detail}`);
  expect(answer.value.manner).toBe('report');
  return answer.value.bytes;
}

const asSheet = (rows: unknown[][]) => utils.aoa_to_sheet(rows);

function xls(rows: unknown[][]): Uint8Array {
  const book = utils.book_new();
  utils.book_append_sheet(book, asSheet(rows), '名单');
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer);
}

function csv(rows: unknown[][]): Uint8Array {
  return Buffer.from(rows.map((row) => row.join(',')).join('\r\n'), 'utf8');
}

const files: readonly (readonly [string, Uint8Array, BatchSheet])[] = [
  ['.xls', xls(table), sheetOf({ sheet: '名单', format: 'xls', headingRow: 1 }, headings)],
  ['.csv', csv(table), sheetOf({ sheet: '名单.csv', format: 'csv', headingRow: 1 }, headings)],
];

describe.each(files)('report on a %s', (_format, bytes, sheet) => {
  it('lists every fault with its place, column, content and reason', async () => {
    const book = read(await report(bytes, sheet));
    expect(book.SheetNames).toEqual(['错误清单', '原数据']);
    const list = book.Sheets['错误清单'];
    if (!list) throw new Error('no list');
    expect(utils.sheet_to_json(list, { header: 1, blankrows: false }).slice(1)).toEqual([
      ['单元格', '行号', '列名', '原内容', '错误原因'],
      ['A3', '3', '姓名', '=1+1', 'A3 姓名：不是汉字'],
      ['B3', '3', '身份证号码', '99010019851231002X', 'B3 身份证号码：校验位不对'],
      ['B4', '4', '身份证号码', '', 'B4 身份证号码：为空'],
      ['整行', '4', '', '', '与第2行重复'],
    ]);
  });

  it('holds the rows at their places, as text, with the bad cells filled', async () => {
    const book = read(await report(bytes, sheet), { cellStyles: true });
    const data = book.Sheets['原数据'];
    if (!data) throw new Error('no data');
    expect(utils.sheet_to_json(data, { header: 1, defval: '' })).toEqual([
      Object.values(headings),
      ['王示例', '990100199001010012', '5000.5'],
      ['=1+1', '99010019851231002X', '6000'],
      ['李示例', '', '7000'],
    ]);
    const fillAt = (place: string) =>
      (data[place] as { s?: { fgColor?: { rgb?: string } } } | undefined)?.s?.fgColor?.rgb;
    expect(['A3', 'B3', 'A2', 'C3'].map(fillAt)).toEqual([
      ...['FFC7CE', 'FFC7CE', undefined, undefined],
    ]);
    expect(Object.values(data).every((cell: { f?: string }) => cell.f === undefined)).toBe(true);
  });

  it('links each line to its cell within the workbook and to nothing outside', async () => {
    const parts = await partsOf(await report(bytes, sheet));
    const list = parts.get('xl/worksheets/sheet1.xml')?.toString('utf8') ?? '';
    const links = [...list.matchAll(/<hyperlink ref="(\w+)" location="([^"]+)"\/>/g)];
    expect(links.map(([, from, to]) => [from, to?.replaceAll('&apos;', "'")])).toEqual([
      ['A3', "'原数据'!A3"],
      ['A4', "'原数据'!B3"],
      ['A5', "'原数据'!B4"],
      ['A6', "'原数据'!A4"],
    ]);
    for (const [name, part] of parts) {
      if (name.endsWith('.rels')) expect(part.toString('utf8')).not.toContain('External');
    }
  });
});

describe('large reports', () => {
  it('name how many faults are left out, and stay within the memory of the process', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => [
      ...[`职工${String(index)}`, '990100199001010012', index],
      ...Array.from({ length: 20 }, (_each, at) => `旁注${String(at)}`),
    ]);
    const sheet = sheetOf({ sheet: '大.csv', format: 'csv', headingRow: 1 }, headings);
    const found = rows.flatMap((_, index) => [
      mark(index + 2, 'A', `A${String(index + 2)} 姓名：有误`),
      mark(index + 2, 'B', `B${String(index + 2)} 身份证号码：有误`),
    ]);
    const before = process.memoryUsage.rss();
    const bytes = await report(csv([Object.values(headings), ...rows]), sheet, found);
    const grown = (process.memoryUsage.rss() - before) >> 20;
    console.info(`report of 20,000 rows: ${String(bytes.length >> 10)} KB, ${String(grown)} MB`);
    expect(grown).toBeLessThan(500);
    const list = read(bytes).Sheets['错误清单'];
    expect(JSON.stringify(list?.A20003)).toContain('另有 20000 处错误没有列出');
  });
});

describe('bytes that are no table', () => {
  it('give the failure of the reader', async () => {
    const sheet = sheetOf({ sheet: '名单', format: 'xls', headingRow: 1 }, headings);
    const bytes = xls(table).subarray(0, 700);
    const answer = await markWorkbook({ bytes, sheet, kind: 'registration', marks: [...marks] });
    expect(answer.ok).toBe(false);
    expect(answer).toEqual(await readTable(bytes, '名单'));
  });
});
