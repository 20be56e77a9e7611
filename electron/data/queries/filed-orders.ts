import { type QueryGroup, queryKinds, type QueryOrder } from '../../../shared/ipc/queries.ts';
import { type WireCodeName, wireCodes } from '../../../shared/wire/codes.ts';
import { HAS_TRACE, markOf } from '../orders/views.ts';
import type { UnitDatabase } from '../ports.ts';

export interface FiledMonth {
  readonly month: number;
  readonly orders: number;
}

/**
 * What the unit has filed in a business month, from this computer and, as far as receipts and results
 * tell, from its others (manual 十(一) to (三)).
 */
export class FiledOrders {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: UnitDatabase) {
    this.#statements = prepareStatements(database);
  }

  /** Newest first. */
  list(group: QueryGroup, businessMonth: number): QueryOrder[] {
    const kinds = JSON.stringify(queryKinds[group]);
    const own = this.#statements.own.all({ kinds, businessMonth });
    const others = this.#statements.others.all({ kinds, businessMonth });
    return [...own.map(describe), ...others.map(describeOther)].sort(newestFirst);
  }

  months(group: QueryGroup): FiledMonth[] {
    return this.#statements.months.all({ kinds: JSON.stringify(queryKinds[group]) });
  }

  /** When results were last asked for. */
  fetchedAt(): string | null {
    return this.#statements.fetchedAt.get() ?? null;
  }
}

function newestFirst(a: QueryOrder, b: QueryOrder): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return b.receiptNumber - a.receiptNumber;
}

type OwnRow = Omit<QueryOrder, 'isElsewhere' | 'receiptMark'> & { readonly receiptHash: string };

function describe({ receiptHash, ...row }: OwnRow): QueryOrder {
  return { ...row, receiptMark: markOf(receiptHash), isElsewhere: false };
}

type OtherRow = Omit<OwnRow, 'reason' | 'opensAt'> & { readonly code: WireCodeName };

function describeOther({ code, ...row }: OtherRow): QueryOrder {
  const reason = row.state === 'rejected' ? wireCodes[code].msg : '';
  return { ...describe({ ...row, reason, opensAt: null }), isElsewhere: true };
}

const ITEM_COUNTS = (table: string, order: string, month: string) => `
  (SELECT count(*) FROM ${table} i WHERE i.oid = ${order} AND i.state = 'succeeded') AS succeeded,
  (SELECT count(*) FROM ${table} i WHERE i.oid = ${order} AND i.state = 'failed') AS failed,
  (SELECT count(*) FROM ${table} i WHERE i.oid = ${order}
     AND i.state IN ('pending', 'processing')) AS pending,
  (SELECT count(*) FROM ${table} i WHERE i.oid = ${order} AND i.state = 'succeeded'
     AND i.landed_month NOT IN (0, ${month})) AS landedElsewhere`;

/** Of receipt_head `h`: the order is not on this computer. */
const IS_ELSEWHERE = 'NOT EXISTS (SELECT 1 FROM orders o WHERE o.oid = h.oid)';

const KINDS = 'IN (SELECT value FROM json_each(@kinds))';

function prepareStatements({ handle }: UnitDatabase) {
  return {
    own: handle.prepare<[{ kinds: string; businessMonth: number }], OwnRow>(
      `SELECT o.oid, o.kind, o.business_month AS businessMonth, o.state,
         CASE WHEN o.state = 'draft' THEN o.opens_at END AS opensAt,
         CASE WHEN o.state = 'applied' THEN o.accepted_count ELSE o.count END AS count,
         CASE WHEN o.state = 'applied' THEN o.accepted_fen ELSE o.fen END AS fen,
         o.serial_number AS serialNumber, coalesce(o.receipt_rno, 0) AS receiptNumber, o.reason,
         coalesce((SELECT r.hash FROM receipt r WHERE r.rno = o.receipt_rno), '') AS receiptHash,
         coalesce(o.sent_at, o.created_at) AS createdAt,
         ${ITEM_COUNTS('order_item', 'o.oid', 'o.business_month')}
       FROM orders o
       WHERE o.kind ${KINDS}
         AND (o.business_month = @businessMonth OR (o.state = 'draft' AND o.opens_at IS NOT NULL))
         AND ${HAS_TRACE}`,
    ),
    others: handle.prepare<[{ kinds: string; businessMonth: number }], OtherRow>(
      `SELECT h.oid, h.kind, h.business_month AS businessMonth, r.state, h.count, h.fen, h.code,
         h.serial_number AS serialNumber, h.rno AS receiptNumber, r.hash AS receiptHash,
         r.issued_at AS createdAt,
         ${ITEM_COUNTS('other_item', 'h.oid', 'h.business_month')}
       FROM receipt_head h JOIN receipt r ON r.rno = h.rno
       WHERE h.kind ${KINDS} AND h.business_month = @businessMonth AND ${IS_ELSEWHERE}`,
    ),
    months: handle.prepare<[{ kinds: string }], FiledMonth>(
      `SELECT month, count(*) AS orders FROM (
         SELECT o.business_month AS month FROM orders o WHERE o.kind ${KINDS} AND ${HAS_TRACE}
         UNION ALL
         SELECT h.business_month FROM receipt_head h WHERE h.kind ${KINDS} AND ${IS_ELSEWHERE})
       GROUP BY month ORDER BY month DESC`,
    ),
    fetchedAt: handle.prepare<[], string | null>('SELECT fetched_at FROM result_cursor').pluck(),
  };
}
