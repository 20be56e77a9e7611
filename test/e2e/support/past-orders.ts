import type Database from 'better-sqlite3';
import { v7 as newId } from 'uuid';
import { checkCharacter } from '../../../shared/rules/identity.ts';
import { previousMonth, toMonth } from '../../../shared/rules/months.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import type { ItemState } from '../../../shared/wire/orders.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';

export interface PastTerms {
  /** The newest month that gets orders. */
  readonly before: number;
  readonly months: number;
  /** Of the one batch of each kind and month. */
  readonly items: number;
}

/**
 * Fills a unit's file as years of use would: each month a batch of each kind, every fortieth row
 * failed; of a 登记 every fiftieth is 待确认 and the next one 处理中. The receipts are none of the centre's: such a file must not go online again.
 */
export function addPastOrders(database: Database.Database, { before, months, items }: PastTerms) {
  const statements = prepare(database);
  let month = toMonth(before);
  let number = 900_000;
  const add = database.transaction(() => {
    for (let at = 0; at < months; at += 1) {
      for (const kind of entryKindSchema.options) {
        number += 1;
        addOrder(statements, { kind, month, number, items });
      }
      month = previousMonth(month);
    }
  });
  add();
}

interface Past {
  readonly kind: EntryKind;
  readonly month: number;
  readonly number: number;
  readonly items: number;
}

function addOrder(statements: ReturnType<typeof prepare>, { kind, month, number, items }: Past) {
  const oid = newId();
  const sn = `99${String(number).padStart(14, '0')}`;
  const digest = String(number).padStart(64, 'd');
  const at = `${String(month).slice(0, 4)}-${String(month).slice(4)}-05T02:00:00.000Z`;
  const serialNumber = `${month}05${String(number).padStart(8, '0')}`;
  const values = { oid, sn, kind, month, number, items, digest, at, serialNumber };
  statements.receipt.run(values);
  statements.head.run({ ...values, fen: items * 192_000 });
  statements.order.run({ ...values, fen: items * 192_000 });
  statements.submission.run(values);
  for (let seq = 1; seq <= items; seq += 1) {
    const state = stateOf(kind, seq);
    const digits = `990100199${seq % 10}0101${String(seq % 1000).padStart(3, '0')}`;
    statements.item.run({
      ...{ oid, seq, at, idNumber: digits + checkCharacter(digits) },
      ...{ name: `示例${'甲乙丙丁'.charAt(seq % 4)}`, state },
      ...{ reason: state === 'failed' ? '存在重复补缴的年月。' : '' },
      landed: state === 'succeeded' ? month : 0,
      account: `9900${String(seq).padStart(8, '0')}`,
      month: kind === 'missedBackPay' || kind === 'shortfallBackPay' ? month - 1 : 0,
    });
  }
}

/** Of a thousand 登记: 25 failed, 20 待确认, 20 处理中. */
function stateOf(kind: EntryKind, seq: number): ItemState {
  if (seq % 40 === 0) return 'failed';
  if (kind !== 'registration') return 'succeeded';
  if (seq % 50 === 1) return 'pending';
  return seq % 50 === 2 ? 'processing' : 'succeeded';
}

function prepare(database: Database.Database) {
  return {
    receipt: database.prepare(
      `INSERT INTO receipt (rno, prev, hash, oid, sn, digest, state, bytes, issued_at, received_at)
       VALUES (@number, '', @digest, @oid, @sn, @digest, 'applied', x'00', @at, @at)`,
    ),
    head: database.prepare(
      `INSERT INTO receipt_head (rno, oid, kind, business_month, code, serial_number, count, fen)
       VALUES (@number, @oid, @kind, @month, '000000', @serialNumber, @items, @fen)`,
    ),
    order: database.prepare(
      `INSERT INTO orders (oid, kind, origin, business_month, parameter_version, count, fen, user, sn,
         state, created_at, sent_at, settled_at, receipt_rno, serial_number, accepted_count,
         accepted_fen)
       VALUES (@oid, @kind, 'batch', @month, 1, @items, @fen, '0001', @sn, 'applied', @at, @at, @at,
         @number, @serialNumber, @items, @fen)`,
    ),
    submission: database.prepare(
      `INSERT INTO submission (sn, oid, content, signed, digest, state, attempts, created_at, sent_at)
       VALUES (@sn, @oid, x'00', x'00', @digest, 'applied', 1, @at, @at)`,
    ),
    item: database.prepare(
      `INSERT INTO order_item (oid, seq, name, id_type, id_number, fund_type, base, unit_ratio,
         personal_ratio, unit_fen, personal_fen, total_fen, state, reason, personal_account,
         landed_month, changed_at, from_month, to_month)
       VALUES (@oid, @seq, @name, '01', @idNumber, '10', 800000, 12, 12, 96000, 96000, 192000,
         @state, @reason, @account, @landed, @at, @month, @month)`,
    ),
  };
}

/** The month so many before `from`. */
export function monthsBack(from: number, count: number): number {
  let at = toMonth(from);
  for (let i = 0; i < count; i += 1) at = previousMonth(at);
  return at;
}
