import { describe, expect, it } from 'vitest';
import { readBatchBytes } from '../../../electron/import/reading.ts';
import { noteHeading, noteSignature } from '../../../shared/batch/skipped-rows.ts';
import type { RawCell } from '../../../shared/batch/raw.ts';
import { columnsOf, headingOf, number, rawRow } from '../../unit/batch/sheets.ts';

const ID = '990100199001010012';
const ACCOUNT = '990012345678';
const columns = columnsOf('reduction');
const place = (name: 'name' | 'personalAccount' | 'idNumber') => (columns.get(name) ?? 0) - 1;

/** A row of a reduction with these cells, and `rest` in the columns right of the table. */
function rowOf(
  cells: Partial<Record<'name' | 'personalAccount' | 'idNumber', RawCell | string>>,
  rest: readonly (RawCell | string)[] = [],
) {
  const line: (RawCell | string)[] = Array.from({ length: columns.size }, () => '');
  for (const [name, cell] of Object.entries(cells)) line[place(name as 'name')] = cell;
  return rawRow(9, [...line, ...rest]);
}

describe('a line to be signed', () => {
  it.each([
    ['under 姓名', rowOf({ name: '制表人：示例甲' })],
    ['with spaces', rowOf({ name: ' 审 核： ' })],
    ['right of the table', rowOf({}, ['填表人：', '示例甲'])],
    ['two in one row', rowOf({ name: '单位负责人（签章）', personalAccount: '审核：示例乙' })],
  ])('%s is skipped', (_, raw) => {
    expect(noteSignature(columns, raw)).toMatchObject({ code: 'ROWS_SIGNATURE', row: 9 });
  });

  it.each([
    ['a name', rowOf({ name: '示例甲' }, ['审核'])],
    ['an account', rowOf({ personalAccount: ACCOUNT }, ['审核'])],
    ['an account as a number', rowOf({ personalAccount: number(12) }, ['审核'])],
    ['an account under 姓名', rowOf({ name: `审核 ${ACCOUNT}` })],
    ['an ID number elsewhere', rowOf({ name: '审核' }, [ID])],
    ['an ID number in full width', rowOf({ name: '审核' }, ['９９０１００ 19900101 0012'])],
    ['the word inside a text', rowOf({}, ['等待审核'])],
  ])('is none with %s', (_, raw) => {
    expect(noteSignature(columns, raw)).toBeUndefined();
  });
});

describe('the heading once more', () => {
  const heading = rawRow(1, headingOf('reduction'));

  it('is skipped, in part and in other spaces as well', () => {
    expect(noteHeading([heading], rawRow(9, headingOf('reduction')))?.code).toBe('ROWS_HEADING');
    const spaced = headingOf('reduction').map((text, at) => (at === 0 ? '' : ` ${text} `));
    expect(noteHeading([heading], rawRow(9, spaced))?.row).toBe(9);
  });

  it('is none with one cell that differs, nor one cell alone', () => {
    const line = headingOf('reduction');
    line[place('personalAccount')] = ACCOUNT;
    expect(noteHeading([heading], rawRow(9, line))).toBeUndefined();
    expect(noteHeading([heading], rowOf({ name: '姓名' }))).toBeUndefined();
  });
});

it('a file of two pages: its rows are read, the rest is told once each', async () => {
  const page = (id: string) => `姓名,身份证号码,月均工资\n示例甲,${id},5000\n审核：,,\n`;
  const bytes = Buffer.from(page('990101199003070015') + page('990101199003070023'));
  const read = await readBatchBytes(bytes, 'pages.csv', 'registration');
  if (!read.ok) throw new Error(`${read.code} ${read.detail}`);
  expect(read.value.rows.map(({ row }) => row)).toEqual([2, 5]);
  const told = read.value.sheet.notices.filter(({ code }) => code.startsWith('ROWS_'));
  expect(told).toMatchObject([
    { code: 'ROWS_HEADING', row: 4, rule: expect.stringContaining('第 4 行') as string },
    { code: 'ROWS_SIGNATURE', row: 3, rule: expect.stringContaining('第 3、6 行') as string },
  ]);
});
