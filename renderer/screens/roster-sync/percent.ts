import type { SyncProgress } from '../../state/sync.ts';

/** Whole percent of a sync; 100 only once everything is stored. */
export function percentOf({ phase, rows, of }: SyncProgress): number {
  if (phase === 'done') return 100;
  if (of === 0) return 0;
  return Math.min(99, Math.floor((rows / of) * 100));
}
