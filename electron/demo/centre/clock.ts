import { type CentreDatabase, readMeta, writeMeta } from './database.ts';

const CLOCK_KEY = 'clock_ms';

/**
 * The centre's clock: this computer's plus an offset. Every answer and the signed hello carry it,
 * so a client follows it whatever its own clock says.
 */
export class CentreClock {
  #offsetMs = 0;

  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  nowIso(): string {
    return new Date(this.nowMs()).toISOString();
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Sets the clock; from there it runs on at the usual pace. */
  setTo(nowMs: number): void {
    this.#offsetMs = Math.round(nowMs - Date.now());
  }
}

/**
 * Where the clock stood when the centre last ran. A practice that moved its clock on to a filing
 * day never goes back behind its own receipts.
 */
export function readClockMark(db: CentreDatabase): number {
  return Number(readMeta(db, CLOCK_KEY) ?? '0');
}

export function writeClockMark(db: CentreDatabase, nowMs: number): void {
  writeMeta(db, CLOCK_KEY, String(nowMs));
}
