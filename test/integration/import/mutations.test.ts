import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { importExecArgv } from '../../../electron/host/import-job.ts';
import { readBatchBytes } from '../../../electron/import/reading.ts';
import { fileCodes } from '../../../shared/ipc/import.ts';
import { Chance, mutate } from '../../fixtures/import/mutation.ts';
import {
  registrationHeading,
  registrationRow,
  registrationSheet,
} from '../../fixtures/import/registration-rows.ts';
import {
  type CellSpec,
  type SheetSpec,
  workbookBytes,
  workbookParts,
} from '../../fixtures/import/workbook-bytes.ts';
import type { XlsRun } from '../../fixtures/import/xls-mutations.ts';
import { zipBytes } from '../../fixtures/import/zip-bytes.ts';

const seed = Number(process.env.JIAOCUNTONG_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`seed of the mutations: ${seed} (JIAOCUNTONG_SEED=${seed} repeats them)`);

const BYTE_RUNS = 1_000;
const CELL_RUNS = 500;
const XLS_RUNS = 500;
const XLS_STALL_MS = 10_000;
/** Damaged old workbooks the library does not end with; each is ended by the deadline of the job. */
const XLS_STALLED_MAX = XLS_RUNS / 50;
const MUTATIONS_DEADLINE_MS = 300_000;
const ROWS = 40;
const codes: readonly string[] = fileCodes;
const reads = (bytes: Uint8Array) => readBatchBytes(bytes, 'x.xlsx', 'registration');

function storedBytes(): Buffer {
  const parts = [...workbookParts({ sheets: [registrationSheet(ROWS)] })];
  return zipBytes(parts.map(([name, data]) => ({ name, data, isStored: true })));
}

async function rowsOf(bytes: Uint8Array): Promise<string[]> {
  const read = await reads(bytes);
  if (!read.ok) throw new Error(`${read.code} ${read.detail}`);
  return read.value.rows.map((row) => JSON.stringify(row));
}

test(
  'a workbook with changed bytes is refused, or its rows are those it had',
  async () => {
    const sources = [workbookBytes({ sheets: [registrationSheet(ROWS)] }), storedBytes()] as const;
    const whole = await rowsOf(sources[0]);
    expect(await rowsOf(sources[1])).toEqual(whole);
    const outcomes = new Map<string, number>();
    for (let run = 0; run < BYTE_RUNS; run += 1) {
      const chance = new Chance(seed + run);
      const read = await reads(mutate(chance.pick(sources), chance));
      const outcome = read.ok ? 'read' : read.code;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (read.ok)
        expect(
          read.value.rows.map((row) => JSON.stringify(row)),
          `run ${run}`,
        ).toEqual(whole);
      else {
        expect(codes, `run ${run}`).toContain(read.code);
        expect(read.detail, `run ${run}`).toMatch(/[\u4e00-\u9fff]/);
      }
    }
    console.log('bytes:', Object.fromEntries(outcomes));
    expect(outcomes.get('FILE_DAMAGED')).toBeGreaterThan(0);
    expect(outcomes.get('read')).toBeGreaterThan(0);
  },
  MUTATIONS_DEADLINE_MS,
);

test('every single digit of a cell that changes in the file itself is found by its check sum', async () => {
  const source = storedBytes();
  const at = source.indexOf('<v>5003</v>') + '<v>'.length;
  for (let digit = 0; digit < 4; digit += 1) {
    const changed = Buffer.from(source);
    changed[at + digit] = 0x39;
    expect(await reads(changed)).toMatchObject({ ok: false, code: 'FILE_DAMAGED' });
  }
  // the same change with the check sum made anew is a change of the cell, and seen
  const rows = registrationSheet(ROWS).rows.map((row, index) =>
    index === 4 ? [...row.slice(0, 2), 9003, ...row.slice(3)] : row,
  );
  const packed = workbookBytes({ sheets: [{ ...registrationSheet(), rows }] });
  const [before, after] = [await rowsOf(source), await rowsOf(packed)];
  expect(after.filter((row, index) => row !== before[index])).toHaveLength(1);
});

/** What a clerk or a program may put into any cell. */
const contents: readonly [CellSpec, ...CellSpec[]] = [
  { xml: '<c r="@" s="2"><v>0.12</v></c>' },
  { xml: '<c r="@"><f>A1</f></c>' },
  { xml: '<c r="@" t="e"><v>#N/A</v></c>' },
  { xml: '<c r="@" t="b"><v>1</v></c>' },
  { xml: '<c r="@" s="4"><v>45292</v></c>' },
  { xml: '<c r="@"><v>1.10101199003078E+17</v></c>' },
  null,
  '',
  '   ',
  "'123",
  '１２３\u200b',
  '\u202e\ufffd',
  '=1+1',
  '__proto__',
  '长'.repeat(1_000),
  -1,
  1e308,
];

test('a changed cell changes its own row and no other', async () => {
  const rows = Array.from({ length: ROWS }, (_, index) => registrationRow(index));
  const sheetOf = (list: SheetSpec['rows']) =>
    workbookBytes({ sheets: [{ name: '批量职工登记', rows: [registrationHeading, ...list] }] });
  const byRow = async (bytes: Uint8Array) => {
    const read = await reads(bytes);
    if (!read.ok) throw new Error(`${read.code} ${read.detail}`);
    return new Map(read.value.rows.map((row) => [row.row, JSON.stringify(row)]));
  };
  const whole = await byRow(sheetOf(rows));
  for (let run = 0; run < CELL_RUNS; run += 1) {
    const chance = new Chance(seed + run);
    const [row, column] = [chance.below(ROWS), chance.below(registrationHeading.length)];
    const content = chance.pick(contents);
    const changed = await byRow(
      sheetOf(
        rows.map((cells, index) =>
          index === row ? cells.map((cell, at) => (at === column ? content : cell)) : cells,
        ),
      ),
    );
    const differing = [...whole].filter(([at, text]) => changed.get(at) !== text);
    expect(
      differing.map(([at]) => at).filter((at) => at !== row + 2),
      `run ${run}`,
    ).toEqual([]);
    expect(changed.size, `run ${run}`).toBe(ROWS);
  }
});

test(
  'an old workbook with changed bytes is answered, or its process is ended',
  async () => {
    const outcomes = new Map<string, number>();
    const stalled: number[] = [];
    let first = 0;
    while (first < XLS_RUNS) {
      const { runs, end } = await runXls(first);
      for (const { outcome, detail } of runs) {
        if (outcome === 'begun') continue;
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        if (outcome === 'same' || outcome === 'changed') continue;
        expect(codes).toContain(outcome);
        expect(detail).toMatch(/[\u4e00-\u9fff]/);
      }
      const last = runs.at(-1);
      if (end === 'done') break;
      if (!last) throw new Error('the process ended before its first run');
      stalled.push(last.run);
      first = last.run + 1;
    }
    console.log('old workbooks:', Object.fromEntries(outcomes), 'ended:', stalled);
    expect(stalled.length).toBeLessThanOrEqual(XLS_STALLED_MAX);
    const answered = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
    expect(answered + stalled.length).toBe(XLS_RUNS);
  },
  MUTATIONS_DEADLINE_MS,
);

/** Runs until the end, a crash, or a run that takes too long. */
function runXls(first: number): Promise<{ runs: XlsRun[]; end: 'done' | 'ended' }> {
  const file = fileURLToPath(new URL('../../fixtures/import/xls-mutations.ts', import.meta.url));
  const child = fork(file, [String(seed), String(first), String(XLS_RUNS)], {
    execArgv: [...importExecArgv],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const runs: XlsRun[] = [];
  const kill = () => child.kill('SIGKILL');
  let stall = setTimeout(kill, XLS_STALL_MS);
  child.on('message', (message) => {
    runs.push(message as XlsRun);
    clearTimeout(stall);
    stall = setTimeout(kill, XLS_STALL_MS);
  });
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(stall);
      resolve({ runs, end: code === 0 ? 'done' : 'ended' });
    });
  });
}
