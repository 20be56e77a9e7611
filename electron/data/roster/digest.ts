import { createHash } from 'node:crypto';
import { rosterLine } from '../../../shared/wire/roster.ts';
import { rosterRowOf } from './staging.ts';
import type { StoredEmployee } from './staging.ts';

/** Whole-roster digest: SHA-256 over the canonical lines in the order of account and fund. */
export class RosterDigest {
  readonly #hash = createHash('sha256');

  push(rows: readonly StoredEmployee[]): void {
    for (const row of rows) this.#hash.update(`${rosterLine(rosterRowOf(row))}\n`);
  }

  finish(): string {
    return this.#hash.digest('hex');
  }
}
