import type { z } from 'zod';
import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { SyncChange, SyncDraft, SyncRecord } from '../../../shared/ipc/sync-difference.ts';
import { syncFieldsSchema } from '../../../shared/ipc/sync-difference.ts';
import type { syncSummarySchema } from '../../../shared/ipc/roster.ts';
import type { FundType } from '../../../shared/wire/primitives.ts';
import { readUnit } from '../db/unit-row.ts';
import type { DataHandlers, UnitDatabase } from '../ports.ts';
import type { Pause } from './slices.ts';

/** People are listed for this many syncs that changed somebody. */
const LISTED_SYNCS = 24;
const DELETE_ROWS = 1_000;

export interface Standing {
  /** Accounts that are 正常. */
  readonly accounts: number;
  readonly fen: number;
}

/** A number no sync has, whether it came to an end or not. */
export function nextSync({ handle }: UnitDatabase): number {
  const last = handle
    .prepare<[], number>(
      `SELECT max(coalesce((SELECT max(number) FROM sync), 0),
         coalesce((SELECT sync FROM sync_change ORDER BY sync DESC LIMIT 1), 0))`,
    )
    .pluck()
    .get();
  return (last ?? 0) + 1;
}

/** Inside the `write` that puts the roster in place, once the drafts have been checked against it. */
export function recordSync(
  database: UnitDatabase,
  number: number,
  summary: z.output<typeof syncSummarySchema>,
  first: boolean,
  standing: Standing,
): void {
  const { handle } = database;
  const { businessMonth, rosterGeneration } = readUnit(database);
  const { at, version, mode, added, changed, removed } = summary;
  handle
    .prepare(
      `INSERT INTO sync (number, at, version, mode, first, business_month, accounts, fen, added,
         changed, removed)
       VALUES (@number, @at, @version, @mode, @first, @businessMonth, @accounts, @fen, @added,
         @changed, @removed)`,
    )
    .run({
      ...{ number, at, version, mode, businessMonth, added, changed, removed, ...standing },
      first: first ? 1 : 0,
    });
  handle
    .prepare(
      `INSERT INTO sync_draft (sync, draft_id)
       SELECT @number, d.id FROM draft d WHERE d.state = 'waiting' AND (
         EXISTS (SELECT 1 FROM sync_change c WHERE c.sync = @number
           AND c.personal_account = d.personal_account AND c.fund_type = d.fund_type)
         OR (d.personal_account = '' AND EXISTS (
           SELECT 1 FROM employee_person p JOIN sync_change c ON c.sync = @number
             AND c.personal_account = p.personal_account AND c.fund_type = p.fund_type
           WHERE p.generation = @rosterGeneration AND p.id_key = d.id_key
             AND p.fund_type = d.fund_type)))`,
    )
    .run({ number, rosterGeneration });
}

/** As of the last sync; worked out where no sync of this file has put it down yet. */
export function readStanding(database: UnitDatabase): Standing {
  const { handle } = database;
  const known = handle
    .prepare<[], Standing>('SELECT accounts, fen FROM sync ORDER BY number DESC LIMIT 1')
    .get();
  if (known) return known;
  const counted = handle
    .prepare<[number], Standing>(
      `SELECT count(*) AS accounts, coalesce(sum(unit_fen + personal_fen), 0) AS fen
       FROM employee WHERE generation = ? AND status = '01'`,
    )
    .get(readUnit(database).rosterGeneration);
  return counted ?? { accounts: 0, fen: 0 };
}

/** Takes away what a sync that was cut short put down, and the lists of long ago. */
export async function removeStaleChanges(
  database: UnitDatabase,
  pause: Pause,
): Promise<Result<undefined>> {
  const deletion = database.handle.prepare<[number, number]>(
    `DELETE FROM sync_change WHERE (sync, personal_account, fund_type) IN (
       SELECT sync, personal_account, fund_type FROM sync_change WHERE sync = ? LIMIT ?)`,
  );
  for (const sync of listStale(database)) {
    for (let removed = 1; removed > 0;) {
      const result = database.write(() => succeed(deletion.run(sync, DELETE_ROWS).changes));
      if (!result.ok) return result;
      removed = result.value;
      await pause();
    }
  }
  return succeed(undefined);
}

/** One step along the index for each sync there is, not a walk over its rows. */
function listStale({ handle }: UnitDatabase): number[] {
  const kept = new Set(
    handle
      .prepare<[number], number>(
        `SELECT number FROM sync WHERE added + changed + removed > 0 AND first = 0
         ORDER BY number DESC LIMIT ?`,
      )
      .pluck()
      .all(LISTED_SYNCS),
  );
  const next = handle
    .prepare<[number], number>('SELECT sync FROM sync_change WHERE sync > ? ORDER BY sync LIMIT 1')
    .pluck();
  const stale: number[] = [];
  for (let at = next.get(0); at !== undefined; at = next.get(at)) if (!kept.has(at)) stale.push(at);
  return stale;
}

/** What the window reads of it. */
export class SyncRecords {
  readonly #database: UnitDatabase;

  constructor(database: UnitDatabase) {
    this.#database = database;
  }

  readonly list: DataHandlers['syncs.list'] = ({ limit }) => {
    const rows = this.#database.handle
      .prepare<[number], Omit<SyncRecord, 'first'> & { readonly first: number }>(
        `SELECT number, at, version, mode, first, added, changed, removed,
           (SELECT count(*) FROM sync_change c WHERE c.sync = s.number) AS listed,
           (SELECT count(*) FROM sync_draft d WHERE d.sync = s.number) AS drafts
         FROM sync s WHERE added + changed + removed > 0 ORDER BY number DESC LIMIT ?`,
      )
      .all(limit);
    return succeed({ syncs: rows.map((row) => ({ ...row, first: row.first === 1 })) });
  };

  readonly changes: DataHandlers['syncs.changes'] = ({ number, change, offset, limit }) => {
    const { handle } = this.#database;
    const where = `FROM sync_change c WHERE c.sync = ? AND c.change = ?
      AND EXISTS (SELECT 1 FROM sync s WHERE s.number = c.sync)`;
    const total = handle
      .prepare<[number, string], number>(`SELECT count(*) ${where}`)
      .pluck()
      .get(number, change);
    const rows = handle
      .prepare<[number, string, number, number], ChangeRow>(
        `SELECT personal_account, fund_type, name, change, fields_before, fields_after ${where}
         ORDER BY personal_account, fund_type LIMIT ? OFFSET ?`,
      )
      .all(number, change, limit, offset);
    return succeed({ changes: rows.map(describe), total: total ?? 0 });
  };

  readonly drafts: DataHandlers['syncs.drafts'] = ({ number }) => {
    const rows = this.#database.handle
      .prepare<[number], Omit<SyncDraft, 'waits' | 'holds'> & { waits: number; holds: number }>(
        `SELECT d.id, d.kind, d.name, d.state = 'waiting' AS waits, d.holds
         FROM sync_draft t JOIN draft d ON d.id = t.draft_id WHERE t.sync = ? ORDER BY d.seq`,
      )
      .all(number);
    const drafts = rows.map((row) => ({ ...row, waits: row.waits === 1, holds: row.holds === 1 }));
    return succeed({ drafts });
  };
}

interface ChangeRow {
  readonly personal_account: string;
  readonly fund_type: FundType;
  readonly name: string;
  readonly change: SyncChange['change'];
  readonly fields_before: string | null;
  readonly fields_after: string | null;
}

function describe(row: ChangeRow): SyncChange {
  const fieldsOf = (json: string | null) =>
    json === null ? null : syncFieldsSchema.parse(JSON.parse(json));
  return {
    personalAccount: row.personal_account,
    fundType: row.fund_type,
    name: row.name,
    change: row.change,
    before: fieldsOf(row.fields_before),
    after: fieldsOf(row.fields_after),
  };
}
