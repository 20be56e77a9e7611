import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { RosterKey, RosterRow } from '../../../shared/wire/roster.ts';
import type { UnitDatabase } from '../ports.ts';
import { NameReader, personKey } from './folding.ts';
import type { Pause } from './slices.ts';

/** A row of `employee` without its generation. */
export interface StoredEmployee {
  readonly personal_account: string;
  readonly fund_type: '10' | '11';
  readonly name: string;
  readonly id_type: RosterRow['idType'];
  readonly id_number: string;
  readonly id_key: string;
  readonly status: RosterRow['status'];
  readonly base: number;
  readonly unit_ratio: number;
  readonly personal_ratio: number;
  readonly unit_fen: number;
  readonly personal_fen: number;
  readonly opened_month: number;
  /** JSON of `RosterRow.paid`. */
  readonly paid: string;
  readonly pinyin: string;
  readonly initials: string;
}

const columns = `personal_account, fund_type, name, id_type, id_number, id_key, status, base,
  unit_ratio, personal_ratio, unit_fen, personal_fen, opened_month, paid, pinyin, initials`;

const SLICE_ROWS = 500;

export function rosterRowOf(row: StoredEmployee): RosterRow {
  return {
    personalAccount: row.personal_account,
    fundType: row.fund_type,
    name: row.name,
    idType: row.id_type,
    idNumber: row.id_number,
    status: row.status,
    base: row.base,
    unitRatio: row.unit_ratio,
    personalRatio: row.personal_ratio,
    unitFen: row.unit_fen,
    personalFen: row.personal_fen,
    openedMonth: row.opened_month,
    // written here, from a row that had been checked
    paid: JSON.parse(row.paid) as RosterRow['paid'],
  };
}

/** What changes on the way to a new roster. */
export type RosterChange = { readonly put: RosterRow } | { readonly remove: RosterKey };

/** A generation of the roster that is being put together; nobody reads it before the swap. */
export class RosterStaging {
  readonly generation: number;
  readonly #database: UnitDatabase;
  readonly #reader = new NameReader();

  constructor(database: UnitDatabase, generation: number) {
    this.#database = database;
    this.generation = generation;
  }

  /** One page in one transaction. `false`: a full download named somebody twice. */
  apply(changes: readonly RosterChange[], mode: 'full' | 'delta'): Result<boolean> {
    const { handle } = this.#database;
    const put = handle.prepare(
      `INSERT OR ${mode === 'full' ? 'IGNORE' : 'REPLACE'} INTO employee (generation, ${columns})
       VALUES (@generation, @personalAccount, @fundType, @name, @idType, @idNumber, @idKey, @status,
         @base, @unitRatio, @personalRatio, @unitFen, @personalFen, @openedMonth, @paid,
         @pinyin, @initials)`,
    );
    const remove = handle.prepare<[number, string, string]>(
      'DELETE FROM employee WHERE generation = ? AND personal_account = ? AND fund_type = ?',
    );
    return this.#database.write(() => {
      let stored = 0;
      for (const change of changes) {
        if ('put' in change) stored += put.run(this.#storedForm(change.put)).changes;
        else remove.run(this.generation, change.remove.personalAccount, change.remove.fundType);
      }
      return succeed(mode === 'delta' || stored === changes.length);
    });
  }

  /** The copy that a delta is applied to. */
  async copyFrom(generation: number, pause: Pause): Promise<Result<undefined>> {
    for await (const rows of employeesInSlices(this.#database, generation, pause)) {
      const last = rows[rows.length - 1];
      const first = rows[0];
      if (!first || !last) break;
      const copied = this.#database.write(() => {
        this.#database.handle
          .prepare(
            `INSERT INTO employee (generation, ${columns}) SELECT ?, ${columns} FROM employee
             WHERE generation = ?
               AND (personal_account, fund_type) BETWEEN (?, ?) AND (?, ?)`,
          )
          .run(
            this.generation,
            generation,
            first.personal_account,
            first.fund_type,
            last.personal_account,
            last.fund_type,
          );
        return succeed(undefined);
      });
      if (!copied.ok) return copied;
    }
    return succeed(undefined);
  }

  #storedForm(row: RosterRow): Record<string, string | number> {
    const { pinyin, initials } = this.#reader.read(row.name);
    return {
      ...row,
      paid: JSON.stringify(row.paid),
      generation: this.generation,
      idKey: personKey(row.idType, row.idNumber),
      pinyin,
      initials,
    };
  }
}

/** All rows of a generation in the order of account and fund, a pause after each slice. */
export async function* employeesInSlices(
  { handle }: UnitDatabase,
  generation: number,
  pause: Pause,
): AsyncGenerator<StoredEmployee[]> {
  const next = handle.prepare<[number, string, string, number], StoredEmployee>(
    `SELECT ${columns} FROM employee
     WHERE generation = ? AND (personal_account, fund_type) > (?, ?)
     ORDER BY personal_account, fund_type LIMIT ?`,
  );
  let account = '';
  let fund = '';
  for (;;) {
    const rows = next.all(generation, account, fund, SLICE_ROWS);
    const last = rows[rows.length - 1];
    if (!last) return;
    yield rows;
    await pause();
    account = last.personal_account;
    fund = last.fund_type;
  }
}
