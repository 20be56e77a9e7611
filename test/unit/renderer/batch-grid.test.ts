import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  cellName,
  computedText,
  shownColumns,
  stateOf,
} from '../../../renderer/screens/batch/batch-cells.ts';
import { editingCommand, walkingCommand } from '../../../renderer/screens/batch/cell-keys.ts';
import { GridDesk } from '../../../renderer/screens/batch/grid-desk.ts';
import { PAGE_ROWS, RowPages } from '../../../renderer/screens/batch/row-pages.ts';
import type { RowPage } from '../../../renderer/screens/batch/row-pages.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { BatchRowView } from '../../../shared/ipc/batches.ts';
import { raise } from '../../../shared/rules/issue.ts';
import { batchRowWith, batchWith } from './samples.ts';

const numbered = (seqs: readonly number[]) =>
  seqs.map((seq) => batchRowWith({ seq, row: seq + 1 }));
const slice = (rows: readonly BatchRowView[], offset: number, limit: number): Result<RowPage> =>
  succeed({ rows: rows.slice(offset, offset + limit), total: rows.length });

describe('the rows of a batch', () => {
  const all = numbered(Array.from({ length: 10_000 }, (_, at) => at + 1));

  it('are asked for a page at a time, each page once', async () => {
    const asked: number[] = [];
    const pages = new RowPages({
      ask: (offset, limit) => {
        asked.push(offset);
        return Promise.resolve(slice(all, offset, limit));
      },
      onChange: () => undefined,
    });
    await pages.reload();
    pages.need(5030, 5060);
    pages.need(5050, 5110);
    await vi.waitFor(() => {
      expect(pages.rowAt(5105)?.seq).toBe(5106);
    });
    expect(asked).toEqual([0, 5000, 5100]);
    expect(pages.total).toBe(10_000);
  });

  it('drops what an older question brings late, and shows the old rows until then', async () => {
    const waiting: ((answer: Result<RowPage>) => void)[] = [];
    const pages = new RowPages({
      ask: () => new Promise((resolve) => waiting.push(resolve)),
      onChange: () => undefined,
    });
    const first = pages.reload();
    const second = pages.reload();
    waiting[1]?.(succeed({ rows: numbered([7]), total: 1 }));
    waiting[0]?.(succeed({ rows: numbered([3]), total: 1 }));
    await Promise.all([first, second]);
    expect(pages.rowAt(0)?.seq).toBe(7);
    const third = pages.reload();
    expect(pages.rowAt(0)?.seq).toBe(7);
    waiting[2]?.(succeed({ rows: numbered([9]), total: 1 }));
    await third;
    expect(pages.rowAt(0)?.seq).toBe(9);
  });

  it('finds the place of any row in few questions, also where rows are left out', async () => {
    const odd = all.filter(({ seq }) => seq % 3 === 1);
    let asked = 0;
    const pages = new RowPages({
      ask: (offset, limit) => {
        asked += 1;
        return Promise.resolve(slice(odd, offset, limit));
      },
      onChange: () => undefined,
    });
    await pages.reload();
    for (const place of [0, 1, 99, 100, 1777, odd.length - 1]) {
      expect(await pages.locate(odd[place]?.seq ?? 0)).toBe(place);
    }
    expect(asked).toBeLessThan(6 * Math.ceil(Math.log2(odd.length / PAGE_ROWS)) + 6);
    expect(await pages.locate(5)).toBeUndefined();
  });

  it('tells a failure and asks again when the rows come into sight again', async () => {
    const answers = [fail('HOST_DIED'), slice(all, 0, PAGE_ROWS)];
    const pages = new RowPages({
      ask: () => Promise.resolve(answers.shift() ?? fail('INTERNAL')),
      onChange: () => undefined,
    });
    await pages.reload();
    expect(pages.failure?.code).toBe('HOST_DIED');
    pages.need(0, 20);
    await vi.waitFor(() => {
      expect(pages.rowAt(0)?.seq).toBe(1);
    });
    expect(pages.failure).toBeUndefined();
  });
});

describe('keys in the grid', () => {
  const press = (key: string, over: object = {}) => ({
    ...{ key, ctrlKey: false, shiftKey: false, altKey: false },
    ...over,
  });

  it('walk while nothing is typed; Tab leaves the grid', () => {
    expect(walkingCommand(press('ArrowDown'))).toEqual({ type: 'move', rows: 1, columns: 0 });
    expect(walkingCommand(press('End', { ctrlKey: true }))).toMatchObject({
      of: 'list',
      last: true,
    });
    expect(walkingCommand(press('F2'))).toEqual({ type: 'edit' });
    expect(walkingCommand(press('Tab'))).toBeUndefined();
    expect(walkingCommand(press('赵'))).toBeUndefined();
  });

  it('store and go on while typing; left and right stay in the text', () => {
    expect(editingCommand(press('Enter'))).toEqual({ type: 'store', rows: 1, columns: 0 });
    expect(editingCommand(press('Tab', { shiftKey: true }))).toEqual({
      type: 'store',
      rows: 0,
      columns: -1,
    });
    expect(editingCommand(press('Escape'))).toEqual({ type: 'abandon' });
    expect(editingCommand(press('ArrowLeft'))).toBeUndefined();
  });
});

describe('the cell in hand', () => {
  const rows = numbered([1, 2, 3, 4]);
  interface Asked {
    readonly seq: number;
    readonly offset: number;
    readonly limit: number;
  }
  const edits: Asked[] = [];

  beforeEach(() => {
    edits.length = 0;
    const invoke = (op: string, request: Asked) => {
      if (op === 'batches.rows') {
        return Promise.resolve(slice(rows, request.offset, request.limit));
      }
      edits.push(request);
      const row = batchRowWith({ seq: request.seq });
      return Promise.resolve(succeed({ row, batch: batchWith({ revision: 2 }) }));
    };
    vi.stubGlobal('window', { jiaocuntong: { invoke, on: () => () => undefined } });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  async function deskAtRest(): Promise<GridDesk> {
    const desk = new GridDesk(batchWith({ revision: 1 }));
    await vi.waitFor(() => {
      expect(desk.state.active).toBeDefined();
    });
    return desk;
  }

  it('begins at the first cell, and never leaves list or columns', async () => {
    const desk = await deskAtRest();
    expect(desk.state.active).toEqual({ index: 0, seq: 1, column: 'name' });
    desk.move(-1, -1);
    expect(desk.state.active).toMatchObject({ index: 0, column: 'name' });
    desk.move(100, 100);
    expect(desk.state.active).toMatchObject({ index: 3, seq: 4, column: 'monthlyTotal' });
  });

  it('goes to the cell an issue names', async () => {
    const desk = await deskAtRest();
    expect(await desk.jump(3, 'idNumber')).toBe(true);
    expect(desk.state.active).toEqual({ index: 2, seq: 3, column: 'idNumber' });
    expect(desk.state.focus).toBe(1);
  });

  it('is stored on Enter and put back on Escape', async () => {
    const desk = await deskAtRest();
    desk.type('王文');
    desk.store(1, 0);
    expect(desk.state.active).toMatchObject({ seq: 2, column: 'name' });
    expect(await desk.settle()).toBe(true);
    expect(edits).toEqual([{ id: batchWith({}).id, seq: 1, column: 'name', text: '王文' }]);
    desk.type('李');
    desk.abandon();
    await desk.settle();
    expect(edits.at(-1)).toMatchObject({ seq: 2, text: '赵一' });
  });

  it('sends nothing while an input method is at work, nor for a text that stays', async () => {
    const desk = await deskAtRest();
    desk.edit();
    desk.type('赵一w', true);
    expect(desk.state.editing?.text).toBe('赵一w');
    desk.type('赵一');
    desk.store(0, 0);
    await desk.settle();
    expect(edits).toEqual([]);
  });
});

describe('a row in words', () => {
  const issue = raise('error', 'ID_LENGTH', { field: 'idNumber', value: '1', rule: '' });
  const counter = raise('counter', 'NAME_TOO_LONG', { field: 'name', value: '1', rule: '' });
  const notice = raise('notice', 'CELL_TIDIED', { field: 'name', value: '1', rule: '' });

  it('says what stands against it first', () => {
    expect(stateOf(batchRowWith({ issues: [notice, counter, issue] }))).toBe('bad');
    expect(stateOf(batchRowWith({ issues: [notice, counter] }))).toBe('counter');
    expect(stateOf(batchRowWith({ issues: [notice], differences: ['姓名'] }))).toBe('differs');
    expect(stateOf(batchRowWith({ issues: [notice] }))).toBe('notice');
    expect(stateOf(batchRowWith({}))).toBe('good');
    expect(stateOf(batchRowWith({ isChecked: false, amounts: null }))).toBe('checking');
    expect(stateOf(batchRowWith({ issues: [issue], state: 'ordered' }))).toBe('ordered');
  });

  it('names cells as the spreadsheet program does', () => {
    expect(cellName(batchWith({}), 7, 'idNumber')).toBe('B7');
    expect(cellName(batchWith({}), 7, 'ratio')).toBe('7');
  });

  it('shows what the file has or the entry needs, and the total as computed', () => {
    const names = shownColumns(batchWith({})).map(({ name }) => name);
    expect(names).toEqual(['name', 'idNumber', 'base', 'monthlyTotal']);
    const amounts = { unitFen: 96_000, personalFen: 96_000, totalFen: 192_000 };
    const row = batchRowWith({ amounts });
    expect(computedText(row, 'registration', 'monthlyTotal')).toBe('1,920.00');
    expect(computedText(batchRowWith({ amounts: null }), 'registration', 'monthlyTotal')).toBe('');
  });
});
