import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { AuditRow } from '../../../shared/ipc/audit.ts';
import { ask } from '../../bridge.ts';
import { AUDIT_WINDOW_ROWS, auditPagesOf, auditRequest } from './audit-filter.ts';
import type { AuditFilter } from './audit-filter.ts';

const DEBOUNCE_MS = 120;

interface Answered {
  readonly filter: AuditFilter;
  readonly total: number;
  readonly pages: ReadonlyMap<number, readonly AuditRow[]>;
}

export interface AuditRows {
  /** undefined before the first answer. */
  readonly answered: Answered | undefined;
  readonly failure: Failure | undefined;
  readonly rowAt: (index: number) => AuditRow | undefined;
  readonly need: (first: number, end: number) => void;
}

/** The rows that match, newest first, fetched a window at a time; answers to an older filter are dropped. */
export function useAuditRows(filter: AuditFilter): AuditRows {
  const [answered, setAnswered] = useState<Answered>();
  const [failure, setFailure] = useState<Failure>();
  const turn = useRef(0);
  const asked = useRef(new Set<number>());

  useEffect(() => {
    turn.current += 1;
    const mine = turn.current;
    const timer = setTimeout(() => {
      void ask('audit.list', auditRequest(filter, 0)).then((answer) => {
        if (mine !== turn.current) return;
        setFailure(answer.ok ? undefined : answer);
        if (!answer.ok) return;
        asked.current = new Set([0]);
        const { rows, total } = answer.value;
        setAnswered({ filter, total, pages: new Map([[0, rows]]) });
      });
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [filter]);

  const shown = answered?.filter;
  const need = useCallback(
    (first: number, end: number) => {
      if (!shown) return;
      const mine = turn.current;
      for (const page of auditPagesOf(first, end)) {
        if (asked.current.has(page)) continue;
        asked.current.add(page);
        void ask('audit.list', auditRequest(shown, page)).then((answer) => {
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
      pages?.get(Math.floor(index / AUDIT_WINDOW_ROWS))?.[index % AUDIT_WINDOW_ROWS],
    [pages],
  );
  return { answered, failure, rowAt, need };
}
