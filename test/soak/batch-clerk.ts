import { v7 as newId } from 'uuid';
import { entryOfRow } from '../../electron/data/batches/row-entry.ts';
import type { SeededRandom } from '../../electron/demo/people/random.ts';
import type { Result } from '../../shared/errors/result.ts';
import type { BatchRowView } from '../../shared/ipc/batches.ts';
import type { Order } from '../../shared/ipc/data.ts';
import type { EntryTyped } from '../../shared/rules/entry.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import {
  correctedColumn,
  correctedText,
  isGood,
  isOpen,
  rowOf,
  sheetOf,
  spoil,
} from './batch-rows.ts';
import { type Clerk, isRefusal, type Told } from './clerk.ts';
import { type Entry, type EntryBook, fenOf } from './entries.ts';
import type { Typist } from './typing.ts';

const IMPORTS_MAX = 3;
const SPOILT_SHARE = 0.06;
const RENAMED_SHARE = 0.04;
const EDIT_SHARE = 0.15;
const REMOVAL_SHARE = 0.12;
const UNDO_SHARE = 0.6;
const MENDED_SHARE = 0.4;
const ROWS_MAX = 500;
const SLICE_ROWS = 8;
/** What is in the file does not matter to the data host. */
const FILE_BYTES = new Uint8Array(Buffer.from('a workbook'));

/** A batch as the clerk sees it in the grid. */
export interface SeenBatch {
  readonly id: string;
  readonly kind: EntryKind;
  readonly rows: readonly BatchRowView[];
}

/** One clerk's work with batches: brings files in, edits, removes and restores rows, and sends them. */
export class BatchClerk {
  readonly #clerk: Clerk;
  readonly #book: EntryBook;
  readonly #typist: Typist;
  readonly #random: SeededRandom;
  /** Those that may still have rows to send. */
  readonly #open = new Map<string, EntryKind>();
  readonly #done = new Map<string, EntryKind>();

  constructor(clerk: Clerk, book: EntryBook, typist: Typist, random: SeededRandom) {
    this.#clerk = clerk;
    this.#book = book;
    this.#typist = typist;
    this.#random = random;
  }

  get #client() {
    return this.#clerk.pc.client;
  }

  /** An older file was put back: what was done may be open again. */
  reopen(): void {
    for (const [id, kind] of this.#done) this.#open.set(id, kind);
    this.#done.clear();
  }

  /**
   * 从Excel导入, as main does it after the import job. What breaks off is brought in again under
   * another id; nothing of it may be left. `between` comes after the rows and before the end.
   */
  async bringIn(kind: EntryKind, count: number, told: Told, between?: () => void): Promise<void> {
    const typed = this.#typeRows(kind, count);
    if (typed.length === 0) return;
    for (let tries = 0; tries < IMPORTS_MAX; tries += 1) {
      const id = newId();
      const entries = typed.map((each, at) => {
        const row = { batch: id, seq: at + 1 };
        return this.#book.begin(entryOfRow(id, row.seq), this.#clerk.pc.name, each, row);
      });
      const read = await this.#read(id, kind, typed, tries === 0 ? between : undefined);
      if (read.ok || (await this.#isListed(id, kind, told))) {
        for (const entry of entries) entry.isStored = true;
        this.#open.set(id, kind);
        await this.see(id);
        return;
      }
      for (const entry of entries) entry.isAbandoned = true;
      told.failures.push(read);
      if (isRefusal(read)) return;
    }
  }

  /** A batch of the kind with rows to send; undefined without one. */
  async pick(kind: EntryKind): Promise<SeenBatch | undefined> {
    for (const [id, each] of this.#open) {
      if (each !== kind) continue;
      const seen = await this.see(id);
      if (seen?.rows.some(isGood)) return seen;
    }
    return undefined;
  }

  /** What the grid shows, remembered as what the clerk agrees to; undefined where it is not to be had. */
  async see(id: string): Promise<SeenBatch | undefined> {
    const kind = this.#open.get(id);
    if (kind === undefined) return undefined;
    const filter = { show: 'all', text: '' } as const;
    const page = await this.#client['batches.rows']({ id, filter, offset: 0, limit: ROWS_MAX });
    if (!page.ok) {
      // after an older file was put back
      if (page.code === 'NO_RECORD') this.#open.delete(id);
      return undefined;
    }
    const { rows } = page.value;
    for (const row of rows) if (isOpen(row)) this.#remember(id, kind, row);
    if (rows.every(({ state }) => state === 'settled')) {
      this.#open.delete(id);
      this.#done.set(id, kind);
    }
    return { id, kind, rows };
  }

  /** Edits a row; removes some, and brings most of them back. */
  async changeMind(batch: SeenBatch, told: Told): Promise<void> {
    const open = batch.rows.filter(isOpen);
    const [first] = open;
    if (first && this.#random.chance(EDIT_SHARE)) await this.edit(batch, first, told);
    if (!this.#random.chance(REMOVAL_SHARE)) return;
    const gone = open.slice(-this.#random.whole(1, 3)).map(({ seq }) => seq);
    if (gone.length === 0) return;
    await this.remove(batch, gone, told);
    if (this.#random.chance(UNDO_SHARE)) await this.#restore(batch, gone, told);
  }

  /** Rows that may not be sent are corrected, or removed. */
  async mend(batch: SeenBatch, told: Told): Promise<void> {
    const bad = batch.rows.filter((row) => isOpen(row) && row.isChecked && !isGood(row));
    const gone: number[] = [];
    for (const row of bad) {
      if (this.#random.chance(MENDED_SHARE)) await this.edit(batch, row, told);
      else gone.push(row.seq);
    }
    if (gone.length > 0) await this.remove(batch, gone, told);
  }

  /** The same in every batch that is open. */
  async tidy(told: Told): Promise<void> {
    for (const id of [...this.#open.keys()]) {
      const seen = await this.see(id);
      if (seen) await this.mend(seen, told);
    }
  }

  async edit({ id, kind }: SeenBatch, { seq }: BatchRowView, told: Told): Promise<void> {
    const entry = this.#entry(id, seq);
    const last = entry.versions.at(-1);
    if (!last) throw new Error(`row ${seq} of ${id} was never typed`);
    const typed = this.#typist.retype(last.typed);
    this.#book.type(entry, typed);
    const change = { id, seq, column: correctedColumn[kind], text: correctedText(typed) };
    const edited = await this.#clerk.insist(told, () => this.#client['batches.edit'](change));
    if (edited) this.#remember(id, kind, edited.row);
  }

  async remove({ id }: SeenBatch, seqs: readonly number[], told: Told): Promise<void> {
    const entries = seqs.map((seq) => this.#entry(id, seq));
    for (const entry of entries) {
      this.#book.touch(entry);
      if (entry.removal === 'none') entry.removal = 'asked';
    }
    const gone = { id, seqs: [...seqs] };
    const removed = await this.#clerk.insist(told, () => this.#client['batches.remove'](gone));
    if (removed) for (const entry of entries) entry.removal = 'done';
  }

  /** 批量发送 with the figures that the grid shows: all of it, or the good rows where some are not. */
  async send({ id, rows }: SeenBatch): Promise<Result<Order>> {
    const good = rows.filter(isGood);
    for (const { seq } of good) this.#book.touch(this.#entry(id, seq));
    const isWhole = rows.filter(isOpen).length === good.length;
    return this.#client['batches.send']({
      ...{ id, which: isWhole ? 'all' : 'good', waitForOpening: false },
      differing: good.filter(({ differences }) => differences.length > 0).length,
      expected: {
        count: good.length,
        fen: good.reduce((sum, { amounts }) => sum + (amounts?.totalFen ?? 0), 0),
      },
    });
  }

  #typeRows(kind: EntryKind, count: number): EntryTyped[] {
    return Array.from({ length: count }, () => {
      const typed = this.#typist.type(kind, this.#clerk.roster);
      return typed && this.#random.chance(SPOILT_SHARE) ? spoil(typed) : typed;
    }).filter((typed) => typed !== undefined);
  }

  async #read(
    id: string,
    kind: EntryKind,
    typed: readonly EntryTyped[],
    between: (() => void) | undefined,
  ): Promise<Result<unknown>> {
    const { roster } = this.#clerk;
    const rows = typed.map((each, at) => this.#misname(rowOf(each, roster, at)));
    const file = { fundType: '10', fileName: '示例.xlsx' } as const;
    const begun = await this.#client['batches.begin']({ id, kind, ...file });
    if (!begun.ok) return begun;
    for (let at = 0; at < rows.length; at += SLICE_ROWS) {
      const slice = { id, rows: rows.slice(at, at + SLICE_ROWS) };
      const appended = await this.#client['batches.append'](slice);
      if (!appended.ok) return appended;
    }
    between?.();
    return this.#client['batches.finish']({ id, sheet: sheetOf(kind), bytes: FILE_BYTES });
  }

  /** Now and then a name that is not the roster's: 核对结果, and the clerk agrees to it. */
  #misname(row: ReturnType<typeof rowOf>): ReturnType<typeof rowOf> {
    const { name } = row.cells;
    if (!name || !this.#random.chance(RENAMED_SHARE)) return row;
    return { ...row, cells: { ...row.cells, name: { ...name, text: `${name.text}氏` } } };
  }

  /** The end of the reading was not heard of: what is listed is there. */
  async #isListed(id: string, kind: EntryKind, told: Told): Promise<boolean> {
    await this.#client['batches.drop']({ id });
    await this.#clerk.pc.up();
    const listed = await this.#clerk.insist(told, () => this.#client['batches.list']({ kind }));
    if (!listed) throw new Error(`${this.#clerk.pc.name} does not list its batches`);
    return listed.batches.some((batch) => batch.id === id);
  }

  async #restore({ id }: SeenBatch, seqs: readonly number[], told: Told): Promise<void> {
    for (const seq of seqs) {
      const entry = this.#entry(id, seq);
      this.#book.touch(entry);
      entry.removal = 'asked';
    }
    const back = { id, seqs: [...seqs] };
    await this.#clerk.insist(told, () => this.#client['batches.restore'](back));
  }

  #remember(id: string, kind: EntryKind, { seq, amounts, cells }: BatchRowView): void {
    if (!amounts) return;
    const text = cells[correctedColumn[kind]]?.text ?? '';
    const tag = kind === 'reduction' ? null : fenOf(text);
    this.#book.shown(this.#entry(id, seq), tag, amounts.totalFen);
  }

  #entry(id: string, seq: number): Entry {
    const entry = this.#book.entries.get(entryOfRow(id, seq));
    if (!entry) throw new Error(`row ${seq} of batch ${id} was never brought in`);
    return entry;
  }
}
