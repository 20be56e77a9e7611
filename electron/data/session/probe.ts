import { RETRY_AFTER_MS } from '../../../shared/wire/limits.ts';

/** While the gateway is silent we ask again, so that the state on the screen is true. */
export class Probe {
  readonly #ask: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #asked = 0;

  constructor(ask: () => Promise<void>) {
    this.#ask = ask;
  }

  /** Once, after a pause that grows from one time to the next. */
  schedule(): void {
    if (this.#timer) return;
    const waitMs = RETRY_AFTER_MS[Math.min(this.#asked, RETRY_AFTER_MS.length - 1)];
    this.#asked += 1;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#ask();
    }, waitMs);
    this.#timer.unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked = 0;
  }
}
