import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { ValueOf } from '../../../shared/ipc/contract.ts';
import type { dataContract } from '../../../shared/ipc/data.ts';
import type { RosterSums } from '../../../shared/ipc/queries.ts';
import type { RosterKey, RosterRow } from '../../../shared/wire/roster.ts';
import { readUnit } from '../db/unit-row.ts';
import type { UnitDatabase } from '../ports.ts';
import type { RosterColumns } from './columns.ts';
import { loadColumns, RosterSearchIndex } from './search-index.ts';
import type { RosterQuery } from './search-index.ts';
import { rosterRowOf } from './staging.ts';
import type { StoredEmployee } from './staging.ts';

export const EMPLOYEE_LOOKUP = `SELECT * FROM employee
  WHERE generation = ? AND personal_account = ? AND fund_type = ?`;
export const ACTIVE_LOOKUP = `SELECT 1 FROM employee_person
  WHERE generation = ? AND id_key = ? AND fund_type = ? AND status = '01' LIMIT 1`;

const NO_SUMS: RosterSums = { people: 0, base: 0, unitFen: 0, personalFen: 0, monthlyFen: 0 };

/** The unit's people as of the last sync. Readers see one generation, whole, until the next is committed. */
export class Roster {
  readonly #database: UnitDatabase;
  readonly #employee;
  readonly #active;
  readonly #known;
  readonly #generation;
  #index: RosterSearchIndex | undefined;

  constructor(database: UnitDatabase) {
    this.#database = database;
    this.#employee = database.handle.prepare<[number, string, string], StoredEmployee>(
      EMPLOYEE_LOOKUP,
    );
    this.#active = database.handle.prepare<[number, string, string], number>(ACTIVE_LOOKUP);
    this.#known = database.handle.prepare<[number, string], number>(
      'SELECT 1 FROM employee WHERE generation = ? AND personal_account = ? LIMIT 1',
    );
    this.#generation = database.handle
      .prepare<[], number>('SELECT roster_generation FROM unit')
      .pluck();
  }

  /** Reads the index now, so that the first search does not wait for it. */
  warmUp(): void {
    this.#current();
  }

  query(query: RosterQuery): Result<ValueOf<typeof dataContract, 'roster.query'>> {
    const { rows, total, sums } = this.queryWithSums(query);
    return succeed({ rows, total, monthlyFen: sums.monthlyFen });
  }

  /** One page of the rows that match, with the sums over all of them. */
  queryWithSums(query: RosterQuery): { rows: RosterRow[]; total: number; sums: RosterSums } {
    const index = this.#current();
    if (!index) return { rows: [], total: 0, sums: NO_SUMS };
    const { keys, total, sums } = index.find(query);
    const rows = keys.map((key): RosterRow => {
      const row = this.#employee.get(index.generation, key.personalAccount, key.fundType);
      if (!row) throw new Error('the roster and its index differ');
      return rosterRowOf(row);
    });
    return { rows, total, sums };
  }

  /** One person under one fund; undefined for none. */
  person(key: RosterKey): RosterRow | undefined {
    const row = this.#employee.get(this.#inUse(), key.personalAccount, key.fundType);
    return row && rosterRowOf(row);
  }

  /** The account is this unit's, under any fund. */
  isKnown(personalAccount: string): boolean {
    return this.#known.get(this.#inUse(), personalAccount) !== undefined;
  }

  /** Whether the person (18-character form) has a 正常 account of that fund with this unit. */
  isActive(id18: string, fundType: string): boolean {
    return this.#active.get(this.#inUse(), id18, fundType) !== undefined;
  }

  /** After the commit of a new generation, whose columns are at hand. */
  take(generation: number, columns: RosterColumns): void {
    this.#index = new RosterSearchIndex(this.#database, generation, columns);
  }

  #inUse(): number {
    return this.#generation.get() ?? 0;
  }

  #current(): RosterSearchIndex | undefined {
    if (this.#index) return this.#index;
    const { rosterGeneration, rosterCount } = readUnit(this.#database);
    if (rosterGeneration === 0) return undefined;
    this.take(rosterGeneration, loadColumns(this.#database, rosterGeneration, rosterCount));
    return this.#index;
  }
}
