import { randomUUID } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  truncateSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import { APPLICATION_ID, configure, connect } from '../db/connection.ts';
import { describeDatabaseError, isDamage, isDiskFull } from '../db/failure.ts';
import { migrate } from '../db/migrate.ts';
import { migrations } from '../db/migrations/list.ts';
import { checkPages, versionOf } from '../db/soundness.ts';
import { findFlaw } from './contents.ts';
import { type EndMark, readEndMark } from './end-mark.ts';
import { isNoSpace, keyCheckOf } from './take.ts';

/** A working copy of a backup, sound and of this program's schema; the backup is not touched. */
export interface OpenedBackup {
  readonly handle: Database;
  readonly file: string;
  readonly name: string;
  readonly mark: EndMark;
  /** Ends the working copy; `keep` leaves its file to the caller. */
  close(keep?: boolean): void;
}

export interface BackupToOpen {
  readonly file: string;
  readonly unitAccount: string;
  /** Where the working copy lies; it holds personal data, encrypted as in the original. */
  readonly workFolder: string;
}

/** BACKUP_UNREADABLE, BACKUP_OTHER_UNIT or BACKUP_NEWER; the file is only read. */
export function readOwnMark({ file, unitAccount }: BackupToOpen): Result<EndMark> {
  const mark = readEndMark(file);
  if (!mark.ok) return mark;
  if (mark.value.unitAccount !== unitAccount) {
    return fail('BACKUP_OTHER_UNIT', mark.value.unitAccount);
  }
  if (mark.value.schemaVersion > migrations.length) {
    return fail('BACKUP_NEWER', `schema ${mark.value.schemaVersion}`);
  }
  return mark;
}

export function isKeyOf(mark: EndMark, key: string): boolean {
  return mark.keyCheck === keyCheckOf(key, mark.at);
}

/** Copies it, looks at every page, brings it to this program's schema. The key is the right one. */
export function openBackup(backup: BackupToOpen, mark: EndMark, key: string): Result<OpenedBackup> {
  const { unitAccount, workFolder } = backup;
  const file = join(workFolder, `${workPrefix(unitAccount)}${randomUUID()}.db`);
  let handle: Database | undefined;
  const close = (keep = false) => {
    handle?.close();
    if (!keep) removeWorkFile(file);
  };
  try {
    removeWorkFiles(workFolder, unitAccount);
    extract(backup.file, file, mark.databaseBytes, workFolder);
    handle = connect({ file, key });
    const fault = findFault(handle, unitAccount, mark);
    if (fault) throw new UnsoundBackup(fault);
    bringUp(handle);
    return succeed({ handle, file, name: basename(backup.file), mark, close });
  } catch (error) {
    close();
    if (isDiskFull(error) || isNoSpace(error)) return fail('DB_FULL', describeDatabaseError(error));
    if (error instanceof UnsoundBackup || isDamage(error) || isMissing(error)) {
      return fail('BACKUP_UNREADABLE', describeDatabaseError(error));
    }
    throw error;
  }
}

class UnsoundBackup extends Error {}

function extract(from: string, to: string, bytes: number, folder: string): void {
  mkdirSync(folder, { recursive: true });
  copyFileSync(from, to);
  truncateSync(to, bytes);
  const descriptor = openSync(to, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function findFault(handle: Database, unitAccount: string, mark: EndMark): string | undefined {
  try {
    checkPages(handle);
  } catch (error) {
    return describeDatabaseError(error);
  }
  if (handle.pragma('application_id', { simple: true }) !== APPLICATION_ID) return 'no unit file';
  if (versionOf(handle) !== mark.schemaVersion) return `version ${versionOf(handle)}`;
  const owner = handle.prepare<[], string>('SELECT unit_account FROM unit').pluck().get();
  if (owner !== unitAccount) return `belongs to ${owner ?? 'nobody'}`;
  const flaw = findFlaw(handle, unitAccount);
  return flaw === mark.flaw ? undefined : flaw;
}

function bringUp(handle: Database): void {
  configure(handle);
  handle.pragma('foreign_keys = OFF');
  const migrated = migrate({
    handle,
    migrations,
    // the backup itself is the copy
    backUp: () => succeed(undefined),
    initialise: () => undefined,
  });
  if (!migrated.ok) throw new UnsoundBackup(`${migrated.code}: ${migrated.detail}`);
  configure(handle);
}

const workPrefix = (unitAccount: string) => `${unitAccount}.restoring-`;

/** Also what a run that was killed has left. */
function removeWorkFiles(folder: string, unitAccount: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (name.startsWith(workPrefix(unitAccount))) rmSync(join(folder, name), { force: true });
  }
}

function removeWorkFile(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return ['ENOENT', 'EACCES', 'EPERM', 'EIO', 'ENODEV', 'EINVAL'].includes(String(error.code));
}
