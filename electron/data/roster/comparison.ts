import { createHash } from 'node:crypto';
import { rosterLine } from '../../../shared/wire/roster.ts';
import type { RosterKey } from '../../../shared/wire/roster.ts';
import type { UnitDatabase } from '../ports.ts';
import { employeesBetween, rosterRowOf } from './staging.ts';
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

export interface RosterDifference {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** What a new roster changes against the one in use, slice by slice in key order. */
export class RosterComparison {
  readonly #database: UnitDatabase;
  readonly #oldGeneration: number;
  #after: RosterKey | undefined;
  #added = 0;
  #changed = 0;
  #removed = 0;

  constructor(database: UnitDatabase, oldGeneration: number) {
    this.#database = database;
    this.#oldGeneration = oldGeneration;
  }

  push(rows: readonly StoredEmployee[]): void {
    const last = rows[rows.length - 1];
    if (!last) return;
    const upTo = { personalAccount: last.personal_account, fundType: last.fund_type };
    this.#compare(rows, upTo);
    this.#after = upTo;
  }

  finish(): RosterDifference {
    this.#compare([], undefined);
    return { added: this.#added, changed: this.#changed, removed: this.#removed };
  }

  #compare(rows: readonly StoredEmployee[], upTo: RosterKey | undefined): void {
    const old = new Map(
      employeesBetween(this.#database, this.#oldGeneration, this.#after, upTo).map((row) => [
        row.personal_account + row.fund_type,
        rosterLine(rosterRowOf(row)),
      ]),
    );
    for (const row of rows) {
      const key = row.personal_account + row.fund_type;
      const before = old.get(key);
      old.delete(key);
      if (before === undefined) this.#added += 1;
      else if (before !== rosterLine(rosterRowOf(row))) this.#changed += 1;
    }
    this.#removed += old.size;
  }
}
