import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCentreDatabase } from '../../../electron/demo/centre/database.ts';
import { FROZEN_REASON } from '../../../electron/demo/people/units.ts';
import { registrationItemSchema } from '../../../shared/wire/orders.ts';

/** Books of version 1, as the first release of the demo centre wrote them, go on with nothing lost. */
const FIRST = `
CREATE TABLE unit (account TEXT PRIMARY KEY, roster_version INTEGER NOT NULL) STRICT;
CREATE TABLE clerk (unit TEXT NOT NULL, user TEXT NOT NULL, rights TEXT NOT NULL, PRIMARY KEY (unit, user)) STRICT;
CREATE TABLE ledger (unit TEXT NOT NULL, oid TEXT NOT NULL, PRIMARY KEY (unit, oid)) STRICT;
CREATE TABLE item (
  unit TEXT NOT NULL, oid TEXT NOT NULL, seq INTEGER NOT NULL, sn TEXT NOT NULL, fund_type TEXT NOT NULL,
  name TEXT NOT NULL, id_type TEXT NOT NULL, id_number TEXT NOT NULL, id18 TEXT NOT NULL,
  base INTEGER NOT NULL, unit_ratio INTEGER NOT NULL, personal_ratio INTEGER NOT NULL,
  unit_fen INTEGER NOT NULL, personal_fen INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'succeeded', 'failed')),
  reason TEXT NOT NULL DEFAULT '', due_ms INTEGER, decide_ms INTEGER NOT NULL, changed_at TEXT NOT NULL,
  change_no INTEGER NOT NULL, landed_month INTEGER, personal_account TEXT,
  PRIMARY KEY (unit, oid, seq), FOREIGN KEY (unit, oid) REFERENCES ledger (unit, oid)
) STRICT;
CREATE INDEX item_under_review ON item (unit, id18, fund_type) WHERE state IN ('pending', 'processing');
CREATE TABLE employee (
  unit TEXT NOT NULL REFERENCES unit (account), personal_account TEXT NOT NULL, fund_type TEXT NOT NULL,
  name TEXT NOT NULL, id_type TEXT NOT NULL, id_number TEXT NOT NULL, id18 TEXT NOT NULL, status TEXT NOT NULL,
  base INTEGER NOT NULL, unit_ratio INTEGER NOT NULL, personal_ratio INTEGER NOT NULL,
  unit_fen INTEGER NOT NULL, personal_fen INTEGER NOT NULL, opened_month INTEGER NOT NULL, paid_through INTEGER NOT NULL,
  version INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
  PRIMARY KEY (unit, personal_account, fund_type)
) STRICT, WITHOUT ROWID;
CREATE INDEX employee_version ON employee (unit, version);
CREATE TABLE review_hold (id18 TEXT PRIMARY KEY, reason TEXT NOT NULL) STRICT;
INSERT INTO unit VALUES ('9900000500', 3);
INSERT INTO clerk VALUES ('9900000500', '0001', '["WL1001","WL2001"]'), ('9900000500', '0002', '["WL2001"]');
INSERT INTO ledger VALUES ('9900000500', 'o');
INSERT INTO item VALUES ('9900000500', 'o', 1, 's', '10', '李测试', '01', '990100199001010012',
  '990100199001010012', 800000, 12, 12, 96000, 96000, 'pending', '', 5, 9, 't', 1, NULL, NULL);
INSERT INTO employee VALUES ('9900000500', '990020000001', '10', '王测试', '01', 'a', 'a', '01', 800000, 12, 12, 96000, 96000, 202001, 202611, 1, 0),
  ('9900000500', '990020000011', '10', '赵测试', '01', 'b', 'b', '02', 800000, 12, 12, 96000, 96000, 202612, 0, 2, 0);
PRAGMA user_version = 1;
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jct-upgrade-'));
  mkdirSync(join(folder, 'centre'));
  const db = new Database(join(folder, 'centre', 'centre.db'));
  db.exec(FIRST);
  db.close();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('rights, months paid, the roster version and what is under review are carried over', () => {
  for (let times = 0; times < 2; times += 1) {
    const db = openCentreDatabase(folder);
    const all = (sql: string) => db.prepare(sql).raw().all();
    expect(db.pragma('user_version', { simple: true })).toBe(4);
    expect(all('SELECT user, rights FROM clerk ORDER BY 1')).toEqual([
      ['0001', '["WL1001","WL2001","WL1002","WL1003","WL1004","WL5001","WL5002"]'],
      ['0002', '["WL2001","WL5001","WL5002"]'],
    ]);
    expect(all('SELECT paid, version FROM employee ORDER BY personal_account')).toEqual([
      ['[[202001,202611]]', 4],
      ['[]', 4],
    ]);
    expect(all('SELECT roster_version FROM unit')).toEqual([[4]]);
    const [[kind, content] = []] = all('SELECT kind, content FROM item') as [string, string][];
    expect(kind).toBe('registration');
    const item = registrationItemSchema.parse(JSON.parse(content ?? ''));
    expect([item.idType, item.base, item.unitFen]).toEqual(['01', 800_000, 96_000]);
    expect(all('SELECT id18, reason FROM review_hold')).toEqual([['b', FROZEN_REASON]]);
    db.close();
  }
});
