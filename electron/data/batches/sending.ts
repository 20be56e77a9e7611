import type { Database } from 'better-sqlite3';
import { SqliteError } from 'better-sqlite3';
import { v7 as newId } from 'uuid';
import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import type { RequestOf } from '../../../shared/ipc/contract.ts';
import type { dataContract } from '../../../shared/ipc/data.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import { raise, WHOLE_ENTRY, type Issue } from '../../../shared/rules/issue.ts';
import type { ItemContent, OrderLine, OrderSource } from '../ports.ts';
import type { DraftRows } from '../queue/draft-rows.ts';
import type { Figures } from '../queue/figures.ts';
import type { BatchContext, BatchReview } from './review.ts';
import { entryOfRow } from './row-entry.ts';
import type { StoredBatch } from './shelf.ts';

type SendRequest = RequestOf<typeof dataContract, 'batches.send'>;

interface ReadyRow {
  readonly seq: number;
  readonly totalFen: number;
  readonly differing: 0 | 1;
  readonly typed: string;
  readonly figures: string;
  readonly item: string;
  readonly issues: string;
}

export interface SendingContext extends BatchContext {
  readonly drafts: DraftRows;
}

/** 批量发送: good rows of a batch become the drafts of an order, all of them in its transaction. */
export class BatchSending {
  readonly #context: SendingContext;
  readonly #review: BatchReview;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(context: SendingContext, review: BatchReview) {
    this.#context = context;
    this.#review = review;
    this.#statements = prepareStatements(context.database.handle);
  }

  /** NO_RECORD for a batch that is not here. */
  source(request: SendRequest): Result<OrderSource> {
    const batch = this.#find(request.id);
    if (!batch) return fail('NO_RECORD', request.id);
    const attempt: Attempt = { taken: [], clash: null };
    return succeed({
      kind: batch.kind,
      origin: 'batch',
      prepare: () => this.#review.refresh(request.id),
      take: () => this.#take(request, attempt),
      ordered: (oid) => {
        this.#bind(request.id, oid, attempt);
      },
      explain: (failure) => this.#explain(request.id, attempt, failure),
    });
  }

  #take(request: SendRequest, attempt: Attempt): Result<readonly OrderLine[]> {
    const { id, which, expected, differing } = request;
    const batch = this.#find(id);
    if (!batch) return fail('NO_RECORD', id);
    if (!this.#review.isFresh(batch)) return fail('TOTALS_CHANGED', 'changed under the check');
    const kept = this.#statements.countKept.get(batch.number) ?? 0;
    if (which === 'all' && kept > 0) return fail('BATCH_HAS_ISSUES', `${kept} rows`);
    const rows = this.#statements.ready.all(batch.number);
    const fen = rows.reduce((sum, { totalFen }) => sum + totalFen, 0);
    // nothing is no order, also where nothing was expected
    if (rows.length === 0 || rows.length !== expected.count || fen !== expected.fen) {
      return fail('TOTALS_CHANGED', `${rows.length} of ${expected.count}`);
    }
    const found = rows.filter((row) => row.differing === 1).length;
    if (found !== differing) return fail('DIFFERENCES_UNCONFIRMED', `${found} rows`);
    return this.#makeDrafts(batch, rows, attempt);
  }

  #makeDrafts(
    batch: StoredBatch,
    rows: readonly ReadyRow[],
    attempt: Attempt,
  ): Result<readonly OrderLine[]> {
    const { drafts, user, clock } = this.#context;
    const parameterVersion = this.#context.parameters()?.version ?? 0;
    const at = clock.now();
    attempt.taken = [];
    const lines: OrderLine[] = [];
    for (const row of rows) {
      const draftId = newId();
      const content = {
        typed: JSON.parse(row.typed) as EntryTyped,
        figures: JSON.parse(row.figures) as Figures,
        issues: JSON.parse(row.issues) as Issue[],
        ...{ parameterVersion, user, at },
      };
      try {
        drafts.insertOfBatch(draftId, batch.id, content);
      } catch (error) {
        if (!isClash(error)) throw error;
        attempt.clash = row.seq;
        return fail('DRAFT_NOT_HOLDING', `row ${row.seq}`);
      }
      const item = JSON.parse(row.item) as ItemContent;
      lines.push({ draftId, entry: entryOfRow(batch.id, row.seq), totalFen: row.totalFen, item });
      attempt.taken.push({ seq: row.seq, draftId });
    }
    return succeed(lines);
  }

  #bind(id: string, oid: string, { taken }: Attempt): void {
    const { tables, audit, changed } = this.#context;
    const batch = this.#find(id);
    if (!batch) throw new Error(`batch ${id} is gone`);
    tables.shelf.addOrder(batch.number, oid);
    for (const { seq, draftId } of taken) tables.rows.order(batch.number, seq, draftId);
    tables.findings.dropClosed(batch.number);
    tables.shelf.touch(batch.number);
    audit.record('batchSent', { id, oid, rows: taken.length });
    changed('batches');
  }

  /** The row that clashed with the drafts bears it until it is edited or checked again. */
  #explain(id: string, { clash }: Attempt, failure: Failure): Failure {
    const { database, tables, changed } = this.#context;
    if (clash === null) return failure;
    const marked = database.write(() => {
      const batch = this.#find(id);
      if (!batch) return fail('NO_RECORD', id);
      const about = { field: WHOLE_ENTRY, value: '', rule: '' };
      const issue = raise('error', 'DUPLICATE_IN_QUEUE', about);
      tables.findings.put(batch.number, clash, 'centre', [issue]);
      tables.findings.settleStandings(batch.number, [clash]);
      tables.shelf.touch(batch.number);
      return succeed(undefined);
    });
    changed('batches');
    return marked.ok ? failure : marked;
  }

  #find(id: string): StoredBatch | undefined {
    const batch = this.#context.tables.shelf.find(id);
    return batch?.state === 'ready' ? batch : undefined;
  }
}

/** One send on its way: what it has taken, and what stood in its way. */
interface Attempt {
  taken: { seq: number; draftId: string }[];
  clash: number | null;
}

function isClash(error: unknown): boolean {
  return error instanceof SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE';
}

function prepareStatements(handle: Database) {
  return {
    countKept: handle
      .prepare<[number], number>(
        `SELECT count(*) FROM batch_row
         WHERE batch = ? AND state = 'open' AND standing IS NOT 'good'`,
      )
      .pluck(),
    ready: handle.prepare<[number], ReadyRow>(
      `SELECT r.seq, r.total_fen AS totalFen, r.differing, r.typed, r.figures, r.item,
         (SELECT json_group_array(json_object('code', i.code, 'field', i.field, 'value', i.value,
            'rule', i.rule, 'fix', i.fix, 'severity', i.severity))
          FROM batch_issue i WHERE i.batch = r.batch AND i.seq = r.seq) AS issues
       FROM batch_row r WHERE r.batch = ? AND r.state = 'open' AND r.standing = 'good'
       ORDER BY r.seq`,
    ),
  };
}
