import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBatchRow, readTyped } from '../../../shared/batch/reading.ts';
import { noteTotal } from '../../../shared/batch/skipped-rows.ts';
import type { RawCell } from '../../../shared/batch/raw.ts';
import { checkCharacter } from '../../../shared/rules/identity.ts';
import { columnsOf, number, rawRow, readOne, seed, text } from './sheets.ts';

const runs = { seed, numRuns: 500 };
console.info(`reading: BATCH_SEED=${seed}`);

const id = (cell: RawCell | string) => readOne('registration', 'idNumber', cell);
const account = (cell: RawCell | string) => readOne('reduction', 'personalAccount', cell);
const wage = (cell: RawCell | string) => readOne('registration', 'base', cell);
const ratio = (cell: RawCell | string) => readOne('registration', 'ratio', cell);
const month = (cell: RawCell | string, date1904 = false) =>
  readOne('missedBackPay', 'from', cell, { date1904 });
const fund = (cell: RawCell | string) => readOne('reduction', 'fundType', cell);
const name = (cell: RawCell | string) => readOne('reduction', 'name', cell);

const ID = '990100199001010012';

describe('身份证号码', () => {
  it.each<[string, RawCell | string]>([
    ['a number', number(110101199003078515)],
    ['a number in a text format', number(110101199003078515, '@')],
    ['powers of ten as text', '1.10101E+17'],
    ['powers of ten in full', '1.10101199003078e+17'],
    ['full-width powers of ten', '１.１０１０１Ｅ＋１７'],
    ['a float written out', '110101199003078512.0'],
    ['the 000 a float leaves', '110101199003078000'],
  ])('that went through a float is refused, never guessed: %s', (_, cell) => {
    const read = id(cell);
    expect(read.codes).toEqual(['error CELL_NUMBER_CUT']);
    // re-typing what is shown does not make it a number again
    expect(readTyped('idNumber', read.text ?? '').remarks).toMatchObject([
      { code: 'CELL_NUMBER_CUT' },
    ]);
  });

  it('of 18 digits as a number is always refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 82 }), fc.nat(), (area, rest) => {
        const value = area * 1e16 + (rest % 1e15);
        expect(id(number(value)).codes).toEqual(['error CELL_NUMBER_CUT']);
      }),
      runs,
    );
  });

  it('that truly ends in 000 stands, with a notice', () => {
    const digits = Array.from(
      { length: 400 },
      (_, i) => `9901001990010${String(i).padStart(2, '0')}`,
    )
      .map((start) => `${start}00`)
      .find((start) => checkCharacter(start) === '0');
    const read = id(`${digits}0`);
    expect(read.text).toBe(`${digits}0`);
    expect(read.codes).toEqual(['notice CELL_ENDS_ZERO']);
  });

  it('of 15 digits is exact as a number', () => {
    expect(id(number(990100900101001))).toMatchObject({
      ...{ text: '990100900101001', codes: ['notice CELL_NUMBER_READ'] },
    });
  });

  it.each<[string, string, string[]]>([
    [ID, ID, []],
    [`'${ID}`, ID, ['notice CELL_TIDIED']],
    [`="${ID}"`, ID, ['notice CELL_TIDIED']],
    [`\t${ID}`, ID, ['notice CELL_TIDIED']],
    [`${ID}\u00a0`, ID, ['notice CELL_TIDIED']],
    [`\ufeff990100\u200b19900101\u30000012`, ID, ['notice CELL_TIDIED']],
    ['990100-19900101-0012', ID, ['notice CELL_TIDIED']],
    ['９９０１００１９９００１０１００１２', ID, ['notice TYPED_FULL_WIDTH']],
    ['34052419800101001x', '34052419800101001X', ['notice CELL_TIDIED']],
    ['34052419800101001Ｘ', '34052419800101001X', ['notice TYPED_FULL_WIDTH']],
    ['34052419800101001Х', '34052419800101001X', ['notice CELL_TIDIED']],
  ])('as text %j is %s', (source, read, codes) => {
    expect(id(source)).toMatchObject({ text: read, codes });
  });

  it.each<[string, RawCell, string]>([
    ['a date', number(45292, 'yyyy-mm-dd'), 'CELL_FORM'],
    ['a fraction', number(1234.5), 'CELL_FORM'],
    ['a truth value', { kind: 'boolean', value: true, formula: false }, 'CELL_FORM'],
    ['an error value', { kind: 'error', text: '#N/A', formula: true }, 'CELL_ERROR_VALUE'],
    ['a formula without result', { kind: 'unevaluated', formula: true }, 'CELL_UNEVALUATED'],
    ['a date of its own kind', { kind: 'date', text: '2024-01-01', formula: false }, 'CELL_FORM'],
  ])('%s is refused', (_, cell, code) => {
    expect(id(cell).codes).toEqual([`error ${code}`]);
  });
});

describe('个人客户号', () => {
  it.each<[string, RawCell | string, string, string[]]>([
    ['text', '990012345678', '990012345678', []],
    [
      'a number of twelve digits',
      number(990012345678),
      '990012345678',
      ['notice CELL_NUMBER_READ'],
    ],
    ['leading zeros gone', number(12345678), '12345678', ['error CELL_ZERO_CUT']],
    [
      'zeros shown by the format',
      number(12345678, '000000000000'),
      '000012345678',
      ['notice CELL_NUMBER_READ'],
    ],
    ['powers of ten', '9.90012E+11', '9.90012E+11', ['error CELL_NUMBER_CUT']],
    ['a float', '990012345678.0', '990012345678', ['notice CELL_NUMBER_READ']],
    ['a short float', '12345678.0', '12345678.0', ['error CELL_ZERO_CUT']],
    ['grouped', '9900 1234 5678', '990012345678', ['notice CELL_TIDIED']],
    ['full-width', '９９００１２３４５６７８', '990012345678', ['notice TYPED_FULL_WIDTH']],
  ])('%s', (_, cell, read, codes) => {
    expect(account(cell)).toMatchObject({ text: read, codes });
  });
});

describe('月均工资 and amounts', () => {
  it.each<[string, RawCell | string, string, string[]]>([
    ['a number', number(8000), '8000', []],
    ['two decimals', number(1234.56), '1234.56', []],
    ['the dust of a float', number(1234.5600000000002), '1234.56', []],
    ['0.1 + 0.2', number(0.1 + 0.2), '0.3', []],
    ['three decimals shown as two', number(1234.567, '0.00'), '1234.567', ['error CELL_DECIMALS']],
    ['very small', number(1e-7), '0.0000001', ['error CELL_DECIMALS']],
    ['text', '5000.00', '5000.00', []],
    ['separators', '5,000.00', '5000.00', ['notice CELL_TIDIED']],
    ['currency', '¥5000元', '5000', ['notice CELL_TIDIED']],
    ['full-width', '５，０００．００', '5000.00', ['notice TYPED_FULL_WIDTH']],
    ['spaces', ' 5000 ', '5000', ['notice CELL_TIDIED']],
    ['separators out of place', '50,00', '50,00', []],
    ['a date', number(45292, 'yyyy-mm-dd'), '45292', ['error CELL_FORM']],
    ['a percent', number(0.5, '0%'), '0.5', ['error CELL_FORM']],
    ['infinite', number(Infinity), 'Infinity', ['error CELL_FORM']],
    ['a formula', number(5000, '', { formula: true }), '5000', ['notice CELL_FORMULA_READ']],
  ])('%s', (_, cell, read, codes) => {
    expect(wage(cell)).toMatchObject({ text: read, codes });
  });

  it('any amount of fen survives being a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (fen) => {
        const read = wage(number(fen / 100));
        expect(read.codes).toEqual([]);
        expect(Math.round(Number(read.text) * 100)).toBe(fen);
        expect(read.text).toMatch(/^\d+(?:\.\d{1,2})?$/);
      }),
      runs,
    );
  });
});

describe('缴存比例', () => {
  it.each<[string, RawCell | string, string, string[]]>([
    ['12 General', number(12), '12', []],
    ['0.12 as percent', number(0.12, '0%'), '12', ['notice CELL_PERCENT_READ']],
    ['0.07 as percent', number(0.07, '0.00%'), '7', ['notice CELL_PERCENT_READ']],
    ['0.12 General', number(0.12), '12', ['notice CELL_PERCENT_READ']],
    ['12 as percent', number(12, '0%'), '1200%', ['error CELL_PERCENT']],
    ['0.055 shown as 6%', number(0.055, '0%'), '5.5%', ['error CELL_PERCENT']],
    ['12.5', number(12.5), '12.5%', ['error CELL_PERCENT']],
    ['text', '12', '12', []],
    ['text with its sign', '12%', '12', ['notice CELL_PERCENT_READ']],
    ['full-width', '１２％', '12', ['notice TYPED_FULL_WIDTH']],
    ['text below one', '0.12', '12', ['notice CELL_PERCENT_READ']],
    ['text of a float', '12.0', '12', []],
    ['text that is no whole percent', '5.5%', '5.5%', ['error CELL_PERCENT']],
    ['no number', '百分之十二', '百分之十二', []],
    ['a date', number(45292, 'yyyy-mm-dd'), '45292', ['error CELL_FORM']],
  ])('%s', (_, cell, read, codes) => {
    expect(ratio(cell)).toMatchObject({ text: read, codes });
  });

  it('every whole percent is read alike in all its forms', () => {
    for (let percent = 1; percent <= 99; percent += 1) {
      const forms = [number(percent), number(percent / 100, '0%'), number(percent / 100)];
      const texts = [`${percent}`, `${percent}%`, `${percent}.0`, String(percent / 100)];
      if (percent === 1) forms.pop();
      for (const form of [...forms, ...texts]) expect(ratio(form).text).toBe(String(percent));
    }
  });
});

describe('年月', () => {
  it.each<[string, RawCell | string, string, string[]]>([
    ['text', '202408', '202408', []],
    ['a number', number(202408), '202408', []],
    ['a date', number(45292, 'yyyy-mm-dd'), '202401', ['notice CELL_DATE_READ']],
    [
      'a date with a time',
      number(45292.75, 'yyyy-mm-dd hh:mm'),
      '202401',
      ['notice CELL_DATE_READ'],
    ],
    ['a serial number without format', number(45292), '202401', ['notice CELL_DATE_READ']],
    [
      'a date of its own kind',
      { kind: 'date', text: '2024-08-01T00:00:00', formula: false },
      '202408',
      ['notice CELL_DATE_READ'],
    ],
    ['with a hyphen', '2024-01', '202401', ['notice CELL_DATE_READ']],
    ['with a slash', '2024/1', '202401', ['notice CELL_DATE_READ']],
    ['in words', '2024年1月', '202401', ['notice CELL_DATE_READ']],
    ['with a point', '2024.10', '202410', ['notice CELL_DATE_READ']],
    ['a date as text', '2024-08-15 00:00:00', '202408', ['notice CELL_DATE_READ']],
    ['a date in words', '2024年8月15日', '202408', ['notice CELL_DATE_READ']],
    ['full-width', '２０２４０８', '202408', ['notice TYPED_FULL_WIDTH']],
    ['2024.1 as text', '2024.1', '2024.1', ['error CELL_MONTH_UNCLEAR']],
    ['2024.8 as a number', number(2024.8), '202408', ['notice CELL_DATE_READ']],
    ['2024.11 as a number', number(2024.11), '202411', ['notice CELL_DATE_READ']],
    ['2024.13 as a number', number(2024.13), '2024.13', []],
    ['2024.1 as a number', number(2024.1), '2024.1', ['error CELL_MONTH_UNCLEAR']],
    [
      '202401 in a date format',
      number(202401, 'yyyy-mm-dd'),
      '202401',
      ['error CELL_MONTH_UNCLEAR'],
    ],
    ['before 1990', number(20000, 'yyyy-mm-dd'), '20000', ['error CELL_MONTH_UNCLEAR']],
    ['month 13', '2024-13', '2024-13', []],
    ['no such day', '2024-02-30', '2024-02-30', []],
  ])('%s', (_, cell, read, codes) => {
    expect(month(cell)).toMatchObject({ text: read, codes });
  });

  it('counts from 1904 where the workbook does', () => {
    expect(month(number(43830, 'yyyy-mm-dd'), true).text).toBe('202401');
  });

  it('names the date a clerk sees', () => {
    expect(month(number(202401, 'yyyy-mm-dd')).remarks[0]?.rule).toContain('2454年2月24日');
  });

  it('of every day from 1990 to 2100 is that of the calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: 32_874, max: 73_415 }), (serial) => {
        const day = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000);
        const expected = day.getUTCFullYear() * 100 + day.getUTCMonth() + 1;
        expect(month(number(serial, 'yyyy-mm-dd')).text).toBe(String(expected));
        expect(month(number(serial)).text).toBe(String(expected));
      }),
      runs,
    );
  });
});

describe('资金性质 and 减少原因', () => {
  it.each<[RawCell | string, string]>([
    [number(10), '10'],
    ['10', '10'],
    ['10.0', '10'],
    ['10 一般住房公积金', '10'],
    ['10-一般住房公积金', '10'],
    ['一般住房公积金', '10'],
    ['一般住房公积金（10）', '10'],
    ['住房公积金补贴', '11'],
    ['11 住房公积金补贴', '11'],
    ['１１', '11'],
    ['10 住房公积金补贴', '10住房公积金补贴'],
    ['12', '12'],
    ['商业', '商业'],
  ])('%j is %s', (cell, read) => {
    expect(fund(cell).text).toBe(read);
  });

  it('a reason keeps what is written; the centre’s table decides', () => {
    const reason = (cell: RawCell | string) => readOne('reduction', 'reason', cell).text;
    expect([reason(number(4)), reason('04 辞职'), reason(' 辞职 ')]).toEqual([
      '4',
      '04 辞职',
      '辞职',
    ]);
  });
});

describe('姓名', () => {
  it.each<[RawCell | string, string, string[]]>([
    ['示例甲', '示例甲', []],
    ['示 例 甲', '示例甲', ['notice CELL_TIDIED']],
    ['示例甲\u200b', '示例甲', ['notice CELL_TIDIED']],
    ['买买提•艾力', '买买提·艾力', ['notice CELL_TIDIED']],
    ['𠮷田', '𠮷田', []],
    ['\u2f00示例', '\u2f00示例', []],
    ['示例\ud842', '示例\ufffd', []],
    [number(123), '123', ['error CELL_FORM']],
  ])('%j is %j', (cell, read, codes) => {
    expect(name(cell)).toMatchObject({ text: read, codes });
  });

  it('is cut when far too long, and refused', () => {
    const read = name('甲'.repeat(5000));
    expect(read.text).toHaveLength(200);
    expect(read.codes).toContain('error CELL_LONG');
  });
});

describe('rows', () => {
  const columns = columnsOf('registration');
  const sheet = { date1904: false, merges: [] };
  const read = (cells: readonly (string | RawCell)[]) =>
    readBatchRow('registration', columns, rawRow(5, cells), sheet);

  it.each<[string, readonly (string | RawCell)[]]>([
    ['empty', []],
    ['spaces of all kinds', [' ', '\u3000', '\u00a0\u200b', '\t']],
    [
      'formulas that come to nothing',
      [text('', true), text('', true), text('', true), number(0, '', { formula: true })],
    ],
    ['a running number alone', [number(7)]],
    ['a total', ['合计', '', '', number(80_000), '', number(9600), number(9600), number(19_200)]],
    ['a total under 姓名', ['', '合 计：', '', number(80_000)]],
  ])('%s is no entry', (_, cells) => {
    expect(read(cells)).toBeUndefined();
  });

  it.each<[string, readonly (string | RawCell)[]]>([
    ['a name alone', ['', '示例甲']],
    ['a zero that was typed', ['', '', '', number(0)]],
    ['a person called 合计 with a number', ['1', '合计', ID]],
    ['a total beside a name', ['合计', '示例甲']],
    ['an error value', ['', '', { kind: 'error', text: '#REF!', formula: true }]],
  ])('%s is an entry', (_, cells) => {
    expect(read(cells)?.row).toBe(5);
  });

  it('a total is told with its place', () => {
    const notice = noteTotal(columns, rawRow(12, ['', '总计', '', number(80_000)]));
    expect(notice).toMatchObject({ code: 'ROWS_TOTAL', row: 12, column: 'B', value: '总计' });
    expect(noteTotal(columns, rawRow(12, ['', '示例甲', ID]))).toBeUndefined();
  });

  it('merged cells are refused in each row they touch, and nowhere else', () => {
    const merges = [
      { firstRow: 5, lastRow: 7, firstColumn: 2, lastColumn: 2 },
      { firstRow: 5, lastRow: 5, firstColumn: 4, lastColumn: 9 },
      { firstRow: 1, lastRow: 1, firstColumn: 1, lastColumn: 8 },
    ];
    const codes = (row: number, cells: readonly string[]) => {
      const found = readBatchRow('registration', columns, rawRow(row, cells), {
        ...{ date1904: false, merges },
      });
      return Object.entries(found?.cells ?? {}).flatMap(([column, { remarks }]) =>
        remarks.map(({ code }) => `${column} ${code}`),
      );
    };
    const merged = ['ratio', 'unitMonthly', 'personalMonthly', 'monthlyTotal'];
    expect(codes(5, ['1', '示例甲', ID, '8000'])).toEqual([
      'name CELL_MERGED',
      ...merged.map((column) => `${column} CELL_MERGED`),
    ]);
    expect(codes(6, ['2', '', ID, '8000'])).toEqual(['name CELL_MERGED']);
    expect(codes(8, ['3', '示例乙', ID, '8000'])).toEqual([]);
  });

  it('100,000 merged ranges cost a row next to nothing', () => {
    const merges = Array.from({ length: 100_000 }, (_, i) => ({
      ...{ firstRow: 30_000 + i * 2, lastRow: 30_001 + i * 2, firstColumn: 2, lastColumn: 2 },
    }));
    merges.push({ firstRow: 3, lastRow: 1_048_576, firstColumn: 9, lastColumn: 9 });
    const startedAt = performance.now();
    for (let row = 2; row <= 20_001; row += 1) {
      const found = readBatchRow(
        'registration',
        columns,
        rawRow(row, ['1', '示例甲', ID, '8000']),
        {
          ...{ date1904: false, merges },
        },
      );
      expect(found?.cells.name?.remarks).toEqual([]);
    }
    expect(performance.now() - startedAt).toBeLessThan(6000);
  });
});
