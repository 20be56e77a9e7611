import type { Receipt } from '../../../shared/wire/orders.ts';
import type { MemberMoney, MonthChange } from '../../../shared/wire/month-close.ts';
import type { EntryKind, FundType } from '../../../shared/wire/primitives.ts';
import { proveReceipt } from '../channel/proof.ts';
import type { CentreTrust } from '../channel/proof.ts';
import { readUnit } from '../db/unit-row.ts';
import type { UnitDatabase } from '../ports.ts';
import type { Pause } from '../roster/slices.ts';

/** What this computer knows by itself: its orders and their results, receipts, the roster. */

/** An entry of ours that took effect. */
export type OwnChange = MonthChange & { readonly oid: string };

interface OwnRow {
  readonly oid: string;
  readonly seq: number;
  readonly kind: EntryKind;
  readonly fundType: FundType;
  readonly personalAccount: string;
  readonly name: string;
  readonly base: number;
  readonly unitFen: number;
  readonly personalFen: number;
  readonly businessMonth: number;
  readonly at: string;
}

/** Our entries that took effect in the month or later, by the results the centre gave of them. */
export function listOwnChanges(database: UnitDatabase, businessMonth: number): OwnChange[] {
  const { rosterGeneration } = readUnit(database);
  return database.handle
    .prepare<[number, number], OwnRow>(
      `SELECT i.oid, i.seq, o.kind, i.fund_type AS fundType, i.personal_account AS personalAccount,
         i.name, CASE WHEN o.kind = 'reduction' THEN coalesce(e.base, 0) ELSE i.base END AS base,
         i.unit_fen AS unitFen, i.personal_fen AS personalFen, i.landed_month AS businessMonth,
         i.changed_at AS at
       FROM order_item i JOIN orders o ON o.oid = i.oid
       LEFT JOIN employee e ON e.generation = ? AND e.personal_account = i.personal_account
         AND e.fund_type = i.fund_type
       WHERE o.state = 'applied' AND i.state = 'succeeded' AND i.landed_month >= ?
       ORDER BY i.changed_at, i.oid, i.seq`,
    )
    .all(rosterGeneration, businessMonth)
    .map(toChange);
}

function toChange({ base, unitFen, personalFen, kind, ...row }: OwnRow): OwnChange {
  const money = { base, unitFen, personalFen };
  const isPayment = kind === 'missedBackPay' || kind === 'shortfallBackPay';
  return {
    ...row,
    kind,
    before: kind === 'reduction' ? money : null,
    after: kind === 'registration' ? money : null,
    paidFen: isPayment ? unitFen + personalFen : 0,
  };
}

/** Rows of ours that the centre has taken and not decided. */
export function countUndecided({ handle }: UnitDatabase, businessMonth: number): number {
  const count = handle.prepare<[number], number>(
    `SELECT count(*) FROM order_item i JOIN orders o ON o.oid = i.oid
     WHERE o.state = 'applied' AND i.state IN ('pending', 'processing') AND o.business_month <= ?`,
  );
  return count.pluck().get(businessMonth) ?? 0;
}

/** Results and receipts that came in after a moment. */
export function countNewer({ handle }: UnitDatabase, since: string): number {
  const count = handle.prepare<[string], number>(
    `SELECT count(*) FROM order_item i JOIN orders o ON o.oid = i.oid
     WHERE o.state = 'applied' AND i.state = 'succeeded' AND i.changed_at > ?`,
  );
  return count.pluck().get(since) ?? 0;
}

/** Whether an order was made here. */
export function isOwnOrder({ handle }: UnitDatabase, oid: string): boolean {
  return (
    handle.prepare<[string], number>('SELECT 1 FROM orders WHERE oid = ?').get(oid) !== undefined
  );
}

/** The receipt of an order that another computer of the unit made; undefined where there is none. */
export function findReceipt(
  { handle }: UnitDatabase,
  oid: string,
  trust: CentreTrust,
): Receipt | undefined {
  const bytes = handle
    .prepare<[string], Buffer>("SELECT bytes FROM receipt WHERE oid = ? AND state = 'applied'")
    .pluck()
    .get(oid);
  if (!bytes) return undefined;
  const proven = proveReceipt(bytes, trust);
  return proven.ok ? proven.value : undefined;
}

/** Members by `memberKey`. */
export type Members = Map<string, MemberMoney>;

export function memberKey(account: string, fundType: string): string {
  return `${account} ${fundType}`;
}

const SLICE_ROWS = 1_000;

interface MemberRow extends MemberMoney {
  readonly account: string;
  readonly fund: string;
}

/** Who is 正常 in the local roster. */
export async function readMembers(database: UnitDatabase, pause: Pause): Promise<Members> {
  const { rosterGeneration } = readUnit(database);
  const next = database.handle.prepare<[number, string, string, number], MemberRow>(
    `SELECT personal_account AS account, fund_type AS fund, base, unit_fen AS unitFen,
       personal_fen AS personalFen
     FROM employee WHERE generation = ? AND status = '01' AND (personal_account, fund_type) > (?, ?)
     ORDER BY personal_account, fund_type LIMIT ?`,
  );
  const members: Members = new Map();
  let last: MemberRow | undefined;
  do {
    const rows = next.all(rosterGeneration, last?.account ?? '', last?.fund ?? '', SLICE_ROWS);
    for (const { account, fund, ...money } of rows) members.set(memberKey(account, fund), money);
    last = rows[rows.length - 1];
    await pause();
  } while (last);
  return members;
}
