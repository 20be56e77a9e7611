import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import type { Tone } from '../../parts/state-word.tsx';
import type { SyncState } from '../../state/sync.ts';
import { keyWords, platformWords, topBar } from '../../text/frame.ts';
import { agoText } from '../../text/time.ts';

export interface ShownState {
  readonly tone: Tone;
  readonly word: string;
}

const keyTones: Readonly<Record<WindowStatus['key']['state'], Tone>> = {
  unknown: 'idle',
  absent: 'idle',
  present: 'warn',
  unlocked: 'good',
  driverMissing: 'bad',
  failed: 'bad',
};

export function keyState(key: WindowStatus['key']): ShownState {
  return { tone: keyTones[key.state], word: keyWords[key.state] };
}

/** The channel as one state: started by the platform, used by the session. */
export function channelState(status: WindowStatus, unit: UnitStatus): ShownState {
  if (unit.channel === 'online') return { tone: 'good', word: platformWords.online };
  if (unit.channel === 'waiting') return { tone: 'warn', word: platformWords.waiting };
  if (unit.channel === 'connecting') return { tone: 'busy', word: platformWords.connecting };
  switch (status.platform.state) {
    case 'off':
      return { tone: 'idle', word: platformWords.off };
    case 'starting':
      return { tone: 'busy', word: platformWords.starting };
    case 'keyOnly':
      return { tone: 'warn', word: platformWords.keyOnly };
    case 'ready':
      return { tone: 'warn', word: platformWords.signedOut };
  }
}

const STALE_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

export function syncState(unit: UnitStatus, sync: SyncState, nowMs: number): ShownState {
  if (sync.kind === 'running') return { tone: 'busy', word: topBar.syncing };
  if (unit.lastSyncAt === null) return { tone: 'warn', word: topBar.never };
  const isStale = nowMs - Date.parse(unit.lastSyncAt) > STALE_AFTER_MS;
  return { tone: isStale ? 'warn' : 'good', word: agoText(unit.lastSyncAt, nowMs) };
}
