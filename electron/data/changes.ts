import type { Changed } from './ports.ts';

/** Gathers what changed within one turn of the event loop: the window reads again once, not ten times. */
export class ChangeTeller {
  readonly #tell: (what: Changed[]) => void;
  readonly #waiting = new Set<Changed>();

  constructor(tell: (what: Changed[]) => void) {
    this.#tell = tell;
  }

  tell(...what: Changed[]): void {
    if (this.#waiting.size === 0) {
      setImmediate(() => {
        const changed = [...this.#waiting];
        this.#waiting.clear();
        this.#tell(changed);
      });
    }
    for (const part of what) this.#waiting.add(part);
  }
}
