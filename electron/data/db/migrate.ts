import type { Database } from 'better-sqlite3';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { checkPages, versionOf, writeBackup } from './backup.ts';
import { describeDatabaseError, isDiskFull } from './failure.ts';
import type { Migration } from './migrations/list.ts';

export interface MigrationJob {
  readonly handle: Database;
  readonly key: string;
  readonly migrations: readonly Migration[];
  /** Where the copy from before goes; never asked for a file that is still empty. */
  readonly backupFile: () => string;
  /** Runs in the same transaction, after the migrations of a new file. */
  readonly initialise: (handle: Database) => void;
}

/**
 * Brings a file to the newest schema, all or nothing: one transaction, checked before its commit.
 * An existing file is copied first; without a sound copy nothing is changed. Must be called while
 * `foreign_keys` is still off (a migration may rebuild tables), outside any transaction.
 */
export function migrate(job: MigrationJob): Result<{ from: number; to: number }> {
  const { handle, migrations } = job;
  const from = versionOf(handle);
  const to = migrations.length;
  if (from === to) return succeed({ from, to });
  try {
    if (from > 0) writeBackup(handle, { file: job.backupFile(), key: job.key });
    handle.transaction(() => {
      for (const migration of migrations.slice(from)) migration(handle);
      if (from === 0) job.initialise(handle);
      handle.pragma(`user_version = ${to}`);
      checkReferences(handle);
      checkPages(handle);
    })();
    return succeed({ from, to });
  } catch (error) {
    const detail = describeDatabaseError(error);
    return fail(isDiskFull(error) ? 'DB_FULL' : 'DB_MIGRATION_FAILED', `from ${from}: ${detail}`);
  }
}

function checkReferences(handle: Database): void {
  const broken = handle.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) {
    throw new Error(`foreign_key_check: ${broken.length} rows, first ${JSON.stringify(broken[0])}`);
  }
}
