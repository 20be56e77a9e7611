import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import type { RosterSums } from '../../../shared/ipc/queries.ts';
import type { rosterQuerySchema } from '../../../shared/ipc/roster.ts';
import type { RosterKey } from '../../../shared/wire/roster.ts';
import type { UnitDatabase } from '../ports.ts';
import { isTextIn, textAt, unitsOf, unpackColumns } from './columns.ts';
import type { RosterColumns } from './columns.ts';
import { foldSearch, searchFields } from './folding.ts';
import type { SearchField } from './folding.ts';
import { gramsOfNeedle, isAnsweredByGram } from './grams.ts';
import { RowSet, unpackRows } from './row-set.ts';

export type RosterQuery = z.output<typeof rosterQuerySchema>;

/** Answers to so many different conditions are kept: paging and sorting ask the same one again. */
const ANSWERS_KEPT = 64;

interface Condition {
  readonly needle: string;
  readonly fields: readonly SearchField[];
}

/** Both ends included; an end that is not there is open. */
interface Range {
  readonly name: string;
  readonly column: Uint8Array | Float64Array;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

interface Match {
  readonly rows: RowSet;
  readonly total: number;
  readonly sums: RosterSums;
}

/**
 * Finds rows of one generation. What a search asks of the database are single rows of the gram
 * index by key; counts, sums and order come from packed columns, never from a walk over the table.
 */
export class RosterSearchIndex {
  readonly generation: number;
  readonly #columns: RosterColumns;
  readonly #readGram: (field: SearchField, gram: string) => RowSet | undefined;
  readonly #everything: Match;
  readonly #answers = new Map<string, Match>();

  constructor(database: UnitDatabase, generation: number, columns: RosterColumns) {
    this.generation = generation;
    this.#columns = columns;
    this.#readGram = gramReader(database, generation, columns.size);
    this.#everything = this.#measure(RowSet.all(columns.size));
  }

  /** Total and sums over all that match, and the keys of one page. */
  find(query: RosterQuery): { total: number; sums: RosterSums; keys: RosterKey[] } {
    const match = this.#match(query);
    const keys = this.#page(match, query).map((row) => this.#keyOf(row));
    return { total: match.total, sums: match.sums, keys };
  }

  #match(query: RosterQuery): Match {
    const conditions = conditionsOf(query);
    const ranges = this.#rangesOf(query);
    if (conditions.length === 0 && ranges.length === 0) return this.#everything;
    const key = JSON.stringify([conditions, ranges.map(({ name, from, to }) => [name, from, to])]);
    const known = this.#answers.get(key);
    if (known) return known;
    const rows = this.#search(conditions);
    keepWithin(rows, ranges);
    return this.#keep(key, this.#measure(rows));
  }

  #keep(key: string, match: Match): Match {
    const oldest = this.#answers.keys().next();
    if (this.#answers.size >= ANSWERS_KEPT && !oldest.done) this.#answers.delete(oldest.value);
    this.#answers.set(key, match);
    return match;
  }

  #search(conditions: readonly Condition[]): RowSet {
    const rows = RowSet.all(this.#columns.size);
    for (const { needle, fields } of conditions) {
      const found = new RowSet(this.#columns.size);
      for (const field of fields) {
        const inField = this.#inField(field, needle);
        if (inField) found.unite(inField);
      }
      rows.intersect(found);
    }
    return rows;
  }

  /** Rows whose field holds the needle; undefined for none. */
  #inField(field: SearchField, needle: string): RowSet | undefined {
    let rows: RowSet | undefined;
    for (const gram of gramsOfNeedle(needle)) {
      const holding = this.#readGram(field, gram);
      if (!holding) return undefined;
      if (rows) rows.intersect(holding);
      else rows = holding;
    }
    if (!rows || isAnsweredByGram(needle)) return rows;
    const candidates = rows;
    const column = this.#columns.text[field];
    const units = unitsOf(needle);
    candidates.forEach((row) => {
      if (!isTextIn(column, row, units)) candidates.delete(row);
    });
    return candidates;
  }

  /** What is asked of the numbers of a row; conditions that ask nothing are left out. */
  #rangesOf(query: RosterQuery): Range[] {
    const { statuses, funds, bases, monthly } = this.#columns;
    const { baseFrom, baseTo, monthlyFrom, monthlyTo } = query;
    const status = query.status && Number(query.status);
    const fund = query.fundType && Number(query.fundType);
    const asked = [
      { name: 'status', column: statuses, from: status, to: status },
      { name: 'fund', column: funds, from: fund, to: fund },
      { name: 'base', column: bases, from: baseFrom, to: baseTo },
      { name: 'monthly', column: monthly, from: monthlyFrom, to: monthlyTo },
    ];
    return asked.filter(({ from, to }) => from !== undefined || to !== undefined);
  }

  #measure(rows: RowSet): Match {
    const { monthly, bases, unitParts } = this.#columns;
    let total = 0;
    let people = 0;
    let base = 0;
    let unitFen = 0;
    let monthlyFen = 0;
    let before = -1;
    rows.forEach((row) => {
      total += 1;
      // rows stand in the order of accounts: both funds of a person are neighbours
      if (before !== row - 1 || !this.#isSameAccount(before, row)) people += 1;
      before = row;
      base += bases[row] ?? 0;
      unitFen += unitParts[row] ?? 0;
      monthlyFen += monthly[row] ?? 0;
    });
    const sums = { people, base, unitFen, personalFen: monthlyFen - unitFen, monthlyFen };
    return { rows, total, sums };
  }

  #isSameAccount(row: number, other: number): boolean {
    const { offsets, units } = this.#columns.text.account;
    const start = offsets[row] ?? 0;
    const otherStart = offsets[other] ?? 0;
    const length = (offsets[row + 1] ?? 0) - start;
    if ((offsets[other + 1] ?? 0) - otherStart !== length) return false;
    for (let i = 0; i < length; i += 1) {
      if (units[start + i] !== units[otherStart + i]) return false;
    }
    return length > 0;
  }

  #page({ rows, total }: Match, { sort, descending, offset, limit }: RosterQuery): number[] {
    const { size, orders } = this.#columns;
    const order = sort === 'personalAccount' ? undefined : orders[sort];
    const rowAt = (place: number) => order?.[place] ?? place;
    const page: number[] = [];
    const isComplete = total === size;
    let skip = isComplete ? 0 : offset;
    for (let i = isComplete ? offset : 0; i < size && page.length < limit; i += 1) {
      const row = rowAt(descending ? size - 1 - i : i);
      if (!isComplete && !rows.has(row)) continue;
      if (skip > 0) skip -= 1;
      else page.push(row);
    }
    return page;
  }

  #keyOf(row: number): RosterKey {
    return {
      personalAccount: textAt(this.#columns.text.account, row),
      fundType: this.#columns.funds[row] === 10 ? '10' : '11',
    };
  }
}

function keepWithin(rows: RowSet, ranges: readonly Range[]): void {
  for (const { column, from = -Infinity, to = Infinity } of ranges) {
    rows.forEach((row) => {
      const value = column[row] ?? 0;
      if (value < from || value > to) rows.delete(row);
    });
  }
}

function conditionsOf(query: RosterQuery): Condition[] {
  const asked: readonly (readonly [string | undefined, readonly SearchField[]])[] = [
    [query.text, searchFields],
    [query.personalAccount, ['account']],
    [query.name, ['name', 'pinyin', 'initials']],
    [query.idNumber, ['id']],
  ];
  return asked
    .map(([text, fields]) => ({ needle: foldSearch(text ?? ''), fields }))
    .filter(({ needle }) => needle !== '');
}

export const GRAM_LOOKUP =
  'SELECT count, rows FROM employee_gram WHERE generation = ? AND field = ? AND gram = ?';

function gramReader(database: UnitDatabase, generation: number, size: number) {
  const lookup = database.handle.prepare<
    [number, string, string],
    { count: number; rows: Uint8Array }
  >(GRAM_LOOKUP);
  return (field: SearchField, gram: string) => {
    const found = lookup.get(generation, field, gram);
    return found && unpackRows(found.rows, found.count, size);
  };
}

/** Reads the columns of a generation; throws when they are not whole. */
export function loadColumns(
  { handle }: UnitDatabase,
  generation: number,
  size: number,
): RosterColumns {
  const read = handle
    .prepare<[number, string], Uint8Array>(
      'SELECT bytes FROM employee_column WHERE generation = ? AND name = ?',
    )
    .pluck();
  return unpackColumns(
    size,
    (name) => read.get(generation, name) ?? readAmounts(handle, generation, name),
  );
}

/** Columns that a sync of an older program has not stored: read from the rows, once at a sign-in. */
const amountsOf: Readonly<Record<string, string>> = { bases: 'base', unitParts: 'unit_fen' };

function readAmounts(handle: Database, generation: number, name: string): Uint8Array | undefined {
  const column = amountsOf[name];
  if (column === undefined) return undefined;
  const amounts = handle
    .prepare<[number], number>(
      `SELECT ${column} FROM employee WHERE generation = ? ORDER BY personal_account, fund_type`,
    )
    .pluck()
    .all(generation);
  return new Uint8Array(Float64Array.from(amounts).buffer);
}
