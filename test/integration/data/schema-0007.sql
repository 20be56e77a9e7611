CREATE INDEX audit_at ON audit (at);

CREATE INDEX batch_claim_by_key ON batch_claim (batch, key);

CREATE INDEX batch_issue_by_code ON batch_issue (batch, code, severity, seq);

CREATE INDEX batch_order_of_batch ON batch_order (batch);

CREATE INDEX batch_row_in_grid
  ON batch_row (batch, seq, state, standing, noticed, differing, total_fen);

CREATE INDEX batch_row_of_draft ON batch_row (draft_id) WHERE draft_id IS NOT NULL;

CREATE INDEX batch_row_with_clerk ON batch_row (batch) WHERE state IN ('open', 'ordered');

CREATE INDEX draft_at_counter ON draft (seq) WHERE state = 'counter';

CREATE INDEX draft_in_queue ON draft (kind, state, seq);

CREATE INDEX draft_of_account ON draft (personal_account)
  WHERE personal_account <> '' AND state IN ('waiting', 'ordered');

CREATE INDEX draft_of_order ON draft (order_id) WHERE order_id IS NOT NULL;

CREATE INDEX draft_of_person ON draft (id_key) WHERE state IN ('waiting', 'ordered');

CREATE UNIQUE INDEX draft_reduces_once ON draft (personal_account, fund_type)
  WHERE kind = 'reduction' AND state IN ('waiting', 'ordered');

CREATE UNIQUE INDEX draft_registers_once ON draft (id_key, fund_type)
  WHERE kind = 'registration' AND state IN ('waiting', 'ordered');

CREATE INDEX month_figure_of_month ON month_figure (business_month, number);

CREATE INDEX order_event_of_order ON order_event (oid, number);

CREATE INDEX order_item_by_state ON order_item (oid, state, seq);

CREATE INDEX order_item_of_person ON order_item (id_number, fund_type);

CREATE INDEX order_item_under_way ON order_item (personal_account)
  WHERE state IN ('pending', 'processing');

CREATE INDEX orders_of_month ON orders (kind, business_month, created_at);

CREATE INDEX orders_open ON orders (state) WHERE state IN ('draft', 'signed', 'sent');

CREATE INDEX other_item_under_way ON other_item (oid) WHERE state IN ('pending', 'processing');

CREATE INDEX receipt_head_of_month ON receipt_head (kind, business_month);

CREATE INDEX receipt_head_of_order ON receipt_head (oid);

CREATE INDEX receipt_of_order ON receipt (oid);

CREATE INDEX receipt_of_serial ON receipt (sn);

CREATE INDEX submission_of_order ON submission (oid, sn);

CREATE INDEX sync_of_month ON sync (business_month, number);

CREATE TABLE audit (
  seq INTEGER NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  event TEXT NOT NULL,
  detail TEXT NOT NULL,
  -- Hash of the row before, empty for number 1, and of this row (audit/chain.ts).
  prev TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;

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

CREATE TABLE batch_claim (
  batch INTEGER NOT NULL REFERENCES batch (number),
  key TEXT NOT NULL,
  seq INTEGER NOT NULL,
  number INTEGER NOT NULL,
  -- JSON.
  claim TEXT NOT NULL,
  PRIMARY KEY (batch, seq, number)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE batch_file (
  batch INTEGER NOT NULL PRIMARY KEY REFERENCES batch (number),
  bytes BLOB NOT NULL
) STRICT;

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

CREATE TABLE batch_order (
  oid TEXT NOT NULL PRIMARY KEY REFERENCES orders (oid) DEFERRABLE INITIALLY DEFERRED,
  batch INTEGER NOT NULL REFERENCES batch (number)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE "draft" (
  -- Place in the queue, for ever: an edit and a restore keep it.
  seq INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL
    CHECK (kind IN ('registration', 'reduction', 'missedBackPay', 'shortfallBackPay')),
  origin TEXT NOT NULL CHECK (origin IN ('single', 'batch')),
  import_id TEXT,
  -- counter: 待柜面; struck: taken off that list; neither ever was or will be in the queue.
  state TEXT NOT NULL
    CHECK (state IN ('waiting', 'ordered', 'settled', 'removed', 'counter', 'struck')),
  -- As typed, JSON; the rest is what the rules made of it.
  typed TEXT NOT NULL,
  name TEXT NOT NULL,
  id_type TEXT NOT NULL,
  id_number TEXT NOT NULL,
  -- 18-character form of a resident identity number: the same person, the same key.
  id_key TEXT NOT NULL,
  personal_account TEXT NOT NULL,
  fund_type TEXT NOT NULL CHECK (fund_type IN ('10', '11')),
  base INTEGER NOT NULL,
  typed_base INTEGER NOT NULL,
  unit_ratio INTEGER NOT NULL,
  personal_ratio INTEGER NOT NULL,
  -- Months of a back-payment, else 0.
  from_month INTEGER NOT NULL,
  to_month INTEGER NOT NULL,
  reason TEXT NOT NULL,
  unit_fen INTEGER NOT NULL,
  personal_fen INTEGER NOT NULL,
  total_fen INTEGER NOT NULL CHECK (total_fen = unit_fen + personal_fen),
  issues TEXT NOT NULL,
  -- 0 where roster or parameters have changed so that it no longer holds.
  holds INTEGER NOT NULL CHECK (holds IN (0, 1)),
  parameter_version INTEGER NOT NULL,
  order_id TEXT REFERENCES orders (oid),
  user TEXT NOT NULL,
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  CHECK ((state IN ('ordered', 'settled')) = (order_id IS NOT NULL))
) STRICT;

CREATE TABLE draft_change (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  number INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_edit (
  draft_id TEXT NOT NULL REFERENCES draft (id),
  -- From 1.
  number INTEGER NOT NULL CHECK (number >= 1),
  typed TEXT NOT NULL,
  total_fen INTEGER NOT NULL,
  issues TEXT NOT NULL,
  parameter_version INTEGER NOT NULL,
  -- Who had entered it, and when.
  user TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  replaced_at TEXT NOT NULL,
  PRIMARY KEY (draft_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE employee (
  generation INTEGER NOT NULL,
  personal_account TEXT NOT NULL CHECK (length(personal_account) = 12),
  fund_type TEXT NOT NULL CHECK (fund_type IN ('10', '11')),
  name TEXT NOT NULL,
  id_type TEXT NOT NULL,
  id_number TEXT NOT NULL,
  -- 18-character form of a resident identity number, else the number: the same person, the same key.
  id_key TEXT NOT NULL,
  status TEXT NOT NULL,
  base INTEGER NOT NULL,
  unit_ratio INTEGER NOT NULL,
  personal_ratio INTEGER NOT NULL,
  unit_fen INTEGER NOT NULL,
  personal_fen INTEGER NOT NULL,
  opened_month INTEGER NOT NULL,
  pinyin TEXT NOT NULL,
  initials TEXT NOT NULL, paid TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (generation, personal_account, fund_type)
) STRICT, WITHOUT ROWID;

CREATE TABLE employee_column (
  generation INTEGER NOT NULL,
  name TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (generation, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE employee_gram (
  generation INTEGER NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('account', 'id', 'name', 'pinyin', 'initials')),
  gram TEXT NOT NULL,
  count INTEGER NOT NULL,
  -- Up to rows / 32 numbers: little-endian 32-bit numbers, ascending; more: a bitmap.
  rows BLOB NOT NULL,
  PRIMARY KEY (generation, field, gram)
) STRICT, WITHOUT ROWID;

CREATE TABLE employee_person (
  generation INTEGER NOT NULL,
  id_key TEXT NOT NULL,
  fund_type TEXT NOT NULL,
  personal_account TEXT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (generation, id_key, fund_type, personal_account)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE month_figure (
  -- In the order in which they were taken; of a month the last one counts.
  number INTEGER NOT NULL PRIMARY KEY,
  business_month INTEGER NOT NULL,
  -- The month the centre was in.
  current_month INTEGER NOT NULL,
  -- The centre's time, and the roster version the figure was made from.
  at TEXT NOT NULL,
  roster_version INTEGER NOT NULL,
  -- The CMS as received, and its SHA-256.
  bytes BLOB NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  verdict TEXT NOT NULL CHECK (verdict IN ('equal', 'explained', 'differs')),
  -- Our figures beside the centre's, JSON of monthComparisonSchema.
  comparison TEXT NOT NULL,
  user TEXT NOT NULL,
  received_at TEXT NOT NULL
) STRICT;

CREATE TABLE month_line (
  figure INTEGER NOT NULL REFERENCES month_figure (number),
  number INTEGER NOT NULL CHECK (number >= 1),
  standing TEXT NOT NULL
    CHECK (standing IN ('onlyCentre', 'onlyHere', 'differs', 'elsewhere', 'counter')),
  about TEXT NOT NULL CHECK (about IN ('registration', 'reduction', 'missedBackPay',
    'shortfallBackPay', 'counter', 'member', 'lastMember')),
  personal_account TEXT NOT NULL,
  fund_type TEXT NOT NULL CHECK (fund_type IN ('10', '11')),
  name TEXT NOT NULL,
  oid TEXT NOT NULL,
  -- JSON of monthSideSchema, NULL where there is none.
  ours TEXT,
  centre TEXT,
  PRIMARY KEY (figure, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_event (
  -- In the order in which it happened, whatever the clock said.
  number INTEGER NOT NULL PRIMARY KEY,
  oid TEXT NOT NULL REFERENCES orders (oid) DEFERRABLE INITIALLY DEFERRED,
  at TEXT NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('confirmed', 'kept', 'opened', 'signed', 'sending',
    'answered', 'unanswered', 'receipt', 'voided', 'remade', 'returned', 'waitsOn', 'givenUp')),
  sn TEXT NOT NULL DEFAULT '',
  -- Which sending of these bytes, from 1; 0 for what is none.
  attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  -- Of the centre's answer, or of the program's catalogue.
  code TEXT NOT NULL DEFAULT '',
  words TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE order_item (
  oid TEXT NOT NULL REFERENCES orders (oid) DEFERRABLE INITIALLY DEFERRED,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  draft_id TEXT REFERENCES draft (id),
  name TEXT NOT NULL,
  id_type TEXT NOT NULL,
  id_number TEXT NOT NULL,
  fund_type TEXT NOT NULL CHECK (fund_type IN ('10', '11')),
  base INTEGER NOT NULL,
  unit_ratio INTEGER NOT NULL,
  personal_ratio INTEGER NOT NULL,
  unit_fen INTEGER NOT NULL,
  personal_fen INTEGER NOT NULL,
  total_fen INTEGER NOT NULL CHECK (total_fen = unit_fen + personal_fen),
  -- The centre's word on this row; NULL until it has taken the order.
  state TEXT CHECK (state IN ('pending', 'processing', 'succeeded', 'failed')),
  reason TEXT NOT NULL DEFAULT '',
  personal_account TEXT NOT NULL DEFAULT '',
  landed_month INTEGER NOT NULL DEFAULT 0,
  changed_at TEXT, from_month INTEGER NOT NULL DEFAULT 0, to_month INTEGER NOT NULL DEFAULT 0, reduction_reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (oid, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE "orders" (
  oid TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL
    CHECK (kind IN ('registration', 'reduction', 'missedBackPay', 'shortfallBackPay')),
  origin TEXT NOT NULL CHECK (origin IN ('single', 'batch')),
  business_month INTEGER NOT NULL,
  parameter_version INTEGER NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 1),
  fen INTEGER NOT NULL,
  user TEXT NOT NULL,
  -- The serial in use; the one before it stays in submission. None while it waits for the opening.
  sn TEXT UNIQUE REFERENCES submission (sn) DEFERRABLE INITIALLY DEFERRED,
  state TEXT NOT NULL
    CHECK (state IN ('draft', 'signed', 'sent', 'applied', 'rejected', 'void')),
  -- Confirmed outside the hours: the opening it waits or waited for.
  opens_at TEXT,
  created_at TEXT NOT NULL,
  sent_at TEXT,
  settled_at TEXT,
  -- From the receipt.
  serial_number TEXT NOT NULL DEFAULT '',
  receipt_rno INTEGER REFERENCES receipt (rno),
  accepted_count INTEGER NOT NULL DEFAULT 0,
  accepted_fen INTEGER NOT NULL DEFAULT 0,
  reason_code TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  CHECK ((state IN ('applied', 'rejected')) = (receipt_rno IS NOT NULL)),
  CHECK (sn IS NOT NULL OR (opens_at IS NOT NULL AND state NOT IN ('signed', 'sent')))
) STRICT;

CREATE TABLE other_item (
  oid TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  state TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'succeeded', 'failed')),
  reason TEXT NOT NULL,
  personal_account TEXT NOT NULL,
  landed_month INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (oid, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE parameters (
  version INTEGER NOT NULL PRIMARY KEY CHECK (version >= 1),
  content TEXT NOT NULL,
  received_at TEXT NOT NULL
) STRICT;

CREATE TABLE receipt (
  rno INTEGER NOT NULL PRIMARY KEY CHECK (rno >= 1),
  prev TEXT NOT NULL,
  -- SHA-256 of bytes.
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  oid TEXT NOT NULL,
  sn TEXT NOT NULL,
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  state TEXT NOT NULL CHECK (state IN ('applied', 'rejected')),
  -- The CMS as received.
  bytes BLOB NOT NULL,
  issued_at TEXT NOT NULL,
  received_at TEXT NOT NULL
) STRICT;

CREATE TABLE receipt_head (
  rno INTEGER NOT NULL PRIMARY KEY REFERENCES receipt (rno),
  oid TEXT NOT NULL,
  kind TEXT NOT NULL
    CHECK (kind IN ('registration', 'reduction', 'missedBackPay', 'shortfallBackPay')),
  business_month INTEGER NOT NULL,
  code TEXT NOT NULL,
  serial_number TEXT NOT NULL,
  count INTEGER NOT NULL,
  fen INTEGER NOT NULL
) STRICT;

CREATE TABLE result_cursor (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  cursor INTEGER NOT NULL CHECK (cursor >= 0),
  fetched_at TEXT
) STRICT;

CREATE TABLE start (
  number INTEGER NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  -- The last order_event before it: what came after it is what the program did.
  after_event INTEGER NOT NULL
) STRICT;

CREATE TABLE start_order (
  start INTEGER NOT NULL REFERENCES start (number),
  oid TEXT NOT NULL REFERENCES orders (oid) DEFERRABLE INITIALLY DEFERRED,
  -- As it was found; waiting: left to the opening.
  found TEXT NOT NULL CHECK (found IN ('unsigned', 'signed', 'sent', 'waiting')),
  PRIMARY KEY (start, oid)
) STRICT, WITHOUT ROWID;

CREATE TABLE submission (
  sn TEXT NOT NULL PRIMARY KEY CHECK (length(sn) = 16),
  oid TEXT NOT NULL REFERENCES orders (oid) DEFERRABLE INITIALLY DEFERRED,
  -- Exact bytes of the request's content, and the message as sent with its SHA-256.
  content BLOB NOT NULL,
  signed BLOB,
  digest TEXT UNIQUE CHECK (length(digest) = 64),
  state TEXT NOT NULL
    CHECK (state IN ('draft', 'signed', 'sent', 'applied', 'rejected', 'void')),
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  signed_at TEXT,
  -- First and last time the bytes may have left.
  sent_at TEXT,
  last_sent_at TEXT,
  settled_at TEXT,
  -- The centre's signed answer that closed the serial unused.
  void_proof BLOB,
  reason TEXT NOT NULL DEFAULT '',
  CHECK ((signed IS NULL) = (digest IS NULL)),
  CHECK (state NOT IN ('signed', 'sent') OR signed IS NOT NULL)
) STRICT;

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

CREATE TABLE unit (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  unit_account TEXT NOT NULL CHECK (length(unit_account) = 10),
  unit_name TEXT NOT NULL DEFAULT '',
  business_month INTEGER NOT NULL DEFAULT 0,
  -- Version of the parameters in force, 0 before the first.
  parameter_version INTEGER NOT NULL DEFAULT 0,
  -- Generation of the employee tables that readers see, 0 for none.
  roster_generation INTEGER NOT NULL DEFAULT 0,
  roster_version INTEGER NOT NULL DEFAULT 0,
  roster_count INTEGER NOT NULL DEFAULT 0,
  roster_fen INTEGER NOT NULL DEFAULT 0,
  roster_digest TEXT NOT NULL DEFAULT '',
  roster_as_of TEXT,
  last_sync_at TEXT,
  created_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_goes_on BEFORE INSERT ON audit
  WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
    OR NEW.prev IS NOT coalesce((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1), '')
  BEGIN SELECT RAISE(ABORT, 'audit: the chain would break'); END;

CREATE TRIGGER audit_is_fixed BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;

CREATE TRIGGER batch_edit_is_fixed BEFORE UPDATE ON batch_edit
  BEGIN SELECT RAISE(ABORT, 'batch_edit: kept as it was'); END;

CREATE TRIGGER batch_edit_is_kept BEFORE DELETE ON batch_edit
  BEGIN SELECT RAISE(ABORT, 'batch_edit: kept for ever'); END;

CREATE TRIGGER batch_file_is_fixed BEFORE UPDATE ON batch_file
  BEGIN SELECT RAISE(ABORT, 'batch_file: kept as read'); END;

CREATE TRIGGER batch_file_is_needed BEFORE DELETE ON batch_file
  WHEN EXISTS (SELECT 1 FROM batch_row JOIN batch b ON b.number = batch
    WHERE batch = OLD.batch AND b.state = 'ready' AND batch_row.state IN ('open', 'ordered'))
  BEGIN SELECT RAISE(ABORT, 'batch_file: rows are still open'); END;

CREATE TRIGGER batch_is_kept BEFORE DELETE ON batch WHEN OLD.state <> 'reading'
  BEGIN SELECT RAISE(ABORT, 'batch: kept'); END;

CREATE TRIGGER batch_order_is_fixed BEFORE UPDATE ON batch_order
  BEGIN SELECT RAISE(ABORT, 'batch_order: kept as it was'); END;

CREATE TRIGGER batch_order_is_kept BEFORE DELETE ON batch_order
  BEGIN SELECT RAISE(ABORT, 'batch_order: kept for ever'); END;

CREATE TRIGGER batch_ready_stays_ready BEFORE UPDATE OF state, sheet ON batch
  WHEN OLD.state = 'ready'
  BEGIN SELECT RAISE(ABORT, 'batch: read to its end'); END;

CREATE TRIGGER batch_row_as_read_is_fixed
  BEFORE UPDATE OF batch, seq, row, cells, remarks ON batch_row
  BEGIN SELECT RAISE(ABORT, 'batch_row: what was read is fixed'); END;

CREATE TRIGGER batch_row_comes_while_reading BEFORE INSERT ON batch_row
  WHEN (SELECT state FROM batch WHERE number = NEW.batch) IS NOT 'reading'
  BEGIN SELECT RAISE(ABORT, 'batch_row: the file was read to its end'); END;

CREATE TRIGGER batch_row_edit_is_on_file BEFORE UPDATE OF edits ON batch_row
  WHEN NEW.edits IS NOT OLD.edits AND NEW.edits IS NOT (
    SELECT json_set(OLD.edits, '$.' || column_name, text) FROM batch_edit
    WHERE batch = OLD.batch AND seq = OLD.seq ORDER BY number DESC LIMIT 1)
  BEGIN SELECT RAISE(ABORT, 'batch_row: an edit goes on file first'); END;

CREATE TRIGGER batch_row_in_order_is_fixed
  BEFORE UPDATE OF edits, typed, figures, item, unit_fen, personal_fen, total_fen ON batch_row
  WHEN OLD.state <> 'open'
  BEGIN SELECT RAISE(ABORT, 'batch_row: part of an order, or gone'); END;

CREATE TRIGGER batch_row_is_kept BEFORE DELETE ON batch_row
  WHEN (SELECT state FROM batch WHERE number = OLD.batch) IS NOT 'reading'
  BEGIN SELECT RAISE(ABORT, 'batch_row: rows are kept'); END;

CREATE TRIGGER batch_row_settled_stays_settled BEFORE UPDATE OF state, draft_id ON batch_row
  WHEN (OLD.state = 'settled' AND (NEW.state <> 'settled' OR NEW.draft_id IS NOT OLD.draft_id))
    OR (OLD.state = 'ordered' AND NEW.state = 'removed')
    OR (OLD.state = 'removed' AND NEW.state = 'ordered')
  BEGIN SELECT RAISE(ABORT, 'batch_row: settled, ordered or removed'); END;

CREATE TRIGGER batch_what_is_fixed
  BEFORE UPDATE OF number, id, kind, fund_type, file_name, user, imported_at ON batch
  BEGIN SELECT RAISE(ABORT, 'batch: what was brought in is fixed'); END;

CREATE TRIGGER draft_change_of_new AFTER INSERT ON draft
  BEGIN UPDATE draft_change SET number = number + 1; END;

CREATE TRIGGER draft_change_of_old AFTER UPDATE OF state, typed ON draft
  WHEN NEW.state IS NOT OLD.state OR NEW.typed IS NOT OLD.typed
  BEGIN UPDATE draft_change SET number = number + 1; END;

CREATE TRIGGER draft_edit_is_fixed BEFORE UPDATE ON draft_edit
  BEGIN SELECT RAISE(ABORT, 'draft_edit: kept as it was'); END;

CREATE TRIGGER draft_edit_is_kept BEFORE DELETE ON draft_edit
  BEGIN SELECT RAISE(ABORT, 'draft_edit: kept for ever'); END;

CREATE TRIGGER draft_entry_is_fixed BEFORE UPDATE OF seq, id, kind, origin, created_at ON draft
  BEGIN SELECT RAISE(ABORT, 'draft: what was entered is fixed'); END;

CREATE TRIGGER draft_gone_stays_gone BEFORE UPDATE OF state, order_id ON draft
  WHEN OLD.state IN ('settled', 'struck')
    OR (OLD.state = 'removed' AND NEW.state <> 'waiting')
    OR (OLD.state = 'counter' AND NEW.state <> 'struck')
    OR (OLD.state IN ('waiting', 'ordered') AND NEW.state IN ('counter', 'struck'))
  BEGIN SELECT RAISE(ABORT, 'draft: settled, removed or for the counter'); END;

CREATE TRIGGER draft_import_is_fixed BEFORE UPDATE OF import_id ON draft
  BEGIN SELECT RAISE(ABORT, 'draft: what was entered is fixed'); END;

CREATE TRIGGER draft_in_order_is_fixed
  BEFORE UPDATE OF name, id_type, id_number, id_key, personal_account, fund_type, base, typed_base,
    unit_ratio, personal_ratio, from_month, to_month, reason, unit_fen, personal_fen, total_fen
  ON draft WHEN OLD.state <> 'waiting'
  BEGIN SELECT RAISE(ABORT, 'draft: part of an order, or gone'); END;

CREATE TRIGGER draft_is_kept BEFORE DELETE ON draft
  BEGIN SELECT RAISE(ABORT, 'draft: rows are kept'); END;

CREATE TRIGGER draft_typed_is_kept BEFORE UPDATE OF typed, user ON draft
  WHEN (NEW.typed IS NOT OLD.typed OR NEW.user IS NOT OLD.user) AND (
    OLD.state <> 'waiting' OR OLD.typed IS NOT
      (SELECT typed FROM draft_edit WHERE draft_id = OLD.id ORDER BY number DESC LIMIT 1))
  BEGIN SELECT RAISE(ABORT, 'draft: what was typed is kept'); END;

CREATE TRIGGER month_figure_is_fixed BEFORE UPDATE ON month_figure
  BEGIN SELECT RAISE(ABORT, 'month_figure: append only'); END;

CREATE TRIGGER month_figure_is_kept BEFORE DELETE ON month_figure
  BEGIN SELECT RAISE(ABORT, 'month_figure: append only'); END;

CREATE TRIGGER month_line_is_fixed BEFORE UPDATE ON month_line
  BEGIN SELECT RAISE(ABORT, 'month_line: append only'); END;

CREATE TRIGGER month_line_is_kept BEFORE DELETE ON month_line
  BEGIN SELECT RAISE(ABORT, 'month_line: append only'); END;

CREATE TRIGGER order_event_is_fixed BEFORE UPDATE ON order_event
  BEGIN SELECT RAISE(ABORT, 'order_event: append only'); END;

CREATE TRIGGER order_event_is_kept BEFORE DELETE ON order_event
  BEGIN SELECT RAISE(ABORT, 'order_event: append only'); END;

CREATE TRIGGER order_item_account_is_fixed BEFORE UPDATE OF personal_account ON order_item
  WHEN OLD.personal_account <> '' AND NEW.personal_account IS NOT OLD.personal_account
  BEGIN SELECT RAISE(ABORT, 'order_item: whose account it is is fixed'); END;

CREATE TRIGGER order_item_is_kept BEFORE DELETE ON order_item
  BEGIN SELECT RAISE(ABORT, 'order_item: kept for ever'); END;

CREATE TRIGGER order_item_what_is_fixed
  BEFORE UPDATE OF oid, seq, draft_id, name, id_type, id_number, fund_type, base, unit_ratio,
    personal_ratio, from_month, to_month, reduction_reason, unit_fen, personal_fen, total_fen
  ON order_item
  BEGIN SELECT RAISE(ABORT, 'order_item: what is ordered is fixed'); END;

CREATE TRIGGER orders_are_kept BEFORE DELETE ON orders
  BEGIN SELECT RAISE(ABORT, 'orders: kept for ever'); END;

CREATE TRIGGER orders_outcome_is_final BEFORE UPDATE OF state, receipt_rno ON orders
  WHEN OLD.state IN ('applied', 'rejected')
    AND (NEW.state IS NOT OLD.state OR NEW.receipt_rno IS NOT OLD.receipt_rno)
  BEGIN SELECT RAISE(ABORT, 'orders: the receipt decided'); END;

CREATE TRIGGER orders_signed_keeps_serial BEFORE UPDATE OF sn ON orders
  WHEN NEW.sn IS NULL AND OLD.sn IS NOT NULL
    AND EXISTS (SELECT 1 FROM submission WHERE oid = OLD.oid AND signed IS NOT NULL)
  BEGIN SELECT RAISE(ABORT, 'orders: signed before'); END;

CREATE TRIGGER orders_what_is_fixed
  BEFORE UPDATE OF oid, kind, origin, business_month, count, fen, user, created_at ON orders
  BEGIN SELECT RAISE(ABORT, 'orders: what is ordered is fixed'); END;

CREATE TRIGGER receipt_is_fixed BEFORE UPDATE ON receipt
  BEGIN SELECT RAISE(ABORT, 'receipt: kept as received'); END;

CREATE TRIGGER receipt_is_kept BEFORE DELETE ON receipt
  BEGIN SELECT RAISE(ABORT, 'receipt: kept for ever'); END;

CREATE TRIGGER result_cursor_is_kept BEFORE DELETE ON result_cursor
  BEGIN SELECT RAISE(ABORT, 'result_cursor: one row, kept'); END;

CREATE TRIGGER submission_bytes_are_fixed
  BEFORE UPDATE OF sn, oid, content, signed, digest, void_proof ON submission
  WHEN NEW.sn IS NOT OLD.sn OR NEW.oid IS NOT OLD.oid OR NEW.content IS NOT OLD.content
    OR (OLD.signed IS NOT NULL AND NEW.signed IS NOT OLD.signed)
    OR (OLD.digest IS NOT NULL AND NEW.digest IS NOT OLD.digest)
    OR (OLD.void_proof IS NOT NULL AND NEW.void_proof IS NOT OLD.void_proof)
  BEGIN SELECT RAISE(ABORT, 'submission: a serial is bound to its bytes'); END;

CREATE TRIGGER submission_is_kept BEFORE DELETE ON submission
  BEGIN SELECT RAISE(ABORT, 'submission: kept for ever'); END;

CREATE TRIGGER submission_sent_stays_sent BEFORE UPDATE OF state ON submission
  WHEN (OLD.state = 'sent' AND NEW.state NOT IN ('sent', 'applied', 'rejected', 'void'))
    OR (OLD.state IN ('applied', 'rejected', 'void') AND NEW.state IS NOT OLD.state)
  BEGIN SELECT RAISE(ABORT, 'submission: only a receipt or a void ends what was sent'); END;

CREATE TRIGGER unit_account_is_fixed BEFORE UPDATE OF unit_account ON unit
  WHEN NEW.unit_account IS NOT OLD.unit_account
  BEGIN SELECT RAISE(ABORT, 'unit: the account is fixed'); END;

CREATE TRIGGER unit_is_kept BEFORE DELETE ON unit
  BEGIN SELECT RAISE(ABORT, 'unit: kept for ever'); END;
