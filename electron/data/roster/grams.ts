import { PART_SEPARATOR } from './folding.ts';
import { sortInSlices } from './slices.ts';
import type { Pause } from './slices.ts';

const GRAM_LENGTH_MAX = 3;

/** The runs of one to three characters of a needle that answer it, or narrow it down. */
export function gramsOfNeedle(needle: string): string[] {
  const characters = Array.from(needle);
  if (characters.length <= GRAM_LENGTH_MAX) return [needle];
  const grams = new Set<string>();
  for (let i = 0; i + GRAM_LENGTH_MAX <= characters.length; i += 1) {
    grams.add(characters.slice(i, i + GRAM_LENGTH_MAX).join(''));
  }
  return [...grams];
}

export function isAnsweredByGram(needle: string): boolean {
  return Array.from(needle).length <= GRAM_LENGTH_MAX;
}

/** 2^17: more characters than Unicode's first three planes use for names, and three still fit a number. */
const SYMBOL_ROOM = 131_072;

/**
 * Collects for each gram of one field the rows that hold it. Rows come in ascending order.
 * Characters (code points, so 𠮷 is one) are numbered as they appear; a gram is the number they
 * make up together, which is far cheaper to look up than text.
 */
export class GramCollector {
  readonly #symbols = new Map<number, number>();
  readonly #characters: string[] = [''];
  readonly #rows = new Map<number, number[]>();

  add(text: string, row: number): void {
    let before = 0;
    let beforeThat = 0;
    for (let i = 0; i < text.length; i += 1) {
      const point = text.codePointAt(i) ?? 0;
      if (point > 0xffff) i += 1;
      if (point === PART_SEPARATOR.charCodeAt(0)) {
        before = 0;
        beforeThat = 0;
        continue;
      }
      const symbol = this.#symbolOf(point);
      this.#note(symbol, row);
      if (before !== 0) this.#note(before * SYMBOL_ROOM + symbol, row);
      if (beforeThat !== 0) {
        this.#note((beforeThat * SYMBOL_ROOM + before) * SYMBOL_ROOM + symbol, row);
      }
      beforeThat = before;
      before = symbol;
    }
  }

  /** In the order of the table's key: pages are then written once, one after the other. */
  async sortedEntries(pause: Pause): Promise<Iterator<[gram: string, rows: readonly number[]]>> {
    const keys = [...this.#rows.keys()];
    const texts = keys.map((key) => this.#textOf(key));
    await pause();
    const textAt = (i: number) => texts[i] ?? '';
    const order = await sortInSlices(
      keys.length,
      (a, b) => (textAt(a) < textAt(b) ? -1 : 1),
      pause,
    );
    return this.#entriesIn(order, keys, texts);
  }

  *#entriesIn(
    order: Uint32Array,
    keys: readonly number[],
    texts: readonly string[],
  ): Generator<[string, readonly number[]], void> {
    for (const i of order) yield [texts[i] ?? '', this.#rows.get(keys[i] ?? 0) ?? []];
  }

  #note(key: number, row: number): void {
    const rows = this.#rows.get(key);
    if (!rows) this.#rows.set(key, [row]);
    else if (rows[rows.length - 1] !== row) rows.push(row);
  }

  #symbolOf(point: number): number {
    const known = this.#symbols.get(point);
    if (known !== undefined) return known;
    const symbol = this.#characters.length;
    if (symbol >= SYMBOL_ROOM) throw new Error('more characters than a roster can hold');
    this.#symbols.set(point, symbol);
    this.#characters.push(String.fromCodePoint(point));
    return symbol;
  }

  #textOf(key: number): string {
    let text = '';
    for (let rest = key; rest > 0; rest = Math.floor(rest / SYMBOL_ROOM)) {
      text = (this.#characters[rest % SYMBOL_ROOM] ?? '') + text;
    }
    return text;
  }
}
