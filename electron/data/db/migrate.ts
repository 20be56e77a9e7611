import type { Database } from 'better-sqlite3';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { describeDatabaseError, isDiskFull } from './failure.ts';
import type { Migration } from './migrations/list.ts';
import { checkPages, versionOf } from './soundness.ts';

export interface MigrationJob {
  readonly handle: Database;
  readonly migrations: readonly Migration[];
  /** Copies the file as it is before anything changes; never asked for one that is still empty. */
  readonly backUp: () => Result<unknown>;
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
    const copied = from > 0 ? job.backUp() : undefined;
    if (copied?.ok === false) {
      const isFull = copied.code === 'BACKUP_NO_SPACE';
      return fail(isFull ? 'DB_FULL' : 'DB_MIGRATION_FAILED', `backup: ${copied.detail}`);
    }
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
