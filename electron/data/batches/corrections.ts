import { batchColumns } from '../../../shared/batch/columns.ts';
import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import type { RequestOf } from '../../../shared/ipc/contract.ts';
import type { batchContract } from '../../../shared/ipc/batches.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import { storeVerdict } from './review.ts';
import type { BatchContext, BatchReview } from './review.ts';
import type { StoredRow } from './stored-row.ts';
import type { StoredBatch } from './shelf.ts';
import { judgeRow } from './verdict.ts';

type BatchRequest<Op extends keyof typeof batchContract> = RequestOf<typeof batchContract, Op>;

/** Up to so many rows that come back are checked at once; more go with a check of all. */
const CHECKED_AT_ONCE_MAX = 100;

/** What the clerk does to a batch: edits, removals and their undoing, another name. */
export class BatchCorrections {
  readonly #context: BatchContext;
  readonly #review: BatchReview;

  constructor(context: BatchContext, review: BatchReview) {
    this.#context = context;
    this.#review = review;
  }

  /** The row and those it stood and stands against are checked again. */
  edit(request: BatchRequest<'batches.edit'>): Result<StoredBatch> {
    const { tables, audit, user, clock } = this.#context;
    const { seq, column, text } = request;
    return this.#change(request.id, (batch) => {
      const parameters = this.#context.parameters();
      if (!parameters) return fail('POLICY_MISSING');
      if (!batchColumns[batch.kind].some(({ name }) => name === column)) {
        return fail('REQUEST_INVALID', `${batch.kind} has no ${column}`);
      }
      const stored = tables.rows.find(batch.number, seq);
      if (stored?.state === 'ordered') return fail('ORDER_IN_FLIGHT', request.id);
      if (stored?.state !== 'open') return fail('NO_RECORD', `row ${seq}`);
      // asked twice: nothing goes on file
      if (stored.edits[column] === text) return succeed(undefined);
      const before = tables.findings.sharing(batch.number, [seq]);
      tables.rows.edit(batch.number, stored, { column, text, user, at: clock.now() });
      tables.findings.dropOfCentre(batch.number, [seq]);
      this.#check(batch, [seq], parameters);
      const after = tables.findings.sharing(batch.number, [seq]);
      tables.findings.regroup(batch.number, [...new Set([...before, ...after])]);
      audit.record('batchEdited', { id: batch.id, seq });
      return succeed(undefined);
    });
  }

  remove({ id, seqs }: BatchRequest<'batches.remove'>): Result<StoredBatch> {
    return this.#change(id, (batch) => this.#remove(batch, seqs));
  }

  discard({ id }: BatchRequest<'batches.discard'>): Result<StoredBatch> {
    const { rows } = this.#context.tables;
    return this.#change(id, (batch) => this.#remove(batch, rows.openSeqs(batch.number)));
  }

  /** Each stands in its old place, checked against what is here now. */
  restore({ id, seqs }: BatchRequest<'batches.restore'>): Result<StoredBatch> {
    const { tables, audit } = this.#context;
    return this.#change(id, (batch) => {
      const parameters = this.#context.parameters();
      if (!parameters) return fail('POLICY_MISSING');
      const back = tables.rows.move(batch.number, seqs, { from: 'removed', to: 'open' });
      if (back.length > CHECKED_AT_ONCE_MAX) this.#review.invalidate(batch.number);
      else {
        this.#check(batch, back, parameters);
        tables.findings.regroup(batch.number, tables.findings.sharing(batch.number, back));
      }
      audit.record('batchRowsRestored', { id, rows: back.length });
      return succeed(undefined);
    });
  }

  rename({ id, name }: BatchRequest<'batches.rename'>): Result<StoredBatch> {
    return this.#change(id, (batch) => {
      this.#context.tables.shelf.rename(batch, name);
      this.#context.audit.record('batchRenamed', { id });
      return succeed(undefined);
    });
  }

  /** What was said at the last sending is taken back: the clerk wants to know what holds now. */
  forget({ id }: BatchRequest<'batches.recheck'>): Result<StoredBatch> {
    return this.#change(id, (batch) => {
      this.#context.tables.findings.dropOfCentre(batch.number);
      this.#review.invalidate(batch.number);
      return succeed(undefined);
    });
  }

  #remove(batch: StoredBatch, seqs: readonly number[]): Result<undefined> {
    const { tables, audit } = this.#context;
    const { rows, findings } = tables;
    if (rows.isAnyOrdered(batch.number, seqs)) {
      return fail('ORDER_IN_FLIGHT', batch.id);
    }
    const gone = rows.move(batch.number, seqs, { from: 'open', to: 'removed' });
    const isGone = new Set(gone);
    const against = findings.sharing(batch.number, gone).filter((seq) => !isGone.has(seq));
    findings.drop(batch.number, gone);
    if (against.length > 0) findings.regroup(batch.number, against);
    audit.record('batchRowsRemoved', { id: batch.id, rows: gone.length });
    return succeed(undefined);
  }

  #check(batch: StoredBatch, seqs: readonly number[], parameters: Parameters): void {
    const { tables, checks } = this.#context;
    const stored = seqs
      .map((seq) => tables.rows.find(batch.number, seq))
      .filter((row): row is StoredRow => row !== undefined);
    for (const row of stored) {
      storeVerdict(tables, batch.number, row, judgeRow(batch, row, { checks, parameters }));
    }
  }

  /** One transaction; the value is the batch afterwards. */
  #change(
    id: string,
    work: (batch: StoredBatch) => Result<undefined>,
  ): Result<StoredBatch> | Failure {
    const { database, tables, changed } = this.#context;
    const done = database.write(() => {
      const batch = tables.shelf.find(id);
      if (batch?.state !== 'ready') return fail('NO_RECORD', id);
      const worked = work(batch);
      if (!worked.ok) return worked;
      tables.shelf.touch(batch.number);
      const after = tables.shelf.find(id);
      return after ? succeed(after) : fail('NO_RECORD', id);
    });
    if (done.ok) changed('batches');
    return done;
  }
}
