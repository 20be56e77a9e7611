import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { ValueOf } from '../../../shared/ipc/contract.ts';
import type { Batch } from '../../../shared/ipc/batches.ts';
import type { dataContract } from '../../../shared/ipc/data.ts';
import type { DataHandlers, OrderSource, Queue } from '../ports.ts';
import { BatchCorrections } from './corrections.ts';
import { Findings } from './findings.ts';
import { withBatches } from './held-entries.ts';
import { BatchIntake } from './intake.ts';
import { markOf } from '../../../shared/batch/mark.ts';
import { BatchOutcome } from './outcome.ts';
import { BatchReview } from './review.ts';
import { RowTable } from './row-table.ts';
import { BatchSending, type SendingContext } from './sending.ts';
import { BatchShelf, type StoredBatch } from './shelf.ts';
import { BatchViews } from './views.ts';

type Answer<Op extends keyof typeof dataContract> = Result<ValueOf<typeof dataContract, Op>>;
type SendRequest = Parameters<DataHandlers['batches.send']>[0];

/** Batches from files, from the first row read to the last one settled. */
export class Batches {
  readonly #shelf: BatchShelf;
  readonly #rows: RowTable;
  readonly #findings: Findings;
  readonly #views: BatchViews;
  readonly #intake: BatchIntake;
  readonly #review: BatchReview;
  readonly #corrections: BatchCorrections;
  readonly #sending: BatchSending;
  readonly #outcome: BatchOutcome;
  readonly #businessMonth: () => number;

  constructor(given: Omit<SendingContext, 'tables'>) {
    const { database } = given;
    this.#shelf = new BatchShelf(database);
    this.#findings = new Findings(database);
    this.#rows = new RowTable(database);
    const tables = { shelf: this.#shelf, rows: this.#rows, findings: this.#findings };
    const context = { ...given, tables };
    this.#views = new BatchViews(database, this.#shelf);
    this.#intake = new BatchIntake(context);
    this.#review = new BatchReview(context);
    this.#corrections = new BatchCorrections(context, this.#review);
    this.#sending = new BatchSending(context, this.#review);
    this.#outcome = new BatchOutcome(context, this.#review);
    this.#businessMonth = () => given.parameters()?.businessMonth ?? 0;
    this.#intake.dropUnread();
  }

  /** `queue` for orders made of either. */
  beside(queue: Queue): Queue {
    return withBatches(queue, { shelf: this.#shelf, rows: this.#rows, outcome: this.#outcome });
  }

  readonly begin: DataHandlers['batches.begin'] = (request) => this.#intake.begin(request);
  readonly append: DataHandlers['batches.append'] = (request) => this.#intake.append(request);
  readonly drop: DataHandlers['batches.drop'] = (request) => this.#intake.drop(request);

  readonly finish: DataHandlers['batches.finish'] = async (request) => {
    const kept = this.#intake.keep(request);
    return kept.ok ? this.#whenChecked(request.id) : kept;
  };

  readonly list: DataHandlers['batches.list'] = ({ kind }) => {
    const listed = this.#shelf.list(kind, this.#businessMonth());
    for (const batch of listed) this.#review.refreshBehind(batch);
    return succeed({ batches: listed.map((batch) => this.#views.batch(batch)) });
  };

  readonly rows: DataHandlers['batches.rows'] = (request) =>
    this.#read(request.id, (batch) => this.#views.rows(batch, request));

  readonly issues: DataHandlers['batches.issues'] = (request) =>
    this.#read(request.id, (batch) => this.#views.issues(batch, request));

  readonly edit: DataHandlers['batches.edit'] = (request) => {
    const edited = this.#corrections.edit(request);
    if (!edited.ok) return edited;
    const row = this.#views.row(edited.value.number, request.seq);
    return succeed({ row, batch: this.#views.batch(edited.value) });
  };

  readonly remove: DataHandlers['batches.remove'] = (request) =>
    this.#shown(this.#corrections.remove(request));

  readonly discard: DataHandlers['batches.discard'] = (request) =>
    this.#shown(this.#corrections.discard(request));

  readonly rename: DataHandlers['batches.rename'] = (request) =>
    this.#shown(this.#corrections.rename(request));

  readonly restore: DataHandlers['batches.restore'] = async (request) => {
    const restored = this.#corrections.restore(request);
    return restored.ok ? this.#whenChecked(request.id) : restored;
  };

  readonly recheck: DataHandlers['batches.recheck'] = async (request) => {
    const forgotten = this.#corrections.forget(request);
    return forgotten.ok ? this.#whenChecked(request.id) : forgotten;
  };

  readonly marks: DataHandlers['batches.marks'] = ({ id }): Answer<'batches.marks'> => {
    const batch = this.#find(id);
    const bytes = batch && this.#shelf.bytes(batch);
    // without open rows there is nothing to correct in the file
    if (!bytes) return fail('NO_RECORD', id);
    const sheet = this.#shelf.sheet(batch);
    const marks = [...this.#views.placedIssues(batch)].map((issue) => markOf(issue, sheet));
    return succeed({ kind: batch.kind, fileName: batch.fileName, sheet, bytes, marks });
  };

  /** What `batches.send` orders; NO_RECORD. */
  source(request: SendRequest): Result<OrderSource> {
    return this.#sending.source(request);
  }

  close(): Promise<void> {
    return this.#review.close();
  }

  #read<T>(id: string, read: (batch: StoredBatch) => T): Result<T> {
    const batch = this.#find(id);
    if (!batch) return fail('NO_RECORD', id);
    this.#review.refreshBehind(batch);
    return succeed(read(batch));
  }

  async #whenChecked(id: string): Promise<Result<Batch>> {
    return this.#shown(await this.#review.refresh(id));
  }

  #shown(changed: Result<StoredBatch>): Result<Batch> {
    return changed.ok ? succeed(this.#views.batch(changed.value)) : changed;
  }

  #find(id: string): StoredBatch | undefined {
    const batch = this.#shelf.find(id);
    return batch?.state === 'ready' ? batch : undefined;
  }
}
