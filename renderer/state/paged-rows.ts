import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '../../shared/errors/result.ts';
import { listen } from '../bridge.ts';
import type { Changed } from '../bridge.ts';

/** Rows per question: a few screens' worth. */
export const PAGE_ROWS = 200;
/** While somebody types, only the last question is asked. */
const DEBOUNCE_MS = 60;

export interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

interface Answered<Row, Page> {
  /** The read that these rows answer. */
  readonly of: unknown;
  readonly turn: number;
  readonly total: number;
  /** The answer about the first rows, with whatever it says of all of them. */
  readonly first: Page;
  readonly pages: ReadonlyMap<number, readonly Row[]>;
}

export interface PagedRows<Row, Page> {
  /** undefined before the first answer. */
  readonly answered: Answered<Row, Page> | undefined;
  readonly failure: Failure | undefined;
  readonly rowAt: (index: number) => Row | undefined;
  /** Fetches what is missing between two places, the second one not included. */
  readonly need: (first: number, end: number) => void;
}

/** The pages that hold the rows `first` to `end` (one past the last). */
export function pagesOf(first: number, end: number): number[] {
  const pages: number[] = [];
  const last = Math.floor(Math.max(first, end - 1) / PAGE_ROWS);
  for (let page = Math.floor(first / PAGE_ROWS); page <= last; page += 1) pages.push(page);
  return pages;
}

/**
 * The rows of a list, fetched a page at a time; again on each `changed` event that names `on`, or on
 * every one where `on` is 'anything'. The rows
 * of the last question stay until the first page of the new one is here; answers to an older question
 * are dropped. `read` must be stable: another function is another question.
 */
export function usePagedRows<Row, Page extends RowPage<Row>>(
  read: (offset: number, limit: number) => Promise<Result<Page>>,
  on: Changed | 'anything',
): PagedRows<Row, Page> {
  const [answered, setAnswered] = useState<Answered<Row, Page>>();
  const [failure, setFailure] = useState<Failure>();
  const turn = useRef(0);
  const asked = useRef(new Set<number>());

  const begin = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    const answer = await read(0, PAGE_ROWS);
    if (mine !== turn.current) return;
    if (!answer.ok) {
      setFailure(answer);
      return;
    }
    const { rows, total } = answer.value;
    asked.current = new Set([0]);
    setFailure(undefined);
    setAnswered({
      ...{ of: read, turn: mine, total, first: answer.value },
      pages: new Map([[0, rows]]),
    });
  }, [read]);

  useEffect(() => {
    const timer = setTimeout(() => void begin(), DEBOUNCE_MS);
    const end = listen('changed', (event) => {
      if (on === 'anything' || event.what.includes(on)) void begin();
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [begin, on]);

  const shownTurn = answered?.turn;
  const isCurrent = answered?.of === read;
  // another turn is another `need`: the list asks again for what is in sight
  const need = useCallback(
    (first: number, end: number) => {
      if (!isCurrent || shownTurn !== turn.current) return;
      for (const page of pagesOf(first, end)) {
        if (asked.current.has(page)) continue;
        asked.current.add(page);
        void read(page * PAGE_ROWS, PAGE_ROWS).then((answer) => {
          if (shownTurn !== turn.current) return;
          if (!answer.ok) {
            asked.current.delete(page);
            setFailure(answer);
            return;
          }
          const { rows } = answer.value;
          setAnswered((now) => now && { ...now, pages: new Map(now.pages).set(page, rows) });
        });
      }
    },
    [read, isCurrent, shownTurn],
  );

  const pages = answered?.pages;
  const rowAt = useCallback(
    (index: number) => pages?.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS],
    [pages],
  );
  return { answered, failure, rowAt, need };
}
