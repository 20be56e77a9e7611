import { createHmac } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { readdirSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { backupReasonSchema, BackupView } from '../../../shared/ipc/backups.ts';
import type { z } from 'zod';
import { connect } from '../db/connection.ts';
import { describeDatabaseError, isDamage, isDiskFull } from '../db/failure.ts';
import { checkPages, tableCountOf, versionOf } from '../db/soundness.ts';
import { findFlaw, lastAuditSeq, readHolds } from './contents.ts';
import { encodeEndMark, type EndMark, readEndMark, viewOf } from './end-mark.ts';
import { BACKUP_SUFFIX, stampOf } from './folder.ts';
import { readSealedKeys } from './sealed-keys.ts';

export interface BackupJob {
  readonly source: Database;
  readonly unitAccount: string;
  readonly key: string;
  readonly folder: string;
  /** The centre's time, UTC ISO. */
  readonly at: string;
  readonly reason: z.output<typeof backupReasonSchema>;
  readonly programVersion: string;
}

const PART_SUFFIX = '.part';

/**
 * Copies a unit's file, consistent and with the same key, opens the copy, checks it, and only then
 * marks it as a backup and gives it its name. A half-made one is removed, also one an earlier run left.
 * (SQLite's backup interface cannot copy encrypted files; VACUUM INTO can.)
 */
export function takeBackup(job: BackupJob): Result<BackupView> {
  let part: string | undefined;
  try {
    mkdirSync(job.folder, { recursive: true });
    removeParts(job);
    const file = freeName(job);
    part = file + PART_SUFFIX;
    job.source.prepare('VACUUM INTO ?').run(part);
    finish(job, part);
    renameSync(part, file);
    flushFolder(job.folder);
    const mark = readEndMark(file);
    return mark.ok ? succeed(viewOf(mark.value, basename(file))) : mark;
  } catch (error) {
    if (part !== undefined) rmSync(part, { force: true });
    return describeFailure(error);
  }
}

/** Whether a key is the one a backup was made with. */
export function keyCheckOf(key: string, at: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(`backup ${at}`).digest('hex');
}

function finish(job: BackupJob, part: string): void {
  const mark = checkCopy(job, part);
  const descriptor = openSync(part, 'r+');
  try {
    const bytes = encodeEndMark(mark);
    const written = writeSync(descriptor, bytes, 0, bytes.length, mark.databaseBytes);
    if (written !== bytes.length) throw new DiskFull(part);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

class DiskFull extends Error {}
class UnsoundCopy extends Error {}

function checkCopy(job: BackupJob, file: string): Omit<EndMark, 'format'> {
  const { source, unitAccount, key, at, reason, programVersion } = job;
  try {
    const copy = connect({ file, key, readonly: true });
    try {
      checkPages(copy);
      for (const read of [versionOf, tableCountOf, lastAuditSeq]) {
        if (read(copy) !== read(source)) throw new Error('the backup differs from its source');
      }
      const flaw = findFlaw(copy, unitAccount);
      // a copy is as good as what it was made of
      if (flaw !== '' && flaw !== findFlaw(source, unitAccount)) throw new Error(flaw);
      return {
        ...{ unitAccount, at, reason, programVersion, flaw },
        schemaVersion: versionOf(copy),
        databaseBytes: statSync(file).size,
        auditSeq: lastAuditSeq(copy),
        holds: readHolds(copy),
        keyCheck: keyCheckOf(key, at),
        keys: readSealedKeys(copy),
      };
    } finally {
      copy.close();
    }
  } catch (error) {
    // the fault of the copy, whatever SQLite calls it: not to be taken for one of the original
    throw new UnsoundCopy(describeDatabaseError(error), { cause: error });
  }
}

function describeFailure(error: unknown): Result<never> {
  const detail = describeDatabaseError(error);
  if (isDiskFull(error) || error instanceof DiskFull || isNoSpace(error)) {
    return fail('BACKUP_NO_SPACE', detail);
  }
  return fail(isDamage(error) ? 'DB_DAMAGED' : 'BACKUP_FAILED', detail);
}

export function isNoSpace(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'ENOSPC' || error.code === 'EDQUOT';
}

function freeName({ folder, unitAccount, at }: BackupJob): string {
  const stem = join(folder, `jiaocuntong-${unitAccount}-${stampOf(at)}`);
  for (let more = 1; ; more += 1) {
    const file = `${stem}${more === 1 ? '' : `-${more}`}${BACKUP_SUFFIX}`;
    if (!existsSync(file)) return file;
  }
}

/** Of this unit's alone: the folder may be one the clerk chose. */
function removeParts({ folder, unitAccount }: BackupJob): void {
  for (const name of readdirSync(folder)) {
    const isOurs = name.startsWith(`jiaocuntong-${unitAccount}-`) && name.includes(PART_SUFFIX);
    if (isOurs) rmSync(join(folder, name), { force: true });
  }
}

/** A name is on the disk with its folder; Windows flushes folders itself and opens none. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
