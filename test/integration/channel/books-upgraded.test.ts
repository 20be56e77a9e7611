import { readFileSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Clerk, makePerson, valueOf } from './clerk.ts';
import {
  compare,
  dayOf,
  file,
  MonthBooks,
  MonthKeys,
  reductionOf,
  shortfallOf,
} from './month-books.ts';

/** Books of version 3 knew no history of their members; from version 4 on a month has its figure. */
const frozen = readFileSync(
  new URL('../../fixtures/centre-books/version-3.sql', import.meta.url),
  'utf8',
);
const MONTHS = [202610, 202611, 202612] as const;

const keys = new MonthKeys();
const books = new MonthBooks(keys);
beforeAll(async () => {
  await keys.make();
});
afterAll(async () => {
  await books.stop();
  keys.remove();
});

/** Written again in its own time by whoever signs in, or by the clock. */
const moving = new Set(['session', 'meta']);

type Tables = ReadonlyMap<string, { readonly columns: string; readonly rows: readonly unknown[] }>;

/** Makes a file of version 3 of what the books hold; the value is all that stands in it. */
function writeAsVersion3(books4: string): Tables {
  const path = `${books4}.3`;
  const old = new Database(path);
  old.exec(frozen);
  old.pragma('foreign_keys = OFF');
  old.prepare('ATTACH ? AS later').run(books4);
  const held = new Map<string, Tables extends ReadonlyMap<string, infer T> ? T : never>();
  const tables = old
    .prepare<[], string>(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck();
  const columnsOf = old
    .prepare<[string], string>("SELECT name FROM pragma_table_info(?, 'main')")
    .pluck();
  for (const table of tables.all()) {
    const columns = columnsOf.all(table).join(', ');
    old.exec(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM later.${table}`);
    if (table === 'clerk') {
      old.exec(`UPDATE clerk SET rights = (SELECT json_group_array(value) FROM json_each(rights)
        WHERE value NOT IN ('WL5001', 'WL5002'))`);
    }
    held.set(table, { columns, rows: readTable(old, table, columns) });
  }
  old.exec('DETACH later');
  expect(old.pragma('foreign_key_check')).toEqual([]);
  old.close();
  for (const end of ['', '-wal', '-shm']) rmSync(books4 + end, { force: true });
  renameSync(path, books4);
  return held;
}

function readTable(db: Database.Database, table: string, columns: string): unknown[] {
  return db.prepare(`SELECT ${columns} FROM main.${table} ORDER BY ${columns}`).raw().all();
}

async function compareAll(clerk: Clerk) {
  const views = [];
  for (const month of MONTHS) views.push(await compare(clerk, month));
  return views.map(({ verdict, comparison: { funds, found } }) => ({ verdict, funds, found }));
}

test('a file of version 3 keeps every row to the byte, and has the figures of its months', async () => {
  await books.start(dayOf(202611, 3));
  const clerk = await books.computer('here');
  const [first, second, third] = (await clerk.people()).slice(6);
  if (!first || !second || !third) throw new Error('nobody');
  await file(clerk, makePerson(), makePerson(), reductionOf(first), shortfallOf(second, 202611));
  books.passReview();
  // lands in the month after
  await file(clerk, makePerson());
  books.setClock(dayOf(202611, 25));
  books.review();
  valueOf(await clerk.signIn());
  await file(clerk, reductionOf(third), makePerson());
  const before = await compareAll(clerk);
  expect(before.map(({ verdict }) => verdict)).toEqual(['equal', 'equal', 'equal']);
  expect(before.map(({ funds }) => funds[0]?.ours.registered.heads)).toEqual([0, 2, 1]);

  let held: Tables = new Map();
  await books.restart((path) => {
    held = writeAsVersion3(path);
  });
  const { db } = books.centre;
  expect(db.pragma('user_version', { simple: true })).toBe(4);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  for (const [table, { columns, rows }] of held) {
    if (moving.has(table) || table === 'clerk') continue;
    expect(rows.length, table).toBeGreaterThan(0);
    expect(readTable(db, table, columns), table).toEqual(rows);
  }
  const rights = db.prepare<[], string>('SELECT rights FROM clerk').pluck().all();
  for (const one of rights) expect(one).toContain('"WL5001","WL5002"]');

  // with nothing but the items to go by, the same figures; and business goes on
  valueOf(await clerk.signIn());
  expect(await compareAll(clerk)).toEqual(before);
  books.passReview();
  const after = await compareAll(clerk);
  expect(after.map(({ verdict }) => verdict)).toEqual(['equal', 'equal', 'equal']);
  expect(after[2]?.funds[0]?.ours.registered.heads).toBe(2);
  await clerk.close();
});
