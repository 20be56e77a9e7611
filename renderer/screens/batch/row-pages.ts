import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { BatchRowView } from '../../../shared/ipc/batches.ts';

/** Rows asked for at a time. */
export const PAGE_ROWS = 100;

export interface RowPage {
  readonly rows: readonly BatchRowView[];
  readonly total: number;
}

interface RowPagesOptions {
  readonly ask: (offset: number, limit: number) => Promise<Result<RowPage>>;
  readonly onChange: () => void;
}

/**
 * The rows of a batch that match a filter, in the order of the file, fetched a page at a time as
 * they come into sight. On `reload` what is shown stays until the new rows are here; answers to an
 * older question are dropped.
 */
export class RowPages {
  readonly #options: RowPagesOptions;
  readonly #asked = new Set<number>();
  #pages = new Map<number, readonly BatchRowView[]>();
  /** Pages in sight. */
  #wanted: readonly number[] = [0];
  #turn = 0;
  total: number | undefined;
  failure: Failure | undefined;

  constructor(options: RowPagesOptions) {
    this.#options = options;
  }

  rowAt(index: number): BatchRowView | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** Fetches what is missing between two places, the second one not included. */
  need(first: number, end: number): void {
    const wanted: number[] = [];
    for (let page = Math.floor(first / PAGE_ROWS); page * PAGE_ROWS < end; page += 1) {
      wanted.push(page);
    }
    this.#wanted = wanted;
    for (const page of wanted) void this.#fetch(page);
  }

  /** Reads again what is in sight; the rest when it comes into sight. */
  async reload(): Promise<void> {
    this.#turn += 1;
    this.#asked.clear();
    const seen = new Set(this.#wanted);
    this.#pages = new Map([...this.#pages].filter(([page]) => seen.has(page)));
    await Promise.all([...seen].map((page) => this.#fetch(page)));
  }

  /** A row as it is since an edit, without asking for its page again. */
  put(row: BatchRowView): void {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex((one) => one.seq === row.seq);
      if (at >= 0) this.#pages.set(page, rows.with(at, row));
    }
    this.#options.onChange();
  }

  /** Where the row stands now; undefined when the filter leaves it out. */
  async locate(seq: number): Promise<number | undefined> {
    let low = 0;
    let high = (this.total ?? Infinity) - 1;
    // without rows left out, row n stands at n - 1
    let middle = Math.min(seq - 1, high);
    while (low <= high) {
      const row = await this.#rowFor(middle);
      if (!row) return undefined;
      if (row.seq === seq) return middle;
      if (row.seq < seq) low = middle + 1;
      else high = middle - 1;
      middle = low + Math.floor((high - low) / 2);
    }
    return undefined;
  }

  async #rowFor(index: number): Promise<BatchRowView | undefined> {
    const known = this.rowAt(index);
    if (known) return known;
    const page = Math.floor(index / PAGE_ROWS);
    this.#asked.delete(page);
    await this.#fetch(page);
    return this.rowAt(index);
  }

  async #fetch(page: number): Promise<void> {
    if (this.#asked.has(page)) return;
    this.#asked.add(page);
    const mine = this.#turn;
    const answer = await this.#options.ask(page * PAGE_ROWS, PAGE_ROWS);
    if (mine !== this.#turn) return;
    if (answer.ok) {
      const { rows, total } = answer.value;
      this.total = total;
      this.failure = undefined;
      this.#pages.set(page, rows);
    } else {
      this.#asked.delete(page);
      this.failure = answer;
    }
    this.#options.onChange();
  }
}
