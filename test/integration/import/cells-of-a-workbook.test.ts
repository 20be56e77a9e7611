import { expect, test } from 'vitest';
import { readTable } from '../../../electron/import/reader/reader.ts';
import type { RawCell } from '../../../shared/batch/raw.ts';
import { type CellSpec, style, workbookBytes } from '../../fixtures/import/workbook-bytes.ts';

/** What a cell of the XML becomes; undefined: nothing. */
interface Trap {
  readonly what: string;
  readonly cell: CellSpec;
  readonly becomes: RawCell | undefined;
}

function text(value: string, formula = false): RawCell {
  return { kind: 'text', text: value, formula };
}

function number(
  value: number,
  source: string,
  format = '',
  extra: { readonly isDate?: boolean; readonly formula?: boolean } = {},
): RawCell {
  const { isDate = false, formula = false } = extra;
  return { kind: 'number', value, source, format, isDate, formula };
}

const yearMonth = 'yyyy"年"m"月"';
const LONGEST_TEXT = 32_767;

const traps: readonly Trap[] = [
  {
    what: 'ID number as a number, all digits in the file',
    cell: { xml: '<c r="@"><v>110101199003078515</v></c>' },
    becomes: number(110_101_199_003_078_510, '110101199003078515'),
  },
  {
    what: 'ID number as Excel saves a number',
    cell: { xml: `<c r="@" s="${style.text}"><v>1.10101199003078E+17</v></c>` },
    becomes: number(110_101_199_003_078_000, '1.10101199003078E+17', '@'),
  },
  { what: 'ID number as text', cell: '110101199003078515', becomes: text('110101199003078515') },
  { what: 'a literal apostrophe', cell: "'110101", becomes: text("'110101") },
  { what: 'full-width digits', cell: '１１０１０１', becomes: text('１１０１０１') },
  {
    what: 'invisible characters stay for the reading to tell',
    cell: '\u00a011\u200b01\u3000\ufeff\t',
    becomes: text('\u00a011\u200b01\u3000\ufeff\t'),
  },
  {
    what: 'an escaped line end',
    cell: { shared: '<t>110101_x000D_\n</t>' },
    becomes: text('110101\r\n'),
  },
  {
    what: 'rich text',
    cell: {
      shared: '<r><t>110101</t></r><r><rPr><b/><rFont val="宋体"/></rPr><t>1990</t></r>',
    },
    becomes: text('1101011990'),
  },
  {
    what: 'a phonetic guide is left out',
    cell: {
      shared: '<t>张三</t><rPh sb="0" eb="2"><t>ちょうさん</t></rPh><phoneticPr fontId="1"/>',
    },
    becomes: text('张三'),
  },
  {
    what: 'an inline string',
    cell: { xml: '<c r="@" t="inlineStr"><is><t>张三</t></is></c>' },
    becomes: text('张三'),
  },
  {
    what: 'an inline string of runs with a phonetic guide',
    cell: {
      xml: '<c r="@" t="inlineStr"><is><r><t>张</t></r><r><t>三</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>',
    },
    becomes: text('张三'),
  },
  {
    what: 'a text result of a formula',
    cell: { xml: '<c r="@" t="str"><f>TEXT(A1,"0")</f><v>110101</v></c>' },
    becomes: text('110101', true),
  },
  {
    what: 'a text formula that comes to nothing',
    cell: { xml: '<c r="@" t="str"><f>""</f><v></v></c>' },
    becomes: undefined,
  },
  {
    what: 'a number formula',
    cell: { xml: '<c r="@"><f>1000*5</f><v>5000</v></c>' },
    becomes: number(5000, '5000', '', { formula: true }),
  },
  {
    what: 'a formula whose result is 0',
    cell: { xml: '<c r="@"><f>0+0</f><v>0</v></c>' },
    becomes: number(0, '0', '', { formula: true }),
  },
  {
    what: 'a formula without a result',
    cell: { xml: '<c r="@"><f>1000*5</f></c>' },
    becomes: { kind: 'unevaluated', formula: true },
  },
  {
    what: 'a formula with an empty result of no type',
    cell: { xml: '<c r="@"><f>1000*5</f><v></v></c>' },
    becomes: { kind: 'unevaluated', formula: true },
  },
  {
    what: 'a shared formula',
    cell: { xml: '<c r="@"><f t="shared" si="0"/><v>12</v></c>' },
    becomes: number(12, '12', '', { formula: true }),
  },
  {
    what: 'an array formula',
    cell: { xml: '<c r="@"><f t="array" ref="@">SUM(C1:C2*1)</f><v>7</v></c>' },
    becomes: number(7, '7', '', { formula: true }),
  },
  {
    what: 'a formula of another workbook',
    cell: { xml: '<c r="@"><f>[1]Sheet1!A1</f><v>5000</v></c>' },
    becomes: number(5000, '5000', '', { formula: true }),
  },
  {
    what: 'a formula that is an error',
    cell: { xml: '<c r="@" t="e"><f>VLOOKUP(1,A:A,1,0)</f><v>#N/A</v></c>' },
    becomes: { kind: 'error', text: '#N/A', formula: true },
  },
  {
    what: 'an error value',
    cell: { xml: '<c r="@" t="e"><v>#REF!</v></c>' },
    becomes: { kind: 'error', text: '#REF!', formula: false },
  },
  {
    what: 'a boolean',
    cell: { xml: '<c r="@" t="b"><v>1</v></c>' },
    becomes: { kind: 'boolean', value: true, formula: false },
  },
  {
    what: 'no number at all',
    cell: { xml: '<c r="@"><v>INF</v></c>' },
    becomes: { kind: 'error', text: 'INF', formula: false },
  },
  {
    what: 'an exponent',
    cell: { xml: '<c r="@"><v>1E5</v></c>' },
    becomes: number(100_000, '1E5'),
  },
  {
    what: 'spaces around a number',
    cell: { xml: '<c r="@"><v> 5000 </v></c>' },
    becomes: number(5000, '5000'),
  },
  {
    what: 'binary noise',
    cell: { xml: `<c r="@" s="${style.decimals}"><v>0.30000000000000004</v></c>` },
    becomes: number(0.1 + 0.2, '0.30000000000000004', '0.00'),
  },
  {
    what: 'a percent cell',
    cell: { xml: `<c r="@" s="${style.percent}"><v>0.12</v></c>` },
    becomes: number(0.12, '0.12', '0%'),
  },
  {
    what: 'a format of its own that is no date',
    cell: { xml: `<c r="@" s="${style.yuan}"><v>5000</v></c>` },
    becomes: number(5000, '5000', '#,##0.00\\ "元"'),
  },
  ...(
    [
      [style.yearMonth, 'yyyymm'],
      [style.chineseMonth, yearMonth],
      [style.date, 'm/d/yy'],
      [style.dashedMonth, 'yyyy\\-mm'],
      [style.localMonth, `[$-804]${yearMonth};@`],
      [style.builtIn57, yearMonth],
      [style.builtIn27, yearMonth],
    ] as const
  ).map(([number_, code]) => ({
    what: `a date shown as ${code} (style ${number_})`,
    cell: { xml: `<c r="@" s="${number_}"><v>45292</v></c>` },
    becomes: number(45_292, '45292', code, { isDate: true }),
  })),
  {
    what: 'a date of Strict OOXML',
    cell: { xml: `<c r="@" s="${style.date}" t="d"><v>2024-01-01T00:00:00</v></c>` },
    becomes: { kind: 'date', text: '2024-01-01T00:00:00', formula: false },
  },
  { what: 'an empty text', cell: '', becomes: undefined },
  {
    what: 'a format alone',
    cell: { xml: `<c r="@" s="${style.text}"/>` },
    becomes: undefined,
  },
  { what: 'rare characters', cell: '𠮷田·艾力😀', becomes: text('𠮷田·艾力😀') },
  {
    what: 'half a character',
    cell: { shared: '<t>张_xD83D_</t>' },
    becomes: text('张\ud83d'),
  },
  {
    what: 'an escaped escape',
    cell: { shared: '<t>_x0041_B_x005F_x0041_</t>' },
    becomes: text('AB_x0041_'),
  },
  {
    what: 'the longest text of a cell',
    cell: '张'.repeat(LONGEST_TEXT),
    becomes: text('张'.repeat(LONGEST_TEXT)),
  },
  { what: 'marks of XML', cell: 'A&B<C>"\'', becomes: text('A&B<C>"\'') },
  {
    what: 'CDATA that looks like a cell',
    cell: { shared: '<t><![CDATA[<c r="A1"/>1]]></t>' },
    becomes: text('<c r="A1"/>1'),
  },
  {
    what: 'CDATA in an inline string',
    cell: { xml: '<c r="@" t="inlineStr"><is><t>x<![CDATA[<c r="A1" s="1"/>]]>y</t></is></c>' },
    becomes: text('x<c r="A1" s="1"/>y'),
  },
  {
    what: 'numeric references',
    cell: { shared: '<t>&#x5F20;&#19977;</t>' },
    becomes: text('张三'),
  },
];

test('every cell is read as what it is', async () => {
  const rows = traps.map(({ cell }): CellSpec[] => ['x', cell]);
  const read = await readTable(workbookBytes({ sheets: [{ name: '表', rows }] }), 'traps.xlsx');
  if (!read.ok) throw new Error(`${read.code} ${read.detail}`);
  expect(read.value.sheet.rows).toHaveLength(traps.length);
  const wrong = traps.filter(({ becomes }, index) => {
    const cell = read.value.sheet.rows[index]?.cells.get(2);
    return JSON.stringify(cell) !== JSON.stringify(becomes);
  });
  const shown = wrong.map(({ what }) => ({
    what,
    read: read.value.sheet.rows[traps.findIndex((trap) => trap.what === what)]?.cells.get(2),
  }));
  expect(shown).toEqual([]);
  expect(traps.length).toBeGreaterThan(45);
});

test('characters over the borders of inflated pieces stay whole', async () => {
  const count = 20_000;
  const rows = Array.from({ length: count }, (_, index): CellSpec[] => [
    { xml: `<c r="@" t="inlineStr"><is><t>欧阳娜娜${index}𠮷</t></is></c>` },
  ]);
  const read = await readTable(workbookBytes({ sheets: [{ name: '表', rows }] }), 'long.xlsx');
  if (!read.ok) throw new Error(`${read.code} ${read.detail}`);
  const wrong = read.value.sheet.rows.filter(({ cells }, index) => {
    const cell = cells.get(1);
    return cell?.kind !== 'text' || cell.text !== `欧阳娜娜${index}𠮷`;
  });
  expect(wrong).toEqual([]);
  expect(read.value.sheet.rows).toHaveLength(count);
});

test('cells that carry a format alone are passed over without moving the others', async () => {
  const rows = Array.from({ length: 2_000 }, (_, index): CellSpec[] =>
    index % 50 === 0
      ? [{ xml: '<c r="@" s="1"/>' }, { xml: '<c r="@" s="1" />' }, `内容${index}`]
      : [{ xml: '<c r="@" s="1"/>' }, { xml: '<c r="@" s="1"></c>' }, { xml: '<c r="@" s="2"/>' }],
  );
  const read = await readTable(workbookBytes({ sheets: [{ name: '表', rows }] }), 'styled.xlsx');
  if (!read.ok) throw new Error(`${read.code} ${read.detail}`);
  const found = read.value.sheet.rows.map(({ row, cells }) => [row, [...cells]]);
  const expected = Array.from({ length: 40 }, (_, index) => [
    index * 50 + 1,
    [[3, text(`内容${index * 50}`)]],
  ]);
  expect(found).toEqual(expected);
});

test('a workbook that counts its days from 1904 says so', async () => {
  const sheets = [{ name: '表', rows: [['x', 1]] }];
  const read = await readTable(workbookBytes({ sheets, date1904: true }), '1904.xlsx');
  expect(read.ok && read.value.sheet.date1904).toBe(true);
});
