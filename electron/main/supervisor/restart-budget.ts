export const RESTARTS_MAX = 3;
export const RESTART_WINDOW_MS = 5 * 60_000;
/** Before the first, second and third restart within the window. */
const RESTART_DELAYS_MS = [100, 1_000, 5_000] as const;

/** A host that keeps crashing is not restarted for ever: so many times within the window, then no more. */
export class RestartBudget {
  #takenAtMs: readonly number[] = [];

  /** The delay before this restart, or null when the budget is spent. */
  take(nowMs: number): number | null {
    const recent = this.#takenAtMs.filter((atMs) => nowMs - atMs < RESTART_WINDOW_MS);
    const delayMs = RESTART_DELAYS_MS[recent.length];
    if (recent.length >= RESTARTS_MAX || delayMs === undefined) return null;
    this.#takenAtMs = [...recent, nowMs];
    return delayMs;
  }

  reset(): void {
    this.#takenAtMs = [];
  }
}
