import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { markWorkbook } from '../../../electron/import/writing/marked.ts';
import { readTable } from '../../../electron/import/reader/reader.ts';
import { findHeadings } from '../../../shared/batch/headings.ts';
import { zipBytes } from '../../fixtures/import/zip-bytes.ts';
import { makeFolder, makeRichWorkbook, officeMissing, readFacts, removeFolder } from './office.ts';
import { differingParts, partsOf } from './package-parts.ts';
import { mark, sheetOf } from './sample-marks.ts';
import type { BookFacts, SheetFacts } from './office.ts';

const SHEET_PART = 'xl/worksheets/sheet1.xml';
const FILL = 'FFC7CE';

const sheet = sheetOf(
  { sheet: '补缴 & 明细', format: 'xlsx', headingRow: 2 },
  {
    ...{ sequence: '序号', fundType: '资金性质', personalAccount: '个人客户号', name: '姓名' },
    ...{ from: '起始年月', to: '截止年月', base: '月均工资', ratio: '缴存比例(%)' },
    ...{ monthlyTotal: '月缴存额', amount: '补缴金额' },
  },
);
/** A plain cell, rich text, a date, a formula, a filtered row, a row without content behind the data. */
const marks = [
  mark(3, 'C', 'C3 个人客户号：长度不正确'),
  mark(5, 'D', 'D5 姓名：与中心登记不一致'),
  mark(5, 'E', 'E5 起始年月：格式错误'),
  mark(7, 'J', 'J7 补缴金额：=1+1 & <不一致>'),
  mark(7, '', '与第9行重复'),
  mark(26, 'C', 'C26 个人客户号：为空'),
];

/** A copy of a fact sheet without what the marking is meant to change. */
function untouched(facts: SheetFacts): Record<string, unknown> {
  const { cells, heights, hiddenRows, widths, ...rest } = facts;
  const otherWidths = Object.entries(widths).filter(([column]) => column !== 'K');
  expect([Object.keys(cells).length > 0, heights.length > 0, hiddenRows.length > 0]).toEqual([
    true,
    true,
    true,
  ]);
  return { ...rest, widths: otherWidths, heights: heights.slice(0, 5) };
}

function first(book: BookFacts | undefined): SheetFacts {
  const found = book?.sheets[0];
  if (!found) throw new Error('no sheet');
  return found;
}

describe('marked copy of a workbook made by LibreOffice', () => {
  let folder: string;
  let original: Buffer;
  let copy: Uint8Array;
  let before: BookFacts | undefined;
  let after: BookFacts | undefined;

  beforeEach((context) => {
    context.skip(officeMissing !== undefined, officeMissing);
  });

  beforeAll(async () => {
    folder = makeFolder();
    if (officeMissing !== undefined) return;
    const file = path.join(folder, 'rich.xlsx');
    await makeRichWorkbook(folder, [file]);
    original = fs.readFileSync(file);
    const kept = Buffer.from(original);
    const marked = await markWorkbook({ bytes: original, sheet, kind: 'missedBackPay', marks });
    if (!marked.ok) throw new Error(marked.detail);
    expect(marked.value.manner).toBe('marked');
    expect(original.equals(kept), 'the bytes given stay as they are').toBe(true);
    copy = marked.value.bytes;
    const copyFile = path.join(folder, 'marked.xlsx');
    fs.writeFileSync(copyFile, copy);
    [before, after] = await readFacts(folder, [file, copyFile]);
  });

  afterAll(() => {
    removeFolder(folder);
  });

  it('changes two parts of the package, every other one is the same to the byte', async () => {
    const [one, other] = [await partsOf(original), await partsOf(copy)];
    expect([...other.keys()]).toEqual([...one.keys()]);
    expect(differingParts(one, other).sort()).toEqual(['xl/styles.xml', SHEET_PART]);
    const kinds = [...one.keys()].join(' ');
    for (const kind of ['chart', 'media', 'comments', 'drawing', 'table']) {
      expect(kinds).toContain(kind);
    }
  });

  it('opens with chart, picture, shape, comment, filter, rules and names as before', () => {
    expect(untouched(first(after))).toEqual(untouched(first(before)));
    expect(after?.sheets[1]).toEqual(before?.sheets[1]);
    expect([after?.names, after?.filtered]).toEqual([before?.names, before?.filtered]);
    expect(first(after)).toMatchObject({ visible: true, charts: [expect.anything()] });
    expect(first(after).shapes).toHaveLength(4);
  });

  it('leaves the content of every cell and the look of every other cell', () => {
    const [old, fresh] = [first(before).cells, first(after).cells];
    const bad = new Set(marks.map(({ row, column }) => `${column}${String(row)}`));
    expect(Object.keys(old)).toHaveLength(220);
    for (const [place, cell] of Object.entries(old)) {
      const { fill, ...same } = fresh[place] ?? { fill: 'missing' };
      const { fill: oldFill, ...all } = cell;
      expect([place, same]).toEqual([place, all]);
      expect([place, fill]).toEqual([place, bad.has(place) ? FILL : oldFill]);
    }
    expect(fresh.C26).toMatchObject({ content: '', fill: FILL });
  });

  it('explains each bad row in a column of its own and shows it', () => {
    const reasons = Object.entries(first(after).cells).filter(
      ([place, { shown }]) => place.startsWith('K') && shown !== '',
    );
    expect(reasons.map(([place, { shown }]) => [place, shown])).toEqual([
      ['K2', '错误原因'],
      ['K3', 'C3 个人客户号：长度不正确'],
      ['K5', 'D5 姓名：与中心登记不一致；E5 起始年月：格式错误'],
      ['K7', 'J7 补缴金额：=1+1 & <不一致>；与第9行重复'],
      ['K26', 'C26 个人客户号：为空'],
    ]);
    expect(first(before).hiddenRows).toEqual([6, 7, 8]);
    expect(first(after).hiddenRows).toEqual([6, 8]);
    expect(first(after).widths.K).toBeGreaterThan(8000);
  });

  it('reads back as the same rows, without the column 错误原因', async () => {
    const [one, other] = [await readTable(original, 'a'), await readTable(copy, 'b')];
    if (!one.ok || !other.ok) throw new Error('not read');
    const found = findHeadings('missedBackPay', other.value.sheet, other.value.mark);
    if (!found.ok) throw new Error(found.detail);
    expect([...found.value.columns.values()]).not.toContain(11);
    expect(found.value.notices).toEqual([]);
    const cellsOf = (table: typeof other.value) =>
      table.sheet.rows.map(({ row, cells }) => [
        row,
        [...cells].filter(([column]) => column !== 11),
      ]);
    expect(cellsOf(other.value).filter(([row]) => row !== 26)).toEqual(cellsOf(one.value));
  });

  it('marked again, replaces the reasons instead of adding a second column', async () => {
    const again = await markWorkbook({
      ...{ bytes: copy, sheet, kind: 'missedBackPay' },
      marks: [mark(9, 'B', 'B9 资金性质：不明')],
    });
    if (!again.ok) throw new Error(again.detail);
    const file = path.join(folder, 'again.xlsx');
    fs.writeFileSync(file, again.value.bytes);
    const [facts] = await readFacts(folder, [file]);
    const shown = Object.entries(first(facts).cells).filter(
      ([place, cell]) => /^[KL]/.test(place) && cell.shown !== '',
    );
    expect(shown.map(([place, cell]) => [place, cell.shown])).toEqual([
      ['K2', '错误原因'],
      ['K9', 'B9 资金性质：不明'],
    ]);
  });

  it('leaves the macros of an .xlsm as they are', async () => {
    const parts = await partsOf(original);
    const types = parts.get('[Content_Types].xml')?.toString('utf8') ?? '';
    const macroType = 'application/vnd.ms-excel.sheet.macroEnabled.main+xml';
    parts.set(
      '[Content_Types].xml',
      Buffer.from(types.replace(/application\/vnd[^"]*sheet\.main\+xml/, macroType)),
    );
    parts.set('xl/vbaProject.bin', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]));
    const bytes = zipBytes([...parts].map(([name, data]) => ({ name, data })));
    const request = { bytes, sheet: { ...sheet, format: 'xlsm' as const }, marks };
    const marked = await markWorkbook({ ...request, kind: 'missedBackPay' });
    if (!marked.ok) throw new Error(marked.detail);
    expect(marked.value.manner).toBe('marked');
    const after = await partsOf(marked.value.bytes);
    expect(after.get('[Content_Types].xml')?.toString()).toContain(macroType);
    expect(differingParts(parts, after).sort()).toEqual(['xl/styles.xml', SHEET_PART]);
  });
});
