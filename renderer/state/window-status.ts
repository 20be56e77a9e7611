import type { UnitStatus } from '../../shared/ipc/data.ts';
import type { WindowStatus } from '../../shared/ipc/window.ts';
import { ask, listen } from '../bridge.ts';
import { createStore } from './store.ts';

const status = createStore<WindowStatus | undefined>(undefined);
/** Whether a key was unlocked since the window opened: its absence then means it was pulled. */
const unlockedOnce = createStore(false);

function take(next: WindowStatus): void {
  if (next.key.state === 'unlocked') unlockedOnce.set(true);
  status.set(next);
}

export async function refreshStatus(): Promise<void> {
  const answer = await ask('app.status', {});
  if (answer.ok) take(answer.value);
}

/** Follows main's status until the returned function is called. */
export function followStatus(): () => void {
  const ends = [
    listen('status', take),
    listen('changed', (event) => {
      if (event.what.includes('status')) void refreshStatus();
    }),
  ];
  void refreshStatus();
  return () => {
    for (const end of ends) end();
  };
}

/** undefined until main has answered for the first time. */
export const useWindowStatus = status.use;
/** The unit that is signed in, as last told. */
export function readUnit(): UnitStatus | null {
  return status.get()?.unit ?? null;
}
export const useUnlockedOnce = unlockedOnce.use;
