import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { SyncChange } from '../../../shared/ipc/sync-difference.ts';
import { ask } from '../../bridge.ts';

const PAGE = 200;

interface ChangePages {
  /** undefined before the first answer. */
  readonly total: number | undefined;
  readonly rowAt: (index: number) => SyncChange | undefined;
  readonly need: (first: number, end: number) => void;
  readonly failure: Failure | undefined;
}

/** The people a sync changed in one way, fetched as they come in sight; they never change again. */
export function useChanges(number: number, change: SyncChange['change']): ChangePages {
  const [total, setTotal] = useState<number>();
  const [pages, setPages] = useState<ReadonlyMap<number, readonly SyncChange[]>>(new Map());
  const [failure, setFailure] = useState<Failure>();
  const asked = useRef(new Set<number>());
  const fetchPage = useCallback(
    async (page: number) => {
      if (asked.current.has(page)) return;
      asked.current.add(page);
      const request = { number, change, offset: page * PAGE, limit: PAGE };
      const answer = await ask('syncs.changes', request);
      if (!answer.ok) {
        asked.current.delete(page);
        setFailure(answer);
        return;
      }
      setTotal(answer.value.total);
      setPages((now) => new Map(now).set(page, answer.value.changes));
    },
    [number, change],
  );
  useEffect(() => {
    queueMicrotask(() => void fetchPage(0));
  }, [fetchPage]);
  const need = useCallback(
    (first: number, end: number) => {
      for (let page = Math.floor(first / PAGE); page * PAGE < end; page += 1) void fetchPage(page);
    },
    [fetchPage],
  );
  const rowAt = useCallback(
    (index: number) => pages.get(Math.floor(index / PAGE))?.[index % PAGE],
    [pages],
  );
  return { total, rowAt, need, failure };
}
