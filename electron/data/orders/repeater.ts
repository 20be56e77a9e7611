/** Work that repeats itself: it says after how many ms it wants to run again, or null for "when woken". */
export type RepeatedWork = () => Promise<number | null>;

/** Never runs its work twice at once; a wake during a run makes it run once more. */
export class Repeater {
  readonly #work: RepeatedWork;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #wakes = 0;
  #isStopped = false;
  #run: Promise<void> = Promise.resolve();

  constructor(work: RepeatedWork) {
    this.#work = work;
  }

  /** Runs now. */
  wake(): void {
    this.runIn(0);
    this.#wakes += 1;
  }

  /** Runs after `delayMs`, in place of the time planned before. */
  runIn(delayMs: number): void {
    if (this.#isStopped || this.#isRunning) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#run = this.#runOnce();
    }, delayMs);
    this.#timer.unref();
  }

  /** Resolves when the run under way, if any, has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#run;
  }

  async #runOnce(): Promise<void> {
    this.#isRunning = true;
    const wakes = this.#wakes;
    let next: number | null;
    try {
      next = await this.#work();
    } finally {
      this.#isRunning = false;
    }
    if (this.#wakes !== wakes) this.runIn(0);
    else if (next !== null) this.runIn(next);
  }
}
