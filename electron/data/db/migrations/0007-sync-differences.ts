import type { Database } from 'better-sqlite3';

/** What each sync changed, person by person, and the drafts it concerns. */
export function addSyncDifferences(database: Database): void {
  database.exec(`
CREATE TABLE sync (
  number INTEGER NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  version INTEGER NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('full', 'delta', 'unchanged')),
  -- Nothing stood here before: everybody is new, and nobody is listed.
  first INTEGER NOT NULL CHECK (first IN (0, 1)),
  business_month INTEGER NOT NULL,
  -- Accounts that are 正常, and their 月缴存额 together.
  accounts INTEGER NOT NULL,
  fen INTEGER NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  removed INTEGER NOT NULL
) STRICT;
CREATE INDEX sync_of_month ON sync (business_month, number);

-- Written on the way under the number the sync will have; without its row in sync nobody reads them.
CREATE TABLE sync_change (
  sync INTEGER NOT NULL,
  personal_account TEXT NOT NULL,
  fund_type TEXT NOT NULL CHECK (fund_type IN ('10', '11')),
  change TEXT NOT NULL CHECK (change IN ('added', 'changed', 'removed')),
  name TEXT NOT NULL,
  -- JSON of syncFieldsSchema before and after.
  fields_before TEXT,
  fields_after TEXT,
  PRIMARY KEY (sync, personal_account, fund_type),
  CHECK ((change = 'added') = (fields_before IS NULL)),
  CHECK ((change = 'removed') = (fields_after IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_draft (
  sync INTEGER NOT NULL REFERENCES sync (number),
  draft_id TEXT NOT NULL REFERENCES draft (id),
  PRIMARY KEY (sync, draft_id)
) STRICT, WITHOUT ROWID;
`);
}
