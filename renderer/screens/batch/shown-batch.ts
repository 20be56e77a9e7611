import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { Batch } from '../../../shared/ipc/batches.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { ask } from '../../bridge.ts';
import { createStore } from '../../state/store.ts';
import { gatherSeqs } from './grid-desk.ts';

/** What was taken away last, until it is brought back or the note is closed. */
export interface Undoable {
  readonly id: string;
  readonly name: string;
  readonly seqs: readonly number[];
  readonly what: 'rows' | 'discarded' | 'replaced';
}

/** What is shown of one kind's batches; kept while another screen is shown. */
interface Shown {
  /** A batch, the sent ones, or whatever comes first. */
  readonly tab: string | undefined;
  readonly undoable: Undoable | undefined;
  readonly failure: Failure | undefined;
}

export const SENT_TAB = 'sent';

const nothing: Shown = { tab: undefined, undoable: undefined, failure: undefined };
const store = createStore<Readonly<Partial<Record<EntryKind, Shown>>>>({});

function change(kind: EntryKind, next: Partial<Shown>): void {
  const all = store.get();
  store.set({ ...all, [kind]: { ...nothing, ...all[kind], ...next } });
}

export function useShown(kind: EntryKind): Shown {
  return store.use()[kind] ?? nothing;
}

export function showBatch(kind: EntryKind, tab: string): void {
  change(kind, { tab, failure: undefined });
}

export function rememberRemoved(batch: Batch, seqs: readonly number[]): void {
  if (seqs.length === 0) return;
  change(batch.kind, { undoable: { id: batch.id, name: batch.name, seqs, what: 'rows' } });
}

export function forgetUndoable(kind: EntryKind): void {
  change(kind, { undoable: undefined });
}

/** 放弃整批, or its place taken by another file. What was removed before stays removed when undone. */
export async function discardBatch(
  batch: Batch,
  what: 'discarded' | 'replaced' = 'discarded',
): Promise<void> {
  const { id, kind, name } = batch;
  const seqs = await gatherSeqs(id, { show: 'all', text: '' });
  const answer: Result<unknown> = seqs.ok ? await ask('batches.discard', { id }) : seqs;
  if (!seqs.ok || !answer.ok) {
    change(kind, { failure: answer.ok ? undefined : answer });
    return;
  }
  change(kind, {
    ...(what === 'discarded' ? { tab: undefined } : {}),
    undoable: { id, name, seqs: seqs.value, what },
    failure: undefined,
  });
}

/** 撤销. The batch that was given up is shown again. */
export async function undo(kind: EntryKind): Promise<void> {
  const { undoable } = store.get()[kind] ?? nothing;
  if (!undoable) return;
  const { id, seqs } = undoable;
  const answer = await ask('batches.restore', { id, seqs: [...seqs] });
  change(
    kind,
    answer.ok ? { undoable: undefined, tab: id, failure: undefined } : { failure: answer },
  );
}
