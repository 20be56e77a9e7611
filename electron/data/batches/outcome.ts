import type { Database } from 'better-sqlite3';
import { batchColumns } from '../../../shared/batch/columns.ts';
import { WHOLE_ENTRY, type Issue } from '../../../shared/rules/issue.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { BatchContext, BatchReview } from './review.ts';
import type { StoredBatch } from './shelf.ts';

/** What becomes of the rows of an order. Inside a `write`. */
export class BatchOutcome {
  readonly #context: BatchContext;
  readonly #review: BatchReview;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(context: BatchContext, review: BatchReview) {
    this.#context = context;
    this.#review = review;
    this.#statements = prepareStatements(context.database.handle);
  }

  /** The order took no effect: its drafts are no more, its rows are open with what the centre said. */
  release(batch: StoredBatch, oid: string, found: ReadonlyMap<string, readonly Issue[]>): void {
    const { tables, audit, clock, changed } = this.#context;
    const { number, id, kind } = batch;
    this.#statements.removeDrafts.run({ oid, at: clock.now() });
    tables.rows.moveOfOrder(oid, { from: 'ordered', to: 'open' });
    const said: number[] = [];
    for (const [draftId, issues] of found) {
      const seq = tables.rows.seqOfDraft(draftId);
      if (seq === undefined) continue;
      const placed = issues.map((issue) => ({ ...issue, field: columnOf(kind, issue.field) }));
      tables.findings.put(number, seq, 'centre', placed);
      said.push(seq);
    }
    tables.findings.settleStandings(number, said);
    this.#review.invalidate(number);
    tables.shelf.touch(number);
    audit.record('batchReturned', { id, oid, said: said.length });
    changed('batches');
  }

  /** The order was applied; also when it had been given up here, and whatever became of its rows since. */
  settle({ number }: StoredBatch, oid: string): void {
    const { tables, clock, changed } = this.#context;
    // one that was removed passes the queue again, unless somebody else now stands in its place
    this.#statements.recallDrafts.run({ oid });
    this.#statements.settleDrafts.run({ oid, at: clock.now() });
    for (const from of ['ordered', 'open', 'removed'] as const) {
      tables.rows.moveOfOrder(oid, { from, to: 'settled' });
    }
    tables.findings.dropClosed(number);
    tables.shelf.dropFile(number);
    tables.shelf.touch(number);
    changed('batches');
  }
}

/** Names of an order's fields that are called otherwise in the columns. */
const columnsOfFields: Readonly<Record<string, string>> = {
  wage: 'base',
  unitRatio: 'ratio',
  personalRatio: 'ratio',
  paidWage: 'paidBase',
  dueWage: 'dueBase',
};

function columnOf(kind: EntryKind, field: string): string {
  const name = columnsOfFields[field] ?? field;
  return batchColumns[kind].some((column) => column.name === name) ? name : WHOLE_ENTRY;
}

const OF_ORDER = 'id IN (SELECT draft_id FROM order_item WHERE oid = @oid)';

function prepareStatements(handle: Database) {
  return {
    removeDrafts: handle.prepare<[{ oid: string; at: string }]>(
      `UPDATE draft SET state = 'removed', order_id = NULL, changed_at = @at
       WHERE order_id = @oid AND state = 'ordered'`,
    ),
    recallDrafts: handle.prepare<[{ oid: string }]>(
      `UPDATE OR IGNORE draft SET state = 'waiting' WHERE state = 'removed' AND ${OF_ORDER}`,
    ),
    settleDrafts: handle.prepare<[{ oid: string; at: string }]>(
      `UPDATE draft SET state = 'settled', order_id = @oid, changed_at = @at
       WHERE state IN ('waiting', 'ordered') AND ${OF_ORDER}`,
    ),
  };
}
