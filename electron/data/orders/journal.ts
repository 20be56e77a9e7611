import type { Statement } from 'better-sqlite3';
import type { OrderEvent, OrderState } from '../../../shared/orders/states.ts';
import type { OrderStep } from '../../../shared/ipc/story.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { Clock, UnitDatabase } from '../ports.ts';
import { nextState } from './state-change.ts';
import { StoryBook } from './story-book.ts';

/** The order under way, with the bytes of the serial in use. */
export interface OpenOrder {
  readonly oid: string;
  readonly sn: string;
  readonly state: OrderState;
  readonly content: Buffer;
  readonly signed: Buffer | null;
  readonly digest: string | null;
  readonly attempts: number;
  /** How many serials of this order have been signed. */
  readonly serials: number;
  /** Set where it waited for the opening. */
  readonly opensAt: string | null;
}

export interface NewOrder {
  readonly oid: string;
  readonly kind: EntryKind;
  readonly origin: 'single' | 'batch';
  readonly businessMonth: number;
  readonly parameterVersion: number;
  readonly count: number;
  readonly fen: number;
  readonly user: string;
  /** Its items, in this order. */
  readonly draftIds: readonly string[];
}

/** Confirmed outside the hours: no serial and no bytes yet. */
export interface WaitingOrder {
  readonly oid: string;
  readonly kind: EntryKind;
  readonly origin: 'single' | 'batch';
  readonly businessMonth: number;
  readonly parameterVersion: number;
  readonly count: number;
  readonly fen: number;
  readonly opensAt: string;
  readonly reasonCode: string;
}

export interface OrderRow {
  readonly oid: string;
  /** null where it waits for the opening, or was given up while it did. */
  readonly sn: string | null;
  readonly state: OrderState;
  readonly count: number;
  readonly fen: number;
  readonly receipt_rno: number | null;
  /** 1 where it is void by the centre's signed word, not by ours alone. */
  readonly isClosed: 0 | 1;
}

/**
 * Orders and their submissions on disk. A submission (one serial, one sequence of bytes) moves by
 * the state table alone; its order shows the state of the serial in use. Every method that
 * changes something is called inside a `write`.
 */
export class OrderJournal {
  readonly #clock: Clock;
  readonly #statements: ReturnType<typeof prepareStatements>;
  readonly #story: StoryBook;

  constructor(database: UnitDatabase, clock: Clock) {
    this.#clock = clock;
    this.#story = new StoryBook(database, clock);
    this.#statements = prepareStatements(database);
  }

  /** At most one order of a unit is under way. */
  findOpen(): OpenOrder | undefined {
    return this.#statements.findOpen.get();
  }

  find(oid: string): OrderRow | undefined {
    return this.#statements.find.get(oid);
  }

  /** `content`: the exact bytes of the request under this serial. */
  create(order: NewOrder, sn: string, content: Uint8Array): void {
    this.#insert(order, { sn, opensAt: null });
    this.#statements.insertSubmission.run(sn, order.oid, content, this.#clock.now());
    this.#story.tell({ oid: order.oid, event: 'confirmed', sn });
  }

  /** Kept for the opening: what is ordered is fixed now, serial and bytes come when it is sent. */
  createWaiting(order: NewOrder, opensAt: string): void {
    this.#insert(order, { sn: null, opensAt });
    this.#story.tell({ oid: order.oid, event: 'kept' });
  }

  /** In the order of their confirmation. */
  listWaiting(): WaitingOrder[] {
    return this.#statements.listWaiting.all();
  }

  findWaiting(oid: string): WaitingOrder | undefined {
    return this.listWaiting().find((order) => order.oid === oid);
  }

  /** The opening: serial and bytes for an order that has waited. */
  startWaiting(oid: string, parameterVersion: number, sn: string, content: Uint8Array): void {
    this.#statements.insertSubmission.run(sn, oid, content, this.#clock.now());
    this.#statements.startWaiting.run(sn, parameterVersion, oid);
    this.#story.tell({ oid, event: 'opened', sn });
  }

  /** No signature existed: its serial is given up, and the order waits on. */
  waitOn(order: OpenOrder, code: string, reason: string): void {
    this.#move(order.sn, 'abandon');
    this.#statements.waitOn.run(code, reason, order.oid);
    this.#story.tell({ oid: order.oid, event: 'waitsOn', sn: order.sn, code, words: reason });
  }

  /** What a waiting order is waiting for beside the hours, and until when. */
  explainWaiting(oid: string, opensAt: string, code: string, reason: string): void {
    this.#statements.explainWaiting.run(opensAt, code, reason, oid);
  }

  /** A waiting order is given up: nothing of it ever existed beyond this disk. */
  endWaiting(oid: string, code: string, reason: string): void {
    const state = nextState('draft', 'abandon');
    this.#statements.endWaiting.run(state, this.#clock.now(), code, reason, oid);
    this.#story.tell({ oid, event: 'givenUp', code, words: reason });
  }

  #insert({ draftIds, ...row }: NewOrder, place: { sn: string | null; opensAt: string | null }) {
    this.#statements.insertOrder.run({ ...row, ...place, now: this.#clock.now() });
    for (const [index, draftId] of draftIds.entries()) {
      const { changes } = this.#statements.insertItem.run({
        oid: row.oid,
        seq: index + 1,
        draftId,
      });
      if (changes !== 1) throw new Error(`no draft ${draftId}`);
    }
  }

  storeSigned(sn: string, signed: Uint8Array, digest: string): void {
    this.#statements.storeSigned.run(signed, digest, this.#clock.now(), sn);
    this.#move(sn, 'sign');
    this.#tell(sn, 'signed');
  }

  /** Before every attempt: from here on the bytes may have left. */
  markSending(sn: string): void {
    this.#move(sn, 'send');
    const now = this.#clock.now();
    this.#statements.markAttempt.run({ sn, now });
    this.#statements.markSent.run({ sn, now });
    this.#tell(sn, 'sending');
  }

  /** What came of the last sending of these bytes; inside the `write` of what follows from it. */
  noteAnswer(sn: string, isAnswer: boolean, code: string, words: string): void {
    this.#tell(sn, isAnswer ? 'answered' : 'unanswered', code, words);
  }

  /** No signature existed: nothing can have left. */
  abandon(sn: string, code: string, reason: string): void {
    this.#move(sn, 'abandon');
    this.#explain(sn, code, reason);
    this.#tell(sn, 'returned', code, reason);
  }

  /** `proof`: what the centre signed to close the serial (docs/orders.md). */
  storeVoid(sn: string, proof: Uint8Array, code: string, reason: string): void {
    this.#statements.storeProof.run(proof, reason, sn);
    this.#move(sn, 'voided');
    this.#explain(sn, code, reason);
    this.#tell(sn, 'voided', code, reason);
  }

  /** A fresh serial and fresh bytes for the same order; the old serial is closed already. */
  remake(oid: string, sn: string, content: Uint8Array): void {
    this.#statements.insertSubmission.run(sn, oid, content, this.#clock.now());
    this.#statements.useSerial.run(sn, oid);
    this.#story.tell({ oid, event: 'remade', sn });
  }

  /** The receipt with number `rno` decides the order, and with it the serial in use. */
  settle(order: OrderRow, outcome: ReceiptOutcome): void {
    const { state, rno, serialNumber, count, fen, code, reason } = outcome;
    const event: OrderEvent = state === 'applied' ? 'receiptApplied' : 'receiptRejected';
    const now = this.#clock.now();
    const next = nextState(order.state, event);
    if (order.sn !== null) {
      this.#statements.moveSubmission.run({ sn: order.sn, state: next, now, settled: 1 });
    }
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
    this.#story.tell({ oid: order.oid, event: 'receipt', sn: order.sn ?? '', code, words: reason });
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

  /** Of the serial in use, or one of before; sendings are counted by the submission. */
  #tell(sn: string, event: OrderStep, code = '', words = ''): void {
    const place = this.#statements.placeOf.get(sn);
    if (!place) throw new Error(`no submission ${sn}`);
    const isOfSending = ['sending', 'answered', 'unanswered'].includes(event);
    const attempt = isOfSending ? place.attempts : 0;
    this.#story.tell({ oid: place.oid, event, sn, attempt, code, words });
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
    placeOf: handle.prepare<[string], { oid: string; attempts: number }>(
      'SELECT oid, attempts FROM submission WHERE sn = ?',
    ),
    findOpen: handle.prepare<[], OpenOrder>(
      `SELECT o.oid, o.sn, s.state, s.content, s.signed, s.digest, s.attempts,
         (SELECT count(*) FROM submission WHERE oid = o.oid AND signed IS NOT NULL) AS serials,
         o.opens_at AS opensAt
       FROM orders o JOIN submission s ON s.sn = o.sn
       WHERE o.state IN ('draft', 'signed', 'sent') ORDER BY o.created_at LIMIT 1`,
    ),
    find: handle.prepare<[string], OrderRow>(
      `SELECT oid, sn, state, count, fen, receipt_rno, state = 'void' AND EXISTS
         (SELECT 1 FROM submission s WHERE s.sn = o.sn AND s.void_proof IS NOT NULL) AS isClosed
       FROM orders o WHERE oid = ?`,
    ),
    insertOrder: handle.prepare(
      `INSERT INTO orders (oid, kind, origin, business_month, parameter_version, count, fen, user,
         sn, state, opens_at, created_at)
       VALUES (@oid, @kind, @origin, @businessMonth, @parameterVersion, @count, @fen, @user,
         @sn, 'draft', @opensAt, @now)`,
    ),
    insertSubmission: handle.prepare<[string, string, Uint8Array, string]>(
      `INSERT INTO submission (sn, oid, content, state, created_at) VALUES (?, ?, ?, 'draft', ?)`,
    ),
    insertItem: handle.prepare<[{ oid: string; seq: number; draftId: string }]>(
      `INSERT INTO order_item (oid, seq, draft_id, name, id_type, id_number, fund_type, base,
         unit_ratio, personal_ratio, from_month, to_month, reduction_reason, unit_fen,
         personal_fen, total_fen, personal_account)
       SELECT @oid, @seq, id, name, id_type, id_number, fund_type, base, unit_ratio,
         personal_ratio, from_month, to_month, reason, unit_fen, personal_fen, total_fen,
         personal_account
       FROM draft WHERE id = @draftId`,
    ),
    listWaiting: handle.prepare<[], WaitingOrder>(
      `SELECT oid, kind, origin, business_month AS businessMonth,
         parameter_version AS parameterVersion, count, fen, opens_at AS opensAt,
         reason_code AS reasonCode
       FROM orders WHERE state = 'draft' AND sn IS NULL ORDER BY created_at, oid`,
    ),
    startWaiting: handle.prepare<[string, number, string]>(
      `UPDATE orders SET sn = ?, parameter_version = ?, reason_code = '', reason = ''
       WHERE oid = ?`,
    ),
    waitOn: handle.prepare<[string, string, string]>(
      `UPDATE orders SET sn = NULL, state = 'draft', settled_at = NULL, reason_code = ?, reason = ?
       WHERE oid = ?`,
    ),
    explainWaiting: handle.prepare<[string, string, string, string]>(
      'UPDATE orders SET opens_at = ?, reason_code = ?, reason = ? WHERE oid = ? AND sn IS NULL',
    ),
    endWaiting: handle.prepare<[string, string, string, string, string]>(
      `UPDATE orders SET state = ?, settled_at = ?, reason_code = ?, reason = ?
       WHERE oid = ? AND sn IS NULL`,
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
         settled_at = CASE WHEN @settled THEN coalesce(settled_at, @now) END
       WHERE sn = @sn AND state <> 'void'`,
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
