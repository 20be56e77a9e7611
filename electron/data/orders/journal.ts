import type { Statement } from 'better-sqlite3';
import type { Draft } from '../../../shared/ipc/data.ts';
import type { OrderEvent, OrderState } from '../../../shared/orders/states.ts';
import type { RegistrationItem } from '../../../shared/wire/orders.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { Clock, UnitDatabase } from '../ports.ts';
import { nextState } from './state-change.ts';

/** The order under way, with the bytes of the serial in use. */
export interface OpenOrder {
  readonly oid: string;
  readonly sn: string;
  readonly state: OrderState;
  readonly content: Buffer;
  readonly signed: Buffer | null;
  readonly digest: string | null;
  readonly attempts: number;
  /** How many serials this order has had. */
  readonly serials: number;
}

export interface NewOrder {
  readonly oid: string;
  readonly sn: string;
  readonly kind: EntryKind;
  readonly origin: 'single' | 'batch';
  readonly businessMonth: number;
  readonly parameterVersion: number;
  readonly count: number;
  readonly fen: number;
  readonly user: string;
  /** Exact bytes of the request's content. */
  readonly content: Uint8Array;
  readonly drafts: readonly Draft[];
  readonly items: readonly RegistrationItem[];
}

export interface OrderRow {
  readonly oid: string;
  readonly sn: string;
  readonly state: OrderState;
  readonly count: number;
  readonly fen: number;
  readonly receipt_rno: number | null;
}

/**
 * Orders and their submissions on disk. A submission (one serial, one sequence of bytes) moves by
 * the state table alone; its order shows the state of the serial in use. Every method that
 * changes something is called inside a `write`.
 */
export class OrderJournal {
  readonly #clock: Clock;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: UnitDatabase, clock: Clock) {
    this.#clock = clock;
    this.#statements = prepareStatements(database);
  }

  /** At most one order of a unit is under way. */
  findOpen(): OpenOrder | undefined {
    return this.#statements.findOpen.get();
  }

  find(oid: string): OrderRow | undefined {
    return this.#statements.find.get(oid);
  }

  create(order: NewOrder): void {
    const { drafts, items, content, ...row } = order;
    const now = this.#clock.now();
    this.#statements.insertOrder.run({ ...row, now });
    this.#statements.insertSubmission.run(order.sn, order.oid, content, now);
    for (const [index, item] of items.entries()) {
      const draft = drafts[index];
      if (!draft) throw new Error('an order has one item for each draft');
      this.#statements.insertItem.run({
        ...item,
        oid: order.oid,
        draftId: draft.id,
        totalFen: item.unitFen + item.personalFen,
      });
    }
  }

  storeSigned(sn: string, signed: Uint8Array, digest: string): void {
    this.#statements.storeSigned.run(signed, digest, this.#clock.now(), sn);
    this.#move(sn, 'sign');
  }

  /** Before every attempt: from here on the bytes may have left. */
  markSending(sn: string): void {
    this.#move(sn, 'send');
    const now = this.#clock.now();
    this.#statements.markAttempt.run({ sn, now });
    this.#statements.markSent.run({ sn, now });
  }

  /** No signature existed: nothing can have left. */
  abandon(sn: string, code: string, reason: string): void {
    this.#move(sn, 'abandon');
    this.#explain(sn, code, reason);
  }

  /** `proof`: what the centre signed to close the serial (docs/orders.md). */
  storeVoid(sn: string, proof: Uint8Array, code: string, reason: string): void {
    this.#statements.storeProof.run(proof, reason, sn);
    this.#move(sn, 'voided');
    this.#explain(sn, code, reason);
  }

  /** A fresh serial and fresh bytes for the same order; the old serial is closed already. */
  remake(oid: string, sn: string, content: Uint8Array): void {
    this.#statements.insertSubmission.run(sn, oid, content, this.#clock.now());
    this.#statements.useSerial.run(sn, oid);
  }

  /** The receipt with number `rno` decides the order, and with it the serial in use. */
  settle(order: OrderRow, outcome: ReceiptOutcome): void {
    const { state, rno, serialNumber, count, fen, code, reason } = outcome;
    const event: OrderEvent = state === 'applied' ? 'receiptApplied' : 'receiptRejected';
    const now = this.#clock.now();
    const next = nextState(order.state, event);
    this.#statements.moveSubmission.run({ sn: order.sn, state: next, now, settled: 1 });
    this.#statements.settleOrder.run({
      oid: order.oid,
      state: next,
      rno,
      serialNumber,
      count,
      fen,
      code,
      reason,
      now,
    });
    if (state === 'applied') this.#statements.startItems.run(now, order.oid);
  }

  /** The centre's words on the rows of an order it refused. */
  explainItems(oid: string, found: readonly { seq: number; msg: string }[]): void {
    for (const { seq, msg } of found) this.#statements.explainItem.run({ oid, seq, msg });
  }

  /** By sequence number of the order's items. */
  draftIds(oid: string): Map<number, string> {
    return new Map(this.#statements.draftIds.all(oid).map(({ seq, id }) => [seq, id]));
  }

  #move(sn: string, event: OrderEvent): void {
    const state = this.#statements.stateOf.get(sn);
    if (state === undefined) throw new Error(`no submission ${sn}`);
    const next = nextState(state, event);
    const settled = next === 'void' ? 1 : 0;
    const now = this.#clock.now();
    this.#statements.moveSubmission.run({ sn, state: next, now, settled });
    this.#statements.moveOrder.run({ sn, state: next, now, settled });
  }

  #explain(sn: string, code: string, reason: string): void {
    this.#statements.explain.run(code, reason, sn);
  }
}

export interface ReceiptOutcome {
  readonly state: 'applied' | 'rejected';
  readonly rno: number;
  readonly serialNumber: string;
  readonly count: number;
  readonly fen: number;
  readonly code: string;
  readonly reason: string;
}

interface Move {
  readonly sn: string;
  readonly state: OrderState;
  readonly now: string;
  readonly settled: 0 | 1;
}

function prepareStatements({ handle }: UnitDatabase) {
  const state: Statement<[string], OrderState> = handle
    .prepare<[string], OrderState>('SELECT state FROM submission WHERE sn = ?')
    .pluck();
  return {
    stateOf: state,
    findOpen: handle.prepare<[], OpenOrder>(
      `SELECT o.oid, o.sn, s.state, s.content, s.signed, s.digest, s.attempts,
         (SELECT count(*) FROM submission WHERE oid = o.oid) AS serials
       FROM orders o JOIN submission s ON s.sn = o.sn
       WHERE o.state IN ('draft', 'signed', 'sent') ORDER BY o.created_at LIMIT 1`,
    ),
    find: handle.prepare<[string], OrderRow>(
      'SELECT oid, sn, state, count, fen, receipt_rno FROM orders WHERE oid = ?',
    ),
    insertOrder: handle.prepare(
      `INSERT INTO orders (oid, kind, origin, business_month, parameter_version, count, fen, user,
         sn, state, created_at)
       VALUES (@oid, @kind, @origin, @businessMonth, @parameterVersion, @count, @fen, @user,
         @sn, 'draft', @now)`,
    ),
    insertSubmission: handle.prepare<[string, string, Uint8Array, string]>(
      `INSERT INTO submission (sn, oid, content, state, created_at) VALUES (?, ?, ?, 'draft', ?)`,
    ),
    insertItem: handle.prepare(
      `INSERT INTO order_item (oid, seq, draft_id, name, id_type, id_number, fund_type, base,
         unit_ratio, personal_ratio, unit_fen, personal_fen, total_fen)
       VALUES (@oid, @seq, @draftId, @name, @idType, @idNumber, @fundType, @base,
         @unitRatio, @personalRatio, @unitFen, @personalFen, @totalFen)`,
    ),
    storeSigned: handle.prepare<[Uint8Array, string, string, string]>(
      'UPDATE submission SET signed = ?, digest = ?, signed_at = ? WHERE sn = ?',
    ),
    markAttempt: handle.prepare<[{ sn: string; now: string }]>(
      `UPDATE submission SET attempts = attempts + 1, sent_at = coalesce(sent_at, @now),
         last_sent_at = @now WHERE sn = @sn`,
    ),
    markSent: handle.prepare<[{ sn: string; now: string }]>(
      'UPDATE orders SET sent_at = coalesce(sent_at, @now) WHERE sn = @sn',
    ),
    storeProof: handle.prepare<[Uint8Array, string, string]>(
      'UPDATE submission SET void_proof = ?, reason = ? WHERE sn = ?',
    ),
    useSerial: handle.prepare<[string, string]>(
      `UPDATE orders SET sn = ?, state = 'draft', settled_at = NULL, reason_code = '', reason = ''
       WHERE oid = ?`,
    ),
    moveSubmission: handle.prepare<[Move]>(
      `UPDATE submission SET state = @state,
         settled_at = CASE WHEN @settled THEN coalesce(settled_at, @now) END WHERE sn = @sn`,
    ),
    moveOrder: handle.prepare<[Move]>(
      `UPDATE orders SET state = @state,
         settled_at = CASE WHEN @settled THEN coalesce(settled_at, @now) END WHERE sn = @sn`,
    ),
    explain: handle.prepare<[string, string, string]>(
      'UPDATE orders SET reason_code = ?, reason = ? WHERE sn = ?',
    ),
    settleOrder: handle.prepare(
      `UPDATE orders SET state = @state, receipt_rno = @rno, serial_number = @serialNumber,
         accepted_count = @count, accepted_fen = @fen, reason_code = @code, reason = @reason,
         settled_at = @now WHERE oid = @oid`,
    ),
    startItems: handle.prepare<[string, string]>(
      `UPDATE order_item SET state = 'pending', changed_at = ? WHERE oid = ? AND state IS NULL`,
    ),
    explainItem: handle.prepare<[{ oid: string; seq: number; msg: string }]>(
      `UPDATE order_item SET reason = CASE reason WHEN '' THEN @msg ELSE reason || '；' || @msg END
       WHERE oid = @oid AND seq = @seq AND state IS NULL`,
    ),
    draftIds: handle.prepare<[string], { seq: number; id: string }>(
      'SELECT seq, draft_id AS id FROM order_item WHERE oid = ? AND draft_id IS NOT NULL',
    ),
  };
}
