import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { UnitDatabase } from '../ports.ts';
import { packColumns, TextColumnBuilder, textAt } from './columns.ts';
import type { RosterColumns, TextColumn } from './columns.ts';
import { foldedField, searchFields } from './folding.ts';
import type { SearchField } from './folding.ts';
import { GramCollector } from './grams.ts';
import { packRows } from './row-set.ts';
import { sortInSlices } from './slices.ts';
import type { Pause } from './slices.ts';
import type { StoredEmployee } from './staging.ts';

const COLLECT_ROWS = 1_000;
const WRITE_PEOPLE = 1_000;
/** Grams written in one transaction: so many, or so many bytes. */
const WRITE_GRAMS = 1_000;
const WRITE_BYTES = 256 * 1024;

/** Makes a generation's columns while its rows go by in key order, then its search index. */
export class RosterIndexBuilder {
  readonly #text: Readonly<Record<SearchField, TextColumnBuilder>> = {
    account: new TextColumnBuilder(),
    id: new TextColumnBuilder(),
    name: new TextColumnBuilder(),
    pinyin: new TextColumnBuilder(),
    initials: new TextColumnBuilder(),
  };
  readonly #funds: number[] = [];
  readonly #statuses: number[] = [];
  readonly #monthly: number[] = [];
  readonly #bases: number[] = [];
  readonly #unitParts: number[] = [];
  readonly #names: { pinyin: string; name: string }[] = [];
  readonly #people: Person[] = [];
  #fen = 0;

  push(rows: readonly StoredEmployee[]): void {
    for (const row of rows) {
      for (const field of searchFields) this.#text[field].push(foldedField(row, field));
      const monthly = row.unit_fen + row.personal_fen;
      this.#funds.push(Number(row.fund_type));
      this.#statuses.push(Number(row.status));
      this.#monthly.push(monthly);
      this.#bases.push(row.base);
      this.#unitParts.push(row.unit_fen);
      this.#names.push({ pinyin: row.pinyin, name: row.name });
      this.#people.push([row.id_key, row.fund_type, row.personal_account, row.status]);
      this.#fen += monthly;
    }
  }

  get count(): number {
    return this.#monthly.length;
  }

  /** Sum of 月缴存额. */
  get fen(): number {
    return this.#fen;
  }

  /** By whom: the order of `employee_person`. */
  async people(pause: Pause): Promise<Person[]> {
    const people = this.#people;
    const keyOf = (i: number) => people[i]?.[0] ?? '';
    const order = await sortInSlices(
      people.length,
      (a, b) => compareText(keyOf(a), keyOf(b)),
      pause,
    );
    return Array.from(order, (row) => people[row]).filter((person) => person !== undefined);
  }

  async columns(pause: Pause): Promise<RosterColumns> {
    const byNumber = (values: readonly number[]) =>
      sortInSlices(values.length, (a, b) => (values[a] ?? 0) - (values[b] ?? 0), pause);
    const names = this.#names;
    return {
      size: this.count,
      text: {
        account: this.#text.account.finish(),
        id: this.#text.id.finish(),
        name: this.#text.name.finish(),
        pinyin: this.#text.pinyin.finish(),
        initials: this.#text.initials.finish(),
      },
      funds: Uint8Array.from(this.#funds),
      statuses: Uint8Array.from(this.#statuses),
      monthly: Float64Array.from(this.#monthly),
      bases: Float64Array.from(this.#bases),
      unitParts: Float64Array.from(this.#unitParts),
      orders: {
        name: await sortInSlices(names.length, (a, b) => compareNames(names[a], names[b]), pause),
        base: await byNumber(this.#bases),
        monthly: await byNumber(this.#monthly),
        status: await byNumber(this.#statuses),
      },
    };
  }
}

export type Person = readonly [idKey: string, fundType: string, account: string, status: string];

interface ReadName {
  readonly pinyin: string;
  readonly name: string;
}

/** As a clerk looks a name up: by its sound, then by its characters. */
function compareNames(a: ReadName | undefined, b: ReadName | undefined): number {
  return compareText(a?.pinyin ?? '', b?.pinyin ?? '') || compareText(a?.name ?? '', b?.name ?? '');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Fills `employee_person` of a generation that nobody reads yet. */
export async function storePeople(
  database: UnitDatabase,
  generation: number,
  people: readonly Person[],
  pause: Pause,
): Promise<Result<undefined>> {
  const insert = database.handle.prepare<[number, ...Person]>(
    `INSERT INTO employee_person (generation, id_key, fund_type, personal_account, status)
     VALUES (?, ?, ?, ?, ?)`,
  );
  for (let start = 0; start < people.length; start += WRITE_PEOPLE) {
    const stored = database.write(() => {
      for (const person of people.slice(start, start + WRITE_PEOPLE)) {
        insert.run(generation, ...person);
      }
      return succeed(undefined);
    });
    if (!stored.ok) return stored;
    await pause();
  }
  return succeed(undefined);
}

/** Stores columns and grams of a generation that nobody reads yet. */
export async function storeIndex(
  database: UnitDatabase,
  generation: number,
  columns: RosterColumns,
  pause: Pause,
): Promise<Result<undefined>> {
  const insert = database.handle.prepare<[number, string, Uint8Array]>(
    'INSERT INTO employee_column (generation, name, bytes) VALUES (?, ?, ?)',
  );
  for (const [name, bytes] of packColumns(columns)) {
    const stored = database.write(() => {
      insert.run(generation, name, bytes);
      return succeed(undefined);
    });
    if (!stored.ok) return stored;
    await pause();
  }
  for (const field of searchFields) {
    const collector = await collectGrams(columns.text[field], columns.size, pause);
    const stored = await storeGrams(
      database,
      { generation, field, size: columns.size },
      collector,
      pause,
    );
    if (!stored.ok) return stored;
  }
  return succeed(undefined);
}

async function collectGrams(column: TextColumn, size: number, pause: Pause) {
  const collector = new GramCollector();
  for (let row = 0; row < size; row += 1) {
    collector.add(textAt(column, row), row);
    if (row % COLLECT_ROWS === COLLECT_ROWS - 1) await pause();
  }
  return collector;
}

interface GramTarget {
  readonly generation: number;
  readonly field: SearchField;
  readonly size: number;
}

async function storeGrams(
  database: UnitDatabase,
  { generation, field, size }: GramTarget,
  collector: GramCollector,
  pause: Pause,
): Promise<Result<undefined>> {
  const insert = database.handle.prepare<[number, string, string, number, Uint8Array]>(
    'INSERT INTO employee_gram (generation, field, gram, count, rows) VALUES (?, ?, ?, ?, ?)',
  );
  const entries = await collector.sortedEntries(pause);
  let next = entries.next();
  while (!next.done) {
    const stored = database.write(() => {
      let bytes = 0;
      for (let grams = 0; grams < WRITE_GRAMS && bytes < WRITE_BYTES && !next.done; grams += 1) {
        const [gram, rows] = next.value;
        const packed = packRows(rows, size);
        insert.run(generation, field, gram, rows.length, packed);
        bytes += packed.length;
        next = entries.next();
      }
      return succeed(undefined);
    });
    if (!stored.ok) return stored;
    await pause();
  }
  return succeed(undefined);
}
