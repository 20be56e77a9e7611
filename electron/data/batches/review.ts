import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import { report, traceError } from '../../host/report.ts';
import { walkInSlices } from '../pause.ts';
import type { UnitContext } from '../ports.ts';
import type { EntryChecks } from '../queue/entry-check.ts';
import type { Findings } from './findings.ts';
import type { RowTable } from './row-table.ts';
import type { StoredRow } from './stored-row.ts';
import type { BatchShelf, StoredBatch } from './shelf.ts';
import { judgeRow, type Verdict } from './verdict.ts';

/** Rows checked, then stored in one transaction. */
const CHUNK_ROWS = 500;
/** While the clerk works elsewhere, what a check stands on may change under it; then it runs again. */
const TRIES_MAX = 5;

export interface BatchTables {
  readonly shelf: BatchShelf;
  readonly rows: RowTable;
  readonly findings: Findings;
}

export interface BatchContext extends UnitContext {
  readonly parameters: () => Parameters | null;
  readonly basis: () => string;
  readonly checks: EntryChecks;
  readonly tables: BatchTables;
  /** A check of all rows goes on. */
  readonly progress: (progress: { id: string; rows: number; of: number }) => void;
}

/**
 * Checks of whole batches: in slices, other calls are answered meanwhile, and one check of a batch
 * at a time. Rows edited meanwhile keep what their edit found.
 */
export class BatchReview {
  readonly #context: BatchContext;
  readonly #running = new Map<number, Promise<Result<void>>>();
  /** How often rows have come back to a batch that no check under way may have seen. */
  readonly #returns = new Map<number, number>();
  #isClosed = false;

  constructor(context: BatchContext) {
    this.#context = context;
  }

  /** Checked against what is here now. */
  isFresh({ basis }: StoredBatch): boolean {
    return basis !== '' && basis === this.#context.basis();
  }

  /** Checks all open rows unless that was done against what is here now. POLICY_MISSING. */
  async refresh(id: string): Promise<Result<StoredBatch>> {
    for (let tries = 1; ; tries += 1) {
      const batch = this.#context.tables.shelf.find(id);
      if (batch?.state !== 'ready') return fail('NO_RECORD', id);
      if (this.isFresh(batch) || tries > TRIES_MAX) return succeed(batch);
      const checked = await this.#join(batch);
      if (!checked.ok) return checked;
    }
  }

  /** Inside a `write`: rows are open again, and what is known of them may be old. */
  invalidate(number: number): void {
    this.#returns.set(number, this.#returnsOf(number) + 1);
    this.#context.tables.shelf.setBasis(number, '');
  }

  #returnsOf(number: number): number {
    return this.#returns.get(number) ?? 0;
  }

  /** The same without anybody waiting: what is shown meanwhile is what was found last. */
  refreshBehind(batch: StoredBatch): void {
    if (this.isFresh(batch) || this.#context.parameters() === null) return;
    this.#join(batch).catch((error: unknown) => {
      report(`batch ${batch.id}: ${traceError(error)}`);
    });
  }

  /** Nothing is written any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#running.values());
  }

  #join(batch: StoredBatch): Promise<Result<void>> {
    const running = this.#running.get(batch.number);
    if (running) return running;
    const run = this.#checkAll(batch).finally(() => this.#running.delete(batch.number));
    this.#running.set(batch.number, run);
    return run;
  }

  async #checkAll(batch: StoredBatch): Promise<Result<void>> {
    const { tables, basis: readBasis, progress, changed, database } = this.#context;
    const basis = readBasis();
    const returns = this.#returnsOf(batch.number);
    if (this.#context.parameters() === null) return fail('POLICY_MISSING');
    const of = tables.rows.openSeqs(batch.number).length;
    let rows = 0;
    for (let after = 0; ;) {
      const page = tables.rows.listOpen(batch.number, after, CHUNK_ROWS);
      after = page.at(-1)?.seq ?? after;
      if (page.length === 0) break;
      const stored = await this.#checkPage(batch, page);
      if (!stored.ok) return stored;
      rows += page.length;
      progress({ id: batch.id, rows, of });
    }
    const finished = database.write(() => {
      tables.findings.regroup(batch.number);
      const isWhole = this.#returnsOf(batch.number) === returns;
      tables.shelf.setBasis(batch.number, isWhole ? basis : '');
      tables.shelf.touch(batch.number);
      return succeed(undefined);
    });
    changed('batches');
    return finished;
  }

  async #checkPage(batch: StoredBatch, page: readonly StoredRow[]): Promise<Result<void>> {
    const { checks, parameters: readParameters, database, tables } = this.#context;
    const found: (readonly [StoredRow, Verdict])[] = [];
    await walkInSlices(page, (stored) => {
      const parameters = readParameters();
      if (this.#isClosed || !parameters) return false;
      found.push([stored, judgeRow(batch, stored, { checks, parameters })]);
      return true;
    });
    if (this.#isClosed) return fail('NOT_SIGNED_IN', 'closed');
    return database.write(() => {
      for (const [stored, verdict] of found) storeVerdict(tables, batch.number, stored, verdict);
      return succeed(undefined);
    });
  }
}

/** Inside a `write`. */
export function storeVerdict(
  { rows, findings }: BatchTables,
  batch: number,
  stored: Pick<StoredRow, 'seq' | 'editsText'>,
  verdict: Verdict,
): void {
  if (rows.storeVerdict(batch, stored, verdict) !== 'stored') return;
  findings.put(batch, stored.seq, 'row', verdict.issues);
  findings.putClaims(batch, stored.seq, verdict.claims);
}
