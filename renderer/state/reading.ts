import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '../../shared/errors/result.ts';
import { listen } from '../bridge.ts';
import type { Changed } from '../bridge.ts';

export interface Reading<T> {
  /** The newest answer; stays while a new one is on its way. */
  readonly value: T | undefined;
  readonly failure: Failure | undefined;
  readonly reload: () => Promise<void>;
}

/**
 * Reads through main at once, again when `read` is another function, and on each `changed` event that
 * names one of `on`. An answer overtaken by a newer question is dropped. `read` must be stable.
 */
export function useReading<T>(read: () => Promise<Result<T>>, on: Changed): Reading<T> {
  const [answer, setAnswer] = useState<Result<T>>();
  const [value, setValue] = useState<T>();
  const turn = useRef(0);
  const reload = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    const next = await read();
    if (mine !== turn.current) return;
    setAnswer(next);
    if (next.ok) setValue(next.value);
  }, [read]);
  useEffect(() => {
    queueMicrotask(() => void reload());
    return listen('changed', (event) => {
      if (event.what.includes(on)) void reload();
    });
  }, [reload, on]);
  return { value, failure: answer?.ok === false ? answer : undefined, reload };
}
