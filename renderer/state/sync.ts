import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { EventOf, ValueOf } from '../../shared/ipc/contract.ts';
import type { windowContract, windowEvents } from '../../shared/ipc/window.ts';
import { ask, listen } from '../bridge.ts';
import { createStore } from './store.ts';
import { refreshStatus } from './window-status.ts';

export type SyncProgress = EventOf<typeof windowEvents, 'sync.progress'>;
export type SyncSummary = ValueOf<typeof windowContract, 'roster.sync'>;
export type SyncEnded = EventOf<typeof windowEvents, 'sync.ended'>;

/** The roster sync as the window knows it, wherever it was started. */
export type SyncState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: SyncProgress }
  | { readonly kind: 'done'; readonly summary: SyncSummary }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly detail: string };

const sync = createStore<SyncState>({ kind: 'idle' });

const begun: SyncProgress = { phase: 'asking', rows: 0, of: 0 };

/**
 * What a progress event makes of the state; the end itself is told by the answer, not by progress.
 * The answer may overtake the last events: they do not bring a sync back that has ended.
 */
export function withProgress(state: SyncState, progress: SyncProgress): SyncState {
  if (state.kind === 'done' || state.kind === 'failed') return state;
  const ended = ['done', 'failed', 'cancelled'].includes(progress.phase);
  return ended ? state : { kind: 'running', progress };
}

export function withEnd(ended: SyncEnded): SyncState {
  return ended.ok
    ? { kind: 'done', summary: ended.summary }
    : { kind: 'failed', code: ended.code, detail: ended.detail };
}

function end(ended: SyncEnded): void {
  sync.set(withEnd(ended));
  void refreshStatus();
}

export function followSync(): () => void {
  const ends = [
    listen('sync.progress', (progress) => {
      sync.set(withProgress(sync.get(), progress));
    }),
    listen('sync.ended', end),
  ];
  return () => {
    for (const stop of ends) stop();
  };
}

/** A sync that sign-in is asking main for. */
export function expectSync(): void {
  sync.set({ kind: 'running', progress: begun });
}

/** The sign-in came to nothing, or offline: there is no sync. */
export function dropExpectedSync(): void {
  sync.set({ kind: 'idle' });
}

/** Starts a sync, unless one runs. */
export async function startSync(): Promise<void> {
  if (sync.get().kind === 'running') return;
  sync.set({ kind: 'running', progress: begun });
  const answer = await ask('roster.sync', {});
  if (answer.ok) {
    end({ ok: true, summary: answer.value });
    return;
  }
  // another sync is under way: its own end will tell
  if (answer.code === 'SYNC_RUNNING') return;
  end({ ok: false, code: answer.code, detail: answer.detail });
}

export async function cancelSync(): Promise<void> {
  await ask('roster.cancelSync', {});
}

export const useSync = sync.use;
