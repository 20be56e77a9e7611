import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CENTRE_SCHEMA_VERSION, centreSchema, centreUpgrades } from './schema.ts';

export type CentreDatabase = Database.Database;

const BUSY_DEADLINE_MS = 10_000;

/** Where a practice set-up keeps the centre's database. */
export function centreFolder(folder: string): string {
  return join(folder, 'centre');
}

/**
 * Opens (or makes) the centre's own database: WAL with `synchronous=FULL`, so that a receipt that
 * left the house is on the disk. Throws when the file is of a newer version.
 */
export function openCentreDatabase(folder: string): CentreDatabase {
  mkdirSync(centreFolder(folder), { recursive: true, mode: 0o700 });
  const nativeBinding = process.env.JIAOCUNTONG_SQLITE_BINDING;
  const db = new Database(join(centreFolder(folder), 'centre.db'), {
    timeout: BUSY_DEADLINE_MS,
    ...(nativeBinding === undefined ? {} : { nativeBinding }),
  });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.transaction(() => {
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > CENTRE_SCHEMA_VERSION) throw new Error(`centre database of version ${version}`);
    if (version === CENTRE_SCHEMA_VERSION) return;
    const steps = version === 0 ? [centreSchema] : centreUpgrades.slice(version - 1);
    for (const step of steps) db.exec(step);
    db.pragma(`user_version = ${CENTRE_SCHEMA_VERSION}`);
  }).immediate();
  return db;
}

/** BEGIN IMMEDIATE … COMMIT around `work`; what it returns is durable once this returns. */
export function transact<T>(db: CentreDatabase, work: () => T): T {
  return db.transaction(work).immediate();
}

/** The rows as `Row`; the column list of the query is what vouches for the type. */
export function listRows<Row>(db: CentreDatabase, sql: string, ...values: unknown[]): Row[] {
  return db.prepare<unknown[], Row>(sql).all(...values);
}

export function readMeta(db: CentreDatabase, key: string): string | undefined {
  return listRows<{ value: string }>(db, 'SELECT value FROM meta WHERE key = ?', key)[0]?.value;
}

export function writeMeta(db: CentreDatabase, key: string, value: string): void {
  db.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, value);
}

/** The next number of a counter that starts at 1; call it inside the transaction that uses it. */
export function drawNumber(db: CentreDatabase, counter: string): number {
  const next = Number(readMeta(db, counter) ?? '0') + 1;
  writeMeta(db, counter, String(next));
  return next;
}
