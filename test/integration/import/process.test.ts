import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forkedHost } from '../../../electron/host/host-process.ts';
import { runImportJob } from '../../../electron/host/import-job.ts';
import { startImportProcess } from '../../../electron/import/run.ts';
import type { BatchRow } from '../../../shared/batch/rows.ts';
import { IMPORT_SLICE_ROWS } from '../../../shared/ipc/import.ts';
import { registrationCsv, registrationSheet } from '../../fixtures/import/registration-rows.ts';
import { workbookBytes } from '../../fixtures/import/workbook-bytes.ts';

const greedy = fileURLToPath(new URL('../../fixtures/import/greedy-process.ts', import.meta.url));
const CANCEL_AFTER_MS = 300;
const MANY = 1_234;

let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'import-process-'));
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

function write(name: string, bytes: Uint8Array | string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, bytes);
  return file;
}

async function read(file: string, signal?: AbortSignal) {
  const rows: BatchRow[] = [];
  const slices: number[] = [];
  const complaints: string[] = [];
  const result = await runImportJob(
    () => startImportProcess((text) => complaints.push(text)),
    (job) => job['import.read']({ path: file, kind: 'registration' }),
    {
      onRows: (slice) => {
        slices.push(slice.length);
        rows.push(...slice);
      },
      ...(signal && { signal }),
    },
  );
  return { result, rows, slices, complaints };
}

test('a file comes as rows in slices, then where its columns stand, and its own bytes', async () => {
  const bytes = workbookBytes({ sheets: [registrationSheet(MANY)] });
  const { result, rows, slices, complaints } = await read(write('many.xlsx', bytes));
  expect(complaints).toEqual([]);
  if (!result.ok) throw new Error(`${result.code} ${result.detail}`);
  expect(slices).toEqual([IMPORT_SLICE_ROWS, IMPORT_SLICE_ROWS, MANY - 2 * IMPORT_SLICE_ROWS]);
  expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: MANY }, (_, at) => at + 2));
  expect(rows[1]?.cells.base?.text).toBe('5001');
  expect(result.value.rowCount).toBe(MANY);
  expect(Buffer.from(result.value.bytes).equals(bytes)).toBe(true);
  expect(result.value.sheet).toMatchObject({
    sheet: '批量职工登记',
    format: 'xlsx',
    headingRow: 1,
    letters: { name: 'A', idNumber: 'B', base: 'C', ratio: 'D' },
  });
});

describe('a file that cannot be had', () => {
  const cases: readonly [string, () => string, string][] = [
    ['is not there', () => path.join(folder, 'absent.xlsx'), 'FILE_MISSING'],
    ['is a folder', () => folder, 'FILE_NOT_TABLE'],
    ['is empty', () => write('empty.xlsx', ''), 'FILE_EMPTY'],
    ['is what Excel keeps beside an open file', () => write('~$x.xlsx', 'x'), 'FILE_NOT_TABLE'],
    ['is larger than is read', () => sparse('large.xlsx', 31 << 20), 'FILE_TOO_LARGE'],
  ];
  test.each(cases)('%s', async (_, file, code) => {
    const { result, rows } = await read(file());
    expect(result).toMatchObject({ ok: false, code });
    expect(result.ok ? '' : result.detail).toMatch(/[\u4e00-\u9fff]/);
    expect(rows).toEqual([]);
  });

  test('may not be read', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('the superuser may read every file');
    const file = write('denied.csv', registrationCsv());
    fs.chmodSync(file, 0);
    expect((await read(file)).result).toMatchObject({ ok: false, code: 'FILE_DENIED' });
  });
});

function sparse(name: string, size: number): string {
  const file = write(name, '');
  fs.truncateSync(file, size);
  return file;
}

test('a template is made in a process as well', async () => {
  const made = await runImportJob(
    () => startImportProcess(() => undefined),
    (job) =>
      job['import.template']({
        kind: 'reduction',
        unitAccount: '9900000001',
        unitName: '示例有限公司',
        businessMonth: 202_608,
        fundTypes: ['10'],
        ratio: null,
        reasons: [{ code: '04', label: '调出' }],
      }),
  );
  if (!made.ok) throw new Error(`${made.code} ${made.detail}`);
  const file = write('reduction.xlsx', made.value.bytes);
  expect((await read(file)).result).toMatchObject({ ok: false, code: 'TEMPLATE_OTHER_KIND' });
});

test('the clerk can end a job that hangs', async () => {
  const pipe = path.join(folder, 'pipe.xlsx');
  const made = fork(greedy, ['makePipe', pipe]);
  await once(made, 'exit');
  const { result } = await read(pipe, AbortSignal.timeout(CANCEL_AFTER_MS));
  expect(result).toMatchObject({ ok: false, code: 'IMPORT_CANCELLED' });
});

test.each(['buffers', 'heap'])(
  'a process that takes too much memory (%s) is ended',
  async (what) => {
    const child = fork(greedy, [what], {
      serialization: 'advanced',
      execArgv: ['--max-old-space-size=4096'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const ended = once(child, 'exit');
    const result = await runImportJob(
      () => forkedHost(child),
      (job) => job['import.read']({ path: 'any', kind: 'registration' }),
    );
    expect(result).toMatchObject({ ok: false, code: 'FILE_STOPPED' });
    expect(await ended).toEqual([null, 'SIGKILL']);
  },
);
