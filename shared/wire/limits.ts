/** Limits of WL/1, the same for client and centre. Unit last. */
export const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
export const CONNECT_DEADLINE_MS = 5_000;
export const ANSWER_DEADLINE_MS = 30_000;
export const BATCH_ANSWER_DEADLINE_MS = 120_000;
export const CHALLENGE_LIFE_MS = 60_000;
export const SESSION_IDLE_MS = 30 * 60_000;
export const SESSION_LIFE_MS = 8 * 3_600_000;
/** How long after signing a request may still be taken for the first time. */
export const REQUEST_LIFE_MS = 10 * 60_000;
export const ORDER_ITEMS_MAX = 20_000;
export const ROSTER_PAGE_ROWS = 1_000;
export const RECEIPTS_PAGE_MAX = 200;
export const RESULTS_PAGE_MAX = 2_000;
export const MONTH_PAGE_MAX = 2_000;
/** Waits before the same bytes are sent again; the last one repeats. */
export const RETRY_AFTER_MS = [1_000, 5_000, 15_000, 60_000, 300_000] as const;
/** A restored client jumps its serial counter ahead by this many. */
export const SERIAL_JUMP = 1_000;

function requireRising(name: string, ...values: readonly number[]): void {
  const isRising = values.every((value, index) => value > (values[index - 1] ?? 0));
  if (!isRising) throw new Error(`limits: ${name} must rise`);
}

requireRising('deadlines', CONNECT_DEADLINE_MS, ANSWER_DEADLINE_MS, BATCH_ANSWER_DEADLINE_MS);
requireRising('request', BATCH_ANSWER_DEADLINE_MS, REQUEST_LIFE_MS);
requireRising('session', CHALLENGE_LIFE_MS, SESSION_IDLE_MS, SESSION_LIFE_MS);
requireRising('retries', ...RETRY_AFTER_MS);
