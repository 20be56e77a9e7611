/**
 * How the members of each fund came to be who they are: every change of who is 正常, or of their
 * money, has a line, whoever made it. A line of an order bears its number and business month;
 * any other change was made at the centre itself and counts in the month that is being filed.
 * From it and the roster of today every month before can be worked out (ledger/month-figure.ts).
 */

/** Whether a row of `employee` counts as a member. */
const isMember = (row: 'OLD' | 'NEW') => `(${row}.status = '01' AND ${row}.removed = 0)`;

/** A value of the member before or after, NULL where there was none. */
const moneyIf = (row: 'OLD' | 'NEW') =>
  ['base', 'unit_fen', 'personal_fen']
    .map((column) => `CASE WHEN ${isMember(row)} THEN ${row}.${column} END`)
    .join(', ');

const CENTRE_TIME = `coalesce(
  (SELECT strftime('%Y-%m-%dT%H:%M:%fZ', CAST(value AS REAL) / 1000, 'unixepoch')
   FROM meta WHERE key = 'clock_ms'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`;

const MONTH_FILED = `coalesce(
  (SELECT CAST(json_extract(content, '$.businessMonth') AS INTEGER) FROM parameters
   WHERE unit = NEW.unit ORDER BY version DESC LIMIT 1), NEW.opened_month)`;

/** `byOrder`: the condition under which the change is the order's that the row names. */
const addLine = (byOrder: string, before: string) => `
  INSERT INTO member_change (unit, personal_account, fund_type, kind, business_month, at, oid, seq,
    base_before, unit_fen_before, personal_fen_before, base, unit_fen, personal_fen)
  SELECT NEW.unit, NEW.personal_account, NEW.fund_type,
    CASE WHEN NOT by_order THEN 'counter' WHEN ${isMember('NEW')} THEN 'registration' ELSE 'reduction' END,
    CASE WHEN by_order THEN NEW.changed_month ELSE ${MONTH_FILED} END,
    CASE WHEN by_order THEN NEW.changed_at ELSE ${CENTRE_TIME} END,
    CASE WHEN by_order THEN NEW.changed_oid END,
    CASE WHEN by_order THEN NEW.changed_seq ELSE 0 END,
    ${before}, ${moneyIf('NEW')}
  FROM (SELECT ${byOrder} AS by_order);`;

const table = `
CREATE TABLE member_change (
  number INTEGER PRIMARY KEY,
  unit TEXT NOT NULL REFERENCES unit (account),
  personal_account TEXT NOT NULL,
  fund_type TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('registration', 'reduction', 'counter')),
  business_month INTEGER NOT NULL,
  at TEXT NOT NULL,
  /* line of an order; none for what was done at the centre itself */
  oid TEXT CHECK ((kind = 'counter') = (oid IS NULL)),
  seq INTEGER NOT NULL,
  /* the member before and after, NULL where not 正常 */
  base_before INTEGER,
  unit_fen_before INTEGER,
  personal_fen_before INTEGER,
  base INTEGER,
  unit_fen INTEGER,
  personal_fen INTEGER,
  CHECK (unit_fen IS NOT NULL OR unit_fen_before IS NOT NULL)
) STRICT;
CREATE INDEX member_change_of_month ON member_change (unit, business_month);
CREATE INDEX member_change_of_person ON member_change (unit, personal_account, fund_type, number);
CREATE INDEX item_of_month ON item (unit, landed_month, kind) WHERE state = 'succeeded';
CREATE TRIGGER member_change_for_ever BEFORE UPDATE ON member_change BEGIN SELECT RAISE(ABORT, 'the history is for ever'); END;
CREATE TRIGGER member_change_kept BEFORE DELETE ON member_change BEGIN SELECT RAISE(ABORT, 'the history is for ever'); END;
`;

const triggers = `
/* version 1 is the roster a unit begins with */
CREATE TRIGGER employee_enters AFTER INSERT ON employee WHEN ${isMember('NEW')} AND NEW.version > 1
BEGIN ${addLine('NEW.changed_oid IS NOT NULL', 'NULL, NULL, NULL')} END;
CREATE TRIGGER employee_changes AFTER UPDATE ON employee
WHEN ${isMember('OLD')} <> ${isMember('NEW')} OR (${isMember('NEW')} AND
  (OLD.base <> NEW.base OR OLD.unit_fen <> NEW.unit_fen OR OLD.personal_fen <> NEW.personal_fen))
BEGIN ${addLine(
  `(NEW.changed_oid IS NOT OLD.changed_oid OR NEW.changed_seq IS NOT OLD.changed_seq)
     AND ${isMember('OLD')} <> ${isMember('NEW')}`,
  moneyIf('OLD'),
)} END;
`;

export const memberHistory = table + triggers;

/** From version 3: what the orders did so far is in their items. */
export const upgradeToMemberHistory = `
ALTER TABLE employee ADD COLUMN changed_oid TEXT;
ALTER TABLE employee ADD COLUMN changed_seq INTEGER;
ALTER TABLE employee ADD COLUMN changed_at TEXT;
ALTER TABLE employee ADD COLUMN changed_month INTEGER;
${table}
INSERT INTO member_change (unit, personal_account, fund_type, kind, business_month, at, oid, seq,
  base_before, unit_fen_before, personal_fen_before, base, unit_fen, personal_fen)
SELECT i.unit, i.personal_account, i.fund_type, i.kind, i.landed_month, i.changed_at, i.oid, i.seq,
  CASE WHEN i.kind = 'reduction' THEN e.base END,
  CASE WHEN i.kind = 'reduction' THEN i.unit_fen END,
  CASE WHEN i.kind = 'reduction' THEN i.personal_fen END,
  CASE WHEN i.kind = 'registration' THEN json_extract(i.content, '$.base') END,
  CASE WHEN i.kind = 'registration' THEN i.unit_fen END,
  CASE WHEN i.kind = 'registration' THEN i.personal_fen END
FROM item i JOIN employee e ON e.unit = i.unit AND e.personal_account = i.personal_account
  AND e.fund_type = i.fund_type
WHERE i.state = 'succeeded' AND i.kind IN ('registration', 'reduction')
ORDER BY i.changed_at, i.change_no;
${triggers}
UPDATE clerk SET rights = json_insert(rights, '$[#]', 'WL5001', '$[#]', 'WL5002');
`;
