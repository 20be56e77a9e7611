import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../../electron/data/db/migrations/list.ts';
import { openUnitDatabase } from '../../../electron/data/db/open.ts';
import { OrderStories } from '../../../electron/data/orders/story.ts';
import { KEY, makeFolder, openUnit, UNIT } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

const MIGRATIONS_BEFORE = 3;
const OID = '01990000-0000-7000-8000-000000000001';
const hash = (digit: string) => digit.repeat(64);
const time = (minute: number) => `2026-11-25T02:0${minute}:00.000Z`;

let folder: TemporaryFolder;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => {
  folder.remove();
});

it('gives orders of before the steps their rows prove, and lets none of them be changed', () => {
  const opened = openUnitDatabase({
    folder: folder.path,
    unitAccount: UNIT,
    databaseKey: KEY,
    clientVersion: '0.0.0',
    migrations: migrations.slice(0, MIGRATIONS_BEFORE),
  });
  if (!opened.ok) throw new Error(opened.detail);
  opened.value.handle.exec(`BEGIN;
    INSERT INTO receipt VALUES (1, '', '${hash('a')}', '${OID}', '9900000000000001', '${hash('d')}',
      'applied', x'01', '${time(3)}', '${time(3)}');
    INSERT INTO orders (oid, kind, origin, business_month, parameter_version, count, fen, user, sn,
      state, created_at, sent_at, settled_at, receipt_rno, serial_number)
    VALUES ('${OID}', 'registration', 'single', 202612, 1, 1, 96000, 'clerk01', '9900000000000001',
      'applied', '${time(0)}', '${time(1)}', '${time(3)}', 1, '2026112500000001');
    INSERT INTO submission (sn, oid, content, signed, digest, state, attempts, created_at, signed_at,
      sent_at, last_sent_at, settled_at)
    VALUES ('9900000000000001', '${OID}', x'02', x'0304', '${hash('d')}', 'applied', 2, '${time(0)}',
      '${time(1)}', '${time(1)}', '${time(2)}', '${time(3)}');
    COMMIT;`);
  opened.value.close();

  const database = openUnit(folder.path);
  const story = new OrderStories(database).read(OID);
  if (!story.ok) throw new Error(story.code);
  expect(story.value.steps.map(({ event, at, attempt }) => [event, at, attempt])).toEqual([
    ['confirmed', time(0), 0],
    ['signed', time(1), 0],
    ['sending', time(1), 1],
    ['sending', time(2), 2],
    ['receipt', time(3), 0],
  ]);
  expect(story.value.submissions).toMatchObject([{ bytes: 2, attempts: 2, digest: hash('d') }]);
  expect(story.value.receipt).toMatchObject({ number: 1, hash: hash('a') });
  expect(() => database.handle.exec("UPDATE order_event SET words = 'x'")).toThrow(/append only/);
  expect(() => database.handle.exec('DELETE FROM order_event')).toThrow(/append only/);
  database.close();
});
