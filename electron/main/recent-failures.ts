import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { Diagnostics } from '../../shared/ipc/diagnostics.ts';

const FAILURES_KEPT_MAX = 40;

/** What the window was refused since the start, for 诊断信息: codes alone, never the details. */
export class RecentFailures {
  readonly #now: () => Date;
  readonly #kept: Diagnostics['failures'] = [];

  constructor(now = () => new Date()) {
    this.#now = now;
  }

  note(operation: string, code: ErrorCode): void {
    this.#kept.unshift({ at: this.#now().toISOString(), operation, code });
    this.#kept.splice(FAILURES_KEPT_MAX);
  }

  /** Newest first. */
  list(): Diagnostics['failures'] {
    return [...this.#kept];
  }
}
