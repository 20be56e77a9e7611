import type { Database } from 'better-sqlite3';

/**
 * From registrations alone to all four entries: months paid in the roster, fields of every kind in
 * drafts and order items, what a draft was before an edit, 待柜面, orders that wait for the opening.
 * Tables whose CHECKs change are rebuilt row by row; nothing that was entered or ordered is lost.
 * A roster that was here has no months paid: it stays readable, and its version 0 makes the next
 * sync a full one.
 */
export function addAllEntries(database: Database): void {
  for (const part of [roster, drafts, orders, items]) database.exec(part);
}

const roster = `
ALTER TABLE employee DROP COLUMN paid_through;
-- Months paid as JSON: inclusive ranges of yyyyMM, ascending and disjoint.
ALTER TABLE employee ADD COLUMN paid TEXT NOT NULL DEFAULT '[]';
UPDATE unit SET roster_version = 0, roster_digest = '';
`;

const drafts = `
CREATE TABLE draft_new (
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
INSERT INTO draft_new
  SELECT seq, id, kind, origin, import_id, state, typed, name, id_type, id_number, id_key, '',
    fund_type, base, typed_base, unit_ratio, personal_ratio, 0, 0, '', unit_fen, personal_fen,
    total_fen, issues, 1, parameter_version, order_id, user, created_at, changed_at
  FROM draft;
DROP TABLE draft;
ALTER TABLE draft_new RENAME TO draft;

CREATE INDEX draft_in_queue ON draft (kind, state, seq);
CREATE INDEX draft_of_order ON draft (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX draft_of_person ON draft (id_key) WHERE state IN ('waiting', 'ordered');
CREATE INDEX draft_of_account ON draft (personal_account)
  WHERE personal_account <> '' AND state IN ('waiting', 'ordered');
CREATE INDEX draft_at_counter ON draft (seq) WHERE state = 'counter';
-- One person, one fund, one registration at a time (manual 六.8), whatever the program forgot to ask.
CREATE UNIQUE INDEX draft_registers_once ON draft (id_key, fund_type)
  WHERE kind = 'registration' AND state IN ('waiting', 'ordered');
-- The same of a reduction (manual 七.1).
CREATE UNIQUE INDEX draft_reduces_once ON draft (personal_account, fund_type)
  WHERE kind = 'reduction' AND state IN ('waiting', 'ordered');

-- What a draft was before each edit: kept for ever.
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
CREATE TRIGGER draft_edit_is_kept BEFORE DELETE ON draft_edit
  BEGIN SELECT RAISE(ABORT, 'draft_edit: kept for ever'); END;
CREATE TRIGGER draft_edit_is_fixed BEFORE UPDATE ON draft_edit
  BEGIN SELECT RAISE(ABORT, 'draft_edit: kept as it was'); END;

CREATE TRIGGER draft_is_kept BEFORE DELETE ON draft
  BEGIN SELECT RAISE(ABORT, 'draft: rows are kept'); END;
CREATE TRIGGER draft_entry_is_fixed BEFORE UPDATE OF seq, id, kind, origin, created_at ON draft
  BEGIN SELECT RAISE(ABORT, 'draft: what was entered is fixed'); END;
-- What was typed changes only by an edit that has put the words before it on file.
CREATE TRIGGER draft_typed_is_kept BEFORE UPDATE OF typed, user ON draft
  WHEN (NEW.typed IS NOT OLD.typed OR NEW.user IS NOT OLD.user) AND (
    OLD.state <> 'waiting' OR OLD.typed IS NOT
      (SELECT typed FROM draft_edit WHERE draft_id = OLD.id ORDER BY number DESC LIMIT 1))
  BEGIN SELECT RAISE(ABORT, 'draft: what was typed is kept'); END;
CREATE TRIGGER draft_in_order_is_fixed
  BEFORE UPDATE OF name, id_type, id_number, id_key, personal_account, fund_type, base, typed_base,
    unit_ratio, personal_ratio, from_month, to_month, reason, unit_fen, personal_fen, total_fen
  ON draft WHEN OLD.state <> 'waiting'
  BEGIN SELECT RAISE(ABORT, 'draft: part of an order, or gone'); END;
-- Only a removal can be undone.
CREATE TRIGGER draft_gone_stays_gone BEFORE UPDATE OF state, order_id ON draft
  WHEN OLD.state IN ('settled', 'struck')
    OR (OLD.state = 'removed' AND NEW.state <> 'waiting')
    OR (OLD.state = 'counter' AND NEW.state <> 'struck')
    OR (OLD.state IN ('waiting', 'ordered') AND NEW.state IN ('counter', 'struck'))
  BEGIN SELECT RAISE(ABORT, 'draft: settled, removed or for the counter'); END;
`;

const orders = `
CREATE TABLE orders_new (
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
INSERT INTO orders_new
  SELECT oid, kind, origin, business_month, parameter_version, count, fen, user, sn, state, NULL,
    created_at, sent_at, settled_at, serial_number, receipt_rno, accepted_count, accepted_fen,
    reason_code, reason
  FROM orders;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
CREATE INDEX orders_of_month ON orders (kind, business_month, created_at);
CREATE INDEX orders_open ON orders (state) WHERE state IN ('draft', 'signed', 'sent');
CREATE TRIGGER orders_are_kept BEFORE DELETE ON orders
  BEGIN SELECT RAISE(ABORT, 'orders: kept for ever'); END;
CREATE TRIGGER orders_what_is_fixed
  BEFORE UPDATE OF oid, kind, origin, business_month, count, fen, user, created_at ON orders
  BEGIN SELECT RAISE(ABORT, 'orders: what is ordered is fixed'); END;
CREATE TRIGGER orders_outcome_is_final BEFORE UPDATE OF state, receipt_rno ON orders
  WHEN OLD.state IN ('applied', 'rejected')
    AND (NEW.state IS NOT OLD.state OR NEW.receipt_rno IS NOT OLD.receipt_rno)
  BEGIN SELECT RAISE(ABORT, 'orders: the receipt decided'); END;
-- Nothing that was signed goes back to waiting.
CREATE TRIGGER orders_signed_keeps_serial BEFORE UPDATE OF sn ON orders
  WHEN NEW.sn IS NULL AND OLD.sn IS NOT NULL
    AND EXISTS (SELECT 1 FROM submission WHERE oid = OLD.oid AND signed IS NOT NULL)
  BEGIN SELECT RAISE(ABORT, 'orders: signed before'); END;
`;

const items = `
-- Months of a back-payment, else 0; reason of a reduction, else empty.
ALTER TABLE order_item ADD COLUMN from_month INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_item ADD COLUMN to_month INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_item ADD COLUMN reduction_reason TEXT NOT NULL DEFAULT '';
DROP TRIGGER order_item_what_is_fixed;
CREATE TRIGGER order_item_what_is_fixed
  BEFORE UPDATE OF oid, seq, draft_id, name, id_type, id_number, fund_type, base, unit_ratio,
    personal_ratio, from_month, to_month, reduction_reason, unit_fen, personal_fen, total_fen
  ON order_item
  BEGIN SELECT RAISE(ABORT, 'order_item: what is ordered is fixed'); END;
CREATE TRIGGER order_item_account_is_fixed BEFORE UPDATE OF personal_account ON order_item
  WHEN OLD.personal_account <> '' AND NEW.personal_account IS NOT OLD.personal_account
  BEGIN SELECT RAISE(ABORT, 'order_item: whose account it is is fixed'); END;
`;
