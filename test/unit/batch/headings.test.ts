import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchColumns } from '../../../shared/batch/columns.ts';
import { findHeadings, normaliseHeading } from '../../../shared/batch/headings.ts';
import type { TemplateMark } from '../../../shared/batch/raw.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { headingOf, number, rawSheet, readSheet, seed } from './sheets.ts';

const kinds = entryKindSchema.options;
console.info(`headings: BATCH_SEED=${seed}`);

const find = (kind: EntryKind, rows: readonly (readonly string[])[], mark?: TemplateMark) =>
  findHeadings(kind, rawSheet(rows), mark);

function refused(kind: EntryKind, rows: readonly (readonly string[])[], mark?: TemplateMark) {
  const found = find(kind, rows, mark);
  return found.ok ? 'accepted' : `${found.code} ${found.detail}`;
}

describe('headings and synonyms', () => {
  it.each(kinds)('%s: no two columns answer to the same heading', (kind) => {
    const all = batchColumns[kind].flatMap(({ name, heading, synonyms }) =>
      [...new Set([heading, ...synonyms].map(normaliseHeading))].map((text) => ({ name, text })),
    );
    const twice = all.filter(({ text }, i) => all.findIndex((other) => other.text === text) !== i);
    expect(twice).toEqual([]);
    expect(all.every(({ text }) => text !== '')).toBe(true);
  });

  it('are compared without width, spaces, line breaks, asterisks and the unit', () => {
    const written = [
      '身份证 号码',
      '＊身份证\n号码',
      '身份证号码*',
      ' 身\u200b份证号码：',
      '身份证号码（文本）',
    ];
    for (const text of written) expect(normaliseHeading(text)).toBe('身份证号码');
    for (const text of ['缴存比例(%)', '缴存比例（％）', '缴存比例%', '缴存比例']) {
      expect(normaliseHeading(text)).toBe('缴存比例');
    }
    expect(normaliseHeading('月均工资（元）')).toBe('月均工资');
  });

  it('stand in any order, each by its name or any of its synonyms', () => {
    const kind = fc.constantFrom(...kinds);
    const written = kind.chain((of) =>
      fc
        .tuple(
          ...batchColumns[of].map((column) => fc.constantFrom(column.heading, ...column.synonyms)),
        )
        .chain((headings) => fc.shuffledSubarray(headings, { minLength: headings.length }))
        .map((headings) => ({ of, headings })),
    );
    fc.assert(
      fc.property(written, ({ of, headings }) => {
        const found = find(of, [headings]);
        if (!found.ok) throw new Error(found.detail);
        expect([...found.value.columns.keys()].sort()).toEqual(
          batchColumns[of].map(({ name }) => name).sort(),
        );
        for (const [name, column] of found.value.columns) {
          expect(found.value.headings[name]).toBe(headings[column - 1]);
        }
      }),
      { seed },
    );
  });
});

describe('the heading row', () => {
  it('is found below a title, a unit line and blank rows', () => {
    const found = find('reduction', [
      ['职工减少清册'],
      ['单位：示例一有限公司'],
      [],
      headingOf('reduction'),
      ['1', '10', '990000000001', '示例甲', '990100199001010012', '04'],
    ]);
    expect(found.ok && found.value.headingRow).toBe(4);
  });

  it('may be two rows deep: 月缴存额 over 单位, 个人, 合计, the others merged downwards', () => {
    const groups = ['序号', '姓名', '身份证号码', '月均工资', '缴存比例', '月缴存额'];
    const parts = ['', '', '', '', '', '单位', '个人', '合计'];
    const record = ['1', '示例甲', '990100199001010012', '8000', '12', '960', '960', '1920'];
    const merge = (area: readonly [number, number, number, number]) => ({
      ...{ firstRow: area[0], firstColumn: area[1], lastRow: area[2], lastColumn: area[3] },
    });
    const down = [1, 2, 3, 4, 5].map((column) => merge([2, column, 3, column]));
    const sheet = rawSheet([['示例有限公司公积金清册'], groups, parts, record], {
      merges: [merge([1, 1, 1, 8]), merge([2, 6, 2, 8]), ...down],
    });
    const found = findHeadings('registration', sheet, undefined);
    expect(found.ok && found.value).toMatchObject({
      headingRow: 2,
      lastHeadingRow: 3,
      notices: [],
    });
    expect(found.ok && found.value.headings).toMatchObject({
      ...{ name: '姓名', unitMonthly: '单位月缴存额', personalMonthly: '个人月缴存额' },
      monthlyTotal: '合计月缴存额',
    });
    const [row, ...more] = readSheet('registration', sheet);
    expect(more).toEqual([]);
    expect(row?.row).toBe(4);
    expect(row?.cells.monthlyTotal?.text).toBe('1920');
    expect(Object.values(row?.cells ?? {}).flatMap(({ remarks }) => remarks)).toEqual([]);
  });

  it('is one row deep where only titles or records are merged', () => {
    const rows = [['清册'], headingOf('reduction'), ['1', '10', '990000000001', '示例甲']];
    const merges = [
      { firstRow: 1, firstColumn: 1, lastRow: 1, lastColumn: 6 },
      { firstRow: 3, firstColumn: 2, lastRow: 5, lastColumn: 2 },
    ];
    const found = findHeadings('reduction', rawSheet(rows, { merges }), undefined);
    expect(found.ok && [found.value.headingRow, found.value.lastHeadingRow]).toEqual([2, 2]);
  });

  it('is not looked for below the tenth row with content', () => {
    const notes = Array.from({ length: 10 }, (_, i) => [`说明${i}`]);
    expect(refused('reduction', [...notes.slice(1), headingOf('reduction')])).toBe('accepted');
    expect(refused('reduction', [...notes, headingOf('reduction')])).toMatch(/^HEADING_MISSING/);
  });

  it('missing altogether: every column that must be there is named', () => {
    const said = refused('registration', [['1', '示例甲', '990100199001010012', '8000']]);
    expect(said).toContain('HEADING_MISSING');
    expect(said).toContain('“Sheet1”的前10行');
    for (const name of ['姓名', '身份证号码', '月均工资']) expect(said).toContain(`“${name}”`);
    expect(refused('registration', [])).toMatch(/^HEADING_MISSING/);
  });

  it('with columns missing: all of them are named at once', () => {
    expect(refused('registration', [['序号', '姓名', '月缴存额']])).toBe(
      'HEADING_MISSING 第1行的表头缺少“身份证号码”、“月均工资”。',
    );
  });

  it('with a column twice: both places and both headings are named', () => {
    const rows = [['姓名', '身份证号', '月均工资', '职工姓名', '缴存基数']];
    expect(refused('registration', rows)).toBe(
      'HEADING_TWICE A1“姓名”和D1“职工姓名”是同一列；C1“月均工资”和E1“缴存基数”是同一列。',
    );
  });
});

describe('another kind, another version', () => {
  const mark = (kind: string, version = 1): TemplateMark => ({
    ...{ kind, version, unitAccount: '9900000001' },
  });

  it.each(
    kinds.flatMap((kind) =>
      kinds.filter((other) => other !== kind).map((other) => [kind, other] as const),
    ),
  )('%s: the table of %s is recognised by its headings, and by its mark', (kind, other) => {
    const titles = {
      ...{ registration: '批量职工登记', reduction: '批量职工减少' },
      ...{ missedBackPay: '批量漏缴补缴', shortfallBackPay: '批量少缴补缴' },
    };
    const said = refused(kind, [headingOf(other)]);
    expect(said).toBe(`TEMPLATE_OTHER_KIND 按表头看，这是《${titles[other]}》的表格。`);
    expect(refused(kind, [headingOf(kind)], mark(other))).toBe(
      `TEMPLATE_OTHER_KIND 这是《${titles[other]}》的模板。`,
    );
  });

  it('a table of its own kind is taken with and without the mark', () => {
    for (const kind of kinds) {
      expect(refused(kind, [headingOf(kind)])).toBe('accepted');
      expect(refused(kind, [headingOf(kind)], mark(kind))).toBe('accepted');
    }
  });

  it('an unknown kind, an older and a newer version are refused', () => {
    const rows = [headingOf('reduction')];
    expect(refused('reduction', rows, mark('transfer'))).toMatch(/^TEMPLATE_OTHER_KIND/);
    expect(refused('reduction', rows, mark('reduction', 0))).toMatch(
      /^TEMPLATE_OLD .*版本为0，较旧/,
    );
    expect(refused('reduction', rows, mark('reduction', 2))).toMatch(/^TEMPLATE_OLD .*更新版本/);
  });

  it('a back-payment with an ID column is not taken for registrations', () => {
    const rows = [[...headingOf('missedBackPay'), '身份证号码']];
    expect(refused('registration', rows)).toMatch(/^TEMPLATE_OTHER_KIND/);
    expect(refused('missedBackPay', rows)).toBe('accepted');
  });
});

describe('columns of no use', () => {
  it('are told, with content under no heading; 错误原因 is dropped silently', () => {
    const sheet = rawSheet([
      ['姓名', '身份证号码', '月均工资', '部门', '', '错误原因', '缴存比例'],
      ['示例甲', '990100199001010012', number(8000), '财务', '备注', '证件号码校验不符', '12'],
    ]);
    const found = findHeadings('registration', sheet, undefined);
    const ignored = found.ok && found.value.notices.filter(({ code }) => code === 'COLUMN_IGNORED');
    expect(ignored).toMatchObject([
      { row: 1, column: 'D', value: '部门' },
      { row: 1, column: 'E', value: '' },
    ]);
  });

  it('and columns that may be left out are told once', () => {
    const found = find('registration', [['姓名', '身份证号码', '月均工资']]);
    const absent = found.ok && found.value.notices.map(({ code, value }) => `${code} ${value}`);
    expect(absent).toEqual([
      'COLUMN_ABSENT 缴存比例(%)',
      'COLUMN_ABSENT 单位月缴存额',
      'COLUMN_ABSENT 个人月缴存额',
      'COLUMN_ABSENT 月缴存额',
    ]);
  });
});
