import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { ask, listen } from '../../bridge.ts';
import { ROSTER_WINDOW_ROWS, pagesOf, requestFor } from './roster-filter.ts';
import type { RosterFilter } from './roster-filter.ts';

const DEBOUNCE_MS = 60;

interface Answered {
  readonly filter: RosterFilter;
  readonly total: number;
  readonly monthlyFen: number;
  readonly pages: ReadonlyMap<number, readonly RosterRow[]>;
}

export interface RosterRows {
  /** undefined before the first answer. */
  readonly answered: Answered | undefined;
  readonly failure: Failure | undefined;
  readonly rowAt: (index: number) => RosterRow | undefined;
  readonly need: (first: number, end: number) => void;
}

/**
 * The rows that match, fetched a window at a time. The rows of the last filter stay until the first
 * window of the new one is here; answers to an older filter are dropped.
 */
export function useRosterRows(filter: RosterFilter): RosterRows {
  const [answered, setAnswered] = useState<Answered>();
  const [failure, setFailure] = useState<Failure>();
  const turn = useRef(0);
  const asked = useRef(new Set<number>());

  const begin = useCallback(async (of: RosterFilter) => {
    turn.current += 1;
    const mine = turn.current;
    const answer = await ask('roster.query', requestFor(of, 0));
    if (mine !== turn.current) return;
    if (!answer.ok) {
      setFailure(answer);
      return;
    }
    const { rows, total, monthlyFen } = answer.value;
    asked.current = new Set([0]);
    setFailure(undefined);
    setAnswered({ filter: of, total, monthlyFen, pages: new Map([[0, rows]]) });
  }, []);

  useEffect(() => {
    const timer = setTimeout(() => void begin(filter), DEBOUNCE_MS);
    const end = listen('changed', (event) => {
      if (event.what.includes('roster')) void begin(filter);
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [begin, filter]);

  const shown = answered?.filter;
  const need = useCallback(
    (first: number, end: number) => {
      if (!shown) return;
      const mine = turn.current;
      for (const page of pagesOf(first, end)) {
        if (asked.current.has(page)) continue;
        asked.current.add(page);
        void ask('roster.query', requestFor(shown, page)).then((answer) => {
          if (mine !== turn.current) return;
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
    [shown],
  );

  const pages = answered?.pages;
  const rowAt = useCallback(
    (index: number) =>
      pages?.get(Math.floor(index / ROSTER_WINDOW_ROWS))?.[index % ROSTER_WINDOW_ROWS],
    [pages],
  );
  return { answered, failure, rowAt, need };
}
