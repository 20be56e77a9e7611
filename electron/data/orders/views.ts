import type { Order, orderItemSchema } from '../../../shared/ipc/data.ts';
import type { OrderState } from '../../../shared/orders/states.ts';
import type { EntryKind, FundType } from '../../../shared/wire/primitives.ts';
import type { ItemState } from '../../../shared/wire/orders.ts';
import type { z } from 'zod';
import type { UnitDatabase } from '../ports.ts';

type OrderItem = z.output<typeof orderItemSchema>;

/** Characters of the receipt's SHA-256 shown as its mark. */
const MARK_CHARACTERS = 16;

/** Orders as the window reads them. */
export class OrderViews {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: UnitDatabase) {
    this.#statements = prepareStatements(database);
  }

  find(oid: string): Order | undefined {
    const row = this.#statements.find.get(oid);
    return row && describe(row);
  }

  /**
   * Newest first, those that wait for the opening in any month. Without those that never had a
   * signature, which left no trace but the queue; one that waited and was given up by the program
   * is listed with the reason.
   */
  list(kind: EntryKind, businessMonth: number): Order[] {
    return this.#statements.list.all(kind, businessMonth).map(describe);
  }

  items(oid: string, state?: ItemState): OrderItem[] {
    return this.#statements.items.all({ oid, state: state ?? null });
  }

  /** When the results were last asked for. */
  fetchedAt(): string | null {
    return this.#statements.fetchedAt.get() ?? null;
  }

  evidence(oid: string): { order: Uint8Array | null; receipt: Uint8Array | null } | undefined {
    return this.#statements.evidence.get(oid);
  }
}

interface Row {
  readonly oid: string;
  readonly sn: string;
  readonly kind: EntryKind;
  readonly origin: 'single' | 'batch';
  readonly state: OrderState;
  readonly opensAt: string | null;
  readonly businessMonth: number;
  readonly count: number;
  readonly fen: number;
  readonly serialNumber: string;
  readonly receiptNumber: number;
  readonly receiptHash: string;
  readonly acceptedCount: number;
  readonly acceptedFen: number;
  readonly reason: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly pending: number;
  readonly createdAt: string;
  readonly sentAt: string | null;
  readonly settledAt: string | null;
}

function describe({ receiptHash, ...row }: Row): Order {
  return { ...row, receiptMark: markOf(receiptHash) };
}

/** What a clerk compares a receipt by. */
export function markOf(receiptHash: string): string {
  return receiptHash.slice(0, MARK_CHARACTERS);
}

/** Of orders `o`: all but those that never had a signature and were given up by the clerk or at once. */
export const HAS_TRACE = `NOT (o.state = 'void' AND (o.opens_at IS NULL OR o.reason = '') AND NOT EXISTS
  (SELECT 1 FROM submission s WHERE s.oid = o.oid AND s.signed IS NOT NULL))`;

const ORDER_COLUMNS = `
  o.oid, coalesce(o.sn, '') AS sn, o.kind, o.origin, o.state,
  CASE WHEN o.state = 'draft' THEN o.opens_at END AS opensAt, o.business_month AS businessMonth, o.count, o.fen,
  o.serial_number AS serialNumber, coalesce(o.receipt_rno, 0) AS receiptNumber,
  coalesce(r.hash, '') AS receiptHash, o.accepted_count AS acceptedCount,
  o.accepted_fen AS acceptedFen, o.reason, o.created_at AS createdAt, o.sent_at AS sentAt,
  o.settled_at AS settledAt,
  (SELECT count(*) FROM order_item i WHERE i.oid = o.oid AND i.state = 'succeeded') AS succeeded,
  (SELECT count(*) FROM order_item i WHERE i.oid = o.oid AND i.state = 'failed') AS failed,
  (SELECT count(*) FROM order_item i WHERE i.oid = o.oid
     AND i.state IN ('pending', 'processing')) AS pending`;

function prepareStatements({ handle }: UnitDatabase) {
  return {
    find: handle.prepare<[string], Row>(
      `SELECT ${ORDER_COLUMNS} FROM orders o LEFT JOIN receipt r ON r.rno = o.receipt_rno
       WHERE o.oid = ?`,
    ),
    list: handle.prepare<[string, number], Row>(
      `SELECT ${ORDER_COLUMNS} FROM orders o LEFT JOIN receipt r ON r.rno = o.receipt_rno
       WHERE o.kind = ?
         AND (o.business_month = ? OR (o.state = 'draft' AND o.opens_at IS NOT NULL))
         AND ${HAS_TRACE}
       ORDER BY o.created_at DESC, o.oid DESC`,
    ),
    items: handle.prepare<[{ oid: string; state: ItemState | null }], ItemRow>(
      `SELECT seq, name, id_number AS idNumber, fund_type AS fundType,
         from_month AS "from", to_month AS "to", reduction_reason AS reductionReason, base,
         unit_ratio AS unitRatio, personal_ratio AS personalRatio, unit_fen AS unitFen,
         personal_fen AS personalFen, total_fen AS totalFen, state, reason,
         personal_account AS personalAccount, landed_month AS landedMonth, changed_at AS changedAt
       FROM order_item WHERE oid = @oid AND (@state IS NULL OR state = @state) ORDER BY seq`,
    ),
    fetchedAt: handle.prepare<[], string | null>('SELECT fetched_at FROM result_cursor').pluck(),
    evidence: handle.prepare<[string], { order: Uint8Array | null; receipt: Uint8Array | null }>(
      `SELECT coalesce(own.signed, s.signed) AS "order", r.bytes AS receipt
       FROM orders o LEFT JOIN submission s ON s.sn = o.sn
         LEFT JOIN receipt r ON r.rno = o.receipt_rno
         LEFT JOIN submission own ON own.sn = r.sn
       WHERE o.oid = ?`,
    ),
  };
}

interface ItemRow {
  readonly seq: number;
  readonly name: string;
  readonly idNumber: string;
  readonly fundType: FundType;
  readonly from: number;
  readonly to: number;
  readonly reductionReason: string;
  readonly base: number;
  readonly unitRatio: number;
  readonly personalRatio: number;
  readonly unitFen: number;
  readonly personalFen: number;
  readonly totalFen: number;
  readonly state: ItemState | null;
  readonly reason: string;
  readonly personalAccount: string;
  readonly landedMonth: number;
  readonly changedAt: string | null;
}
