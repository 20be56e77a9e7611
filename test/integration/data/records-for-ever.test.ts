import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAuditBreak } from '../../../electron/data/audit/chain.ts';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import { succeed } from '../../../shared/errors/result.ts';
import { contextOf, makeFolder, openUnit } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

let folder: TemporaryFolder;
let database: OpenUnitDatabase;
beforeEach(() => {
  folder = makeFolder();
  database = openUnit(folder.path);
});
afterEach(() => {
  database.close();
  folder.remove();
});

const hash = (digit: string) => digit.repeat(64);

/** One order of one row, signed, with the receipt that settled it. */
function fillIn(): void {
  database.write(() => {
    database.handle.exec(`
      INSERT INTO receipt VALUES (1, '', '${hash('a')}', 'o1', '9900000000000001', '${hash('d')}',
        'applied', x'01', '2026-11-25T02:00:00.000Z', '2026-11-25T02:00:00.000Z');
      INSERT INTO orders (oid, kind, origin, business_month, parameter_version, count, fen, user, sn,
        state, created_at, receipt_rno, serial_number)
      VALUES ('o1', 'registration', 'single', 202612, 1, 1, 96000, 'clerk01', '9900000000000001',
        'applied', '2026-11-25T02:00:00.000Z', 1, '2026112500000001');
      INSERT INTO submission (sn, oid, content, signed, digest, state, created_at)
      VALUES ('9900000000000001', 'o1', x'02', x'03', '${hash('d')}', 'applied', 't');
      INSERT INTO order_item (oid, seq, name, id_type, id_number, fund_type, base, unit_ratio,
        personal_ratio, unit_fen, personal_fen, total_fen)
      VALUES ('o1', 1, '王小明', '01', '990100199001010012', '10', 400000, 12, 12, 48000, 48000, 96000);
      INSERT INTO orders (oid, kind, origin, business_month, parameter_version, count, fen, user, sn,
        state, created_at)
      VALUES ('o2', 'registration', 'single', 202612, 1, 1, 1, 'clerk01', '9900000000000002',
        'sent', 't');
      INSERT INTO submission (sn, oid, content, signed, digest, state, created_at)
      VALUES ('9900000000000002', 'o2', x'02', x'04', '${hash('e')}', 'sent', 't');`);
    return succeed(undefined);
  });
}

describe('what is for ever', () => {
  beforeEach(fillIn);

  it.each([
    ['a receipt', "UPDATE receipt SET bytes = x'99'", /as received/],
    ['a receipt', 'DELETE FROM receipt', /for ever/],
    [
      'a receipt, by the back door',
      `INSERT OR REPLACE INTO receipt SELECT rno, prev, '${hash('b')}', oid, sn, digest, state, x'99',
         issued_at, received_at FROM receipt`,
      /for ever/,
    ],
    ['signed bytes', "UPDATE submission SET signed = x'99'", /bound to its bytes/],
    ['unsigned bytes', "UPDATE submission SET content = x'99'", /bound to its bytes/],
    ['a digest', `UPDATE submission SET digest = '${hash('f')}'`, /bound to its bytes/],
    ['a serial', "UPDATE submission SET sn = '9900000000000003'", /bound to its bytes/],
    ['a submission', 'DELETE FROM submission', /for ever/],
    ['an order', 'DELETE FROM orders', /for ever/],
    ['an order id', "UPDATE orders SET oid = 'o9' WHERE oid = 'o2'", /fixed/],
    ['an outcome', "UPDATE orders SET state = 'void' WHERE oid = 'o1'", /receipt decided/],
    [
      'what was sent',
      "UPDATE submission SET state = 'draft' WHERE oid = 'o2'",
      /receipt or a void/,
    ],
    ['an amount in an order', 'UPDATE order_item SET unit_fen = 1, total_fen = 48001', /fixed/],
    ['a row of an order', 'DELETE FROM order_item', /for ever/],
    ['whose file it is', "UPDATE unit SET unit_account = '9900000002'", /fixed/],
  ])('%s cannot be changed or removed', (_what, sql, message) => {
    expect(() => database.handle.exec(sql)).toThrow(message);
  });

  it('lets what the centre says later be stored', () => {
    database.handle.exec(`
      UPDATE order_item SET state = 'succeeded', landed_month = 202612, changed_at = 't';
      UPDATE submission SET state = 'void', void_proof = x'05' WHERE oid = 'o2';
      UPDATE orders SET state = 'void' WHERE oid = 'o2';`);
    expect(() => database.handle.exec("UPDATE submission SET void_proof = x'06'")).toThrow();
  });

  it('refuses an order settled without its receipt', () => {
    expect(() =>
      database.handle.exec("UPDATE orders SET state = 'applied' WHERE oid = 'o2'"),
    ).toThrow(/CHECK/);
  });
});

describe('the audit chain', () => {
  function record(count: number): void {
    const { audit } = contextOf(database, () => Date.parse('2026-11-25T02:00:00.000Z'));
    for (let i = 0; i < count; i += 1) {
      database.write(() => {
        audit.record('draftAdded', { id: `d${i}` });
        return succeed(undefined);
      });
    }
  }

  it('goes on from where it stopped and holds', () => {
    record(3);
    record(2);
    expect(findAuditBreak(database)).toBeUndefined();
    expect(database.handle.prepare('SELECT count(*) FROM audit').pluck().get()).toBe(5);
  });

  it('cannot be changed, and shows it where somebody did so past the triggers', () => {
    record(4);
    expect(() => database.handle.exec('DELETE FROM audit')).toThrow(/append only/);
    expect(() => database.handle.exec("UPDATE audit SET user = 'x'")).toThrow(/append only/);
    expect(() =>
      database.handle.exec(
        `INSERT INTO audit VALUES (9, 't', 'u', 'sync', '{}', '', '${hash('a')}')`,
      ),
    ).toThrow(/chain/);
    database.handle.exec('DROP TRIGGER audit_is_fixed');
    database.handle.exec("UPDATE audit SET detail = '{}' WHERE seq = 3");
    expect(findAuditBreak(database)).toBe(3);
  });

  it('shows a row cut out', () => {
    record(4);
    database.handle.exec('DROP TRIGGER audit_is_kept; DELETE FROM audit WHERE seq = 2');
    expect(findAuditBreak(database)).toBe(3);
  });

  it('is written with the work it records or not at all', () => {
    const { audit } = contextOf(database);
    expect(() => {
      audit.record('sync', {});
    }).toThrow(/outside a transaction/);
  });
});
