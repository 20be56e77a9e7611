import type { Database } from 'better-sqlite3';

/** Which of the centre's notices were read on this computer. */
export function addNoticeMarks(database: Database): void {
  database.exec(`
CREATE TABLE notice_read (
  -- As the centre names the notice.
  id TEXT NOT NULL PRIMARY KEY,
  read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`);
}
