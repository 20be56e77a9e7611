import { useState } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { ask } from '../../bridge.ts';
import { createStore } from '../../state/store.ts';

/** What was deleted at one time, or could not come back. */
export interface Removal {
  readonly ids: readonly string[];
  readonly count: number;
  /** Those that could not come back, with the reason. */
  readonly refused: readonly Issue[];
}

/** What is ticked and what was deleted in one queue; kept while the clerk is in another screen. */
export interface QueueHand {
  readonly marked: ReadonlySet<string>;
  /** The newest last: 撤销 takes them back one by one. */
  readonly removals: readonly Removal[];
}

const emptyHand: QueueHand = { marked: new Set(), removals: [] };
const hands = createStore<Readonly<Partial<Record<EntryKind, QueueHand>>>>({});

export function readHand(kind: EntryKind): QueueHand {
  return hands.get()[kind] ?? emptyHand;
}

function changeHand(kind: EntryKind, change: (hand: QueueHand) => Partial<QueueHand>): void {
  const hand = readHand(kind);
  hands.set({ ...hands.get(), [kind]: { ...hand, ...change(hand) } });
}

export function mark(kind: EntryKind, ids: Iterable<string>): void {
  changeHand(kind, () => ({ marked: new Set(ids) }));
}

/** A row that is edited is ticked no longer: a 删除 meant for others cannot take it along. */
export function unmark(kind: EntryKind, id: string): void {
  const { marked } = readHand(kind);
  if (marked.has(id))
    mark(
      kind,
      [...marked].filter((one) => one !== id),
    );
}

/** 删除; nothing stays ticked, so that the next 删除 takes only what is ticked anew. */
export async function removeDrafts(
  kind: EntryKind,
  ids: readonly string[],
): Promise<Failure | undefined> {
  const answer = await ask('queue.remove', { ids: [...ids] });
  if (!answer.ok) return answer;
  const { removed: count } = answer.value;
  changeHand(kind, ({ removals }) => ({
    marked: emptyHand.marked,
    removals: [
      ...removals.filter(({ refused }) => refused.length === 0),
      { ids, count, refused: [] },
    ],
  }));
  return undefined;
}

/** 撤销 of the last 删除; what comes back is not ticked. */
export async function restoreDrafts(kind: EntryKind): Promise<Failure | undefined> {
  const removal = readHand(kind).removals.at(-1);
  if (!removal) return undefined;
  const answer = await ask('queue.restore', { ids: [...removal.ids] });
  if (!answer.ok) return answer;
  const { refused } = answer.value;
  changeHand(kind, ({ removals }) => {
    const before = removals.filter((one) => one !== removal);
    const left = refused.length > 0 ? [...before, { ids: [], count: 0, refused }] : before;
    return { marked: emptyHand.marked, removals: left };
  });
  return undefined;
}

/** The bar is closed: over what could not come back an earlier 删除 may still be undone. */
export function closeRemoval(kind: EntryKind): void {
  changeHand(kind, ({ removals }) => {
    const isRefusal = (removals.at(-1)?.refused.length ?? 0) > 0;
    return { removals: isRefusal ? removals.slice(0, -1) : [] };
  });
}

export interface Removing {
  readonly marked: ReadonlySet<string>;
  readonly removal: Removal | undefined;
  readonly failure: Failure | undefined;
  readonly remove: (ids: readonly string[]) => Promise<void>;
  readonly undo: () => Promise<void>;
}

/** 删除 and 撤销 of one queue. `onDone` reads it again, whatever came of it. */
export function useRemoving(kind: EntryKind, onDone: () => Promise<void>): Removing {
  const { marked, removals } = hands.use()[kind] ?? emptyHand;
  const [failure, setFailure] = useState<Failure>();
  const run = async (step: Promise<Failure | undefined>) => {
    setFailure(await step);
    await onDone();
  };
  return {
    marked,
    removal: removals.at(-1),
    failure,
    remove: (ids) => run(removeDrafts(kind, ids)),
    undo: () => run(restoreDrafts(kind)),
  };
}
