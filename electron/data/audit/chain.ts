import { createHash } from 'node:crypto';
import type { Audit, AuditEvent, Clock, UnitDatabase } from '../ports.ts';

/** A row as stored. */
export interface ChainedRow {
  readonly seq: number;
  readonly at: string;
  readonly user: string;
  readonly event: string;
  readonly detail: string;
  readonly prev: string;
  readonly hash: string;
}

/** What was done with this unit's data here, row after row; each row's hash covers the one before. */
export function openAudit(database: UnitDatabase, clock: Clock, user: string): Audit {
  const { handle } = database;
  const last = handle.prepare<[], { seq: number; hash: string }>(
    'SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1',
  );
  const insert = handle.prepare<[ChainedRow]>(
    `INSERT INTO audit (seq, at, user, event, detail, prev, hash)
     VALUES (@seq, @at, @user, @event, @detail, @prev, @hash)`,
  );
  return {
    record: (event: AuditEvent, detail) => {
      if (!handle.inTransaction) throw new Error(`audit ${event} outside a transaction`);
      const before = last.get();
      const row = {
        seq: (before?.seq ?? 0) + 1,
        at: clock.now(),
        user,
        event,
        detail: JSON.stringify(detail),
        prev: before?.hash ?? '',
      };
      insert.run({ ...row, hash: hashRow(row) });
    },
  };
}

/** The number of the first row that was changed, cut out or put in afterwards; undefined for none. */
export function findAuditBreak(database: UnitDatabase): number | undefined {
  const rows = database.handle
    .prepare<[], ChainedRow>('SELECT * FROM audit ORDER BY seq')
    .iterate();
  let before: ChainedRow | undefined;
  for (const row of rows) {
    if (!isChained(row, before)) return row.seq;
    before = row;
  }
  return undefined;
}

/** Whether a row is as it was written and follows the one before it; none before number 1. */
export function isChained(row: ChainedRow, before: ChainedRow | undefined): boolean {
  const follows = row.seq === (before?.seq ?? 0) + 1 && row.prev === (before?.hash ?? '');
  return follows && row.hash === hashRow(row);
}

function hashRow(row: Omit<ChainedRow, 'hash'>): string {
  const content = JSON.stringify([row.seq, row.at, row.user, row.event, row.detail, row.prev]);
  return createHash('sha256').update(content).digest('hex');
}
