import { useCallback } from 'react';
import type { Failure } from '../../shared/errors/result.ts';
import type { StartReport } from '../../shared/ipc/story.ts';
import { ask } from '../bridge.ts';
import { useReading } from './reading.ts';
import { createStore } from './store.ts';

/** What the start found under way, until the clerk has read it. */
export function useStartReport(): StartReport | null {
  const read = useCallback(() => ask('story.start', {}), []);
  return useReading(read, 'orders').value?.report ?? null;
}

const readFailure = createStore<Failure | undefined>(undefined);
export const useStartReadFailure = readFailure.use;

/** 知道了: it is not shown again. */
export async function markStartRead(): Promise<void> {
  const answer = await ask('story.startRead', {});
  readFailure.set(answer.ok ? undefined : answer);
}
