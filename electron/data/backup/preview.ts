import type { Database } from 'better-sqlite3';
import type { Restored, RestorePreview } from '../../../shared/ipc/backups.ts';
import { viewOf } from './end-mark.ts';
import type { OpenedBackup } from './source.ts';

/** What is in a backup, what it brings, and what is here and not in it. */
export function previewRestore(
  here: Database,
  backup: OpenedBackup,
  brings: Restored,
): RestorePreview {
  const lastSyncAt = here.prepare<[], string | null>('SELECT last_sync_at FROM unit').pluck().get();
  const keysOf = (handle: Database, sql: string) => handle.prepare<[]>(sql).pluck().all();
  /** Keys that are here and not there. */
  const countMissing = (ofHere: string, ofThere: string) => {
    const known = new Set(keysOf(backup.handle, ofThere));
    return keysOf(here, ofHere).filter((key) => !known.has(key)).length;
  };
  const syncedThen = backup.mark.holds.lastSyncAt ?? '';
  return {
    backup: viewOf(backup.mark, backup.name),
    brings,
    newerHere: {
      drafts: countMissing("SELECT id FROM draft WHERE state = 'waiting'", 'SELECT id FROM draft'),
      batches: countMissing("SELECT id FROM batch WHERE state = 'ready'", 'SELECT id FROM batch'),
      orders: countMissing(
        `SELECT oid FROM orders o WHERE EXISTS
           (SELECT 1 FROM submission s WHERE s.oid = o.oid AND s.signed IS NOT NULL)`,
        'SELECT oid FROM orders',
      ),
      receipts: countMissing('SELECT rno FROM receipt', 'SELECT rno FROM receipt'),
      lastSyncAt: lastSyncAt && lastSyncAt > syncedThen ? lastSyncAt : null,
    },
  };
}
