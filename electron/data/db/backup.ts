import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { connect } from './connection.ts';

export interface BackupTarget {
  readonly file: string;
  readonly key: string;
}

/**
 * Writes a complete copy with the same key, opens it, checks it, and only then gives it its name.
 * Throws when any of it fails; a half-made copy is removed. (SQLite's backup interface cannot copy
 * encrypted files; VACUUM INTO can.)
 */
export function writeBackup(source: Database, { file, key }: BackupTarget): void {
  const part = `${file}.part`;
  rmSync(part, { force: true });
  try {
    source.prepare('VACUUM INTO ?').run(part);
    checkBackup(source, { file: part, key });
    flush(part);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

function checkBackup(source: Database, { file, key }: BackupTarget): void {
  const copy = connect({ file, key, readonly: true });
  try {
    checkPages(copy);
    for (const read of [versionOf, tableCountOf]) {
      if (read(copy) !== read(source)) throw new Error('the backup differs from its source');
    }
  } finally {
    copy.close();
  }
}

/** Throws unless SQLite finds the file sound, page by page. */
export function checkPages(handle: Database): void {
  const found = handle.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') throw new Error(`quick_check: ${String(found)}`);
}

export function versionOf(handle: Database): number {
  return handle.pragma('user_version', { simple: true }) as number;
}

export function tableCountOf(handle: Database): number {
  const count = handle.prepare<[], number>(
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table'",
  );
  return count.pluck().get() ?? 0;
}

function flush(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
