import type {
  MissedBackPayItem,
  ReductionItem,
  RegistrationItem,
} from '../../../shared/wire/orders.ts';
import { type CentreDatabase, drawNumber, listRows } from '../centre/database.ts';
import { findAccount } from '../review/accounts.ts';
import { joinRanges } from '../review/months.ts';
import { personOf } from '../review/person.ts';
import type { RosterVersions } from './changes.ts';

/** The line of an order that has an effect, when, and the business month it counts in. */
export interface Cause {
  readonly oid: string;
  readonly seq: number;
  readonly at: string;
  readonly month: number;
}

/** What an entry that succeeds does to the roster. Every row changed bears the new version. */

/** 登记: a person this unit knows keeps the account, 停缴 becomes 正常; anyone else gets a new one. */
export function openAccount(
  db: CentreDatabase,
  unit: string,
  item: RegistrationItem,
  { oid, seq, at, month }: Cause,
  versions: RosterVersions,
): string {
  const id18 = personOf(item.idNumber);
  const known = listRows<{ personal_account: string }>(
    db,
    'SELECT personal_account FROM employee WHERE unit = ? AND id18 = ? ORDER BY personal_account LIMIT 1',
    unit,
    id18,
  )[0];
  const account =
    known?.personal_account ??
    `99009${String(drawNumber(db, 'personal_account')).padStart(7, '0')}`;
  db.prepare(
    `INSERT INTO employee (unit, personal_account, fund_type, name, id_type, id_number, id18, status,
       base, unit_ratio, personal_ratio, unit_fen, personal_fen, opened_month, paid, version,
       changed_oid, changed_seq, changed_at, changed_month)
     VALUES (?, ?, ?, ?, ?, ?, ?, '01', ?, ?, ?, ?, ?, ?, '[]', ?, ?, ?, ?, ?)
     ON CONFLICT (unit, personal_account, fund_type) DO UPDATE SET
       name = excluded.name, id_type = excluded.id_type, id_number = excluded.id_number,
       status = '01', base = excluded.base, unit_ratio = excluded.unit_ratio,
       personal_ratio = excluded.personal_ratio, unit_fen = excluded.unit_fen,
       personal_fen = excluded.personal_fen, version = excluded.version, removed = 0,
       changed_oid = excluded.changed_oid, changed_seq = excluded.changed_seq,
       changed_at = excluded.changed_at, changed_month = excluded.changed_month`,
  ).run(
    ...[unit, account, item.fundType, item.name, item.idType, item.idNumber, id18],
    ...[item.base, item.unitRatio, item.personalRatio, item.unitFen, item.personalFen],
    ...[month, versions.next(unit), oid, seq, at, month],
  );
  return account;
}

/** 减少: 正常 becomes 停缴 (封存). */
export function sealAccount(
  db: CentreDatabase,
  unit: string,
  { personalAccount, fundType }: ReductionItem,
  { oid, seq, at, month }: Cause,
  versions: RosterVersions,
): void {
  const { changes } = db
    .prepare(
      `UPDATE employee SET status = '02', version = ?, changed_oid = ?, changed_seq = ?,
         changed_at = ?, changed_month = ?
       WHERE unit = ? AND personal_account = ? AND fund_type = ? AND status = '01' AND removed = 0`,
    )
    .run(versions.next(unit), oid, seq, at, month, unit, personalAccount, fundType);
  if (changes !== 1) throw new Error(`${personalAccount} of ${unit} is not 正常`);
}

/** 漏缴: the months count as paid from now on. */
export function addPaidMonths(
  db: CentreDatabase,
  unit: string,
  item: MissedBackPayItem,
  versions: RosterVersions,
): void {
  const account = findAccount(db, unit, item);
  if (!account) throw new Error(`no account ${item.personalAccount} in ${unit}`);
  const paid = joinRanges([...account.paid, [item.from, item.to]]);
  db.prepare(
    'UPDATE employee SET paid = ?, version = ? WHERE unit = ? AND personal_account = ? AND fund_type = ?',
  ).run(JSON.stringify(paid), versions.next(unit), unit, item.personalAccount, item.fundType);
}
