import { useState } from 'react';
import type { Failure } from '../../shared/errors/result.ts';
import type { Reveal } from '../../shared/ipc/queries.ts';
import { REVEALED_ROWS_MAX } from '../../shared/ipc/queries.ts';
import { ask } from '../bridge.ts';
import type { RowRange } from '../parts/grid-window.ts';
import { createStore } from './store.ts';
import type { Store } from './store.ts';

export interface Revealed {
  /** The whole number of a row that was asked for, by the row's key. */
  readonly numberOf: (key: string) => string | undefined;
  readonly any: boolean;
  readonly failure: Failure | undefined;
  /** Asks for the numbers of these rows; the host writes it down first. */
  readonly reveal: (keys: readonly string[], request: Reveal) => Promise<void>;
  readonly cover: () => void;
}

interface Shown {
  readonly of: string;
  readonly numbers: ReadonlyMap<string, string>;
  readonly failure: Failure | undefined;
}

/** ID numbers uncovered by the clerk; covered again when `list` is another one or the screen is left. */
export function useRevealed(list: string): Revealed {
  const none: Shown = { of: list, numbers: new Map(), failure: undefined };
  const [kept, setKept] = useState(none);
  const shown = kept.of === list ? kept : none;
  async function reveal(keys: readonly string[], request: Reveal) {
    const answer = await ask('query.reveal', request);
    setKept((before) => {
      const numbers = new Map(before.of === list ? before.numbers : []);
      if (!answer.ok) return { of: list, numbers, failure: answer };
      for (const [at, key] of keys.entries()) numbers.set(key, answer.value.idNumbers[at] ?? '');
      return { of: list, numbers, failure: undefined };
    });
  }
  return {
    numberOf: (key) => shown.numbers.get(key),
    any: shown.numbers.size > 0,
    failure: shown.failure,
    reveal,
    cover: () => {
      setKept(none);
    },
  };
}

/** Keeps which rows of a list are in sight; nothing is drawn anew when it changes. */
export function useSight(): Store<RowRange> {
  const [sight] = useState(() => createStore<RowRange>({ first: 0, end: 0 }));
  return sight;
}

/** The rows in sight, as many as may be asked for at once. */
export function rowsInSight<Row>(
  { first, end }: RowRange,
  rowAt: (index: number) => Row | undefined,
): Row[] {
  const rows: Row[] = [];
  for (let index = first; index < end && rows.length < REVEALED_ROWS_MAX; index += 1) {
    const row = rowAt(index);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}
