import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { syncChangeKinds } from '../../../shared/ipc/sync-difference.ts';
import type { RosterKey } from '../../../shared/wire/roster.ts';
import type { UnitDatabase } from '../ports.ts';
import type { StoredEmployee } from './staging.ts';

export interface RosterDifference {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** More people than anybody reads through; what is beyond is counted. */
const CHANGES_KEPT_MAX = 20_000;
const CHANGES_PER_WRITE = 2_000;

/** Fields of an employee that a sync can change, by the name under which they are told. */
const fields = {
  name: 'name',
  idType: 'id_type',
  idNumber: 'id_number',
  status: 'status',
  base: 'base',
  unitRatio: 'unit_ratio',
  personalRatio: 'personal_ratio',
  unitFen: 'unit_fen',
  personalFen: 'personal_fen',
  openedMonth: 'opened_month',
} as const;
const columns = [...Object.values(fields), 'paid'];

const valuesOf = (row: 'n' | 'o') => columns.map((column) => `${row}.${column}`).join(', ');
const jsonOf = (row: 'n' | 'o') =>
  `json_object(${Object.entries(fields)
    .map(([name, column]) => `'${name}', ${row}.${column}`)
    .join(', ')}, 'paid', json(${row}.paid))`;
const within = (row: 'n' | 'o') => `(${row}.personal_account, ${row}.fund_type) > (@account, @fund)
  AND (${row}.personal_account, ${row}.fund_type) <= (@lastAccount, @lastFund)`;
const sameKey = `= @old AND o.personal_account = n.personal_account AND o.fund_type = n.fund_type`;

/** Everybody between two keys who is not as before: one pass along both generations. */
const DIFFERENCE = `
  SELECT n.personal_account AS account, n.fund_type AS fund, n.name,
    CASE WHEN o.generation IS NULL THEN 'added' ELSE 'changed' END AS change,
    CASE WHEN o.generation IS NOT NULL THEN ${jsonOf('o')} END AS before, ${jsonOf('n')} AS after
  FROM employee n LEFT JOIN employee o ON o.generation ${sameKey}
  WHERE n.generation = @new AND ${within('n')}
    AND (o.generation IS NULL OR (${valuesOf('n')}) IS NOT (${valuesOf('o')}))
  UNION ALL
  SELECT o.personal_account, o.fund_type, o.name, 'removed', ${jsonOf('o')}, NULL
  FROM employee o LEFT JOIN employee n ON n.generation = @new
    AND n.personal_account = o.personal_account AND n.fund_type = o.fund_type
  WHERE o.generation = @old AND ${within('o')} AND n.generation IS NULL`;

interface Range {
  readonly old: number;
  readonly new: number;
  readonly account: string;
  readonly fund: string;
  readonly lastAccount: string;
  readonly lastFund: string;
}

interface Found {
  readonly account: string;
  readonly fund: string;
  readonly name: string;
  readonly change: (typeof syncChangeKinds)[number];
  readonly before: string | null;
  readonly after: string | null;
}

export interface DifferenceTerms {
  /** Number the sync will have. */
  readonly sync: number;
  readonly old: number;
  readonly new: number;
}

/**
 * What a new roster changes against the one in use, slice by slice in key order. The people are
 * put down under the number of the sync to come; only its row, written with the swap, makes them count.
 */
export class SyncDifference {
  readonly #database: UnitDatabase;
  readonly #terms: DifferenceTerms;
  readonly #find;
  readonly #store;
  readonly #counts = { added: 0, changed: 0, removed: 0 };
  #after: RosterKey | undefined;
  #waiting: Found[] = [];
  #kept = 0;

  constructor(database: UnitDatabase, terms: DifferenceTerms) {
    this.#database = database;
    this.#terms = terms;
    this.#find = database.handle.prepare<[Range], Found>(DIFFERENCE);
    this.#store = database.handle.prepare<[Found & { readonly sync: number }]>(
      `INSERT INTO sync_change (sync, personal_account, fund_type, change, name, fields_before, fields_after)
       VALUES (@sync, @account, @fund, @change, @name, @before, @after)`,
    );
  }

  push(rows: readonly StoredEmployee[]): Result<undefined> {
    const last = rows[rows.length - 1];
    if (!last) return succeed(undefined);
    if (this.#terms.old === 0) {
      // a first roster: everybody is new, and nothing is learned by naming them
      this.#counts.added += rows.length;
      return succeed(undefined);
    }
    const upTo = { personalAccount: last.personal_account, fundType: last.fund_type };
    this.#compare(upTo);
    this.#after = upTo;
    return this.#waiting.length < CHANGES_PER_WRITE ? succeed(undefined) : this.#flush();
  }

  finish(): Result<RosterDifference> {
    if (this.#terms.old !== 0) this.#compare(undefined);
    const flushed = this.#flush();
    return flushed.ok ? succeed({ ...this.#counts }) : flushed;
  }

  #compare(upTo: RosterKey | undefined): void {
    const found = this.#find.all({
      old: this.#terms.old,
      new: this.#terms.new,
      account: this.#after?.personalAccount ?? '',
      fund: this.#after?.fundType ?? '',
      // accounts and fund types are digits
      lastAccount: upTo?.personalAccount ?? '~',
      lastFund: upTo?.fundType ?? '~',
    });
    for (const { change } of found) this.#counts[change] += 1;
    const room = CHANGES_KEPT_MAX - this.#kept;
    this.#kept += Math.min(found.length, room);
    this.#waiting.push(...found.slice(0, room));
  }

  #flush(): Result<undefined> {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return succeed(undefined);
    return this.#database.write(() => {
      for (const found of waiting) this.#store.run({ ...found, sync: this.#terms.sync });
      return succeed(undefined);
    });
  }
}
