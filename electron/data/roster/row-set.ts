/** A set of row numbers 0 to size - 1, one bit each. */
export class RowSet {
  readonly size: number;
  readonly words: Uint32Array;

  constructor(size: number, words = new Uint32Array(Math.ceil(size / 32))) {
    this.size = size;
    this.words = words;
  }

  static all(size: number): RowSet {
    const set = new RowSet(size);
    set.words.fill(0xffff_ffff);
    const spare = size % 32;
    if (spare !== 0) set.words[set.words.length - 1] = 2 ** spare - 1;
    return set;
  }

  has(row: number): boolean {
    return ((this.words[row >>> 5] ?? 0) & (1 << (row & 31))) !== 0;
  }

  add(row: number): void {
    this.words[row >>> 5] = (this.words[row >>> 5] ?? 0) | (1 << (row & 31));
  }

  delete(row: number): void {
    this.words[row >>> 5] = (this.words[row >>> 5] ?? 0) & ~(1 << (row & 31));
  }

  intersect(other: RowSet): void {
    const { words } = this;
    for (let i = 0; i < words.length; i += 1) words[i] = (words[i] ?? 0) & (other.words[i] ?? 0);
  }

  unite(other: RowSet): void {
    const { words } = this;
    for (let i = 0; i < words.length; i += 1) words[i] = (words[i] ?? 0) | (other.words[i] ?? 0);
  }

  /** In ascending order. */
  forEach(visit: (row: number) => void): void {
    for (let i = 0; i < this.words.length; i += 1) {
      let word = this.words[i] ?? 0;
      while (word !== 0) {
        const bit = 31 - Math.clz32(word & -word);
        visit(i * 32 + bit);
        word &= word - 1;
      }
    }
  }
}

/** From this many rows on a bitmap is the shorter form. */
function isBitmap(count: number, size: number): boolean {
  return count > size / 32;
}

/** Ascending row numbers as stored in `employee_gram.rows`: little-endian, as this machine has it. */
export function packRows(rows: readonly number[], size: number): Uint8Array {
  if (!isBitmap(rows.length, size)) return new Uint8Array(Uint32Array.from(rows).buffer);
  const set = new RowSet(size);
  for (const row of rows) set.add(row);
  return new Uint8Array(set.words.buffer);
}

export function unpackRows(bytes: Uint8Array, count: number, size: number): RowSet {
  // a copy: what SQLite gives need not begin at a multiple of four
  const words = new Uint32Array(new Uint8Array(bytes).buffer);
  if (isBitmap(count, size)) return new RowSet(size, words);
  const set = new RowSet(size);
  for (const row of words) set.add(row);
  return set;
}
