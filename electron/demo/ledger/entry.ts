import type { Receipt, RegistrationOrder, SubmitAnswer } from '../../../shared/wire/orders.ts';
import type { AdmittedSigned } from '../centre/admission.ts';
import type { Centre, Reply } from '../centre/centre.ts';
import { type CentreDatabase, drawNumber, listRows } from '../centre/database.ts';
import { hashOf } from '../centre/seal.ts';
import type { Verdict } from '../review/order.ts';
import { personOf } from '../review/person.ts';
import { readDay } from '../review/calendar.ts';
import { findUnit } from '../centre/parameters.ts';

/**
 * Writes the sn row, the receipt and, for an accepted order, the ledger with its items. Runs inside
 * the caller's transaction: all of it stands or none.
 */
export function enterOrder(
  centre: Centre,
  message: AdmittedSigned,
  order: RegistrationOrder,
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

/** Every item starts as 待确认; its due times are stored, so a restart loses no review. */
function enterItems(
  centre: Centre,
  { request, nowMs }: AdmittedSigned,
  order: RegistrationOrder,
  serialNumber: string,
): void {
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
  const { reviewMs } = centre.limits;
  const insert = centre.db.prepare(
    `INSERT INTO item (unit, oid, seq, sn, fund_type, name, id_type, id_number, id18, base,
       unit_ratio, personal_ratio, unit_fen, personal_fen, state, due_ms, decide_ms, changed_at, change_no)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?)`,
  );
  const at = new Date(nowMs).toISOString();
  let change = reserveChanges(centre.db, request.unit, order.items.length);
  for (const item of order.items) {
    insert.run(
      ...[request.unit, oid, item.seq, request.sn, item.fundType, item.name, item.idType],
      ...[item.idNumber, personOf(item.idNumber), item.base, item.unitRatio, item.personalRatio],
      ...[item.unitFen, item.personalFen],
      ...[nowMs + Math.floor(reviewMs / 2), nowMs + reviewMs, at, change],
    );
    change += 1;
  }
}

/** Numbers of the unit's changes that WL2004 reads on from; the first of `count` reserved ones. */
export function reserveChanges(db: CentreDatabase, unit: string, count: number): number {
  const row = listRows<{ change_last: number }>(
    db,
    'UPDATE unit SET change_last = change_last + ? WHERE account = ? RETURNING change_last',
    count,
    unit,
  )[0];
  if (!row) throw new Error(`no unit ${unit}`);
  return row.change_last - count + 1;
}
