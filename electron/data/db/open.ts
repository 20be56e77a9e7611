import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { BackupView } from '../../../shared/ipc/backups.ts';
import { isDamageNote, readFailureNote, writeFailureNote } from '../backup/failure-note.ts';
import { backupFolderOf, makeRoom } from '../backup/folder.ts';
import { takeBackup } from '../backup/take.ts';
import { openClock } from '../clock.ts';
import { report } from '../../host/report.ts';
import { metaKeys } from '../ports.ts';
import { APPLICATION_ID, configure, connect } from './connection.ts';
import { describeDatabaseError, isDamage, isDiskFull, isNotWritable } from './failure.ts';
import { migrate } from './migrate.ts';
import { migrations as shipped } from './migrations/list.ts';
import type { Migration } from './migrations/list.ts';
import { checkPages, tableCountOf, versionOf } from './soundness.ts';
import { OpenUnitDatabase } from './unit-database.ts';

export interface OpenOptions {
  readonly folder: string;
  readonly unitAccount: string;
  /** 64 hex digits. */
  readonly databaseKey: string;
  /** Of the program: another one than last time makes a backup first. */
  readonly clientVersion: string;
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
 * DB_UNIT_MISMATCH: another unit's. DB_MIGRATION_FAILED, DB_FULL and DB_NOT_WRITABLE: as it was before.
 */
export function openUnitDatabase(options: OpenOptions): Result<OpenUnitDatabase> {
  const { folder, unitAccount, databaseKey: key, migrations = shipped } = options;
  mkdirSync(folder, { recursive: true });
  const file = databaseFileOf(folder, unitAccount);
  finishRescue(file);
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
    if (isNotWritable(error)) return fail('DB_NOT_WRITABLE', describeDatabaseError(error));
    throw error;
  }
}

/** The name of a file brought back from a backup until it takes the place of the damaged one. */
export function rescuedFileOf(file: string): string {
  return `${file}.rescued`;
}

/** The program was ended between putting the damaged file aside and this. */
function finishRescue(file: string): void {
  const rescued = rescuedFileOf(file);
  if (!existsSync(file) && existsSync(rescued)) renameSync(rescued, file);
}

/** Why an existing file is not for this program, unit and key; leaves nothing beside it. */
function refuse(file: string, key: string, unitAccount: string, newest: number) {
  if (!existsSync(file) || statSync(file).size === 0) return undefined;
  takeBackMaking(file, key);
  if (statSync(file).size === 0) return undefined;
  const hadLog = existsSync(`${file}-wal`);
  const refused = lookAt(file, key, unitAccount, newest);
  if (refused && !hadLog) {
    // a connection that may not write makes an empty log to read by, and cannot remove it
    rmSync(`${file}-wal`, { force: true });
    rmSync(`${file}-shm`, { force: true });
  }
  return refused;
}

/**
 * A journal lies beside the file only while the file is being made, before it keeps a log. After a
 * power cut SQLite undoes what there is, which a connection that cannot write is not able to do.
 */
function takeBackMaking(file: string, key: string): void {
  if (!existsSync(`${file}-journal`)) return;
  const handle = connect({ file, key });
  try {
    versionOf(handle);
  } finally {
    handle.close();
  }
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
    // after a crash every page is looked at once, and after a backup that could not read them; a
    // file that was closed is believed otherwise
    if (!wasClosed || wasFoundDamaged(handle, unitAccount)) checkSound(handle);
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

function wasFoundDamaged(handle: Database, unitAccount: string): boolean {
  const note = readFailureNote(new OpenUnitDatabase(handle, unitAccount));
  return note !== null && isDamageNote(note.code);
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
  const { unitAccount } = options;
  const now = timeOf(handle, options);
  configure(handle);
  // a migration may rebuild a table that others refer to; checked before its commit
  handle.pragma('foreign_keys = OFF');
  const migrated = migrate({
    handle,
    migrations,
    backUp: () => backUp(handle, options, now, 'migration'),
    initialise: () => {
      handle.pragma(`application_id = ${APPLICATION_ID}`);
      handle
        .prepare('INSERT INTO unit (one, unit_account, created_at) VALUES (1, ?, ?)')
        .run(unitAccount, now);
    },
  });
  if (!migrated.ok) return migrated;
  configure(handle);
  const database = new OpenUnitDatabase(handle, unitAccount);
  const isCopied = migrated.value.from !== migrated.value.to;
  noteVersion(database, options, now, isCopied);
  return succeed(database);
}

/** The centre's time where the file remembers what this computer's clock is off by. */
function timeOf(handle: Database, { unitAccount, now }: OpenOptions): string {
  if (now) return now();
  if (versionOf(handle) === 0) return new Date().toISOString();
  return openClock(new OpenUnitDatabase(handle, unitAccount)).now();
}

const VERSION_KEY = 'program.version';

/** The first start of another version: a backup first, where a migration has not made one. */
function noteVersion(
  database: OpenUnitDatabase,
  options: OpenOptions,
  now: string,
  isCopied: boolean,
): void {
  const { meta, handle } = database;
  if (meta.get(VERSION_KEY) === options.clientVersion) return;
  const isUsed = meta.get(metaKeys.firstSignIn) !== undefined;
  if (isUsed && !isCopied) {
    const taken = backUp(handle, options, now, 'update');
    // it does not keep anybody from working; the clerk is told
    if (!taken.ok) writeFailureNote(database, { code: taken.code, at: now });
  }
  const noted = database.write(() => {
    meta.set(VERSION_KEY, options.clientVersion);
    return succeed(undefined);
  });
  // on a full disk the next start does it again
  if (!noted.ok) report(`version: ${noted.code} ${noted.detail}`);
}

function backUp(
  source: Database,
  { folder: unitsFolder, unitAccount, databaseKey: key, clientVersion }: OpenOptions,
  at: string,
  reason: 'migration' | 'update',
): Result<BackupView> {
  const folder = backupFolderOf(unitsFolder);
  const programVersion = clientVersion;
  const taken = takeBackup({ source, unitAccount, key, folder, at, reason, programVersion });
  if (taken.ok) makeRoom(folder, unitAccount, at, taken.value.name);
  return taken;
}
