import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { BackupHolds } from '../../../shared/ipc/backups.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { findAuditBreak } from '../audit/chain.ts';
import { OpenUnitDatabase } from '../db/unit-database.ts';

/** What a unit's file holds; of any schema since the first. */
export function readHolds(handle: Database): BackupHolds {
  const count = (sql: string) => handle.prepare<[], number>(sql).pluck().get() ?? 0;
  const ofKind = handle
    .prepare<[EntryKind], number>("SELECT count(*) FROM draft WHERE kind = ? AND state = 'waiting'")
    .pluck();
  const drafts = (kind: EntryKind) => ofKind.get(kind) ?? 0;
  const unit = handle
    .prepare<[], Pick<BackupHolds, 'rosterVersion' | 'rosterCount' | 'lastSyncAt'>>(
      `SELECT roster_version AS rosterVersion, roster_count AS rosterCount,
         last_sync_at AS lastSyncAt FROM unit`,
    )
    .get();
  if (!unit) throw new Error('unit: no row');
  return {
    drafts: {
      registration: drafts('registration'),
      reduction: drafts('reduction'),
      missedBackPay: drafts('missedBackPay'),
      shortfallBackPay: drafts('shortfallBackPay'),
    },
    counter: count("SELECT count(*) FROM draft WHERE state = 'counter'"),
    ...readBatches(handle),
    orders: count(
      `SELECT count(*) FROM orders o WHERE EXISTS
         (SELECT 1 FROM submission s WHERE s.oid = o.oid AND s.signed IS NOT NULL)`,
    ),
    openOrders: count("SELECT count(*) FROM orders WHERE state IN ('signed', 'sent')"),
    receiptsUpTo: count('SELECT coalesce(max(rno), 0) FROM receipt'),
    ...unit,
  };
}

function readBatches(handle: Database): Pick<BackupHolds, 'batches' | 'batchRows'> {
  const isKnown = handle
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'batch'")
    .get();
  if (isKnown === undefined) return { batches: 0, batchRows: 0 };
  const counted = handle
    .prepare<[], Pick<BackupHolds, 'batches' | 'batchRows'>>(
      `SELECT (SELECT count(*) FROM batch WHERE state = 'ready') AS batches,
         (SELECT count(*) FROM batch_row r JOIN batch b ON b.number = r.batch
          WHERE b.state = 'ready' AND r.state = 'open') AS batchRows`,
    )
    .get();
  if (!counted) throw new Error('batch: not counted');
  return counted;
}

export function lastAuditSeq(handle: Database): number {
  return handle.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM audit').pluck().get() ?? 0;
}

/** The first place where audit or receipts do not hold together; empty for none. */
export function findFlaw(handle: Database, unitAccount: string): string {
  const audit = findAuditBreak(new OpenUnitDatabase(handle, unitAccount));
  if (audit !== undefined) return `audit ${audit}`;
  const receipt = findReceiptBreak(handle);
  return receipt === undefined ? '' : `receipt ${receipt}`;
}

/** A gap is none: receipts of another computer may not have been fetched yet. */
function findReceiptBreak(handle: Database): number | undefined {
  const rows = handle
    .prepare<[], { rno: number; prev: string; hash: string; bytes: Buffer }>(
      'SELECT rno, prev, hash, bytes FROM receipt ORDER BY rno',
    )
    .iterate();
  let before: { rno: number; hash: string } = { rno: 0, hash: '' };
  for (const { rno, prev, hash, bytes } of rows) {
    const isNext = rno === before.rno + 1;
    const isHashed = createHash('sha256').update(bytes).digest('hex') === hash;
    if (!isHashed || (isNext && prev !== before.hash)) return rno;
    before = { rno, hash };
  }
  return undefined;
}
