import { searchFields } from './folding.ts';
import type { SearchField } from './folding.ts';

/** Text of one field over all rows: UTF-16 units end to end, row i from offsets[i] to offsets[i + 1]. */
export interface TextColumn {
  readonly offsets: Uint32Array;
  readonly units: Uint16Array;
}

export const storedOrders = ['name', 'base', 'monthly', 'status'] as const;
export type StoredOrder = (typeof storedOrders)[number];

/** All that counting, summing and sorting need of a roster, by row number (order of account and fund). */
export interface RosterColumns {
  readonly size: number;
  readonly text: Readonly<Record<SearchField, TextColumn>>;
  readonly funds: Uint8Array;
  readonly statuses: Uint8Array;
  /** 月缴存额, fen. */
  readonly monthly: Float64Array;
  /** 缴存基数 and the unit's part of 月缴存额, fen. */
  readonly bases: Float64Array;
  readonly unitParts: Float64Array;
  /** Row numbers in ascending order of a column; by account is the numbers themselves. */
  readonly orders: Readonly<Record<StoredOrder, Uint32Array>>;
}

export function textAt({ offsets, units }: TextColumn, row: number): string {
  return String.fromCharCode(...units.subarray(offsets[row], offsets[row + 1]));
}

/** Whether a row's text holds the needle, given as UTF-16 units. */
export function isTextIn(column: TextColumn, row: number, needle: Uint16Array): boolean {
  const { offsets, units } = column;
  const last = (offsets[row + 1] ?? 0) - needle.length;
  const first = needle[0];
  for (let at = offsets[row] ?? 0; at <= last; at += 1) {
    if (units[at] !== first) continue;
    let same = 1;
    while (same < needle.length && units[at + same] === needle[same]) same += 1;
    if (same === needle.length) return true;
  }
  return false;
}

export function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}

export class TextColumnBuilder {
  readonly #offsets: number[] = [0];
  #units = new Uint16Array(64 * 1024);
  #length = 0;

  push(text: string): void {
    if (this.#length + text.length > this.#units.length) {
      const larger = new Uint16Array(this.#units.length * 2 + text.length);
      larger.set(this.#units);
      this.#units = larger;
    }
    for (let i = 0; i < text.length; i += 1) this.#units[this.#length + i] = text.charCodeAt(i);
    this.#length += text.length;
    this.#offsets.push(this.#length);
  }

  finish(): TextColumn {
    return {
      offsets: Uint32Array.from(this.#offsets),
      units: this.#units.slice(0, this.#length),
    };
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

/** The columns as rows of `employee_column`. */
export function packColumns(columns: RosterColumns): [name: string, bytes: Uint8Array][] {
  const bytesOf = (array: Uint8Array | Uint16Array | Uint32Array | Float64Array) =>
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  return [
    ...searchFields.flatMap((field): [string, Uint8Array][] => [
      [`${field}.offsets`, bytesOf(columns.text[field].offsets)],
      [`${field}.units`, bytesOf(columns.text[field].units)],
    ]),
    ['funds', bytesOf(columns.funds)],
    ['statuses', bytesOf(columns.statuses)],
    ['monthly', bytesOf(columns.monthly)],
    ['bases', bytesOf(columns.bases)],
    ['unitParts', bytesOf(columns.unitParts)],
    ...storedOrders.map((order): [string, Uint8Array] => [
      `order.${order}`,
      bytesOf(columns.orders[order]),
    ]),
  ];
}

/** Reads them back; throws when one is missing or has another length. */
export function unpackColumns(
  size: number,
  read: (name: string) => Uint8Array | undefined,
): RosterColumns {
  const load = (name: string): Bytes => {
    const bytes = read(name);
    if (!bytes) throw new Error(`roster column ${name} is missing`);
    // a copy: what SQLite gives need not begin at a multiple of eight
    return new Uint8Array(bytes);
  };
  const checked = <A extends { readonly length: number }>(array: A, length: number): A => {
    if (array.length !== length) throw new Error(`roster column of ${array.length}, not ${length}`);
    return array;
  };
  const text = (field: SearchField): TextColumn => ({
    offsets: checked(new Uint32Array(load(`${field}.offsets`).buffer), size + 1),
    units: new Uint16Array(load(`${field}.units`).buffer),
  });
  const order = (name: StoredOrder) => checked(new Uint32Array(load(`order.${name}`).buffer), size);
  return {
    size,
    text: {
      account: text('account'),
      id: text('id'),
      name: text('name'),
      pinyin: text('pinyin'),
      initials: text('initials'),
    },
    funds: checked(load('funds'), size),
    statuses: checked(load('statuses'), size),
    monthly: checked(new Float64Array(load('monthly').buffer), size),
    bases: checked(new Float64Array(load('bases').buffer), size),
    unitParts: checked(new Float64Array(load('unitParts').buffer), size),
    orders: {
      name: order('name'),
      base: order('base'),
      monthly: order('monthly'),
      status: order('status'),
    },
  };
}
