import { createHash } from 'node:crypto';
import type { FundType } from '../../../shared/rules/policy.ts';
import {
  type FundMonth,
  memberLine,
  type MonthFigure,
  monthFigureBodySchema,
  type MonthMember,
} from '../../../shared/wire/month-close.ts';
import type { Admitted } from '../centre/admission.ts';
import { accept, type Centre, refuse, type Reply } from '../centre/centre.ts';
import { type CentreDatabase, listRows } from '../centre/database.ts';
import { findUnit, termsOf } from '../centre/parameters.ts';
import { readDay } from '../review/calendar.ts';
import { shiftMonth } from '../review/months.ts';

/** WL5001: what a business month comes to, sealed. A month that has not begun has no figure. */
export function sendMonthFigure(centre: Centre, { request, nowMs }: Admitted): Reply {
  const body = monthFigureBodySchema.safeParse(request.body);
  const unit = findUnit(centre, request.unit);
  const currentMonth = readDay(nowMs, centre.filing).businessMonth;
  if (!body.success || !unit || body.data.businessMonth > currentMonth) return refuse('WLP203');
  const { businessMonth } = body.data;
  const figure: MonthFigure = {
    v: 1,
    typ: 'monthFigure',
    unit: unit.account,
    unitName: unit.name,
    businessMonth,
    currentMonth,
    at: new Date(nowMs).toISOString(),
    ...readBooksState(centre.db, unit.account),
    funds: termsOf(unit).fundTypes.map((fundType) =>
      makeFundMonth(centre.db, { unit: unit.account, fundType, month: businessMonth }),
    ),
  };
  return accept({ figure: centre.seal.seal(figure, nowMs).toString('base64') });
}

/** Up to where the books had got: the same again means that nothing has changed. */
export function readBooksState(
  db: CentreDatabase,
  unit: string,
): Pick<MonthFigure, 'rosterVersion' | 'resultsCursor'> {
  const row = listRows<{ rosterVersion: number; resultsCursor: number }>(
    db,
    'SELECT roster_version AS rosterVersion, change_last AS resultsCursor FROM unit WHERE account = ?',
    unit,
  )[0];
  if (!row) throw new Error(`no unit ${unit}`);
  return row;
}

interface Asked {
  readonly unit: string;
  readonly fundType: FundType;
  readonly month: number;
}

function makeFundMonth(db: CentreDatabase, asked: Asked): FundMonth {
  const { fundType } = asked;
  const last = standingAt(db, { ...asked, month: shiftMonth(asked.month, -1) });
  const { digest, ...now } = standingAt(db, asked);
  return {
    fundType,
    last: { heads: last.heads, fen: last.fen },
    ...sumChanges(db, asked),
    now,
    missedBackPay: sumPayments(db, asked, 'missedBackPay'),
    shortfallBackPay: sumPayments(db, asked, 'shortfallBackPay'),
    digest,
  };
}

/**
 * Who is 正常 at the end of a month: the roster of today, and for whoever changed in a later month,
 * what stood before the first such change.
 */
export const MEMBERS_AT = `
  WITH later AS (
    SELECT personal_account, fund_type, min(number) AS number FROM member_change
    WHERE unit = @unit AND business_month > @month GROUP BY personal_account, fund_type)
  SELECT e.personal_account AS personalAccount, e.fund_type AS fundType, e.name,
    CASE WHEN c.number IS NULL THEN e.base ELSE c.base_before END AS base,
    CASE WHEN c.number IS NULL THEN e.unit_fen ELSE c.unit_fen_before END AS unitFen,
    CASE WHEN c.number IS NULL THEN e.personal_fen ELSE c.personal_fen_before END AS personalFen
  FROM employee e
  LEFT JOIN later l ON l.personal_account = e.personal_account AND l.fund_type = e.fund_type
  LEFT JOIN member_change c ON c.number = l.number
  WHERE e.unit = @unit AND CASE WHEN c.number IS NULL THEN e.status = '01' AND e.removed = 0
    ELSE c.unit_fen_before IS NOT NULL END`;

function standingAt(db: CentreDatabase, asked: Asked) {
  const members = db
    .prepare<[Asked], MonthMember>(
      `${MEMBERS_AT} AND e.fund_type = @fundType ORDER BY e.personal_account`,
    )
    .iterate(asked);
  const hash = createHash('sha256');
  let heads = 0;
  let fen = 0;
  for (const member of members) {
    heads += 1;
    fen += member.unitFen + member.personalFen;
    hash.update(`${memberLine(member)}\n`);
  }
  return { heads, fen, digest: hash.digest('hex') };
}

interface Sums {
  readonly kind: 'registration' | 'reduction' | 'counter';
  readonly count: number;
  readonly heads: number;
  readonly fen: number;
}

function sumChanges(
  db: CentreDatabase,
  { unit, fundType, month }: Asked,
): Pick<FundMonth, 'registered' | 'reduced' | 'counter'> {
  const rows = listRows<Sums>(
    db,
    `SELECT kind, count(*) AS count,
       sum((unit_fen IS NOT NULL) - (unit_fen_before IS NOT NULL)) AS heads,
       sum(coalesce(unit_fen + personal_fen, 0) - coalesce(unit_fen_before + personal_fen_before, 0))
         AS fen
     FROM member_change WHERE unit = ? AND fund_type = ? AND business_month = ? GROUP BY kind`,
    ...[unit, fundType, month],
  );
  const of = (kind: Sums['kind']) =>
    rows.find((row) => row.kind === kind) ?? { count: 0, heads: 0, fen: 0 };
  const registered = of('registration');
  const reduced = of('reduction');
  const { count, heads, fen } = of('counter');
  return {
    registered: { heads: registered.heads, fen: registered.fen },
    reduced: { heads: 0 - reduced.heads, fen: 0 - reduced.fen },
    counter: { count, heads, fen },
  };
}

function sumPayments(
  db: CentreDatabase,
  { unit, fundType, month }: Asked,
  kind: 'missedBackPay' | 'shortfallBackPay',
): FundMonth['missedBackPay'] {
  const row = listRows<FundMonth['missedBackPay']>(
    db,
    `SELECT count(*) AS count, coalesce(sum(unit_fen + personal_fen), 0) AS fen FROM item
     WHERE unit = ? AND landed_month = ? AND kind = ? AND fund_type = ? AND state = 'succeeded'`,
    ...[unit, month, kind, fundType],
  )[0];
  return row ?? { count: 0, fen: 0 };
}
