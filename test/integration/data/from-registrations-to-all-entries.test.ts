import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connect } from '../../../electron/data/db/connection.ts';
import { migrations } from '../../../electron/data/db/migrations/list.ts';
import { openUnitDatabase } from '../../../electron/data/db/open.ts';
import { readUnit } from '../../../electron/data/db/unit-row.ts';
import { OrderViews } from '../../../electron/data/orders/views.ts';
import { DraftRows } from '../../../electron/data/queue/draft-rows.ts';
import { draftSchema } from '../../../shared/ipc/entries.ts';
import { orderItemSchema, orderSchema } from '../../../shared/ipc/data.ts';
import { RosterCentre } from './roster-centre.ts';
import { makeRoster } from './synthetic-roster.ts';
import { KEY, makeFolder, openRoster, openUnit, UNIT } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

/** Migration 0002: a file of the first version, with rows in every state, becomes one of the second. */

const ids = [1, 2, 3, 4].map((n) => `01990000-0000-7000-8000-00000000000${n}`);
const OID = '01990000-0000-7000-8000-0000000000aa';
const SN = '9900000000000001';
const AT = '2026-11-25T02:00:00.000Z';
const hash = (digit: string) => digit.repeat(64);

let folder: TemporaryFolder;
beforeEach(() => {
  folder = makeFolder();
  const first = openUnitDatabase({
    ...{ folder: folder.path, unitAccount: UNIT, databaseKey: KEY, clientVersion: '0.0.0' },
    migrations: migrations.slice(0, 1),
  });
  if (!first.ok) throw new Error(first.detail);
  fill(first.value.handle);
  first.value.close();
});
afterEach(() => {
  folder.remove();
});

/** A waiting, an ordered, a settled and a removed draft, an order with its receipt, and a roster. */
function fill(handle: Database): void {
  const draft = (i: number, state: string, oid: string) => `
    INSERT INTO draft (seq, id, kind, origin, state, typed, name, id_type, id_number, id_key,
      fund_type, base, typed_base, unit_ratio, personal_ratio, unit_fen, personal_fen, total_fen,
      issues, parameter_version, order_id, user, created_at, changed_at)
    VALUES (${i * 3}, '${ids[i - 1] ?? ''}', 'registration', 'single', '${state}',
      '{"fundType":"10","name":"王小明","idType":"01","idNumber":"99010019900101001${i}","base":"4000"}',
      '王小明', '01', '99010019900101001${i}', '99010019900101001${i}', '10', 400000, 400000, 12, 12,
      48000, 48000, 96000, '[]', 1, ${oid}, 'clerk01', '${AT}', '${AT}');`;
  handle.exec(`
    BEGIN;
    INSERT INTO receipt VALUES (1, '', '${hash('a')}', '${OID}', '${SN}', '${hash('d')}',
      'applied', x'01', '${AT}', '${AT}');
    INSERT INTO orders (oid, kind, origin, business_month, parameter_version, count, fen, user, sn,
      state, created_at, sent_at, settled_at, receipt_rno, serial_number, accepted_count, accepted_fen)
    VALUES ('${OID}', 'registration', 'single', 202612, 1, 1, 96000, 'clerk01', '${SN}', 'applied',
      '${AT}', '${AT}', '${AT}', 1, '2026112500000001', 1, 96000);
    INSERT INTO submission (sn, oid, content, signed, digest, state, created_at)
    VALUES ('${SN}', '${OID}', x'02', x'03', '${hash('d')}', 'applied', '${AT}');
    ${draft(1, 'waiting', 'NULL')}
    ${draft(2, 'removed', 'NULL')}
    ${draft(3, 'settled', `'${OID}'`)}
    ${draft(4, 'ordered', `'${OID}'`)}
    INSERT INTO order_item (oid, seq, draft_id, name, id_type, id_number, fund_type, base,
      unit_ratio, personal_ratio, unit_fen, personal_fen, total_fen, state)
    VALUES ('${OID}', 1, '${ids[2] ?? ''}', '王小明', '01', '990100199001010013', '10', 400000, 12,
      12, 48000, 48000, 96000, 'pending');
    INSERT INTO employee VALUES (1, '990000000001', '10', '李四', '01', '990100198001010011',
      '990100198001010011', '01', 400000, 12, 12, 48000, 48000, 202001, 202610, 'lisi', 'ls');
    UPDATE unit SET roster_generation = 1, roster_version = 7, roster_count = 1,
      roster_digest = '${hash('e')}', last_sync_at = '${AT}';
    COMMIT;`);
}

const keptTables = ['receipt', 'submission', 'audit', 'parameters', 'meta', 'result_cursor'];

function readAll(handle: Database, columns: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(columns).map(([table, list]) => [
      table,
      handle.prepare(`SELECT ${list} FROM ${table} ORDER BY 1, 2`).all(),
    ]),
  );
}

/** Every column of the first version that the second still has. */
function firstColumns(handle: Database): Record<string, string> {
  const tables = [...keptTables, 'draft', 'orders', 'order_item', 'employee'];
  return Object.fromEntries(
    tables.map((table) => {
      const columns = handle.pragma(`table_info(${table})`) as { name: string }[];
      const kept = columns.map(({ name }) => name).filter((name) => name !== 'paid_through');
      return [table, kept.join(', ')];
    }),
  );
}

it('keeps every row and every value, after a backup of the file as it was', () => {
  const before = connect({ file: join(folder.path, `${UNIT}.db`), key: KEY, readonly: true });
  const columns = firstColumns(before);
  const expected = readAll(before, columns);
  before.close();
  expect(expected.draft).toHaveLength(4);

  const database = openUnit(folder.path);
  expect(readAll(database.handle, columns)).toEqual(expected);
  expect(database.handle.pragma('foreign_key_check')).toEqual([]);
  database.close();

  const backupFolder = join(folder.path, 'backups');
  const backups = readdirSync(backupFolder);
  expect(backups).toHaveLength(1);
  const backup = connect({ file: join(backupFolder, backups[0] ?? ''), key: KEY, readonly: true });
  expect(backup.pragma('user_version', { simple: true })).toBe(1);
  expect(readAll(backup, columns)).toEqual(expected);
  backup.close();
});

it('drafts and orders read as before, with their kind', () => {
  const database = openUnit(folder.path);
  const rows = new DraftRows(database);
  const drafts = rows.listOpen('registration');
  expect(drafts.map(({ id, orderId }) => [id, orderId])).toEqual([
    [ids[0], null],
    [ids[3], OID],
  ]);
  for (const draft of drafts) expect(draftSchema.parse(draft)).toEqual(draft);
  expect(drafts[0]).toMatchObject({
    typed: { kind: 'registration', name: '王小明', base: '4000' },
    holds: true,
    from: 0,
    personalAccount: '',
  });
  const views = new OrderViews(database);
  const order = views.find(OID);
  expect(orderSchema.parse(order)).toEqual(order);
  expect(order).toMatchObject({ opensAt: null, sn: SN, receiptNumber: 1, pending: 1 });
  const items = views.items(OID);
  expect(items.map((item) => orderItemSchema.parse(item))).toEqual(items);
  expect(items).toMatchObject([{ from: 0, to: 0, reductionReason: '', state: 'pending' }]);
  database.close();
});

it('what is for ever stays guarded', () => {
  const database = openUnit(folder.path);
  const run = (sql: string) => () => database.handle.exec(sql);
  expect(run('DELETE FROM draft')).toThrow(/rows are kept/);
  expect(run("UPDATE draft SET typed = '{}'")).toThrow(/typed is kept/);
  expect(run('UPDATE draft SET unit_fen = 1, total_fen = 48001 WHERE seq = 9')).toThrow(/order/);
  expect(run("UPDATE draft SET state = 'waiting', order_id = NULL WHERE seq = 9")).toThrow(
    /settled/,
  );
  expect(run('DELETE FROM orders')).toThrow(/for ever/);
  expect(run('UPDATE orders SET fen = 1')).toThrow(/fixed/);
  expect(run("UPDATE orders SET state = 'void'")).toThrow(/receipt decided/);
  expect(run('UPDATE orders SET sn = NULL')).toThrow();
  expect(run('UPDATE order_item SET from_month = 202601')).toThrow(/fixed/);
  database.close();
});

it('the roster stays readable, and the next sync asks for all of it', async () => {
  const database = openUnit(folder.path);
  expect(readUnit(database)).toMatchObject({ rosterVersion: 0, rosterCount: 1, lastSyncAt: AT });
  const rows = makeRoster(40);
  const centre = new RosterCentre(rows);
  const have: unknown[] = [];
  centre.before = (tx, body) => {
    if (tx === 'WL3001') have.push(body);
  };
  const { roster, sync } = openRoster(database, centre);
  const key = { personalAccount: '990000000001', fundType: '10' } as const;
  expect(roster.person(key)).toMatchObject({ name: '李四', paid: [] });
  expect(await sync.run()).toMatchObject({ ok: true, value: { mode: 'full', count: 40 } });
  expect(have).toEqual([{ have: 0 }]);
  expect(roster.person(key)).toEqual(rows[0]);
  await sync.close();
  database.close();
});
