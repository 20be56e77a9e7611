import type { ColumnName } from '../../../shared/batch/columns.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { Batch, BatchRowView } from '../../../shared/ipc/batches.ts';

/** A new text for one cell. */
export interface CellEdit {
  readonly seq: number;
  readonly column: ColumnName;
  readonly text: string;
}

export interface EditAnswer {
  readonly row: BatchRowView;
  readonly batch: Batch;
}

interface EditQueueOptions {
  readonly send: (edit: CellEdit) => Promise<Result<EditAnswer>>;
  readonly delayMs: number;
  readonly onAnswer: (answer: EditAnswer) => void;
  /** What waits, is under way or has failed is no longer what it was. */
  readonly onChange: () => void;
}

export interface FailedEdit {
  readonly edit: CellEdit;
  readonly failure: Failure;
}

const keyOf = ({ seq, column }: Pick<CellEdit, 'seq' | 'column'>) => `${seq} ${column}`;

/**
 * Edits of one batch on their way to the disk: one at a time, of one cell only the newest text, a
 * moment after the last key. A text stays here until an answer to exactly this text has come, so an
 * answer to an older one never stands over it; one that failed stays too and can be sent again.
 */
export class EditQueue {
  readonly #options: EditQueueOptions;
  readonly #waiting = new Map<string, CellEdit>();
  readonly #failed = new Map<string, FailedEdit>();
  #flying: CellEdit | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;

  constructor(options: EditQueueOptions) {
    this.#options = options;
  }

  /** The newest text of a cell that is not on the disk yet. */
  textOf(seq: number, column: ColumnName): string | undefined {
    const key = keyOf({ seq, column });
    const flying = this.#flying && keyOf(this.#flying) === key ? this.#flying : undefined;
    return (this.#waiting.get(key) ?? flying ?? this.#failed.get(key)?.edit)?.text;
  }

  get failed(): FailedEdit | undefined {
    return this.#failed.values().next().value;
  }

  get isIdle(): boolean {
    return this.#waiting.size === 0 && this.#flying === undefined;
  }

  type(edit: CellEdit): void {
    this.#waiting.set(keyOf(edit), edit);
    this.#failed.delete(keyOf(edit));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), this.#options.delayMs);
    this.#options.onChange();
  }

  /** Sends what failed once more. */
  async retry(): Promise<boolean> {
    for (const [key, { edit }] of this.#failed) {
      if (!this.#waiting.has(key)) this.#waiting.set(key, edit);
    }
    this.#failed.clear();
    return this.flush();
  }

  /** Sends all that waits; true when nothing is left that is not on the disk. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#running ??= this.#sendAll().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
    return this.isIdle && this.#failed.size === 0;
  }

  async #sendAll(): Promise<void> {
    for (let [next] = this.#waiting; next; [next] = this.#waiting) {
      const [key, edit] = next;
      this.#waiting.delete(key);
      this.#flying = edit;
      this.#options.onChange();
      const answer = await this.#options.send(edit);
      this.#flying = undefined;
      if (answer.ok) this.#options.onAnswer(answer.value);
      else if (!this.#waiting.has(key)) this.#failed.set(key, { edit, failure: answer });
      this.#options.onChange();
    }
  }
}
