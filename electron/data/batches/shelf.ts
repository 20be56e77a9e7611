import type { Database } from 'better-sqlite3';
import { batchSheetSchema } from '../../../shared/batch/rows.ts';
import type { BatchSheet } from '../../../shared/batch/rows.ts';
import type { EntryKind, FundType } from '../../../shared/wire/primitives.ts';
import type { UnitDatabase } from '../ports.ts';
import { HAS_TRACE } from '../orders/views.ts';

/** One batch without its rows. */
export interface StoredBatch {
  /** In the order of import; what the other tables call it. */
  readonly number: number;
  readonly id: string;
  readonly kind: EntryKind;
  readonly fundType: FundType;
  readonly name: string;
  readonly fileName: string;
  readonly state: 'reading' | 'ready';
  /** What the last check of all rows stood on; empty where there was none. */
  readonly basis: string;
  readonly revision: number;
  readonly importedAt: string;
}

export interface NewBatch extends Pick<StoredBatch, 'id' | 'kind' | 'fundType' | 'fileName'> {
  readonly user: string;
  readonly at: string;
}

/** Tables `batch`, `batch_file` and `batch_order`. What changes them is called inside a `write`. */
export class BatchShelf {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor({ handle }: UnitDatabase) {
    this.#statements = prepareStatements(handle);
  }

  add(batch: NewBatch): void {
    this.#statements.add.run({ ...batch });
  }

  find(id: string): StoredBatch | undefined {
    return this.#statements.find.get(id);
  }

  /** Newest first: with rows open or ordered, with orders of the month, or with results still due. */
  list(kind: EntryKind, businessMonth: number): StoredBatch[] {
    return this.#statements.list.all({ kind, businessMonth });
  }

  finish({ number }: StoredBatch, sheet: BatchSheet, bytes: Uint8Array): void {
    this.#statements.finish.run(JSON.stringify(sheet), number);
    this.#statements.keepFile.run(number, bytes);
  }

  sheet({ number }: StoredBatch): BatchSheet {
    return batchSheetSchema.parse(JSON.parse(this.#statements.sheet.get(number) ?? 'null'));
  }

  bytes({ number }: StoredBatch): Uint8Array | undefined {
    return this.#statements.bytes.get(number);
  }

  /** Only a batch that is still being read goes away. */
  drop({ number }: StoredBatch): void {
    this.#statements.dropRows.run(number);
    this.#statements.drop.run(number);
  }

  listUnread(): StoredBatch[] {
    return this.#statements.unread.all();
  }

  /** Files of batches that have no row with the clerk or under way: nothing is left to correct. */
  dropFiles(): void {
    this.#statements.dropFiles.run();
  }

  /** The same of one batch. */
  dropFile(number: number): void {
    this.#statements.dropFile.run({ number });
  }

  rename({ number }: StoredBatch, name: string): void {
    this.#statements.rename.run(name, number);
  }

  /** Something the window may show has changed. */
  touch(number: number): void {
    this.#statements.touch.run(number);
  }

  setBasis(number: number, basis: string): void {
    this.#statements.setBasis.run(basis, number);
  }

  addOrder(number: number, oid: string): void {
    this.#statements.addOrder.run(oid, number);
  }

  /** Oldest first. */
  oids({ number }: StoredBatch): string[] {
    return this.#statements.oids.all(number);
  }

  /** The batch an order was made of; undefined for one of single entries. */
  ofOrder(oid: string): StoredBatch | undefined {
    return this.#statements.ofOrder.get(oid);
  }
}

const COLUMNS = `number, id, kind, fund_type AS fundType, name, file_name AS fileName, state, basis,
  revision, imported_at AS importedAt`;

function prepareStatements(handle: Database) {
  return {
    add: handle.prepare(
      `INSERT INTO batch (id, kind, fund_type, name, file_name, state, user, imported_at)
       VALUES (@id, @kind, @fundType, @fileName, @fileName, 'reading', @user, @at)`,
    ),
    find: handle.prepare<[string], StoredBatch>(`SELECT ${COLUMNS} FROM batch WHERE id = ?`),
    list: handle.prepare<[{ kind: string; businessMonth: number }], StoredBatch>(
      `SELECT ${COLUMNS} FROM batch b WHERE kind = @kind AND state = 'ready' AND (
         EXISTS (SELECT 1 FROM batch_row r INDEXED BY batch_row_with_clerk
           WHERE r.batch = b.number AND r.state IN ('open', 'ordered'))
         OR EXISTS (SELECT 1 FROM batch_order m JOIN orders o ON o.oid = m.oid
           WHERE m.batch = b.number AND ${HAS_TRACE} AND (o.business_month = @businessMonth
             OR EXISTS (SELECT 1 FROM order_item i
               WHERE i.oid = o.oid AND i.state IN ('pending', 'processing')))))
       ORDER BY number DESC`,
    ),
    finish: handle.prepare<[string, number]>(
      "UPDATE batch SET state = 'ready', sheet = ? WHERE number = ?",
    ),
    keepFile: handle.prepare<[number, Uint8Array]>(
      'INSERT INTO batch_file (batch, bytes) VALUES (?, ?)',
    ),
    sheet: handle.prepare<[number], string>('SELECT sheet FROM batch WHERE number = ?').pluck(),
    bytes: handle
      .prepare<[number], Uint8Array>('SELECT bytes FROM batch_file WHERE batch = ?')
      .pluck(),
    dropRows: handle.prepare<[number]>('DELETE FROM batch_row WHERE batch = ?'),
    drop: handle.prepare<[number]>('DELETE FROM batch WHERE number = ?'),
    unread: handle.prepare<[], StoredBatch>(`SELECT ${COLUMNS} FROM batch WHERE state = 'reading'`),
    dropFiles: handle.prepare(
      `DELETE FROM batch_file WHERE NOT EXISTS (SELECT 1 FROM batch_row r INDEXED BY batch_row_with_clerk
         WHERE r.batch = batch_file.batch AND r.state IN ('open', 'ordered'))`,
    ),
    dropFile: handle.prepare<[{ number: number }]>(
      `DELETE FROM batch_file WHERE batch = @number AND NOT EXISTS (SELECT 1 FROM batch_row r INDEXED BY batch_row_with_clerk
         WHERE r.batch = @number AND r.state IN ('open', 'ordered'))`,
    ),
    rename: handle.prepare<[string, number]>('UPDATE batch SET name = ? WHERE number = ?'),
    touch: handle.prepare<[number]>('UPDATE batch SET revision = revision + 1 WHERE number = ?'),
    setBasis: handle.prepare<[string, number]>('UPDATE batch SET basis = ? WHERE number = ?'),
    addOrder: handle.prepare<[string, number]>(
      'INSERT INTO batch_order (oid, batch) VALUES (?, ?)',
    ),
    oids: handle
      .prepare<[number], string>(
        `SELECT o.oid FROM batch_order m JOIN orders o ON o.oid = m.oid
         WHERE m.batch = ? AND ${HAS_TRACE} ORDER BY o.created_at, o.oid`,
      )
      .pluck(),
    ofOrder: handle.prepare<[string], StoredBatch>(
      `SELECT ${COLUMNS} FROM batch
       WHERE number = (SELECT batch FROM batch_order WHERE oid = ?)`,
    ),
  };
}
