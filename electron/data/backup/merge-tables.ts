import type { Database, Statement } from 'better-sqlite3';

export type Row = Record<string, unknown>;

/**
 * What a restore does with each table. Whoever adds a table decides here; a test holds the list
 * against the schema.
 */
export const tablePlan = {
  parameters: 'merged: versions missing here',
  receipt: 'merged: each proven anew, then by number',
  orders: 'merged: those missing here, by oid',
  submission: 'merged: with its order',
  order_item: 'merged: with its order',
  draft: 'merged: those missing here, by id',
  draft_edit: 'merged: with its draft',
  batch: 'merged: those missing here, by id; one that was still being read does not come',
  batch_row: 'merged: with its batch; of one known here, bound to the orders that come',
  batch_edit: 'merged: with its batch',
  batch_file: 'merged: with its batch',
  batch_issue: 'merged: with its batch, what the centre said; the rest every check finds anew',
  batch_claim: 'left: every check finds it anew',
  batch_order: 'merged: with its order',
  order_event: 'merged: with its order, after the steps told here',
  start: 'left: of this installation',
  start_order: 'left: of this installation',
  draft_change: 'left: counts what changes here',
  receipt_head: 'merged: said by each receipt that comes',
  other_item: 'left: read again from the centre',
  result_cursor: 'turned back where orders came, so that their results are read again',
  unit: 'left: what is here is newer',
  meta: 'left: belongs to this installation',
  employee: 'left: the roster comes from the centre',
  employee_person: 'left: the roster comes from the centre',
  employee_gram: 'left: the roster comes from the centre',
  employee_column: 'left: the roster comes from the centre',
  month_figure: 'left: the centre gives the figure of any month again',
  month_line: 'left: with its figure',
  sync: 'left: what the syncs of this file changed',
  sync_change: 'left: with its sync',
  sync_draft: 'left: with its sync',
  notice_read: 'left: what was read is of this installation',
  audit: 'left: a chain of its own; the one here names its end',
} as const;

/** Reads rows as they are and writes them as they are, column by column. */
export class TableCopy {
  readonly #from: Database;
  readonly #to: Database;
  /** By their words: a batch has thousands of rows. */
  readonly #reading = new Map<string, Statement<unknown[], Row>>();
  readonly #writing = new Map<string, Statement<[Row]>>();

  constructor(from: Database, to: Database) {
    this.#from = from;
    this.#to = to;
  }

  /** `where`: a condition with one `?`. */
  read(table: keyof typeof tablePlan, where: string, value: unknown): Row[] {
    const sql = `SELECT * FROM ${table} WHERE ${where}`;
    const reading = this.#reading.get(sql) ?? this.#from.prepare<unknown[], Row>(sql);
    this.#reading.set(sql, reading);
    return reading.all(value);
  }

  readAll(table: keyof typeof tablePlan, order: string): Row[] {
    return this.#from.prepare<[], Row>(`SELECT * FROM ${table} ORDER BY ${order}`).all();
  }

  insert(table: keyof typeof tablePlan, row: Row): void {
    const columns = Object.keys(row);
    const values = columns.map((column) => `@${column}`).join(', ');
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values})`;
    const writing = this.#writing.get(sql) ?? this.#to.prepare<[Row]>(sql);
    this.#writing.set(sql, writing);
    writing.run(row);
  }
}
