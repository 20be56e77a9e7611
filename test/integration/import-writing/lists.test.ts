import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as xlsx from '@e965/xlsx';
import { afterAll, describe, expect, it } from 'vitest';
import { startImportProcess } from '../../../electron/import/run.ts';
import { ListExports } from '../../../electron/main/files/list-exports.ts';
import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { EXPORT_PAGE_ROWS } from '../../../shared/ipc/export.ts';
import type { ExportHead, ExportRows } from '../../../shared/ipc/export.ts';
import { officeMissing } from './office.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jct-lists-'));
const MANY_ROWS = 100_000;
const OFFICE_DEADLINE_MS = 120_000;

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const head: ExportHead = {
  title: '职工缴存明细查询',
  facts: ['单位：示例机械制造有限公司（9900000500）', '查询条件：缴存状态 正常'],
  columns: [
    { title: '个人客户号', form: 'text', width: 16 },
    { title: '姓名', form: 'text', width: 16 },
    { title: '证件号码', form: 'text', width: 22 },
    { title: '缴存比例', form: 'percent', width: 10 },
    { title: '笔数', form: 'count', width: 8 },
    { title: '月缴存额', form: 'money', width: 15 },
  ],
};
const HEADING_ROW = head.facts.length + 2;

interface Stage {
  readonly exports: ListExports;
  readonly target: string;
  /** What has gone into 操作记录. */
  readonly notes: { readonly what: string; readonly rows: number }[];
}

function stage(name: string, chosen?: string | null): Stage {
  const target = path.join(folder, name);
  const notes: { what: string; rows: number }[] = [];
  const exports = new ListExports({
    data: {
      'output.note': (note) => {
        notes.push(note);
        return Promise.resolve(succeed({}));
      },
    },
    startJob: () => startImportProcess((text) => process.stderr.write(text)),
    dialogs: { chooseTarget: () => Promise.resolve(chosen === undefined ? target : chosen) },
  });
  return { exports, target, notes };
}

async function write({ exports }: Stage, rows: ExportRows): Promise<Result<unknown>> {
  const begun = await exports.handlers['export.begin']({ fileName: 'x.xlsx', head });
  expect(begun).toEqual(succeed({ started: true }));
  for (let at = 0; at < rows.length; at += EXPORT_PAGE_ROWS) {
    const page = rows.slice(at, at + EXPORT_PAGE_ROWS);
    expect(await exports.handlers['export.rows']({ rows: page })).toEqual(succeed({}));
  }
  return exports.handlers['export.finish']({});
}

function readBack(file: string): { sheet: xlsx.WorkSheet; rows: unknown[][] } {
  const book = xlsx.read(fs.readFileSync(file), { cellFormula: true, cellNF: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) throw new Error('no sheet');
  return { sheet, rows: xlsx.utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true }) };
}

/** As the other library reads it: money in yuan. */
const asRead = (rows: ExportRows) =>
  rows.map((row) =>
    row.map((cell, at) =>
      head.columns[at]?.form === 'money' && typeof cell === 'number' ? cell / 100 : cell,
    ),
  );

/** Each begins as a formula does, or has what a sheet could take for something else. */
const odd = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '=cmd|calc!A1',
  '=HYPERLINK("http://127.0.0.1/")',
  '_x0041_',
  '𠮷䶮',
  '001',
  '1.1E+17',
];
const oddRows: ExportRows = odd.map((name, at) => [
  `9900${String(at).padStart(8, '0')}`,
  name,
  '990100199001010012',
  12,
  at,
  192_000 + at,
]);

describe('导出 Excel', () => {
  it('gives back every row, equal, to another library; what begins like a formula stays text', async () => {
    const stand = stage('odd.xlsx');
    expect(await write(stand, oddRows)).toEqual(
      succeed({ path: stand.target, rows: oddRows.length }),
    );
    const { sheet, rows } = readBack(stand.target);
    expect(rows.slice(0, HEADING_ROW - 1)).toEqual([[head.title], ...head.facts.map((f) => [f])]);
    expect(rows[HEADING_ROW - 1]).toEqual(head.columns.map(({ title }) => title));
    expect(rows.slice(HEADING_ROW)).toEqual(asRead(oddRows));
    const cells = Object.entries(sheet).filter(([at]) => !at.startsWith('!'));
    for (const [at, cell] of cells as [string, xlsx.CellObject][]) {
      expect(cell.f, at).toBeUndefined();
      expect(cell.l, at).toBeUndefined();
    }
    const name = sheet[`B${HEADING_ROW + 1}`] as xlsx.CellObject;
    expect(name).toMatchObject({ t: 's', v: '=1+1', z: '@' });
    const money = sheet[`F${HEADING_ROW + 1}`] as xlsx.CellObject;
    expect(money).toMatchObject({ t: 'n', v: 1920, z: '#,##0.00' });
    expect(stand.notes).toEqual([{ what: head.title, rows: oddRows.length }]);
  });

  it('keeps the head in sight and the columns wide enough', async () => {
    const stand = stage('head.xlsx');
    await write(stand, oddRows);
    const parts = execFileSync('unzip', ['-p', stand.target, 'xl/worksheets/sheet1.xml']);
    const text = parts.toString('utf8');
    expect(text).toContain(`ySplit="${HEADING_ROW}"`);
    expect(text).toContain('state="frozen"');
    expect(text).toContain(`<autoFilter ref="A${HEADING_ROW}:F${HEADING_ROW}"`);
    expect(text).toMatch(/<col min="3" max="3" width="22"/);
  });

  it(
    'is harmless in LibreOffice: no formula, every text as it was',
    { timeout: OFFICE_DEADLINE_MS },
    async (context) => {
      context.skip(officeMissing !== undefined, officeMissing ?? '');
      const stand = stage('office.xlsx');
      await write(stand, oddRows);
      const profile = pathToFileURL(path.join(folder, 'profile')).href;
      execFileSync('soffice', [
        ...[`-env:UserInstallation=${profile}`, '--headless', '--convert-to', 'fods'],
        ...['--outdir', folder, stand.target],
      ]);
      const flat = fs.readFileSync(path.join(folder, 'office.fods'), 'utf8');
      expect(flat).not.toContain('table:formula');
      expect(flat).not.toContain('xlink:href="http');
      const shown = [...flat.matchAll(/<text:p>(.*?)<\/text:p>/g)].map(([, text = '']) =>
        text.replaceAll('&quot;', '"'),
      );
      expect(shown).toEqual(expect.arrayContaining(odd.filter((one) => !one.startsWith('\t'))));
    },
  );

  it('writes 100,000 rows within the limits of its process', { timeout: 120_000 }, async () => {
    const stand = stage('many.xlsx');
    const rows: ExportRows = Array.from({ length: MANY_ROWS }, (_, at) => [
      `9900${String(at).padStart(8, '0')}`,
      `示例${at}`,
      '990100199001010012',
      5 + (at % 8),
      at,
      at,
    ]);
    const started = Date.now();
    expect(await write(stand, rows)).toEqual(succeed({ path: stand.target, rows: MANY_ROWS }));
    console.log(`${MANY_ROWS} rows written in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    const read = readBack(stand.target).rows.slice(HEADING_ROW);
    expect(read).toHaveLength(MANY_ROWS);
    expect(read.at(-1)).toEqual(asRead(rows.slice(-1))[0]);
  });

  it('leaves no file and no note behind when it is cancelled, or nothing was chosen', async () => {
    const stand = stage('cancelled.xlsx');
    const { handlers } = stand.exports;
    await handlers['export.begin']({ fileName: 'x.xlsx', head });
    await handlers['export.rows']({ rows: oddRows });
    await handlers['export.cancel']({});
    expect(await handlers['export.rows']({ rows: oddRows })).toMatchObject({
      code: 'EXPORT_STOPPED',
    });
    expect(await handlers['export.finish']({})).toMatchObject({ code: 'EXPORT_STOPPED' });
    expect(fs.existsSync(stand.target)).toBe(false);
    expect(stand.notes).toEqual([]);
    const none = stage('none.xlsx', null);
    const begun = await none.exports.handlers['export.begin']({ fileName: 'x.xlsx', head });
    expect(begun).toEqual(succeed({ started: false }));
  });

  it('tells when what lies there cannot be replaced, and leaves it as it was', async () => {
    const stand = stage('in-use.xlsx');
    // what the system answers for a file that is open elsewhere, it answers for a folder everywhere
    fs.mkdirSync(stand.target);
    fs.writeFileSync(path.join(stand.target, 'inside'), 'x');
    expect(await write(stand, oddRows)).toMatchObject({ ok: false });
    expect(fs.readdirSync(stand.target)).toEqual(['inside']);
    expect(fs.readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
