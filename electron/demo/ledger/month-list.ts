import type { FundType } from '../../../shared/rules/policy.ts';
import {
  type MemberMoney,
  type MonthChange,
  type MonthListBody,
  monthListBodySchema,
  type MonthMember,
} from '../../../shared/wire/month-close.ts';
import type { Admitted } from '../centre/admission.ts';
import { accept, type Centre, refuse, type Reply } from '../centre/centre.ts';
import { type CentreDatabase, listRows } from '../centre/database.ts';
import { findUnit } from '../centre/parameters.ts';
import { MEMBERS_AT, readBooksState } from './month-figure.ts';

/** WL5002: the people behind a figure, a page at a time. */
export function sendMonthList(centre: Centre, { request }: Admitted): Reply {
  const body = monthListBodySchema.safeParse(request.body);
  if (!body.success || !findUnit(centre, request.unit)) return refuse('WLP203');
  const page =
    body.data.list === 'members'
      ? listMembers(centre.db, request.unit, body.data)
      : listChanges(centre.db, request.unit, body.data);
  if (!page) return refuse('WLP203');
  return accept({ ...readBooksState(centre.db, request.unit), ...page });
}

function listMembers(
  db: CentreDatabase,
  unit: string,
  { businessMonth, after, limit }: MonthListBody,
): { members: MonthMember[]; next: string | null } {
  const [account = '', fund = ''] = after.split(' ');
  const members = db
    .prepare<[object], MonthMember>(
      `${MEMBERS_AT} AND (e.personal_account, e.fund_type) > (@account, @fund)
       ORDER BY e.personal_account, e.fund_type LIMIT @limit`,
    )
    .all({ unit, month: businessMonth, account, fund, limit });
  const last = members.at(-1);
  const isFull = members.length === limit && last !== undefined;
  return { members, next: isFull ? `${last.personalAccount} ${last.fundType}` : null };
}

/** First who came and went (`m` and a number), then what was paid back (`p` and a number). */
function listChanges(
  db: CentreDatabase,
  unit: string,
  { businessMonth, after, limit }: MonthListBody,
): { changes: MonthChange[]; next: string | null } | undefined {
  const [, stream, from] = /^([mp])(\d{1,15})$/.exec(after === '' ? 'm0' : after) ?? [];
  if (stream === undefined) return undefined;
  const query = stream === 'm' ? MEMBER_CHANGES : PAYMENTS;
  const rows = listRows<ChangeRow>(db, query, unit, businessMonth, Number(from), limit);
  const last = rows.at(-1);
  const next =
    rows.length === limit && last ? `${stream}${last.number}` : stream === 'm' ? 'p0' : null;
  return { changes: rows.map(describe), next };
}

const MEMBER_CHANGES = `SELECT c.number, c.business_month AS businessMonth, c.at, c.kind,
    c.personal_account AS personalAccount, c.fund_type AS fundType, e.name, c.oid, c.seq,
    c.base_before AS baseBefore, c.unit_fen_before AS unitFenBefore,
    c.personal_fen_before AS personalFenBefore, c.base, c.unit_fen AS unitFen,
    c.personal_fen AS personalFen, 0 AS paidFen
  FROM member_change c JOIN employee e ON e.unit = c.unit
    AND e.personal_account = c.personal_account AND e.fund_type = c.fund_type
  WHERE c.unit = ? AND c.business_month >= ? AND c.number > ? ORDER BY c.number LIMIT ?`;

const PAYMENTS = `SELECT change_no AS number, landed_month AS businessMonth, changed_at AS at, kind,
    personal_account AS personalAccount, fund_type AS fundType, name, oid, seq,
    NULL AS baseBefore, NULL AS unitFenBefore, NULL AS personalFenBefore, NULL AS base,
    NULL AS unitFen, NULL AS personalFen, unit_fen + personal_fen AS paidFen
  FROM item WHERE unit = ? AND landed_month >= ? AND change_no > ? AND state = 'succeeded'
    AND kind IN ('missedBackPay', 'shortfallBackPay') ORDER BY change_no LIMIT ?`;

interface ChangeRow {
  readonly number: number;
  readonly businessMonth: number;
  readonly at: string;
  readonly kind: MonthChange['kind'];
  readonly personalAccount: string;
  readonly fundType: FundType;
  readonly name: string;
  readonly oid: string | null;
  readonly seq: number;
  readonly baseBefore: number | null;
  readonly unitFenBefore: number | null;
  readonly personalFenBefore: number | null;
  readonly base: number | null;
  readonly unitFen: number | null;
  readonly personalFen: number | null;
  readonly paidFen: number;
}

function describe(row: ChangeRow): MonthChange {
  const { businessMonth, at, kind, personalAccount, fundType, name, oid, seq, paidFen } = row;
  return {
    ...{ businessMonth, at, kind, personalAccount, fundType, name, oid, seq, paidFen },
    before: moneyOf(row.baseBefore, row.unitFenBefore, row.personalFenBefore),
    after: moneyOf(row.base, row.unitFen, row.personalFen),
  };
}

function moneyOf(
  base: number | null,
  unitFen: number | null,
  personalFen: number | null,
): MemberMoney | null {
  if (base === null || unitFen === null || personalFen === null) return null;
  return { base, unitFen, personalFen };
}
