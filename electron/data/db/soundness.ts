import type { Database } from 'better-sqlite3';

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
