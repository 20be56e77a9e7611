import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { ask } from '../bridge.ts';
import { createStore } from './store.ts';

/** An automatic backup that failed: told here until the program ends or a backup succeeds. */
const failed = createStore<{ readonly code: ErrorCode; readonly at: string } | null>(null);
export const useFailedBackup = failed.use;

export function forgetFailedBackup(): void {
  failed.set(null);
}

/** The list; a failure that comes with it is from then on read, and no notice any more. */
export async function readBackups() {
  const answer = await ask('backups.list', {});
  if (answer.ok && answer.value.failed) {
    failed.set(answer.value.failed);
    await ask('backups.acknowledge', {});
  }
  return answer;
}
