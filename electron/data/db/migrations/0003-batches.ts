import type { Database } from 'better-sqlite3';

/**
 * Batches brought in from files: what was read, each edit, what the rules say of each row, and the
 * orders made of them. Rows are kept as they were read; only a batch that was never read to its end
 * is taken away again.
 */
export function addBatches(database: Database): void {
  for (const part of [batches, rows, findings, drafts]) database.exec(part);
}

const batches = `
CREATE TABLE batch (
  -- In the order of their import.
  number INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL
    CHECK (kind IN ('registration', 'reduction', 'missedBackPay', 'shortfallBackPay')),
  fund_type TEXT NOT NULL CHECK (fund_type IN ('10', '11')),
  name TEXT NOT NULL,
  file_name TEXT NOT NULL,
  -- reading: its rows are still coming in; dropped at the next start.
  state TEXT NOT NULL CHECK (state IN ('reading', 'ready')),
  -- JSON of batchSheetSchema.
  sheet TEXT,
  -- What the last check of all rows stood on; another one now, or none, means checking again.
  basis TEXT NOT NULL DEFAULT '',
  -- Rises with every change the window may show.
  revision INTEGER NOT NULL DEFAULT 0,
  user TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  CHECK ((state = 'reading') = (sheet IS NULL))
) STRICT;
CREATE TRIGGER batch_is_kept BEFORE DELETE ON batch WHEN OLD.state <> 'reading'
  BEGIN SELECT RAISE(ABORT, 'batch: kept'); END;
CREATE TRIGGER batch_what_is_fixed
  BEFORE UPDATE OF number, id, kind, fund_type, file_name, user, imported_at ON batch
  BEGIN SELECT RAISE(ABORT, 'batch: what was brought in is fixed'); END;
CREATE TRIGGER batch_ready_stays_ready BEFORE UPDATE OF state, sheet ON batch
  WHEN OLD.state = 'ready'
  BEGIN SELECT RAISE(ABORT, 'batch: read to its end'); END;

-- The file as read, for the marked copy, while a row of it is still with the clerk or under way.
CREATE TABLE batch_file (
  batch INTEGER NOT NULL PRIMARY KEY REFERENCES batch (number),
  bytes BLOB NOT NULL
) STRICT;
CREATE TRIGGER batch_file_is_fixed BEFORE UPDATE ON batch_file
  BEGIN SELECT RAISE(ABORT, 'batch_file: kept as read'); END;

-- Which orders were made of a batch.
CREATE TABLE batch_order (
  oid TEXT NOT NULL PRIMARY KEY REFERENCES orders (oid) DEFERRABLE INITIALLY DEFERRED,
  batch INTEGER NOT NULL REFERENCES batch (number)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_order_of_batch ON batch_order (batch);
CREATE TRIGGER batch_order_is_kept BEFORE DELETE ON batch_order
  BEGIN SELECT RAISE(ABORT, 'batch_order: kept for ever'); END;
CREATE TRIGGER batch_order_is_fixed BEFORE UPDATE ON batch_order
  BEGIN SELECT RAISE(ABORT, 'batch_order: kept as it was'); END;
`;

const rows = `
CREATE TABLE batch_row (
  batch INTEGER NOT NULL REFERENCES batch (number),
  seq INTEGER NOT NULL CHECK (seq BETWEEN 1 AND 20000),
  -- As the spreadsheet program numbers it.
  row INTEGER NOT NULL,
  -- open: with the clerk; ordered: in an order under way; settled: the centre took it.
  state TEXT NOT NULL CHECK (state IN ('open', 'ordered', 'settled', 'removed')),
  -- What the rules make of it; NULL before the first check.
  standing TEXT CHECK (standing IN ('good', 'bad', 'counter')),
  noticed INTEGER NOT NULL DEFAULT 0 CHECK (noticed IN (0, 1)),
  differing INTEGER NOT NULL DEFAULT 0 CHECK (differing IN (0, 1)),
  unit_fen INTEGER,
  personal_fen INTEGER,
  total_fen INTEGER CHECK (total_fen = unit_fen + personal_fen),
  -- Of the last order it was in.
  draft_id TEXT REFERENCES draft (id),
  roster_name TEXT NOT NULL DEFAULT '',
  roster_id_number TEXT NOT NULL DEFAULT '',
  -- All cells as they are now, for searching.
  search TEXT NOT NULL,
  -- Digest of what the last check found; empty where it has to be written anew.
  verdict TEXT NOT NULL DEFAULT '',
  -- 核对结果, JSON.
  differences TEXT NOT NULL DEFAULT '[]',
  -- JSON: by column, the text the clerk put in place of the one read.
  edits TEXT NOT NULL DEFAULT '{}',
  -- Of a row that may be sent, JSON: as typed, figures as in table draft, line of the order.
  typed TEXT,
  figures TEXT,
  item TEXT,
  -- As read, JSON.
  cells TEXT NOT NULL,
  remarks TEXT NOT NULL,
  UNIQUE (batch, seq),
  CHECK (state NOT IN ('ordered', 'settled') OR draft_id IS NOT NULL)
) STRICT;
-- Counting and paging a batch looks at this alone.
CREATE INDEX batch_row_in_grid
  ON batch_row (batch, seq, state, standing, noticed, differing, total_fen);
CREATE INDEX batch_row_with_clerk ON batch_row (batch) WHERE state IN ('open', 'ordered');
CREATE INDEX batch_row_of_draft ON batch_row (draft_id) WHERE draft_id IS NOT NULL;
CREATE TRIGGER batch_row_is_kept BEFORE DELETE ON batch_row
  WHEN (SELECT state FROM batch WHERE number = OLD.batch) IS NOT 'reading'
  BEGIN SELECT RAISE(ABORT, 'batch_row: rows are kept'); END;
CREATE TRIGGER batch_row_comes_while_reading BEFORE INSERT ON batch_row
  WHEN (SELECT state FROM batch WHERE number = NEW.batch) IS NOT 'reading'
  BEGIN SELECT RAISE(ABORT, 'batch_row: the file was read to its end'); END;
CREATE TRIGGER batch_row_as_read_is_fixed
  BEFORE UPDATE OF batch, seq, row, cells, remarks ON batch_row
  BEGIN SELECT RAISE(ABORT, 'batch_row: what was read is fixed'); END;
CREATE TRIGGER batch_row_in_order_is_fixed
  BEFORE UPDATE OF edits, typed, figures, item, unit_fen, personal_fen, total_fen ON batch_row
  WHEN OLD.state <> 'open'
  BEGIN SELECT RAISE(ABORT, 'batch_row: part of an order, or gone'); END;
-- A removal can be undone, an order can come to nothing; what the centre took is settled.
CREATE TRIGGER batch_row_settled_stays_settled BEFORE UPDATE OF state, draft_id ON batch_row
  WHEN (OLD.state = 'settled' AND (NEW.state <> 'settled' OR NEW.draft_id IS NOT OLD.draft_id))
    OR (OLD.state = 'ordered' AND NEW.state = 'removed')
    OR (OLD.state = 'removed' AND NEW.state = 'ordered')
  BEGIN SELECT RAISE(ABORT, 'batch_row: settled, ordered or removed'); END;
CREATE TRIGGER batch_file_is_needed BEFORE DELETE ON batch_file
  WHEN EXISTS (SELECT 1 FROM batch_row JOIN batch b ON b.number = batch
    WHERE batch = OLD.batch AND b.state = 'ready' AND batch_row.state IN ('open', 'ordered'))
  BEGIN SELECT RAISE(ABORT, 'batch_file: rows are still open'); END;

-- Every change of a cell: kept for ever.
CREATE TABLE batch_edit (
  batch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  -- From 1.
  number INTEGER NOT NULL CHECK (number >= 1),
  column_name TEXT NOT NULL,
  text_before TEXT NOT NULL,
  text TEXT NOT NULL,
  user TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (batch, seq, number),
  FOREIGN KEY (batch, seq) REFERENCES batch_row (batch, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER batch_edit_is_kept BEFORE DELETE ON batch_edit
  BEGIN SELECT RAISE(ABORT, 'batch_edit: kept for ever'); END;
CREATE TRIGGER batch_edit_is_fixed BEFORE UPDATE ON batch_edit
  BEGIN SELECT RAISE(ABORT, 'batch_edit: kept as it was'); END;
CREATE TRIGGER batch_row_edit_is_on_file BEFORE UPDATE OF edits ON batch_row
  WHEN NEW.edits IS NOT OLD.edits AND NEW.edits IS NOT (
    SELECT json_set(OLD.edits, '$.' || column_name, text) FROM batch_edit
    WHERE batch = OLD.batch AND seq = OLD.seq ORDER BY number DESC LIMIT 1)
  BEGIN SELECT RAISE(ABORT, 'batch_row: an edit goes on file first'); END;
`;

const findings = `
-- What stands against the open rows, or is to be said of them: made anew by every check.
CREATE TABLE batch_issue (
  batch INTEGER NOT NULL REFERENCES batch (number),
  seq INTEGER NOT NULL,
  -- 1: found in the row itself; 2: against other rows of the batch; 3: said by the centre.
  source INTEGER NOT NULL CHECK (source IN (1, 2, 3)),
  number INTEGER NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'notice', 'counter')),
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  rule TEXT NOT NULL,
  fix TEXT NOT NULL,
  PRIMARY KEY (batch, seq, source, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_issue_by_code ON batch_issue (batch, code, severity, seq);

-- What each open row lays claim to, so that rows against one another are found by a key.
CREATE TABLE batch_claim (
  batch INTEGER NOT NULL REFERENCES batch (number),
  key TEXT NOT NULL,
  seq INTEGER NOT NULL,
  number INTEGER NOT NULL,
  -- JSON.
  claim TEXT NOT NULL,
  PRIMARY KEY (batch, seq, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_claim_by_key ON batch_claim (batch, key);
`;

const drafts = `
-- How often the drafts have changed: a check of a batch stands as long as this does.
CREATE TABLE draft_change (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  number INTEGER NOT NULL
) STRICT;
INSERT INTO draft_change (one, number) VALUES (1, 0);
CREATE TRIGGER draft_change_of_new AFTER INSERT ON draft
  BEGIN UPDATE draft_change SET number = number + 1; END;
CREATE TRIGGER draft_change_of_old AFTER UPDATE OF state, typed ON draft
  WHEN NEW.state IS NOT OLD.state OR NEW.typed IS NOT OLD.typed
  BEGIN UPDATE draft_change SET number = number + 1; END;
CREATE TRIGGER draft_import_is_fixed BEFORE UPDATE OF import_id ON draft
  BEGIN SELECT RAISE(ABORT, 'draft: what was entered is fixed'); END;

-- Asked of each row of a batch of thousands.
CREATE INDEX order_item_of_person ON order_item (id_number, fund_type);
CREATE INDEX order_item_under_way ON order_item (personal_account)
  WHERE state IN ('pending', 'processing');
`;
