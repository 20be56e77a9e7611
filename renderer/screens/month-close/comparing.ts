import type { Failure } from '../../../shared/errors/result.ts';
import { ask } from '../../bridge.ts';
import { createStore } from '../../state/store.ts';

/** The comparison under way; it goes on while the clerk looks at something else. */
interface Comparing {
  readonly month: number;
  readonly busy: boolean;
  readonly failure: Failure | undefined;
}

const comparing = createStore<Comparing | undefined>(undefined);
export const useComparing = comparing.use;

/** The month chosen by the clerk; the current one until then. */
export const chosenMonth = createStore<number | undefined>(undefined);

export async function startComparing(month: number, reload: () => Promise<void>): Promise<void> {
  if (comparing.get()?.busy) return;
  comparing.set({ month, busy: true, failure: undefined });
  const answer = await ask('month.compare', { businessMonth: month });
  comparing.set({ month, busy: false, failure: answer.ok ? undefined : answer });
  await reload();
}
