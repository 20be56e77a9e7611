/** Work that repeats itself: it says after how many ms it wants to run again, or null for "when woken". */
export type RepeatedWork = () => Promise<number | null>;

/** Never runs its work twice at once; a wake during a run makes it run once more. */
export class Repeater {
  readonly #work: RepeatedWork;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #isWoken = false;
  #isStopped = false;

  constructor(work: RepeatedWork) {
    this.#work = work;
  }

  /** Runs now. */
  wake(): void {
    this.runIn(0);
    if (this.#isRunning) this.#isWoken = true;
  }

  /** Runs after `delayMs`, in place of the time planned before. */
  runIn(delayMs: number): void {
    if (this.#isStopped || this.#isRunning) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.#run();
    }, delayMs);
    this.#timer.unref();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    this.#isWoken = false;
    let next: number | null;
    try {
      next = await this.#work();
    } finally {
      this.#isRunning = false;
    }
    if (this.#isWoken) this.runIn(0);
    else if (next !== null) this.runIn(next);
  }
}
