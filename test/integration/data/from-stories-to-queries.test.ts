import { afterAll, beforeAll, expect, it } from 'vitest';
import { signWithSoftwareKey } from '../../../electron/cms/sign.ts';
import { migrations } from '../../../electron/data/db/migrations/list.ts';
import { openUnitDatabase } from '../../../electron/data/db/open.ts';
import { FiledOrders } from '../../../electron/data/queries/filed-orders.ts';
import type { Receipt } from '../../../shared/wire/orders.ts';
import { createAuthority, createCentreSigner, VALID_AT } from '../../fixtures/pki.ts';
import { KEY, makeFolder, openUnit, UNIT } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

const MIGRATIONS_BEFORE = 4;
const OWN = '01990000-0000-7000-8000-000000000001';
const OTHER = '01990000-0000-7000-8000-000000000002';
const hash = (digit: string) => digit.repeat(64);
const AT = '2026-11-21T02:00:00.000Z';

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder();
});
afterAll(() => {
  folder.remove();
});

async function receiptBytes(oid: string, rno: number): Promise<Buffer> {
  const authority = await createAuthority();
  const signer = await createCentreSigner(authority);
  const receipt: Receipt = {
    ...{ v: 1, typ: 'receipt', unit: UNIT, unitName: '示例科技有限公司', oid, rno, prev: '' },
    ...{ sn: '9900000000000001', kind: 'missedBackPay', digest: hash('d'), state: 'applied' },
    ...{ code: '000000', at: AT, businessMonth: 202611, serialNumber: '2026112100000007' },
    ...{ count: 3, fen: 576_000 },
  };
  const content = Buffer.from(JSON.stringify(receipt), 'utf8');
  return signWithSoftwareKey(content, signer.certificateDer, signer.privateKey, VALID_AT);
}

it('reads the receipts that are here, lists those of other computers, and asks for all results anew', async () => {
  const opened = openUnitDatabase({
    folder: folder.path,
    unitAccount: UNIT,
    databaseKey: KEY,
    clientVersion: '0.0.0',
    migrations: migrations.slice(0, MIGRATIONS_BEFORE),
  });
  if (!opened.ok) throw new Error(opened.detail);
  const { handle } = opened.value;
  const insert = handle.prepare(
    `INSERT INTO receipt VALUES (?, ?, ?, ?, '9900000000000001', ?, 'applied', ?, '${AT}', '${AT}')`,
  );
  insert.run(1, '', hash('a'), OWN, hash('d'), await receiptBytes(OWN, 1));
  insert.run(2, hash('a'), hash('b'), OTHER, hash('d'), await receiptBytes(OTHER, 2));
  // bytes that are no message: nothing can be said of it, and the file opens all the same
  insert.run(3, hash('b'), hash('c'), OTHER, hash('d'), Buffer.from([1]));
  handle.exec(`BEGIN;
    INSERT INTO orders (oid, kind, origin, business_month, parameter_version, count, fen, user, sn,
      state, created_at, sent_at, settled_at, receipt_rno, serial_number, accepted_count, accepted_fen)
    VALUES ('${OWN}', 'missedBackPay', 'single', 202611, 1, 3, 576000, 'clerk01', '9900000000000001',
      'applied', '${AT}', '${AT}', '${AT}', 1, '2026112100000006', 3, 576000);
    INSERT INTO submission (sn, oid, content, signed, digest, state, attempts, created_at)
    VALUES ('9900000000000001', '${OWN}', x'02', x'0304', '${hash('d')}', 'applied', 1, '${AT}');
    UPDATE result_cursor SET cursor = 42, fetched_at = '${AT}';
    COMMIT;`);
  opened.value.close();

  const database = openUnit(folder.path);
  const filed = new FiledOrders(database);
  const orders = filed.list('backPay', 202611);
  expect(orders.map(({ oid, isElsewhere }) => [oid, isElsewhere])).toEqual([
    [OTHER, true],
    [OWN, false],
  ]);
  expect(orders[0]).toMatchObject({
    ...{ count: 3, fen: 576_000, serialNumber: '2026112100000007', receiptNumber: 2 },
    ...{ succeeded: 0, pending: 0, state: 'applied', reason: '' },
  });
  expect(filed.months('backPay')).toEqual([{ month: 202611, orders: 2 }]);
  expect(filed.list('registration', 202611)).toEqual([]);
  expect(filed.fetchedAt()).toBe(AT);
  const cursor = database.handle.prepare<[], number>('SELECT cursor FROM result_cursor').pluck();
  expect(cursor.get()).toBe(0);
  database.close();
});
