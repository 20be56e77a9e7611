/** This computer's clock, Unix ms. A parameter so that a wrong clock can be tested. */
export type LocalClock = () => number;

/**
 * The centre's time. Everything sent and judged uses it; this computer's clock may be years off,
 * it only has to tick.
 */
export class CentreClock {
  readonly #localMs: LocalClock;
  #offsetMs = 0;

  constructor(localMs: LocalClock = Date.now) {
    this.#localMs = localMs;
  }

  /** Centre minus this computer, ms; 0 before the first hello. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  localMs(): number {
    return this.#localMs();
  }

  nowMs(): number {
    return this.#localMs() + this.#offsetMs;
  }

  nowText(): string {
    return new Date(this.nowMs()).toISOString();
  }

  /** `serverMs` was true about half a round trip before `receivedLocalMs`. */
  set(serverMs: number, sentLocalMs: number, receivedLocalMs: number): void {
    const middleMs = sentLocalMs + Math.max(0, receivedLocalMs - sentLocalMs) / 2;
    this.#offsetMs = Math.round(serverMs - middleMs);
  }
}
