import { useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { ask } from '../../bridge.ts';
import { createStore } from '../../state/store.ts';

/** What was deleted last, until it is brought back or the bar is closed; also after another screen. */
export interface Removal {
  readonly ids: readonly string[];
  readonly count: number;
  /** Those that could not come back, with the reason. */
  readonly refused: readonly Issue[];
}

const removals = createStore<Readonly<Partial<Record<EntryKind, Removal | null>>>>({});

function setRemoval(kind: EntryKind, removal: Removal | null): void {
  removals.set({ ...removals.get(), [kind]: removal });
}

export interface Removing {
  readonly removal: Removal | undefined;
  readonly failure: Failure | undefined;
  readonly remove: (ids: readonly string[]) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly forget: () => void;
}

/** 删除 and 撤销 of one queue. `onDone` reads it again, whatever came of it. */
export function useRemoving(kind: EntryKind, onDone: () => Promise<void>): Removing {
  const removal = removals.use()[kind] ?? undefined;
  const [failure, setFailure] = useState<Failure>();
  return {
    removal,
    failure,
    remove: async (ids) => {
      const answer = await ask('queue.remove', { ids: [...ids] });
      setFailure(answer.ok ? undefined : answer);
      if (answer.ok) setRemoval(kind, { ids, count: answer.value.removed, refused: [] });
      await onDone();
    },
    undo: async () => {
      if (!removal) return;
      const answer = await ask('queue.restore', { ids: [...removal.ids] });
      setFailure(answer.ok ? undefined : answer);
      if (answer.ok) {
        const { refused } = answer.value;
        const left = refused.length > 0 ? { ids: [], count: 0, refused } : null;
        setRemoval(kind, left);
      }
      await onDone();
    },
    forget: () => {
      setRemoval(kind, null);
    },
  };
}
