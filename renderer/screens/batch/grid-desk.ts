import type { ColumnName } from '../../../shared/batch/columns.ts';
import { succeed } from '../../../shared/errors/result.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { z } from 'zod';
import type { Batch, BatchRowView, batchFilterSchema } from '../../../shared/ipc/batches.ts';
import { ask } from '../../bridge.ts';
import { createStore } from '../../state/store.ts';
import { shownColumns } from './batch-cells.ts';
import { EditQueue } from './edit-queue.ts';
import type { FailedEdit } from './edit-queue.ts';
import { RowPages } from './row-pages.ts';

export type RowFilter = z.output<typeof batchFilterSchema>;

/** Where the clerk is in the grid. */
export interface ActiveCell {
  readonly index: number;
  readonly seq: number;
  readonly column: ColumnName;
}

export interface Editing {
  readonly seq: number;
  readonly column: ColumnName;
  /** To go back to with Escape. */
  readonly original: string;
  readonly text: string;
}

export interface DeskState {
  readonly batch: Batch;
  readonly filter: RowFilter;
  /** undefined before the first answer. */
  readonly total: number | undefined;
  readonly active: ActiveCell | undefined;
  readonly editing: Editing | undefined;
  readonly selected: ReadonlySet<number>;
  readonly failure: Failure | undefined;
  readonly failedEdit: FailedEdit | undefined;
  /** Rises when the grid is to take the focus. */
  readonly focus: number;
  /** Rises with everything else that is shown: rows, texts under way. */
  readonly drawn: number;
}

const EDIT_DELAY_MS = 350;
/** Rows asked for at a time where all are needed. */
const GATHER_ROWS = 500;

/** The grid of one batch: its filter, rows, the cell in hand, the selection and the edits. */
export class GridDesk {
  readonly #store;
  readonly use: () => DeskState;
  readonly #edits: EditQueue;
  #pages: RowPages;
  /** Set while a filter's first rows are awaited: the old ones are shown until then. */
  #next: RowPages | undefined;
  /** Others have changed rows while a cell was typed in. */
  #isStale = false;
  readonly columns: readonly ColumnName[];

  constructor(batch: Batch) {
    this.columns = shownColumns(batch).map(({ name }) => name);
    this.#pages = this.#pagesOf({ show: 'all', text: '' });
    this.#store = createStore<DeskState>({
      batch,
      filter: { show: 'all', text: '' },
      total: undefined,
      active: undefined,
      editing: undefined,
      selected: new Set(),
      failure: undefined,
      failedEdit: undefined,
      focus: 0,
      drawn: 0,
    });
    this.use = this.#store.use;
    this.#edits = new EditQueue({
      send: (edit) => ask('batches.edit', { id: batch.id, ...edit }),
      delayMs: EDIT_DELAY_MS,
      onAnswer: (answer) => {
        this.#isStale = true;
        this.#pages.put(answer.row);
        this.take(answer.batch);
      },
      onChange: () => {
        this.#draw();
        this.#catchUp();
      },
    });
    void this.#pages.reload();
  }

  get state(): DeskState {
    return this.#store.get();
  }

  rowAt(index: number): BatchRowView | undefined {
    return this.#pages.rowAt(index);
  }

  need(first: number, end: number): void {
    this.#pages.need(first, end);
  }

  /** What stands in a cell, the newest typed text first. */
  textOf(row: BatchRowView, column: ColumnName): string {
    return this.#edits.textOf(row.seq, column) ?? row.cells[column]?.text ?? '';
  }

  /** The newest text is not on the disk: nothing is told of what was found in an older one. */
  isChecking(seq: number, column: ColumnName): boolean {
    return this.#edits.textOf(seq, column) !== undefined;
  }

  /** The batch as last told; rows are read again when it has changed. */
  take(batch: Batch): void {
    const known = this.state.batch;
    if (batch.id !== known.id || batch.revision < known.revision) return;
    if (batch.revision > known.revision) this.#isStale = true;
    this.#set({ batch });
    this.#catchUp();
  }

  setFilter(filter: RowFilter): void {
    if (this.state.editing) this.store(0, 0);
    const pages = this.#pagesOf(filter);
    this.#next = pages;
    this.#set({ filter, selected: new Set() });
    void pages.reload();
  }

  /** Goes to a cell, past the filter where it leaves the row out. */
  async jump(seq: number, column: ColumnName | undefined): Promise<boolean> {
    if (this.state.editing) this.store(0, 0);
    let index = await this.#pages.locate(seq);
    if (index === undefined) {
      this.setFilter({ show: 'all', text: '' });
      const pages = this.#next;
      if (!pages) return false;
      await pages.reload();
      index = await pages.locate(seq);
    }
    if (index === undefined) return false;
    const known = column !== undefined && this.columns.includes(column) ? column : undefined;
    this.#activate(index, seq, known ?? this.columns[0]);
    this.focusGrid();
    return true;
  }

  /** The first thing that stands against the batch, in the order of the file. */
  async jumpToFirst(): Promise<void> {
    const { batch } = this.state;
    const answer = await ask('batches.issues', {
      id: batch.id,
      severities: ['error', 'counter'],
      offset: 0,
      limit: 1,
    });
    const issue = answer.ok ? answer.value.issues[0] : undefined;
    if (issue)
      await this.jump(
        issue.seq,
        this.columns.find((column) => column === issue.field),
      );
  }

  focusGrid(): void {
    this.#set({ focus: this.state.focus + 1 });
  }

  activate(index: number, column: ColumnName): void {
    const row = this.rowAt(index);
    if (!row) return;
    if (this.state.editing) this.store(0, 0);
    this.#activate(index, row.seq, column);
  }

  /** Moves the cell in hand; stays within the list and the columns. */
  move(rows: number, columns: number): void {
    const { active, total = 0 } = this.state;
    if (!active || total === 0) return;
    const at = this.columns.indexOf(active.column) + columns;
    const column = this.columns[Math.min(Math.max(at, 0), this.columns.length - 1)];
    const index = Math.min(Math.max(active.index + rows, 0), total - 1);
    const row = this.rowAt(index);
    // of a row still on its way the number is told once it is here
    this.#activate(index, row?.seq ?? 0, column);
  }

  edit(text?: string): void {
    const { active } = this.state;
    const row = active && this.rowAt(active.index);
    if (!active || row?.state !== 'open') return;
    const original = this.textOf(row, active.column);
    const { column } = active;
    this.#set({ editing: { seq: row.seq, column, original, text: text ?? original } });
    if (text !== undefined) this.type(text);
  }

  /** `isComposing`: an input method is at work, nothing is sent yet. */
  type(text: string, isComposing = false): void {
    const { editing } = this.state;
    if (!editing) {
      this.edit(text);
      return;
    }
    this.#set({ editing: { ...editing, text } });
    if (!isComposing) this.#send(editing, text);
  }

  /** Ends typing and keeps the text; then moves. */
  store(rows: number, columns: number): void {
    const { editing } = this.state;
    if (editing) {
      this.#send(editing, editing.text);
      this.#set({ editing: undefined });
      void this.#edits.flush();
    }
    if (rows !== 0 || columns !== 0) this.move(rows, columns);
    this.#catchUp();
  }

  /** Ends typing and puts back what stood there. */
  abandon(): void {
    const { editing } = this.state;
    if (!editing) return;
    this.#send(editing, editing.original);
    this.#set({ editing: undefined });
    void this.#edits.flush();
    this.#catchUp();
  }

  /** Everything typed is on the disk when this is true. */
  async settle(): Promise<boolean> {
    this.store(0, 0);
    return this.#edits.flush();
  }

  retryEdits(): void {
    void this.#edits.retry();
  }

  toggle(seq: number): void {
    const selected = new Set(this.state.selected);
    if (!selected.delete(seq)) selected.add(seq);
    this.#set({ selected });
  }

  clearSelection(): void {
    this.#set({ selected: new Set() });
  }

  /** All rows of the filter that can be removed, or restored. */
  async selectAll(): Promise<void> {
    const { batch, filter } = this.state;
    const seqs = await gatherSeqs(batch.id, filter);
    if (!seqs.ok) this.#set({ failure: seqs });
    else this.#set({ selected: new Set(seqs.value) });
  }

  /** Removes or restores; the value is what was done, for undoing it. */
  async change(
    op: 'batches.remove' | 'batches.restore',
    seqs: readonly number[],
  ): Promise<readonly number[]> {
    if (!(await this.settle())) return [];
    const answer = await ask(op, { id: this.state.batch.id, seqs: [...seqs] });
    if (!answer.ok) {
      this.#set({ failure: answer });
      return [];
    }
    this.#set({ selected: new Set(), failure: undefined });
    this.take(answer.value);
    return seqs;
  }

  #send({ seq, column }: Editing, text: string): void {
    const shown = this.#edits.textOf(seq, column) ?? this.#storedText(seq, column);
    if (text !== shown) this.#edits.type({ seq, column, text });
  }

  #storedText(seq: number, column: ColumnName): string | undefined {
    const { active } = this.state;
    const row = active && this.rowAt(active.index);
    return row?.seq === seq ? (row.cells[column]?.text ?? '') : undefined;
  }

  #activate(index: number, seq: number, column: ColumnName | undefined): void {
    if (column === undefined) return;
    this.#set({ active: { index, seq, column } });
  }

  #pagesOf(filter: RowFilter): RowPages {
    const pages: RowPages = new RowPages({
      ask: (offset, limit) =>
        ask('batches.rows', { id: this.state.batch.id, filter, offset, limit }),
      onChange: () => {
        this.#arrived(pages);
      },
    });
    return pages;
  }

  #arrived(pages: RowPages): void {
    if (pages === this.#next && pages.total !== undefined) {
      this.#pages = pages;
      this.#next = undefined;
      this.#set({ active: undefined });
    }
    const { failure, total } = pages;
    if (pages !== this.#pages) {
      this.#set({ failure });
      return;
    }
    this.#set({ total, failure });
    this.#follow();
    this.#draw();
  }

  /** The cell in hand stays with its row where the list has closed up, and within the list. */
  #follow(): void {
    const { active, total = 0 } = this.state;
    if (total === 0) {
      if (active) this.#set({ active: undefined });
      return;
    }
    const index = Math.min(active?.index ?? 0, total - 1);
    const row = this.rowAt(index);
    if (!row) return;
    if (active && active.seq !== 0 && active.seq !== row.seq) {
      for (const near of [index - 1, index + 1, index - 2, index + 2]) {
        if (this.rowAt(near)?.seq !== active.seq) continue;
        this.#activate(near, active.seq, active.column);
        return;
      }
    }
    this.#activate(index, row.seq, active?.column ?? this.columns[0]);
  }

  /** Rows others have changed are read again once nothing is typed. */
  #catchUp(): void {
    if (!this.#isStale || this.state.editing || !this.#edits.isIdle) return;
    this.#isStale = false;
    void this.#pages.reload();
    if (this.#next) void this.#next.reload();
  }

  #draw(): void {
    this.#set({ drawn: this.state.drawn + 1, failedEdit: this.#edits.failed });
  }

  #set(change: Partial<DeskState>): void {
    this.#store.set({ ...this.state, ...change });
  }
}

const desks = new Map<string, GridDesk>();

/** The desk of a batch stays as it is while something else is shown. */
export function deskOf(batch: Batch): GridDesk {
  const known = desks.get(batch.id);
  if (known) return known;
  const desk = new GridDesk(batch);
  desks.set(batch.id, desk);
  return desk;
}

/** Places of all rows of a filter; removed ones only where removed ones are shown. */
export async function gatherSeqs(
  id: string,
  filter: RowFilter,
): Promise<Result<readonly number[]>> {
  const seqs: number[] = [];
  const wanted = filter.show === 'removed' ? 'removed' : 'open';
  for (let offset = 0; ; offset += GATHER_ROWS) {
    const answer = await ask('batches.rows', { id, filter, offset, limit: GATHER_ROWS });
    if (!answer.ok) return answer;
    const { rows, total } = answer.value;
    for (const row of rows) if (row.state === wanted) seqs.push(row.seq);
    if (rows.length === 0 || offset + rows.length >= total) return succeed(seqs);
  }
}
