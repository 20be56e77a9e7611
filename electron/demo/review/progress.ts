import type { Centre } from '../centre/centre.ts';
import { listRows, transact } from '../centre/database.ts';
import { reserveChanges, RosterVersions } from '../ledger/changes.ts';
import { readDay } from './calendar.ts';
import { settle, type UnsettledItem } from './settlement.ts';

/** Items per transaction: requests are answered in between. */
const REVIEW_STEP_ITEMS = 500;

interface DueItem extends UnsettledItem {
  readonly oid: string;
  readonly seq: number;
  readonly state: 'pending' | 'processing';
  readonly due_ms: number;
  readonly decide_ms: number;
}

/**
 * Moves what is due: 待确认 -> 处理中 -> 成功 / 失败; a batch of 减少 or 补缴 is 处理中 from the start.
 * The state of an item follows from its stored due times alone, so a restart resumes where time has
 * got to. True when more may be due.
 */
export function advanceReview(centre: Centre): boolean {
  const nowMs = centre.clock.nowMs();
  const isAnyDue = listRows(centre.db, 'SELECT 1 FROM item WHERE due_ms <= ? LIMIT 1', nowMs)[0];
  if (!isAnyDue) return false;
  return transact(centre.db, () => {
    const due = listRows<DueItem>(
      centre.db,
      `SELECT unit, oid, seq, kind, state, personal_account, content, due_ms, decide_ms
       FROM item WHERE due_ms <= ? ORDER BY due_ms, unit, oid, seq LIMIT ?`,
      nowMs,
      REVIEW_STEP_ITEMS,
    );
    const versions = new RosterVersions(centre.db);
    for (const item of due) {
      if (item.state === 'pending') startProcessing(centre, item);
      else decide(centre, item, versions);
    }
    return due.length === REVIEW_STEP_ITEMS || due.some((item) => item.state === 'pending');
  });
}

/** A change bears the time it was due, by the centre's clock, also when the centre was off then. */
function startProcessing({ db }: Centre, item: DueItem): void {
  db.prepare(
    `UPDATE item SET state = 'processing', due_ms = ?, changed_at = ?, change_no = ?
     WHERE unit = ? AND oid = ? AND seq = ?`,
  ).run(
    ...[item.decide_ms, new Date(item.due_ms).toISOString(), reserveChanges(db, item.unit, 1)],
    ...[item.unit, item.oid, item.seq],
  );
}

function decide(centre: Centre, item: DueItem, versions: RosterVersions): void {
  const { db } = centre;
  const month = readDay(item.due_ms, centre.filing).businessMonth;
  const at = new Date(item.due_ms).toISOString();
  const cause = { oid: item.oid, seq: item.seq, at, month };
  const { reason, account } = settle(db, item, cause, versions);
  const isDone = reason === '';
  db.prepare(
    `UPDATE item SET state = ?, reason = ?, due_ms = NULL, changed_at = ?, change_no = ?,
       landed_month = ?, personal_account = ?
     WHERE unit = ? AND oid = ? AND seq = ?`,
  ).run(
    ...[isDone ? 'succeeded' : 'failed', reason],
    ...[at, reserveChanges(db, item.unit, 1)],
    ...[isDone ? month : null, account],
    ...[item.unit, item.oid, item.seq],
  );
}
