import { FROZEN_NUMBER, FROZEN_REASON } from '../people/units.ts';
import { memberHistory, upgradeToMemberHistory } from './member-history.ts';

/**
 * The centre's tables. The keys below enforce what `ledger/submit.ts` decides: one serial has one
 * digest for ever, one business order is applied once, receipts have no gaps and no second copy.
 * How the same keys stand on another engine: docs/centre-on-postgresql.md.
 */
export const CENTRE_SCHEMA_VERSION = 4;

/** One entry of a unit stands in the ledger once, under whatever order; no entry named: nothing to hold. */
const entryOnce = `
CREATE UNIQUE INDEX item_entry_once ON item (unit, json_extract(content, '$.entry'))
  WHERE json_extract(content, '$.entry') IS NOT NULL;
`;

export const centreSchema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE unit (
  account TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  ratio_policy TEXT NOT NULL CHECK (ratio_policy IN ('uniform', 'perEmployee')),
  ratio INTEGER NOT NULL,
  fund_types TEXT NOT NULL,
  roster_version INTEGER NOT NULL,
  change_last INTEGER NOT NULL DEFAULT 0,
  made_at TEXT NOT NULL
) STRICT;

CREATE TABLE clerk (
  unit TEXT NOT NULL REFERENCES unit (account),
  user TEXT NOT NULL,
  password_key BLOB NOT NULL,
  rights TEXT NOT NULL,
  failed INTEGER NOT NULL DEFAULT 0,
  locked_until_ms INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (unit, user)
) STRICT;

CREATE TABLE installation (
  prefix INTEGER PRIMARY KEY AUTOINCREMENT,
  unit TEXT NOT NULL REFERENCES unit (account),
  id TEXT NOT NULL,
  UNIQUE (unit, id)
) STRICT;
INSERT INTO sqlite_sequence (name, seq) VALUES ('installation', 100000);

CREATE TABLE session (
  sid_hash TEXT PRIMARY KEY,
  unit TEXT NOT NULL,
  user TEXT NOT NULL,
  certificate TEXT NOT NULL,
  opened_ms INTEGER NOT NULL,
  used_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE parameters (
  unit TEXT NOT NULL REFERENCES unit (account),
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (unit, version)
) STRICT;

CREATE TABLE serial (
  unit TEXT NOT NULL,
  sn TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('applied', 'rejected', 'void')),
  oid TEXT NOT NULL,
  digest TEXT NOT NULL CHECK ((state = 'void') = (digest = '')),
  at TEXT NOT NULL,
  request BLOB NOT NULL,
  PRIMARY KEY (unit, sn)
) STRICT;
CREATE UNIQUE INDEX serial_applied_once ON serial (unit, oid) WHERE state = 'applied';

CREATE TABLE receipt (
  unit TEXT NOT NULL,
  rno INTEGER NOT NULL CHECK (rno >= 1),
  sn TEXT NOT NULL,
  prev TEXT NOT NULL CHECK ((rno = 1) = (prev = '')),
  hash TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL,
  count INTEGER NOT NULL,
  fen INTEGER NOT NULL,
  serial_number TEXT NOT NULL,
  cms BLOB NOT NULL,
  PRIMARY KEY (unit, rno),
  UNIQUE (unit, sn),
  UNIQUE (unit, prev),
  FOREIGN KEY (unit, sn) REFERENCES serial (unit, sn)
) STRICT;

CREATE TABLE ledger (
  unit TEXT NOT NULL,
  oid TEXT NOT NULL,
  sn TEXT NOT NULL,
  kind TEXT NOT NULL,
  origin TEXT NOT NULL,
  business_month INTEGER NOT NULL,
  count INTEGER NOT NULL,
  fen INTEGER NOT NULL,
  serial_number TEXT NOT NULL UNIQUE,
  PRIMARY KEY (unit, oid),
  UNIQUE (unit, sn)
) STRICT;

CREATE TABLE item (
  unit TEXT NOT NULL,
  oid TEXT NOT NULL,
  seq INTEGER NOT NULL,
  sn TEXT NOT NULL,
  kind TEXT NOT NULL,
  fund_type TEXT NOT NULL,
  name TEXT NOT NULL,
  id_number TEXT NOT NULL,
  id18 TEXT NOT NULL,
  unit_fen INTEGER NOT NULL,
  personal_fen INTEGER NOT NULL,
  /* the item as ordered, JSON */
  content TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'succeeded', 'failed')),
  reason TEXT NOT NULL DEFAULT '',
  /* when the next step is due by the centre's clock; none once decided */
  due_ms INTEGER,
  decide_ms INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  change_no INTEGER NOT NULL,
  landed_month INTEGER,
  /* the account it is for; of a registration, the one it opened */
  personal_account TEXT,
  PRIMARY KEY (unit, oid, seq),
  FOREIGN KEY (unit, oid) REFERENCES ledger (unit, oid)
) STRICT;
CREATE INDEX item_due ON item (due_ms) WHERE due_ms IS NOT NULL;
CREATE UNIQUE INDEX item_change ON item (unit, change_no);
CREATE INDEX item_under_review ON item (unit, id18, fund_type) WHERE state IN ('pending', 'processing');
CREATE INDEX item_under_way ON item (unit, personal_account, fund_type) WHERE state IN ('pending', 'processing');

CREATE TABLE employee (
  unit TEXT NOT NULL REFERENCES unit (account),
  personal_account TEXT NOT NULL,
  fund_type TEXT NOT NULL,
  name TEXT NOT NULL,
  id_type TEXT NOT NULL,
  id_number TEXT NOT NULL,
  id18 TEXT NOT NULL,
  status TEXT NOT NULL,
  base INTEGER NOT NULL,
  unit_ratio INTEGER NOT NULL,
  personal_ratio INTEGER NOT NULL,
  unit_fen INTEGER NOT NULL,
  personal_fen INTEGER NOT NULL,
  opened_month INTEGER NOT NULL,
  /* months paid: JSON of inclusive ranges [[from, to], ...], ascending and disjoint */
  paid TEXT NOT NULL,
  /* roster version that last changed the row: the change log a delta is read from */
  version INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
  /* line of the order that changed it last, when, and the business month it counts in */
  changed_oid TEXT,
  changed_seq INTEGER,
  changed_at TEXT,
  changed_month INTEGER,
  PRIMARY KEY (unit, personal_account, fund_type)
) STRICT, WITHOUT ROWID;
CREATE INDEX employee_version ON employee (unit, version);
CREATE UNIQUE INDEX employee_active ON employee (id18, fund_type) WHERE status = '01' AND removed = 0;
CREATE INDEX employee_person ON employee (id18);

/* people whom the practice centre turns down: at the review of a registration, or when a batch is processed */
CREATE TABLE review_hold (id18 TEXT PRIMARY KEY, reason TEXT NOT NULL) STRICT;

CREATE TRIGGER serial_for_ever BEFORE UPDATE ON serial BEGIN SELECT RAISE(ABORT, 'a serial is for ever'); END;
CREATE TRIGGER serial_kept BEFORE DELETE ON serial BEGIN SELECT RAISE(ABORT, 'a serial is for ever'); END;
CREATE TRIGGER receipt_for_ever BEFORE UPDATE ON receipt BEGIN SELECT RAISE(ABORT, 'a receipt is for ever'); END;
CREATE TRIGGER receipt_kept BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'a receipt is for ever'); END;
${entryOnce}${memberHistory}`;

/**
 * From version 1, which knew registrations alone and the last month paid. The roster of every unit
 * gets a new version, since every line of it has changed.
 */
const upgradeFromFirst = `
ALTER TABLE employee ADD COLUMN paid TEXT NOT NULL DEFAULT '[]';
UPDATE employee SET paid = json_array(json_array(opened_month, paid_through)) WHERE paid_through >= opened_month;
ALTER TABLE employee DROP COLUMN paid_through;
UPDATE unit SET roster_version = roster_version + 1;
UPDATE employee SET version = (SELECT roster_version FROM unit WHERE account = employee.unit);

ALTER TABLE item ADD COLUMN kind TEXT NOT NULL DEFAULT 'registration';
ALTER TABLE item ADD COLUMN content TEXT NOT NULL DEFAULT '';
UPDATE item SET content = json_object('seq', seq, 'fundType', fund_type, 'name', name, 'idType', id_type,
  'idNumber', id_number, 'base', base, 'unitRatio', unit_ratio, 'personalRatio', personal_ratio,
  'unitFen', unit_fen, 'personalFen', personal_fen);
ALTER TABLE item DROP COLUMN id_type;
ALTER TABLE item DROP COLUMN base;
ALTER TABLE item DROP COLUMN unit_ratio;
ALTER TABLE item DROP COLUMN personal_ratio;
CREATE INDEX item_under_way ON item (unit, personal_account, fund_type) WHERE state IN ('pending', 'processing');

UPDATE clerk SET rights = json_insert(rights, '$[#]', 'WL1002', '$[#]', 'WL1003', '$[#]', 'WL1004')
  WHERE EXISTS (SELECT 1 FROM json_each(rights) WHERE value = 'WL1001');
INSERT OR IGNORE INTO review_hold (id18, reason)
  SELECT DISTINCT id18, '${FROZEN_REASON}' FROM employee
  WHERE personal_account LIKE '9900_%' AND substr(personal_account, 6) = '${String(FROZEN_NUMBER).padStart(7, '0')}';
`;

/** In order: the first makes version 2 of version 1. */
export const centreUpgrades: readonly string[] = [
  upgradeFromFirst,
  entryOnce,
  upgradeToMemberHistory,
];
