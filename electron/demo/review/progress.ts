import type { Centre } from '../centre/centre.ts';
import { drawNumber, listRows, transact } from '../centre/database.ts';
import { reserveChanges } from '../ledger/entry.ts';
import { readDay } from './calendar.ts';

/** Items per transaction: requests are answered in between. */
const REVIEW_STEP_ITEMS = 500;

interface DueItem {
  readonly unit: string;
  readonly oid: string;
  readonly seq: number;
  readonly state: 'pending' | 'processing';
  readonly fund_type: string;
  readonly name: string;
  readonly id_type: string;
  readonly id_number: string;
  readonly id18: string;
  readonly base: number;
  readonly unit_ratio: number;
  readonly personal_ratio: number;
  readonly unit_fen: number;
  readonly personal_fen: number;
  readonly due_ms: number;
  readonly decide_ms: number;
}

/**
 * Moves what is due: 待确认 -> 处理中 -> 成功 / 失败. The state of an item follows from its stored
 * due times alone, so a restart resumes where time has got to. True when more may be due.
 */
export function advanceReview(centre: Centre): boolean {
  const nowMs = centre.clock.nowMs();
  const isAnyDue = listRows(centre.db, 'SELECT 1 FROM item WHERE due_ms <= ? LIMIT 1', nowMs)[0];
  if (!isAnyDue) return false;
  return transact(centre.db, () => {
    const due = listRows<DueItem>(
      centre.db,
      `SELECT unit, oid, seq, state, fund_type, name, id_type, id_number, id18, base, unit_ratio,
         personal_ratio, unit_fen, personal_fen, due_ms, decide_ms
       FROM item WHERE due_ms <= ? ORDER BY due_ms, unit, oid, seq LIMIT ?`,
      nowMs,
      REVIEW_STEP_ITEMS,
    );
    const versions = new RosterVersions(centre);
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
  const reason = findRefusal(centre, item);
  const month = readDay(item.due_ms, centre.filing).businessMonth;
  const account = reason === undefined ? openAccount(centre, item, versions, month) : null;
  db.prepare(
    `UPDATE item SET state = ?, reason = ?, due_ms = NULL, changed_at = ?, change_no = ?,
       landed_month = ?, personal_account = ?
     WHERE unit = ? AND oid = ? AND seq = ?`,
  ).run(
    ...[reason === undefined ? 'succeeded' : 'failed', reason ?? ''],
    ...[new Date(item.due_ms).toISOString(), reserveChanges(db, item.unit, 1)],
    ...[reason === undefined ? month : null, account],
    ...[item.unit, item.oid, item.seq],
  );
}

/** What only the centre can see: the same person 正常 anywhere, or held back by the reviewer. */
function findRefusal({ db }: Centre, item: DueItem): string | undefined {
  const active = listRows<{ unit: string }>(
    db,
    "SELECT unit FROM employee WHERE id18 = ? AND fund_type = ? AND status = '01' AND removed = 0",
    item.id18,
    item.fund_type,
  )[0];
  if (active) {
    const where = active.unit === item.unit ? '本单位' : '其他单位';
    return `存在正常缴存账户：该职工在${where}正常缴存，须先办理职工减少。`;
  }
  return listRows<{ reason: string }>(
    db,
    'SELECT reason FROM review_hold WHERE id18 = ?',
    item.id18,
  )[0]?.reason;
}

/** A person this unit knows keeps the account, 停缴 becomes 正常; anyone else gets a new one. */
function openAccount(
  { db }: Centre,
  item: DueItem,
  versions: RosterVersions,
  month: number,
): string {
  const known = listRows<{ personal_account: string }>(
    db,
    'SELECT personal_account FROM employee WHERE unit = ? AND id18 = ? ORDER BY personal_account LIMIT 1',
    item.unit,
    item.id18,
  )[0];
  const account =
    known?.personal_account ??
    `99009${String(drawNumber(db, 'personal_account')).padStart(7, '0')}`;
  db.prepare(
    `INSERT INTO employee (unit, personal_account, fund_type, name, id_type, id_number, id18, status,
       base, unit_ratio, personal_ratio, unit_fen, personal_fen, opened_month, paid, version)
     VALUES (?, ?, ?, ?, ?, ?, ?, '01', ?, ?, ?, ?, ?, ?, '[]', ?)
     ON CONFLICT (unit, personal_account, fund_type) DO UPDATE SET
       name = excluded.name, id_type = excluded.id_type, id_number = excluded.id_number,
       status = '01', base = excluded.base, unit_ratio = excluded.unit_ratio,
       personal_ratio = excluded.personal_ratio, unit_fen = excluded.unit_fen,
       personal_fen = excluded.personal_fen, version = excluded.version, removed = 0`,
  ).run(
    ...[item.unit, account, item.fund_type, item.name, item.id_type, item.id_number, item.id18],
    ...[item.base, item.unit_ratio, item.personal_ratio, item.unit_fen, item.personal_fen],
    ...[month, versions.next(item.unit)],
  );
  return account;
}

/** One new roster version per unit and step, drawn when its first row changes. */
class RosterVersions {
  readonly #centre: Centre;
  readonly #drawn = new Map<string, number>();

  constructor(centre: Centre) {
    this.#centre = centre;
  }

  next(unit: string): number {
    const known = this.#drawn.get(unit);
    if (known !== undefined) return known;
    const row = listRows<{ roster_version: number }>(
      this.#centre.db,
      'UPDATE unit SET roster_version = roster_version + 1 WHERE account = ? RETURNING roster_version',
      unit,
    )[0];
    if (!row) throw new Error(`no unit ${unit}`);
    this.#drawn.set(unit, row.roster_version);
    return row.roster_version;
  }
}
