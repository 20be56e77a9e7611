import type { ItemState, OrderBody, Receipt, SubmitAnswer } from '../../../shared/wire/orders.ts';
import type { AdmittedSigned } from '../centre/admission.ts';
import type { Centre, Reply } from '../centre/centre.ts';
import { type CentreDatabase, drawNumber, listRows } from '../centre/database.ts';
import { hashOf } from '../centre/seal.ts';
import type { Verdict } from '../review/order.ts';
import { personOf } from '../review/person.ts';
import { readDay } from '../review/calendar.ts';
import { findUnit } from '../centre/parameters.ts';
import { reserveChanges, RosterVersions } from './changes.ts';
import { addPaidMonths, type Cause, sealAccount } from './effects.ts';

/**
 * Writes the sn row, the receipt and, for an accepted order, the ledger with its items and
 * what they change at once. Runs inside
 * the caller's transaction: all of it stands or none.
 */
export function enterOrder(
  centre: Centre,
  message: AdmittedSigned,
  order: OrderBody,
  verdict: Verdict,
): Reply {
  const { request, digest, bytes, nowMs } = message;
  const isApplied = verdict.code === '000000';
  const at = new Date(nowMs).toISOString();
  const serialNumber = isApplied ? drawSerialNumber(centre, nowMs) : '';
  const accepted: SubmitAnswer = isApplied
    ? { count: order.items.length, fen: order.totals.fen, serialNumber }
    : { count: 0, fen: 0, serialNumber };
  centre.db
    .prepare(
      'INSERT INTO serial (unit, sn, state, oid, digest, at, request) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(
      request.unit,
      request.sn,
      isApplied ? 'applied' : 'rejected',
      request.oid.toLowerCase(),
      digest,
      at,
      bytes,
    );
  if (isApplied) enterItems(centre, message, order, serialNumber);
  const receipt = writeReceipt(centre, message, {
    kind: order.kind,
    state: isApplied ? 'applied' : 'rejected',
    code: verdict.code,
    at,
    businessMonth: order.businessMonth,
    ...accepted,
    ...(verdict.items.length > 0 ? { items: [...verdict.items] } : {}),
  });
  return { code: verdict.code, body: accepted, receipt };
}

type Outcome = Pick<
  Receipt,
  'kind' | 'state' | 'code' | 'at' | 'businessMonth' | 'serialNumber' | 'count' | 'fen' | 'items'
>;

/** The next link of the unit's chain: no gap, `prev` is the hash of the receipt before. */
function writeReceipt(centre: Centre, message: AdmittedSigned, outcome: Outcome): Buffer {
  const { request, digest, nowMs } = message;
  const last = listRows<{ rno: number; hash: string }>(
    centre.db,
    'SELECT rno, hash FROM receipt WHERE unit = ? ORDER BY rno DESC LIMIT 1',
    request.unit,
  )[0];
  const rno = (last?.rno ?? 0) + 1;
  const prev = last?.hash ?? '';
  const content: Receipt = {
    v: 1,
    typ: 'receipt',
    unit: request.unit,
    unitName: findUnit(centre, request.unit)?.name ?? '',
    sn: request.sn,
    oid: request.oid,
    digest,
    rno,
    prev,
    ...outcome,
  };
  const cms = centre.seal.seal(content, nowMs);
  centre.db
    .prepare(
      `INSERT INTO receipt (unit, rno, sn, prev, hash, code, count, fen, serial_number, cms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      ...[request.unit, rno, request.sn, prev, hashOf(cms), outcome.code],
      ...[outcome.count, outcome.fen, outcome.serialNumber, cms],
    );
  return cms;
}

/** 业务流水号: the date and a number of eight digits that is never used twice. */
function drawSerialNumber(centre: Centre, nowMs: number): string {
  const { date } = readDay(nowMs, centre.filing);
  return date + String(drawNumber(centre.db, 'serial_number')).padStart(8, '0');
}

function enterItems(
  centre: Centre,
  message: AdmittedSigned,
  order: OrderBody,
  serialNumber: string,
): void {
  const { request, nowMs } = message;
  const oid = request.oid.toLowerCase();
  centre.db
    .prepare(
      `INSERT INTO ledger (unit, oid, sn, kind, origin, business_month, count, fen, serial_number)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      ...[request.unit, oid, request.sn, order.kind, order.origin, order.businessMonth],
      ...[order.items.length, order.totals.fen, serialNumber],
    );
  const start = startOf(centre, order, nowMs);
  const insert = centre.db.prepare(
    `INSERT INTO item (unit, oid, seq, sn, kind, fund_type, name, id_number, id18, unit_fen,
       personal_fen, content, state, due_ms, decide_ms, changed_at, change_no, landed_month,
       personal_account)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const at = new Date(nowMs).toISOString();
  let change = reserveChanges(centre.db, request.unit, order.items.length);
  for (const item of order.items) {
    insert.run(
      ...[request.unit, oid, item.seq, request.sn, order.kind, item.fundType, item.name],
      ...[item.idNumber, personOf(item.idNumber), item.unitFen, item.personalFen],
      ...[JSON.stringify(item), start.state, start.dueMs, start.decideMs, at, change],
      ...[start.landedMonth, 'personalAccount' in item ? item.personalAccount : null],
    );
    change += 1;
  }
  if (start.landedMonth !== null) {
    takeEffect(centre.db, request.unit, order, { oid, at, month: start.landedMonth });
  }
}

interface Start {
  readonly state: ItemState;
  /** Null once decided. */
  readonly dueMs: number | null;
  readonly decideMs: number;
  readonly landedMonth: number | null;
}

/**
 * A 登记 starts as 待确认 and is reviewed; a batch of anything else is 处理中 until its results; a
 * single 减少 or 补缴 is effective at once (manual 六-九). Due times are stored, so a restart loses none.
 */
function startOf(centre: Centre, { kind, origin }: OrderBody, nowMs: number): Start {
  const { reviewMs, batchMs } = centre.limits;
  if (kind === 'registration') {
    const decideMs = nowMs + reviewMs;
    return {
      state: 'pending',
      dueMs: nowMs + Math.floor(reviewMs / 2),
      decideMs,
      landedMonth: null,
    };
  }
  if (origin === 'batch') {
    const decideMs = nowMs + batchMs;
    return { state: 'processing', dueMs: decideMs, decideMs, landedMonth: null };
  }
  const landedMonth = readDay(nowMs, centre.filing).businessMonth;
  return { state: 'succeeded', dueMs: null, decideMs: nowMs, landedMonth };
}

function takeEffect(
  db: CentreDatabase,
  unit: string,
  order: OrderBody,
  cause: Omit<Cause, 'seq'>,
): void {
  const versions = new RosterVersions(db);
  switch (order.kind) {
    case 'reduction':
      for (const item of order.items) {
        sealAccount(db, unit, item, { ...cause, seq: item.seq }, versions);
      }
      return;
    case 'missedBackPay':
      for (const item of order.items) addPaidMonths(db, unit, item, versions);
      return;
    case 'shortfallBackPay':
      // its ledger line is all: no field of the roster tells of a difference (manual 九)
      return;
    case 'registration':
      throw new Error('a registration takes effect at its review');
  }
}
