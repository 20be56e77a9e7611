import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../build/check-file/answer.ts';
import { batchColumns } from '../../shared/batch/columns.ts';
import { checkContext, csvOf, plainRows } from '../fixtures/batch-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const script = path.join(root, 'build/check-file/check-file.ts');
const folder = mkdtempSync(path.join(os.tmpdir(), 'check-file-'));
const LARGE_FILE_DEADLINE_MS = 100_000;
const place = (name: string) => path.join(folder, name);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(args: readonly string[], from = folder) {
  const env = { ...process.env, INIT_CWD: from };
  const ran = spawnSync(process.execPath, [script, ...args], {
    ...{ env, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  });
  return { status: ran.status, stderr: ran.stderr, answer: JSON.parse(ran.stdout) as Answer };
}

const check = (kind: string, file: string, ...more: readonly string[]) =>
  run(['--kind', kind, '--context', 'context.json', file, ...more]);

beforeAll(() => {
  writeFileSync(place('context.json'), JSON.stringify(checkContext));
});

describe('check-file', () => {
  it('does what the README says, word for word', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    const section = readme.slice(readme.indexOf('## Checking a batch file'));
    const blocks = [...section.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, kind, text]) => ({
      kind,
      text: text ?? '',
    }));
    expect(blocks.slice(0, 5).map(({ kind }) => kind)).toEqual(['sh', 'json', 'csv', 'sh', 'json']);
    const [, given, file, command, printed] = blocks.map(({ text }) => text);
    const at = mkdtempSync(path.join(folder, 'readme-'));
    writeFileSync(path.join(at, 'context.json'), given ?? '');
    writeFileSync(path.join(at, 'missed.csv'), file ?? '');
    const args = (command ?? '').trim().split(' -- ')[1]?.split(' ') ?? [];
    const ran = run(args, at);
    expect(ran.answer).toEqual(JSON.parse(printed ?? ''));
    expect(ran.status).toBe(1);
    expect(ran.stderr).toBe('');
  });

  it.each(['registration', 'reduction', 'missedBackPay', 'shortfallBackPay'] as const)(
    '%s without fault: exit 0, entry and amounts in the form of explain',
    (kind) => {
      writeFileSync(place('clean.csv'), csvOf(kind, [plainRows[kind]]));
      const { status, answer } = check(kind, 'clean.csv');
      expect(answer.issues).toEqual([]);
      expect(status).toBe(0);
      expect(answer).toMatchObject({ readable: true, kind });
      const [row] = answer.rows;
      expect(row?.row).toBe(2);
      expect(row?.entry).not.toHaveProperty('kind');
      expect(row?.amounts?.total).toMatch(/^\d+\.\d\d$/);
      expect(row).not.toHaveProperty('check');
    },
  );

  it('unreadable: exit 2 with the reason in Chinese, for the file, its kind and the context', () => {
    writeFileSync(place('empty.xlsx'), '');
    writeFileSync(place('other.csv'), csvOf('reduction', [plainRows.reduction]));
    writeFileSync(place('broken.json'), '{');
    writeFileSync(place('strange.json'), JSON.stringify({ ...checkContext, unit: { ratio: 'x' } }));
    writeFileSync(place('fund.json'), JSON.stringify({ ...checkContext, fundType: '12' }));
    const asked: readonly (readonly [readonly string[], RegExp])[] = [
      [['--kind', 'reduction', '--context', 'context.json', 'absent.xlsx'], /没有找到文件/],
      [['--kind', 'reduction', '--context', 'context.json', 'empty.xlsx'], /文件是空的/],
      [['--kind', 'registration', '--context', 'context.json', 'other.csv'], /《批量职工减少》/],
      [
        ['--kind', 'reduction', '--context', 'absent.json', 'other.csv'],
        /CONTEXT 无法读取：文件不存在/,
      ],
      [
        ['--kind', 'reduction', '--context', 'broken.json', 'other.csv'],
        /CONTEXT 无法读取：应为一个 JSON 对象/,
      ],
      [
        ['--kind', 'reduction', '--context', 'strange.json', 'other.csv'],
        /CONTEXT 无法读取：.*unit\./,
      ],
      [['--kind', 'reduction', '--context', 'fund.json', 'other.csv'], /fundType/],
      [['--kind', 'transfer', '--context', 'context.json', 'other.csv'], /用法/],
      [['--kind', 'reduction', 'other.csv'], /用法/],
      [['--wrong', 'other.csv'], /用法/],
      [
        ['--kind', 'reduction', '--context', 'context.json', 'other.csv', '--marked', 'other.csv'],
        /不能与要检查的文件/,
      ],
    ];
    for (const [args, reason] of asked) {
      const { status, answer } = run(args);
      expect(answer.reason).toMatch(reason);
      expect({ args, status, readable: answer.readable }).toEqual({
        args,
        status: 2,
        readable: false,
      });
      expect([answer.rows, answer.issues, answer.notices]).toEqual([[], [], []]);
    }
  });

  it('names rows that stand against each other, and the fund that was chosen', () => {
    writeFileSync(place('fund10.json'), JSON.stringify({ ...checkContext, fundType: '10' }));
    const subsidy = { ...plainRows.reduction, fundType: '11', personalAccount: '990000000003' };
    writeFileSync(
      place('twice.csv'),
      csvOf('reduction', [plainRows.reduction, subsidy, plainRows.reduction]),
    );
    const { status, answer } = run([
      '--kind',
      'reduction',
      '--context',
      'fund10.json',
      'twice.csv',
    ]);
    expect(status).toBe(1);
    const found = answer.issues.map(
      ({ cell, code, rule }) => `${cell} ${code} ${/第.行/.exec(rule)?.[0] ?? ''}`,
    );
    expect(found).toEqual([
      'C2 DUPLICATE_IN_FILE 第4行',
      'B3 FUND_TYPE_DIFFERS ',
      'C3 DUPLICATE_IN_QUEUE ',
      'C4 DUPLICATE_IN_FILE 第2行',
    ]);
    expect(answer.rows[1]?.check).toContain('证件号码：文件为');
  });

  it('an input of explain serves as CONTEXT; a key that means nothing is named', () => {
    const more = { kind: 'missedBackPay', entry: { base: '1' }, month: 1 };
    writeFileSync(place('explain.json'), JSON.stringify({ ...checkContext, ...more }));
    writeFileSync(place('clean.csv'), csvOf('reduction', [plainRows.reduction]));
    const { status, answer } = run([
      '--kind',
      'reduction',
      '--context',
      'explain.json',
      'clean.csv',
    ]);
    expect(status).toBe(0);
    expect(answer.notices).toMatchObject([
      { code: 'INPUT_IGNORED', value: 'month', row: 0, cell: '' },
    ]);
  });
});

describe('check-file --marked', () => {
  it('writes the clerk’s workbook with the faults in it, and leaves the file as it was', async () => {
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet('登记');
    sheet.addRow(batchColumns.registration.map(({ heading }) => heading));
    sheet.addRow([1, '示例丙', '34052419800101001X', 8000, 12, 960, 960, 1920]);
    sheet.addRow([2, '示例丁', 340524198001010019, 8000, 12, 960, 960, 1921]);
    await book.xlsx.writeFile(place('book.xlsx'));
    const before = readFileSync(place('book.xlsx'));
    const { status, answer } = check('registration', 'book.xlsx', '--marked', 'marked.xlsx');
    expect({ status, reason: answer.reason }).toEqual({ status: 1 });
    expect(answer.issues.map(({ cell, code }) => `${cell} ${code}`)).toEqual([
      'C3 CELL_NUMBER_CUT',
      'H3 AMOUNT_MISMATCH',
    ]);
    expect(readFileSync(place('book.xlsx')).equals(before)).toBe(true);
    const marked = new exceljs.Workbook();
    await marked.xlsx.readFile(place('marked.xlsx'));
    const copy = marked.getWorksheet('登记');
    expect(copy?.getCell('I1').text).toBe('错误原因');
    expect(copy?.getCell('I3').text).toContain('末几位已丢失');
    expect(copy?.getCell('I3').text).toContain('月缴存额与计算的月缴存额不一致');
    const again = check('registration', 'marked.xlsx');
    expect(again.answer.issues).toEqual(answer.issues);
    expect(again.answer.notices.map(({ code }) => code)).not.toContain('COLUMN_IGNORED');
  });

  it('of a text file is a report; what cannot be written is said, with the answer', () => {
    writeFileSync(place('bad.csv'), csvOf('reduction', [{ ...plainRows.reduction, reason: '77' }]));
    expect(check('reduction', 'bad.csv', '--marked', 'report.xlsx').status).toBe(1);
    expect(readFileSync(place('report.xlsx')).subarray(0, 2).toString()).toBe('PK');
    const failed = check('reduction', 'bad.csv', '--marked', 'no-folder/report.xlsx');
    expect(failed.status).toBe(2);
    expect(failed.answer).toMatchObject({ readable: true, issues: [{ code: 'REASON_UNKNOWN' }] });
    expect(failed.answer.reason).toMatch(/标注副本没有保存/);
    expect(existsSync(place('no-folder'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('a file that may not be read is told so', ({ skip }) => {
    if (process.getuid?.() === 0) {
      console.info('skipped: root may read every file');
      skip();
    }
    writeFileSync(place('closed.csv'), csvOf('reduction', [plainRows.reduction]));
    chmodSync(place('closed.csv'), 0);
    expect(check('reduction', 'closed.csv').answer.reason).toMatch(/没有权限/);
  });
});

describe('20,000 rows beside a roster and a queue of 20,000', () => {
  it('are answered in seconds', () => {
    const many = 20_000;
    const account = (i: number) => `9901${String(i).padStart(8, '0')}`;
    const id = (i: number) =>
      `9901009001${String(i).padStart(5, '0')}`.replace(/^(.{10})../, '$101');
    const people = Array.from({ length: many }, (_, i) => ({
      ...{ personalAccount: account(i), fundType: '10', name: '示例甲', idNumber: id(i) },
      ...{ base: '8000.00', unitRatio: 12 },
    }));
    const queue = people.map(({ personalAccount }) => ({
      kind: 'shortfallBackPay',
      entry: { fundType: '10', personalAccount, from: '202603', to: '202603' },
    }));
    const typed = { paidBase: '8000', dueBase: '9000', paidRatio: '12', dueRatio: '12' };
    const queued = queue.map(({ kind, entry }) => ({ kind, entry: { ...entry, ...typed } }));
    writeFileSync(
      place('large.json'),
      JSON.stringify({ ...checkContext, roster: people, queue: queued }),
    );
    const rows = people.map(({ personalAccount }) => ({
      ...plainRows.missedBackPay,
      personalAccount,
    }));
    writeFileSync(place('large.csv'), csvOf('missedBackPay', rows));
    const startedAt = performance.now();
    const { status, answer } = run([
      '--kind',
      'missedBackPay',
      '--context',
      'large.json',
      'large.csv',
    ]);
    const tookMs = performance.now() - startedAt;
    console.info(`checked ${many} rows in ${Math.round(tookMs)} ms`);
    expect(status).toBe(0);
    expect(answer.rows).toHaveLength(many);
    // each row against every other would take minutes
    expect(tookMs).toBeLessThan(LARGE_FILE_DEADLINE_MS);
  });
});
