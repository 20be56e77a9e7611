import {
  type ItemResult,
  queryBodySchema,
  receiptsBodySchema,
  resultsBodySchema,
} from '../../../shared/wire/orders.ts';
import type { Admitted } from '../centre/admission.ts';
import { accept, type Centre, refuse, type Reply } from '../centre/centre.ts';
import { listRows } from '../centre/database.ts';
import { findSerial, repeatReceipt } from './lookup.ts';

/** Receipts of refused batches can be long: a page ends early rather than outgrow a message. */
const RECEIPTS_PAGE_BYTES_MAX = 6 * 1024 * 1024;

/** WL2001: what became of a serial of this unit. */
export function querySerial(centre: Centre, { request }: Admitted): Reply {
  const body = queryBodySchema.safeParse(request.body);
  if (!body.success) return refuse('WLP203');
  const serial = findSerial(centre, request.unit, body.data.refSn);
  if (!serial) return accept({ state: 'unknown' });
  if (serial.state === 'void') return accept({ state: 'void' });
  const { receipt } = repeatReceipt(centre, request.unit, body.data.refSn);
  return { ...accept({ state: serial.state }), dup: true, ...(receipt ? { receipt } : {}) };
}

/** WL2003: the unit's receipts after a number, in order, byte-identical each time. */
export function listReceipts(centre: Centre, { request }: Admitted): Reply {
  const body = receiptsBodySchema.safeParse(request.body);
  if (!body.success) return refuse('WLP203');
  const rows = centre.db
    .prepare<unknown[], { cms: Buffer }>(
      'SELECT cms FROM receipt WHERE unit = ? AND rno > ? ORDER BY rno LIMIT ?',
    )
    .iterate(request.unit, body.data.after, body.data.limit);
  const receipts: string[] = [];
  let bytes = 0;
  for (const { cms } of rows) {
    bytes += cms.byteLength;
    if (receipts.length > 0 && bytes > RECEIPTS_PAGE_BYTES_MAX) break;
    receipts.push(cms.toString('base64'));
  }
  const last = listRows<{ rno: number | null }>(
    centre.db,
    'SELECT max(rno) AS rno FROM receipt WHERE unit = ?',
    request.unit,
  )[0];
  return accept({ receipts, more: (last?.rno ?? 0) > body.data.after + receipts.length });
}

interface ResultRow {
  readonly sn: string;
  readonly oid: string;
  readonly seq: number;
  readonly state: ItemResult['state'];
  readonly reason: string;
  readonly changed_at: string;
  readonly change_no: number;
  readonly landed_month: number | null;
  readonly personal_account: string | null;
}

/** WL2004: items changed since a cursor, each with its newest state. */
export function listResults(centre: Centre, { request }: Admitted): Reply {
  const body = resultsBodySchema.safeParse(request.body);
  if (!body.success) return refuse('WLP203');
  const { cursor, limit } = body.data;
  const rows = listRows<ResultRow>(
    centre.db,
    `SELECT sn, oid, seq, state, reason, changed_at, change_no, landed_month, personal_account
     FROM item WHERE unit = ? AND change_no > ? ORDER BY change_no LIMIT ?`,
    request.unit,
    cursor,
    limit + 1,
  );
  const sent = rows.slice(0, limit);
  return accept({
    results: sent.map(describeResult),
    cursor: sent.at(-1)?.change_no ?? cursor,
    more: rows.length > limit,
  });
}

function describeResult(row: ResultRow): ItemResult {
  return {
    sn: row.sn,
    oid: row.oid,
    seq: row.seq,
    state: row.state,
    reason: row.reason,
    changedAt: row.changed_at,
    ...(row.landed_month === null ? {} : { businessMonth: row.landed_month }),
    ...(row.personal_account === null ? {} : { personalAccount: row.personal_account }),
  };
}
