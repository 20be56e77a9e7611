import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { checkPages, tableCountOf, versionOf } from './backup.ts';
import { APPLICATION_ID, configure, connect } from './connection.ts';
import { describeDatabaseError, isDamage, isDiskFull } from './failure.ts';
import { migrate } from './migrate.ts';
import { migrations as shipped } from './migrations/list.ts';
import type { Migration } from './migrations/list.ts';
import { OpenUnitDatabase } from './unit-database.ts';

export interface OpenOptions {
  readonly folder: string;
  readonly unitAccount: string;
  /** 64 hex digits. */
  readonly databaseKey: string;
  /** UTC ISO text; names backups and dates the file's first row. */
  readonly now?: () => string;
  readonly migrations?: readonly Migration[];
}

export function databaseFileOf(folder: string, unitAccount: string): string {
  return join(folder, `${unitAccount}.db`);
}

/**
 * Opens a unit's file, makes it if there is none, and brings it to this program's schema.
 * DB_NEWER: made by a newer program, not one byte changed. DB_DAMAGED: wrong key, or not sound.
 * DB_UNIT_MISMATCH: another unit's. DB_MIGRATION_FAILED and DB_FULL: as it was before.
 */
export function openUnitDatabase(options: OpenOptions): Result<OpenUnitDatabase> {
  const { folder, unitAccount, databaseKey: key, migrations = shipped } = options;
  mkdirSync(folder, { recursive: true });
  const file = databaseFileOf(folder, unitAccount);
  try {
    const refused = refuse(file, key, unitAccount, migrations.length);
    if (refused) return refused;
    const handle = connect({ file, key });
    const opened = prepare(handle, options, migrations);
    if (!opened.ok) handle.close();
    return opened;
  } catch (error) {
    if (isDamage(error)) return fail('DB_DAMAGED', describeDatabaseError(error));
    if (isDiskFull(error)) return fail('DB_FULL', describeDatabaseError(error));
    throw error;
  }
}

/** Why an existing file is not for this program, unit and key; leaves nothing beside it. */
function refuse(file: string, key: string, unitAccount: string, newest: number) {
  if (!existsSync(file) || statSync(file).size === 0) return undefined;
  const hadLog = existsSync(`${file}-wal`);
  const refused = lookAt(file, key, unitAccount, newest);
  if (refused && !hadLog) {
    // a connection that may not write makes an empty log to read by, and cannot remove it
    rmSync(`${file}-wal`, { force: true });
    rmSync(`${file}-shm`, { force: true });
  }
  return refused;
}

/** Through a connection that cannot write. */
function lookAt(file: string, key: string, unitAccount: string, newest: number) {
  const wasClosed = !existsSync(`${file}-wal`) || statSync(`${file}-wal`).size === 0;
  const handle = connect({ file, key, readonly: true });
  try {
    const version = versionOf(handle);
    if (version > newest) return fail('DB_NEWER', `version ${version}, known up to ${newest}`);
    if (version === 0) return refuseForeign(handle);
    if (applicationOf(handle) !== APPLICATION_ID) return fail('DB_DAMAGED', 'not a unit file');
    const owner = ownerOf(handle);
    if (owner !== unitAccount) return fail('DB_UNIT_MISMATCH', `belongs to ${String(owner)}`);
    // after a crash every page is looked at once; a file that was closed is believed
    if (!wasClosed) checkSound(handle);
    return undefined;
  } catch (error) {
    if (error instanceof UnsoundError) return fail('DB_DAMAGED', error.message);
    throw error;
  } finally {
    handle.close();
  }
}

/** Version 0 is a file whose making was cut short: it may hold nothing. */
function refuseForeign(handle: Database) {
  const tables = tableCountOf(handle);
  return tables === 0 ? undefined : fail('DB_DAMAGED', `${tables} tables without a version`);
}

class UnsoundError extends Error {}

function checkSound(handle: Database): void {
  try {
    checkPages(handle);
  } catch (error) {
    throw new UnsoundError(describeDatabaseError(error));
  }
}

function applicationOf(handle: Database): unknown {
  return handle.pragma('application_id', { simple: true });
}

function ownerOf(handle: Database): string | undefined {
  return handle.prepare<[], string>('SELECT unit_account FROM unit').pluck().get();
}

function prepare(
  handle: Database,
  options: OpenOptions,
  migrations: readonly Migration[],
): Result<OpenUnitDatabase> {
  const { folder, unitAccount, databaseKey: key } = options;
  const now = options.now?.() ?? new Date().toISOString();
  configure(handle);
  // a migration may rebuild a table that others refer to; checked before its commit
  handle.pragma('foreign_keys = OFF');
  const migrated = migrate({
    handle,
    key,
    migrations,
    backupFile: () => {
      const stamp = now.replaceAll(/[-:.]/g, '');
      return join(folder, `${unitAccount}.v${versionOf(handle)}.${stamp}.backup.db`);
    },
    initialise: () => {
      handle.pragma(`application_id = ${APPLICATION_ID}`);
      handle
        .prepare('INSERT INTO unit (one, unit_account, created_at) VALUES (1, ?, ?)')
        .run(unitAccount, now);
    },
  });
  if (!migrated.ok) return migrated;
  configure(handle);
  return succeed(new OpenUnitDatabase(handle, unitAccount));
}
