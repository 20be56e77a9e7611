import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCentreDatabase } from '../../../electron/demo/centre/database.ts';
import { FROZEN_REASON } from '../../../electron/demo/people/units.ts';
import { registrationItemSchema } from '../../../shared/wire/orders.ts';

/** The tables as releases of the demo centre wrote them; they never change again. */
const schemaOf = (version: number) =>
  readFileSync(
    new URL(`../../fixtures/centre-books/version-${version}.sql`, import.meta.url),
    'utf8',
  );

/** Books of version 1: registrations alone, and the last month paid. */
const firstBooks = `
INSERT INTO unit VALUES ('9900000500', '示例机电有限公司', 'uniform', 12, '["10"]', 3, 1, 't');
INSERT INTO clerk (unit, user, password_key, rights) VALUES
  ('9900000500', '0001', x'00', '["WL1001","WL2001"]'), ('9900000500', '0002', x'00', '["WL2001"]');
INSERT INTO serial VALUES ('9900000500', 's', 'applied', 'o', 'd', 't', x'00');
INSERT INTO ledger VALUES ('9900000500', 'o', 's', 'registration', 'single', 202612, 1, 192000, '1');
INSERT INTO item VALUES ('9900000500', 'o', 1, 's', '10', '李测试', '01', '990100199001010012',
  '990100199001010012', 800000, 12, 12, 96000, 96000, 'pending', '', 5, 9, 't', 1, NULL, NULL);
INSERT INTO employee VALUES
  ('9900000500', '990020000001', '10', '示例甲', '01', 'a', 'a', '01', 800000, 12, 12, 96000, 96000,
   202001, 202611, 1, 0),
  ('9900000500', '990020000011', '10', '示例乙', '01', 'b', 'b', '01', 800000, 12, 12, 96000, 96000,
   202612, 0, 2, 0);
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jct-upgrade-'));
  mkdirSync(join(folder, 'centre'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(...sql: readonly string[]): void {
  const db = new Database(join(folder, 'centre', 'centre.db'));
  for (const part of sql) db.exec(part);
  db.close();
}

/** Columns of each table, and every index and trigger, to the letter. */
function describeTables(db: Database.Database) {
  const objects = db
    .prepare<[], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
       ORDER BY type, name`,
    )
    .all();
  const columnsOf = (table: string) =>
    db
      .prepare<[string], { name: string }>(
        'SELECT name, type, "notnull", pk FROM pragma_table_info(?) ORDER BY name',
      )
      .all(table);
  return objects.map(({ type, name, sql }) => [name, type === 'table' ? columnsOf(name) : sql]);
}

describe('books of version 1', () => {
  test('keep rights, months paid, the roster version and what is under review', () => {
    write(schemaOf(1), firstBooks);
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
});

describe('books that were upgraded', () => {
  test.each([1, 3])('of version %i have the tables of new ones', (version) => {
    write(schemaOf(version));
    const upgraded = openCentreDatabase(folder);
    const tables = describeTables(upgraded);
    upgraded.close();
    const elsewhere = join(folder, 'new');
    mkdirSync(elsewhere);
    const fresh = openCentreDatabase(elsewhere);
    expect(tables).toEqual(describeTables(fresh));
    fresh.close();
  });
});
