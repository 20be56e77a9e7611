import type { Database } from 'better-sqlite3';
import { Findings } from '../batches/findings.ts';
import { BatchShelf } from '../batches/shelf.ts';
import type { UnitDatabase } from '../ports.ts';
import type { Row, TableCopy } from './merge-tables.ts';

/** States of an order whose rows are not the clerk's. */
const UNDER_WAY: readonly unknown[] = ['draft', 'signed', 'sent'];

/** What a check has made of a row: made anew where the row is with the clerk. */
const UNCHECKED = {
  ...{ standing: null, noticed: 0, differing: 0, differences: '[]' },
  ...{ unit_fen: null, personal_fen: null, total_fen: null },
  ...{ typed: null, figures: null, item: null, roster_name: '', roster_id_number: '' },
};

/**
 * Batches of a backup. One missing here comes whole, after those that are here, and is checked
 * anew; one known here stays as it is, and an order of it that comes binds the rows that are still
 * the clerk's. Inside the `write` of the merge.
 */
export class BatchMerge {
  readonly #copy: TableCopy;
  readonly #shelf: BatchShelf;
  readonly #findings: Findings;
  readonly #statements: ReturnType<typeof prepareStatements>;
  readonly #ofBackup: ReturnType<typeof prepareOfBackup>;
  /** Numbers here of those that came. */
  readonly #came = new Set<number>();

  constructor(database: UnitDatabase, backup: Database, copy: TableCopy) {
    this.#copy = copy;
    this.#shelf = new BatchShelf(database);
    this.#findings = new Findings(database);
    this.#statements = prepareStatements(database.handle);
    this.#ofBackup = prepareOfBackup(backup);
  }

  /** Once orders and drafts are here. A batch that was not read to its end does not come. */
  addBatches(): void {
    for (const batch of this.#copy.readAll('batch', 'number')) {
      if (batch.state !== 'ready' || this.#shelf.find(String(batch.id))) continue;
      this.#came.add(this.#add(batch));
    }
  }

  /**
   * Of which batch an order that came was made. Rows of a batch known here that the clerk still has
   * are the order's again where it is under way; where it was given up or is decided they only
   * bear its drafts, by which a receipt finds them.
   */
  addOrder(oid: string, state: string): void {
    const id = this.#ofBackup.batchOf.get(oid);
    const batch = id === undefined ? undefined : this.#shelf.find(id);
    if (!batch) return;
    this.#shelf.addOrder(batch.number, oid);
    if (this.#came.has(batch.number)) return;
    for (const { seq, draftId } of this.#ofBackup.rowsOf.all(oid)) {
      const place = { batch: batch.number, seq, draftId };
      if (state === 'signed' || state === 'sent') this.#statements.bind.run(place);
      if (state !== 'rejected' && state !== 'void') this.#statements.name.run(place);
    }
    this.#findings.dropClosed(batch.number);
    this.#shelf.touch(batch.number);
  }

  report(): { batches: number; batchRows: number } {
    const rows = [...this.#came].map((number) => this.#statements.countOpen.get(number) ?? 0);
    return { batches: this.#came.size, batchRows: rows.reduce((sum, count) => sum + count, 0) };
  }

  #add({ number: theirs, state, sheet, ...batch }: Row): number {
    const unread = { ...batch, state: 'reading', sheet: null, basis: '' };
    this.#copy.insert('batch', unread);
    const added = this.#shelf.find(String(batch.id));
    if (!added) throw new Error(`batch ${String(batch.id)} did not come`);
    const { number } = added;
    const ofIt = (table: 'batch_row' | 'batch_edit' | 'batch_file') =>
      this.#copy.read(table, 'batch = ?', theirs).map((row): Row => ({ ...row, batch: number }));
    const orders = new Map(this.#ofBackup.ordersOf.all(theirs).map(({ seq, oid }) => [seq, oid]));
    for (const row of ofIt('batch_row')) {
      this.#copy.insert('batch_row', this.#placed(row, orders.get(Number(row.seq))));
    }
    for (const edit of ofIt('batch_edit')) this.#copy.insert('batch_edit', edit);
    this.#statements.finish.run({ number, state, sheet });
    for (const file of ofIt('batch_file')) this.#copy.insert('batch_file', file);
    for (const said of this.#ofBackup.saidOf.all(theirs)) {
      const isOpen = this.#statements.isOpen.get(number, said.seq) !== undefined;
      if (isOpen) this.#copy.insert('batch_issue', { ...said, batch: number });
    }
    return number;
  }

  /** In an order under way, or with the clerk: also where the order came as given up. */
  #placed(row: Row, oid: string | undefined): Row {
    const placed = { ...row, verdict: '' };
    if (row.state !== 'open' && row.state !== 'ordered') return placed;
    const order = oid === undefined ? undefined : this.#statements.stateOf.get(oid);
    if (row.state === 'ordered' && UNDER_WAY.includes(order)) return placed;
    return { ...placed, ...UNCHECKED, state: 'open' };
  }
}

function prepareOfBackup(handle: Database) {
  return {
    batchOf: handle
      .prepare<[string], string>(
        'SELECT b.id FROM batch_order m JOIN batch b ON b.number = m.batch WHERE m.oid = ?',
      )
      .pluck(),
    /** Those whose last order it was. */
    rowsOf: handle.prepare<[string], { seq: number; draftId: string }>(
      `SELECT r.seq, r.draft_id AS draftId FROM order_item i
       JOIN batch_row r ON r.draft_id = i.draft_id WHERE i.oid = ?`,
    ),
    /** The last order of each row that was in one. */
    ordersOf: handle.prepare<[unknown], { seq: number; oid: string }>(
      `SELECT r.seq, i.oid FROM batch_order m JOIN order_item i ON i.oid = m.oid
       JOIN batch_row r ON r.draft_id = i.draft_id WHERE m.batch = ?`,
    ),
    /** What the centre said at the last sending; the rest every check finds anew. */
    saidOf: handle.prepare<[unknown], Row>(
      'SELECT * FROM batch_issue WHERE batch = ? AND source = 3',
    ),
  };
}

function prepareStatements(handle: Database) {
  return {
    finish: handle.prepare<[Row]>(
      'UPDATE batch SET state = @state, sheet = @sheet WHERE number = @number',
    ),
    bind: handle.prepare<[{ batch: number; seq: number; draftId: string }]>(
      `UPDATE batch_row SET state = 'ordered', draft_id = @draftId, verdict = ''
       WHERE batch = @batch AND seq = @seq AND state = 'open'`,
    ),
    name: handle.prepare<[{ batch: number; seq: number; draftId: string }]>(
      `UPDATE batch_row SET draft_id = @draftId
       WHERE batch = @batch AND seq = @seq AND state IN ('open', 'removed')`,
    ),
    stateOf: handle.prepare<[string], string>('SELECT state FROM orders WHERE oid = ?').pluck(),
    isOpen: handle.prepare<[number, unknown]>(
      "SELECT 1 FROM batch_row WHERE batch = ? AND seq = ? AND state = 'open'",
    ),
    countOpen: handle
      .prepare<[number], number>(
        "SELECT count(*) FROM batch_row WHERE batch = ? AND state = 'open'",
      )
      .pluck(),
  };
}
