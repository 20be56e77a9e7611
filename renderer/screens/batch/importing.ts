import type { Failure } from '../../../shared/errors/result.ts';
import type { Batch } from '../../../shared/ipc/batches.ts';
import type { EventOf } from '../../../shared/ipc/contract.ts';
import type { windowEvents } from '../../../shared/ipc/window.ts';
import type { EntryKind, FundType } from '../../../shared/wire/primitives.ts';
import { ask, listen } from '../../bridge.ts';
import { createStore } from '../../state/store.ts';
import { discardBatch, showBatch } from './shown-batch.ts';

export type ImportProgress = EventOf<typeof windowEvents, 'import.progress'>;

/** One import at a time, whatever screen is shown meanwhile. */
export type Importing =
  | { readonly state: 'idle' }
  | {
      readonly state: 'running';
      readonly kind: EntryKind;
      /** undefined while the clerk chooses the file. */
      readonly progress: ImportProgress | undefined;
    }
  | { readonly state: 'failed'; readonly kind: EntryKind; readonly failure: Failure }
  | { readonly state: 'done'; readonly kind: EntryKind; readonly batch: Batch };

const importing = createStore<Importing>({ state: 'idle' });
export const useImporting = importing.use;

/** What a progress event makes of the state; one that comes late changes nothing. */
export function withImportProgress(state: Importing, progress: ImportProgress): Importing {
  return state.state === 'running' ? { ...state, progress } : state;
}

export function followImport(): () => void {
  return listen('import.progress', (progress) => {
    importing.set(withImportProgress(importing.get(), progress));
  });
}

/**
 * 从Excel导入: asks for a file, reads and checks it, and shows the batch. `replaced` goes once the
 * new file is in, and can be brought back; a file that is refused leaves it alone.
 */
export async function importFile(
  kind: EntryKind,
  fundType: FundType,
  replaced?: Batch,
): Promise<void> {
  if (importing.get().state === 'running') return;
  importing.set({ state: 'running', kind, progress: undefined });
  const answer = await ask('batch.import', { kind, fundType });
  if (!answer.ok) {
    importing.set(
      answer.code === 'IMPORT_CANCELLED'
        ? { state: 'idle' }
        : { state: 'failed', kind, failure: answer },
    );
    return;
  }
  const { batch } = answer.value;
  if (!batch) {
    importing.set({ state: 'idle' });
    return;
  }
  showBatch(kind, batch.id);
  importing.set({ state: 'done', kind, batch });
  if (replaced) await discardBatch(replaced, 'replaced');
}

export async function cancelImport(): Promise<void> {
  await ask('batch.cancelImport', {});
}

/** What was told of the last import has been seen. */
export function forgetImport(): void {
  if (importing.get().state !== 'running') importing.set({ state: 'idle' });
}
