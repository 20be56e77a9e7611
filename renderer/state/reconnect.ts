import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { ask } from '../bridge.ts';
import { createStore } from './store.ts';
import { refreshStatus } from './window-status.ts';

/** Whether the dialog 启动外联平台 is open over the main window. */
const platformDialog = createStore(false);
export const usePlatformDialog = platformDialog.use;

export function openPlatform(): void {
  platformDialog.set(true);
}

export function closePlatform(): void {
  platformDialog.set(false);
}

export interface Reconnecting {
  readonly busy: boolean;
  readonly failure: { readonly code: ErrorCode; readonly detail: string } | null;
}

const reconnecting = createStore<Reconnecting>({ busy: false, failure: null });
export const useReconnecting = reconnecting.use;

export function forgetReconnecting(): void {
  reconnecting.set({ busy: false, failure: null });
}

/** Opens the session with the centre again; the key must be unlocked. */
export async function reconnect(): Promise<void> {
  if (reconnecting.get().busy) return;
  reconnecting.set({ busy: true, failure: null });
  const answer = await ask('session.goOnline', {});
  await refreshStatus();
  reconnecting.set({ busy: false, failure: answer.ok ? null : answer });
}
