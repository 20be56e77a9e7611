import { useEffect } from 'react';
import type { UnitStatus } from '../../shared/ipc/data.ts';
import type { CentreNotice } from '../../shared/wire/parameters.ts';
import { ask, listen } from '../bridge.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { createStore } from './store.ts';

/** Ids of the notices read on this computer; undefined until they are known. */
const read = createStore<ReadonlySet<string> | undefined>(undefined);
export const useReadNotices = read.use;

const markFailure = createStore<Failure | undefined>(undefined);
/** Why a notice could not be marked. */
export const useMarkFailure = markFailure.use;

/** The one that is open on the screen 中心通知. */
const open = createStore<string | undefined>(undefined);
export const useOpenNotice = open.use;

async function refresh(): Promise<void> {
  const answer = await ask('notices.marks', {});
  if (answer.ok) read.set(new Set(answer.value.marks.map(({ id }) => id)));
}

/** Keeps the marks as they are stored; for the frame alone. */
export function useFollowNotices(): void {
  useEffect(() => {
    void refresh();
    return listen('changed', (event) => {
      if (event.what.includes('status')) void refresh();
    });
  }, []);
}

/** The centre's notices, newest first. */
export function noticesOf({ parameters }: UnitStatus): readonly CentreNotice[] {
  return (parameters?.notices ?? []).toSorted(
    (a, b) => Date.parse(b.publishedAt) - Date.parse(a.publishedAt),
  );
}

export function unreadOf(
  notices: readonly CentreNotice[],
  known: ReadonlySet<string> | undefined,
): readonly CentreNotice[] {
  // while the marks are not known nothing is called unread
  return known ? notices.filter(({ id }) => !known.has(id)) : [];
}

export async function markNotices(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const answer = await ask('notices.markRead', { ids: [...ids] });
  markFailure.set(answer.ok ? undefined : answer);
  if (answer.ok) await refresh();
}

/** Opens one, which marks it as read. */
export function openNotice(id: string): void {
  open.set(id);
  if (!read.get()?.has(id)) void markNotices([id]);
}
