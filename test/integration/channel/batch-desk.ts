import { randomUUID } from 'node:crypto';
import type { ColumnName } from '../../../shared/batch/columns.ts';
import { batchColumns, columnLetters } from '../../../shared/batch/columns.ts';
import type { BatchRow, BatchSheet } from '../../../shared/batch/rows.ts';
import type { Batch, BatchRowView } from '../../../shared/ipc/batches.ts';
import { IMPORT_SLICE_ROWS } from '../../../shared/ipc/import.ts';
import { checkCharacter } from '../../../shared/rules/identity.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import type { Clerk } from './clerk.ts';
import { valueOf } from './clerk.ts';

export type Cells = Partial<Record<ColumnName, string>>;

/** The file's bytes; what is in them does not matter to the data host. */
export const FILE_BYTES = new Uint8Array(Buffer.from('a workbook'));

/** Where a template has its columns. */
export function sheetOf(kind: EntryKind): BatchSheet {
  const columns = batchColumns[kind];
  return {
    ...{ sheet: '示例', format: 'xlsx', headingRow: 1, notices: [] },
    letters: Object.fromEntries(columns.map(({ name }, i) => [name, columnLetters(i + 1)])),
    headings: Object.fromEntries(columns.map(({ name, heading }) => [name, heading])),
  };
}

export function rowsOf(cells: readonly Cells[]): BatchRow[] {
  return cells.map((row, index) => ({
    row: index + 2,
    cells: Object.fromEntries(
      Object.entries(row).map(([column, text]) => [column, { text, remarks: [] }]),
    ),
    remarks: [],
  }));
}

/** Someone whom nobody has registered; `number` from 0 to 99,999. */
export function newcomer(number: number, change: Cells = {}): Cells {
  const day = 1 + (number % 28);
  const order = String(Math.floor(number / 28) % 1000).padStart(3, '0');
  const year = 1950 + Math.floor(number / 28_000);
  const digits = `990102${year}01${String(day).padStart(2, '0')}${order}`;
  return { name: '示例新人', idNumber: digits + checkCharacter(digits), base: '8000', ...change };
}

export function leaver({ personalAccount, name, idNumber }: RosterRow, change: Cells = {}): Cells {
  return { fundType: '10', personalAccount, name, idNumber, reason: '02', ...change };
}

/** A clerk's work with batches, called as main and window would call it. */
export class BatchDesk {
  readonly #clerk: Clerk;

  constructor(clerk: Clerk) {
    this.#clerk = clerk;
  }

  get handlers() {
    return this.#clerk.host.handlers;
  }

  async begin(kind: EntryKind, rows: readonly BatchRow[], id: string = randomUUID()) {
    const file = { fundType: '10', fileName: '示例.xlsx' } as const;
    valueOf(await this.handlers['batches.begin']({ id, kind, ...file }));
    for (let i = 0; i < rows.length; i += IMPORT_SLICE_ROWS) {
      const slice = rows.slice(i, i + IMPORT_SLICE_ROWS);
      valueOf(await this.handlers['batches.append']({ id, rows: slice }));
    }
    return id;
  }

  async bringIn(kind: EntryKind, cells: readonly Cells[], id?: string): Promise<Batch> {
    const begun = await this.begin(kind, rowsOf(cells), id);
    return this.finish(kind, begun);
  }

  async finish(kind: EntryKind, id: string, templateUnit?: string): Promise<Batch> {
    const mark = templateUnit === undefined ? {} : { templateUnit };
    const whole = { id, sheet: { ...sheetOf(kind), ...mark }, bytes: FILE_BYTES };
    return valueOf(await this.handlers['batches.finish'](whole));
  }

  async list(kind: EntryKind): Promise<Batch[]> {
    return valueOf(await this.handlers['batches.list']({ kind })).batches;
  }

  async find(kind: EntryKind, id: string): Promise<Batch> {
    const found = (await this.list(kind)).find((batch) => batch.id === id);
    if (!found) throw new Error(`batch ${id} is not listed`);
    return found;
  }

  async recheck(id: string): Promise<Batch> {
    return valueOf(await this.handlers['batches.recheck']({ id }));
  }

  async rows(id: string, show: 'all' | 'issues' | 'removed' = 'all'): Promise<BatchRowView[]> {
    const page = { offset: 0, limit: 500 };
    const filter = { show, text: '' };
    return valueOf(await this.handlers['batches.rows']({ id, filter, ...page })).rows;
  }

  /** Codes of what stands against the rows or is said of them, by row of the file. */
  async codes(id: string): Promise<[row: number, ...codes: string[]][]> {
    const rows = await this.rows(id);
    return rows.map(({ row, issues }) => [row, ...issues.map(({ code }) => code)]);
  }

  async issues(id: string) {
    const all = ['error', 'notice', 'counter'] as const;
    const query = { id, severities: [...all], offset: 0, limit: 500 };
    return valueOf(await this.handlers['batches.issues'](query));
  }

  async edit(id: string, seq: number, column: ColumnName, text: string) {
    return valueOf(await this.handlers['batches.edit']({ id, seq, column, text }));
  }

  /** As the window sends: with the figures it shows. */
  send(
    batch: Batch,
    change: Partial<Parameters<Clerk['host']['handlers']['batches.send']>[0]> = {},
  ) {
    return this.handlers['batches.send']({
      ...{ id: batch.id, which: 'all', differing: batch.differing, waitForOpening: false },
      expected: { count: batch.good, fen: batch.goodFen },
      ...change,
    });
  }
}
