import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../../electron/data/db/connection.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import { Clerk, DATABASE_KEY, makeUnitKey, type UnitKey, valueOf } from './clerk.ts';
import { DemoCentre, UNIT } from './demo-centre.ts';

let root: string;
let centre: DemoCentre;
let key: UnitKey;
let clerk: Clerk;
let folder: string;
let folders = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'receipts-'));
  centre = await DemoCentre.prepare(join(root, 'practice'));
  key = await makeUnitKey(centre.folder);
  await centre.start();
});
afterAll(async () => {
  await centre.stop();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(async () => {
  centre.strike();
  folders += 1;
  folder = join(root, `clerk-${folders}`);
  clerk = new Clerk(folder, centre.gateway, key);
  await clerk.openAndSignIn();
});
afterEach(() => clerk.close());

const check = (oid: string) => clerk.host.handlers['receipts.verify']({ oid });

async function confirmed(): Promise<Order> {
  return valueOf(await clerk.confirm(await clerk.enter(1)));
}

/** Changes what is stored as somebody who has the key of the file and no respect for its rules. */
async function tamper(sql: string, ...values: unknown[]): Promise<void> {
  await clerk.close();
  const db = connect({ file: join(folder, `${UNIT}.db`), key: DATABASE_KEY });
  try {
    db.exec('DROP TRIGGER receipt_is_fixed; DROP TRIGGER orders_outcome_is_final');
    expect(db.prepare(sql).run(...values).changes).toBeGreaterThan(0);
  } finally {
    db.close();
  }
  clerk = new Clerk(folder, centre.gateway, key);
  await clerk.openAndSignIn();
}

describe('验证回执', () => {
  test('holds for what the centre signed, with number, mark and signer', async () => {
    const order = await confirmed();
    const told = valueOf(await check(order.oid));
    expect(told).toMatchObject({ fault: null, number: order.receiptNumber, detail: '' });
    expect(told.hash.slice(0, 16)).toBe(order.receiptMark);
    expect(told.signer).toContain(`CN=${centre.gateway.centreName}`);
  });

  test('has nothing to say of an order without a receipt', async () => {
    const none = await check('019a8f7e-0000-7000-8000-00000000ffff');
    expect(none).toMatchObject({ ok: false, code: 'NO_RECORD' });
  });

  test('finds bytes that were changed afterwards', async () => {
    const { oid, receiptNumber } = await confirmed();
    // the last byte belongs to the signature
    await tamper(
      `UPDATE receipt SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'00' AS BLOB) WHERE rno = ?`,
      receiptNumber,
    );
    expect(valueOf(await check(oid))).toMatchObject({ fault: 'altered', signer: '' });
  });

  test('finds the receipt of another order in its place', async () => {
    const first = await confirmed();
    const second = valueOf(await clerk.confirm(await clerk.enter(1)));
    const sql = 'UPDATE orders SET receipt_rno = ? WHERE oid = ?';
    await tamper(sql, second.receiptNumber, first.oid);
    expect(valueOf(await check(first.oid))).toMatchObject({ fault: 'foreign' });
    expect(valueOf(await check(second.oid))).toMatchObject({ fault: null });
  });

  test('finds a neighbour that no longer fits', async () => {
    const first = await confirmed();
    const second = valueOf(await clerk.confirm(await clerk.enter(1)));
    await tamper('UPDATE receipt SET prev = ? WHERE rno = ?', '0'.repeat(64), second.receiptNumber);
    expect(valueOf(await check(first.oid))).toMatchObject({ fault: 'chain' });
    expect(valueOf(await check(second.oid))).toMatchObject({ fault: null });
  });
});
