import fs from 'node:fs';
import path from 'node:path';
import { read, utils } from '@e965/xlsx';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readTable } from '../../../electron/import/reader/reader.ts';
import { makeTemplate } from '../../../electron/import/writing/template.ts';
import { TEMPLATE_VERSION, batchColumns } from '../../../shared/batch/columns.ts';
import { findHeadings } from '../../../shared/batch/headings.ts';
import { batchTitles } from '../../../shared/batch/template-mark.ts';
import type { TemplateTerms } from '../../../shared/ipc/import.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { makeFolder, officeMissing, removeFolder, resave } from './office.ts';
import { partsOf } from './package-parts.ts';

const kinds = entryKindSchema.options;
const reasons = [
  ...[
    { code: '01', label: '离休' },
    { code: '02', label: '退休' },
    { code: '04', label: '辞职' },
  ],
  ...Array.from({ length: 40 }, (_, index) => ({
    code: String(50 + index),
    label: `其他原因之${String(index + 1)}`,
  })),
];

function termsOf(kind: EntryKind, change: Partial<TemplateTerms> = {}): TemplateTerms {
  const unit = { unitAccount: '9900000001', unitName: '示例精密机械有限公司' };
  const month = { businessMonth: 202601, fundTypes: ['10', '11'] as TemplateTerms['fundTypes'] };
  return { kind, ...unit, ...month, ratio: 8, reasons, ...change };
}

const textColumns = ['name', 'idNumber', 'personalAccount', 'from', 'to'];

describe.each(kinds)('template of %s', (kind) => {
  const columns = batchColumns[kind];

  async function sheetXml(): Promise<{ xml: string; styles: string }> {
    const parts = await partsOf(await makeTemplate(termsOf(kind)));
    const partText = (name: string) => parts.get(name)?.toString('utf8') ?? '';
    return { xml: partText('xl/worksheets/sheet1.xml'), styles: partText('xl/styles.xml') };
  }

  it('has its columns in row 1 of the first sheet and nothing below', async () => {
    const book = read(await makeTemplate(termsOf(kind)));
    expect(book.SheetNames).toEqual([batchTitles[kind], '填表说明', '数据字典', '_tpl']);
    expect(book.Workbook?.Sheets?.map(({ Hidden }) => Hidden)).toEqual([0, 0, 1, 2]);
    const data = book.Sheets[batchTitles[kind]];
    const rows = data ? utils.sheet_to_json<string[]>(data, { header: 1 }) : [];
    expect(rows).toHaveLength(1);
    expect(rows[0]?.map((heading) => heading.replace('*', ''))).toEqual(
      columns.map(({ heading }) => heading),
    );
    const starred = rows[0]?.map((heading) => heading.endsWith('*'));
    expect(starred).toEqual(columns.map(({ required }) => required));
  });

  it('formats whole columns, as text where the manual says so', async () => {
    const { xml, styles } = await sheetXml();
    const formats = /<cellXfs[^>]*>(.*)<\/cellXfs>/s.exec(styles)?.[1]?.match(/<xf [^>]*>/g) ?? [];
    const runs = [...xml.matchAll(/<col min="(\d+)" max="(\d+)"[^>]*style="(\d+)"/g)];
    const formatOf = (column: number) => {
      const run = runs.find(([, min, max]) => Number(min) <= column && column <= Number(max));
      return /numFmtId="(\d+)"/.exec(formats[Number(run?.[3])] ?? '')?.[1];
    };
    expect(columns.map((_, index) => formatOf(index + 1))).toEqual(
      columns.map(({ name }) => (textColumns.includes(name) ? '49' : '0')),
    );
  });

  it('guides typing by one bounded rule a column, within the limits of spreadsheet programs', async () => {
    const { xml } = await sheetXml();
    const rules = [...xml.matchAll(/<dataValidation [^>]*>/g)].map(([rule]) => rule);
    const attribute = (rule: string, name: string) =>
      new RegExp(` ${name}="([^"]*)"`).exec(rule)?.[1] ?? '';
    const ranges = rules.map((rule) => attribute(rule, 'sqref'));
    const guided = columns.flatMap(({ name }, index) => {
      const letter = String.fromCharCode(65 + index);
      return name === 'sequence' ? [] : [`${letter}2:${letter}20001`];
    });
    const heading = `A1:${String.fromCharCode(64 + columns.length)}1`;
    expect([...ranges].sort()).toEqual([heading, ...guided].sort());
    for (const rule of rules) {
      expect(attribute(rule, 'promptTitle').length).toBeLessThanOrEqual(32);
      expect(attribute(rule, 'errorTitle').length).toBeLessThanOrEqual(32);
      expect(attribute(rule, 'prompt').length).toBeLessThanOrEqual(255);
      expect(attribute(rule, 'error').length).toBeLessThanOrEqual(255);
    }
    const own = xml.slice(xml.indexOf(`sqref="${heading}"`));
    expect(own).toMatch(/^[^>]*><formula1>FALSE<\/formula1>/);
    expect(xml).toContain('<pane ySplit="1"');
    expect(xml).not.toContain('sheetProtection');
  });

  it('explains each column with an example that is never imported', async () => {
    const bytes = await makeTemplate(termsOf(kind));
    const help = read(bytes).Sheets['填表说明'];
    const rows = help ? utils.sheet_to_json<string[]>(help, { header: 1, blankrows: false }) : [];
    const lines = rows.map((row) => row.join(' '));
    expect(lines[1]).toBe('单位：示例精密机械有限公司（单位客户号 9900000001）');
    expect(lines[2]).toContain('2026年1月');
    for (const { heading, required } of columns) {
      const row = rows.find(([first]) => first === heading);
      expect(row).toHaveLength(4);
      expect(row?.[1]).toBe(required ? '必填' : '选填');
    }
    const table = await readTable(bytes, 'template.xlsx');
    if (!table.ok) throw new Error(table.detail);
    expect(table.value.sheet.name).toBe(batchTitles[kind]);
    expect(table.value.sheet.rows.map(({ row }) => row)).toEqual([1]);
  });

  it('says what it is, and is read within a moment', async () => {
    const bytes = await makeTemplate(termsOf(kind));
    const start = process.cpuUsage();
    const table = await readTable(bytes, 'template.xlsx');
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1_000).toBeLessThan(500);
    if (!table.ok) throw new Error(table.detail);
    const { mark, sheet } = table.value;
    expect(mark).toMatchObject({ kind, version: TEMPLATE_VERSION, unitAccount: '9900000001' });
    const found = findHeadings(kind, sheet, mark);
    if (!found.ok) throw new Error(found.detail);
    expect([...found.value.columns.keys()]).toEqual(columns.map(({ name }) => name));
    expect(found.value.notices).toEqual([]);
    const { Keywords, Subject } = read(bytes).Props ?? {};
    const words = `JCT-TPL/${kind}/v${String(TEMPLATE_VERSION)}/9900000001`;
    expect([Keywords, Subject]).toEqual([words, words]);
  });
});

describe('what a template says of its unit', () => {
  async function linesOf(terms: TemplateTerms): Promise<string> {
    const help = read(await makeTemplate(terms)).Sheets['填表说明'];
    return help ? utils.sheet_to_csv(help) : '';
  }

  it('asks for the ratio of 登记 only where each employee has one', async () => {
    expect(await linesOf(termsOf('registration'))).toContain('缴存比例(%),选填');
    expect(await linesOf(termsOf('registration'))).toContain('本单位的缴存比例为 8%');
    expect(await linesOf(termsOf('registration', { ratio: null }))).toContain('缴存比例(%),必填');
  });

  it('lists the reasons of the centre, and does without a list while there are none', async () => {
    expect(await linesOf(termsOf('reduction'))).toContain('02 退休');
    const bare = await makeTemplate(termsOf('reduction', { reasons: [] }));
    expect((await readTable(bare, 'bare.xlsx')).ok).toBe(true);
  });

  it('shows months before the business month, across the turn of the year', async () => {
    const lines = await linesOf(termsOf('missedBackPay'));
    expect([lines.includes('202510'), lines.includes('202512')]).toEqual([true, true]);
  });

  it('writes a name of the unit as text, whatever it holds', async () => {
    const bytes = await makeTemplate(termsOf('reduction', { unitName: '=cmd|x\u0001_x0041_' }));
    const help = read(bytes).Sheets['填表说明'];
    expect(JSON.stringify(help?.A2)).toContain('单位：=cmd|x_x0041_（');
  });
});

describe('templates saved anew by LibreOffice', () => {
  let folder: string;
  let files: string[];

  beforeEach((context) => {
    context.skip(officeMissing !== undefined, officeMissing);
  });

  beforeAll(async () => {
    folder = makeFolder();
    files = [];
    for (const kind of kinds) {
      const file = path.join(folder, `${kind}.xlsx`);
      fs.writeFileSync(file, await makeTemplate(termsOf(kind)));
      files.push(file);
    }
  });

  afterAll(() => {
    removeFolder(folder);
  });

  it.each(['xlsx', 'xls'] as const)('as .%s keep their mark and columns', async (format) => {
    for (const file of await resave(folder, files, format)) {
      const kind = entryKindSchema.parse(path.parse(file).name);
      const table = await readTable(fs.readFileSync(file), path.basename(file));
      if (!table.ok) throw new Error(table.detail);
      const { mark, sheet } = table.value;
      expect(mark).toMatchObject({ kind, version: TEMPLATE_VERSION, unitAccount: '9900000001' });
      expect(sheet.name).toBe(batchTitles[kind]);
      const found = findHeadings(kind, sheet, mark);
      expect(found.ok && found.value.columns.size).toBe(batchColumns[kind].length);
      const other = kinds.find((each) => each !== kind) ?? kind;
      expect(findHeadings(other, sheet, mark)).toMatchObject({ code: 'TEMPLATE_OTHER_KIND' });
    }
  });
});
