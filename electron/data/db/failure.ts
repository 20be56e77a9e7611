import Database from 'better-sqlite3';

/** The disk is full. Growing the WAL index meets it under a name of its own. */
export function isDiskFull(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError &&
    (error.code === 'SQLITE_FULL' || error.code === 'SQLITE_IOERR_SHMSIZE')
  );
}

/** The file, its folder or its disk takes no write, for another reason than a full disk. */
export function isNotWritable(error: unknown): boolean {
  if (!(error instanceof Database.SqliteError) || isDiskFull(error)) return false;
  const { code } = error;
  return code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_IOERR');
}

/** Not a database, or not with this key; or pages that contradict each other. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError &&
    (error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT'))
  );
}

export function describeDatabaseError(error: unknown): string {
  if (error instanceof Database.SqliteError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
