import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../electron/data/db/connection.ts';
import { migrations } from '../../../electron/data/db/migrations/list.ts';
import { openUnitDatabase } from '../../../electron/data/db/open.ts';
import { KEY, makeFolder, openUnit, UNIT } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

/** Migration 0003: batches beside what was there, and what of them is for ever. */

const AT = '2026-11-25T02:00:00.000Z';
const OID = '01990000-0000-7000-8000-0000000000aa';
const DRAFT = '01990000-0000-7000-8000-000000000001';
const SN = '9900000000000001';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => {
  folder.remove();
});

/** An ordered draft with its order and item. */
function fill(handle: Database): void {
  handle.exec(`
    BEGIN;
    INSERT INTO orders (oid, kind, origin, business_month, parameter_version, count, fen, user, sn,
      state, created_at)
    VALUES ('${OID}', 'registration', 'single', 202612, 1, 1, 96000, 'clerk01', '${SN}', 'draft',
      '${AT}');
    INSERT INTO submission (sn, oid, content, state, created_at)
    VALUES ('${SN}', '${OID}', x'02', 'draft', '${AT}');
    INSERT INTO draft (seq, id, kind, origin, state, typed, name, id_type, id_number, id_key,
      personal_account, fund_type, base, typed_base, unit_ratio, personal_ratio, from_month,
      to_month, reason, unit_fen, personal_fen, total_fen, issues, holds, parameter_version,
      order_id, user, created_at, changed_at)
    VALUES (3, '${DRAFT}', 'registration', 'single', 'ordered', '{"kind":"registration"}', '王小明',
      '01', '990100199001010012', '990100199001010012', '', '10', 400000, 400000, 12, 12, 0, 0, '',
      48000, 48000, 96000, '[]', 1, 1, '${OID}', 'clerk01', '${AT}', '${AT}');
    INSERT INTO order_item (oid, seq, draft_id, name, id_type, id_number, fund_type, base,
      unit_ratio, personal_ratio, unit_fen, personal_fen, total_fen)
    VALUES ('${OID}', 1, '${DRAFT}', '王小明', '01', '990100199001010012', '10', 400000, 12, 12,
      48000, 48000, 96000);
    COMMIT;`);
}

const tables = ['draft', 'orders', 'order_item', 'submission', 'receipt', 'audit', 'unit'];
const readAll = (handle: Database) =>
  tables.map((table) => handle.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all());

it('keeps every row and every value, after a backup of the file as it was', () => {
  const second = openUnitDatabase({
    ...{ folder: folder.path, unitAccount: UNIT, databaseKey: KEY, clientVersion: '0.0.0' },
    migrations: migrations.slice(0, 2),
  });
  if (!second.ok) throw new Error(second.detail);
  fill(second.value.handle);
  const before = readAll(second.value.handle);
  second.value.close();

  const database = openUnit(folder.path);
  expect(readAll(database.handle)).toEqual(before);
  expect(database.handle.pragma('foreign_key_check')).toEqual([]);
  expect(database.handle.prepare('SELECT number FROM draft_change').pluck().get()).toBe(0);
  database.close();
  const backupFolder = join(folder.path, 'backups');
  const backups = readdirSync(backupFolder);
  expect(backups).toHaveLength(1);
  const backup = connect({ file: join(backupFolder, backups[0] ?? ''), key: KEY, readonly: true });
  expect(backup.pragma('user_version', { simple: true })).toBe(2);
  expect(readAll(backup)).toEqual(before);
  backup.close();
});

describe('a batch', () => {
  let handle: Database;
  let close: () => void;
  const run = (sql: string) => () => handle.exec(sql);

  beforeEach(() => {
    const database = openUnit(folder.path);
    handle = database.handle;
    close = () => {
      database.close();
    };
    fill(handle);
    handle.exec(`
      INSERT INTO batch (number, id, kind, fund_type, name, file_name, state, user, imported_at)
      VALUES (1, 'b1', 'registration', '10', 'n', 'n', 'reading', 'clerk01', '${AT}'),
        (2, 'b2', 'registration', '10', 'n', 'n', 'reading', 'clerk01', '${AT}');
      INSERT INTO batch_row (batch, seq, row, state, search, cells, remarks)
      VALUES (1, 1, 2, 'open', '', '{}', '[]'), (1, 2, 3, 'open', '', '{}', '[]'),
        (2, 1, 2, 'open', '', '{}', '[]');
      UPDATE batch SET state = 'ready', sheet = '{}' WHERE number = 1;
      INSERT INTO batch_file VALUES (1, x'01');`);
  });
  afterEach(() => {
    close();
  });

  it('that was not read to its end may go, a finished one is kept as it was read', () => {
    handle.exec('DELETE FROM batch_row WHERE batch = 2; DELETE FROM batch WHERE number = 2');
    expect(run('DELETE FROM batch_row WHERE batch = 1')).toThrow(/rows are kept/);
    expect(run('DELETE FROM batch')).toThrow(/kept/);
    expect(run("UPDATE batch_row SET cells = '[]'")).toThrow(/as read|what was read/);
    expect(run('UPDATE batch_row SET row = 9')).toThrow(/what was read/);
    expect(run("UPDATE batch SET file_name = 'x'")).toThrow(/fixed/);
    expect(run('UPDATE batch SET sheet = \'{"a":1}\'')).toThrow(/read to its end/);
    expect(run("UPDATE batch_file SET bytes = x'02'")).toThrow(/as read/);
    expect(
      run(`INSERT INTO batch_row (batch, seq, row, state, search, cells, remarks)
        VALUES (1, 3, 4, 'open', '', '{}', '[]')`),
    ).toThrow(/read to its end/);
  });

  it('changes a cell only with the edit on file', () => {
    const edit = `UPDATE batch_row SET edits = json_set(edits, '$.base', '9') WHERE seq = 1 AND batch = 1`;
    expect(run(edit)).toThrow(/on file first/);
    const log = (text: string) =>
      `INSERT INTO batch_edit VALUES (1, 1, 1, 'base', '8', '${text}', 'clerk01', '${AT}')`;
    handle.exec(`${log('9')}; ${edit}`);
    expect(run(`UPDATE batch_row SET edits = '{}' WHERE seq = 1 AND batch = 1`)).toThrow(/on file/);
    expect(run("UPDATE batch_edit SET text = 'x'")).toThrow(/kept/);
    expect(run('DELETE FROM batch_edit')).toThrow(/for ever/);
  });

  it('keeps what is in an order, and its file as long as a row is open', () => {
    handle.exec(
      `UPDATE batch_row SET state = 'ordered', draft_id = '${DRAFT}' WHERE batch = 1 AND seq = 1;
       INSERT INTO batch_order VALUES ('${OID}', 1)`,
    );
    const first = 'WHERE batch = 1 AND seq = 1';
    expect(run(`UPDATE batch_row SET typed = '{}' ${first}`)).toThrow(/part of an order/);
    expect(run(`UPDATE batch_row SET state = 'removed' ${first}`)).toThrow(/ordered/);
    expect(run('DELETE FROM batch_file')).toThrow(/still open/);
    expect(run('DELETE FROM batch_order')).toThrow(/for ever/);
    handle.exec(`UPDATE batch_row SET state = 'settled' ${first}`);
    expect(run(`UPDATE batch_row SET state = 'open' ${first}`)).toThrow(/settled/);
    handle.exec("UPDATE batch_row SET state = 'removed' WHERE batch = 1 AND seq = 2");
    handle.exec('DELETE FROM batch_file');
    expect(run(`UPDATE batch_row SET state = 'ordered' WHERE batch = 1 AND seq = 2`)).toThrow();
  });

  it('looks the queue up again once a draft has changed, not when it is marked', () => {
    const count = handle.prepare<[], number>('SELECT number FROM draft_change').pluck();
    const before = count.get() ?? 0;
    handle.exec("UPDATE draft SET issues = '[]', holds = 0");
    expect(count.get()).toBe(before);
    handle.exec("UPDATE draft SET state = 'removed', order_id = NULL");
    expect(count.get()).toBe(before + 1);
    expect(run("UPDATE draft SET import_id = 'b1'")).toThrow(/fixed/);
  });
});

it('thousands of rows are looked up by index', () => {
  const { handle } = openUnit(folder.path);
  const plan = (sql: string) =>
    (handle.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[])
      .map(({ detail }) => detail)
      .join('; ');
  expect(
    plan(`SELECT 1 FROM order_item i JOIN orders o ON o.oid = i.oid
      WHERE i.id_number IN ('a', 'b') AND i.fund_type = '10' AND o.state = 'applied'`),
  ).toMatch(/order_item_of_person/);
  expect(
    plan(`SELECT 1 FROM order_item i JOIN orders o ON o.oid = i.oid
      WHERE i.personal_account = 'a' AND i.state IN ('pending', 'processing')`),
  ).toMatch(/order_item_under_way/);
  expect(plan('SELECT seq FROM batch_claim WHERE batch = 1 AND key = 1')).toMatch(/by_key/);
  expect(plan('DELETE FROM batch_claim WHERE batch = 1 AND seq = 1')).toMatch(/PRIMARY KEY/);
  expect(
    plan(`SELECT state, standing, differing, count(*), sum(total_fen) FROM batch_row
      WHERE batch = 1 GROUP BY state, standing, differing`),
  ).toMatch(/COVERING INDEX batch_row_in_grid/);
  handle.close();
});
