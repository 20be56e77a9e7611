import type { Database } from 'better-sqlite3';

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
  result_cursor: 'turned back where orders came, so that their results are read again',
  unit: 'left: what is here is newer',
  meta: 'left: belongs to this installation',
  employee: 'left: the roster comes from the centre',
  employee_person: 'left: the roster comes from the centre',
  employee_gram: 'left: the roster comes from the centre',
  employee_column: 'left: the roster comes from the centre',
  notice_read: 'left: what was read is of this installation',
  audit: 'left: a chain of its own; the one here names its end',
} as const;

/** Reads rows as they are and writes them as they are, column by column. */
export class TableCopy {
  readonly #from: Database;
  readonly #to: Database;

  constructor(from: Database, to: Database) {
    this.#from = from;
    this.#to = to;
  }

  /** `where`: a condition with one `?`. */
  read(table: keyof typeof tablePlan, where: string, value: string): Row[] {
    return this.#from.prepare<[string], Row>(`SELECT * FROM ${table} WHERE ${where}`).all(value);
  }

  readAll(table: keyof typeof tablePlan, order: string): Row[] {
    return this.#from.prepare<[], Row>(`SELECT * FROM ${table} ORDER BY ${order}`).all();
  }

  insert(table: keyof typeof tablePlan, row: Row): void {
    const columns = Object.keys(row);
    const values = columns.map((column) => `@${column}`).join(', ');
    this.#to.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values})`).run(row);
  }
}
