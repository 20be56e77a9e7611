import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReductionItem } from '../../../shared/wire/orders.ts';
import {
  ACTIVE,
  DoctoredCentre,
  PER_EMPLOYEE,
  STRANGER,
  UNIFORM_12,
  UNIFORM_8,
} from './doctored-centre.ts';
import {
  findPeople,
  findPerson,
  orderOf,
  type Person,
  reductionItem,
  STOPPED_EARLY,
} from './sample-entries.ts';

/** 职工减少 by a client with the right key that lies: what the centre finds out by itself (manual 七). */
const doctored = new DoctoredCentre();
let active: Person;
let stopped: Person;

beforeAll(async () => {
  await doctored.start([UNIFORM_12, UNIFORM_8, PER_EMPLOYEE], '--batch-seconds', '600');
  active = findPerson(doctored.centre, UNIFORM_12, ACTIVE);
  stopped = findPerson(doctored.centre, UNIFORM_12, STOPPED_EARLY);
});
afterAll(() => doctored.remove());

describe('职工减少', () => {
  const cases: [string, Partial<ReductionItem>, string[]][] = [
    ['an account nobody has', { personalAccount: STRANGER }, ['1 personalAccount ACCOUNT_UNKNOWN']],
    [
      'an account of another unit',
      { personalAccount: '990030000001' },
      ['1 personalAccount ACCOUNT_UNKNOWN'],
    ],
    ['a reason not in the table', { reason: '10' }, ['1 reason REASON_UNKNOWN']],
    ['one fen less for the unit', { unitFen: -1 }, ['1 unitFen AMOUNT_MISMATCH']],
    ['one fen less for the person', { personalFen: -1 }, ['1 personalFen AMOUNT_MISMATCH']],
    ['another name', { name: '李四' }, ['1 name PERSON_DIFFERS']],
    ['another number', { idNumber: '990100199001010012' }, ['1 idNumber PERSON_DIFFERS']],
  ];
  test.each(cases)('%s', async (_, changes, issues) => {
    const item = reductionItem(active);
    const lies = {
      ...changes,
      ...('unitFen' in changes ? { unitFen: item.unitFen - 1 } : {}),
      ...('personalFen' in changes ? { personalFen: item.personalFen - 1 } : {}),
    };
    await doctored.expectRefused(UNIFORM_12, orderOf('reduction', [{ ...item, ...lies }]), issues);
  });

  test('停缴 already: the message names the account (manual 七.2)', async () => {
    const order = orderOf('reduction', [reductionItem(stopped)]);
    const receipt = await doctored.expectRefused(UNIFORM_12, order, [
      '1 personalAccount ACCOUNT_STOPPED',
    ]);
    expect(receipt.items?.[0]?.msg).toContain(stopped.account);
  });

  test.each([
    ['03', 'ACCOUNT_CLOSED'],
    ['05', 'ACCOUNT_CLOSED'],
    ['06', 'ACCOUNT_COUNTER'],
    ['99', 'ACCOUNT_COUNTER'],
  ])('an account in state %s', async (status, code) => {
    const person = findPeople(doctored.centre, UNIFORM_12, ACTIVE)[5];
    if (!person) throw new Error('too few people');
    const set = setStatus(doctored.centre.folder, person.account);
    set(status);
    const order = orderOf('reduction', [reductionItem(person)]);
    await doctored.expectRefused(UNIFORM_12, order, [`1 personalAccount ${code}`]);
    set('01');
  });

  test('the same person twice in one order, told with the earlier one (manual 七.1)', async () => {
    const other = findPeople(doctored.centre, UNIFORM_12, ACTIVE)[1];
    if (!other) throw new Error('no second person');
    const items = [reductionItem(active), reductionItem(other), reductionItem(active)];
    const receipt = await doctored.expectRefused(UNIFORM_12, orderOf('reduction', items), [
      '3 personalAccount DUPLICATE_IN_QUEUE',
    ]);
    expect(receipt.items?.[0]?.msg).toContain('第1条');
  });

  test('a fund the person has no account under, and one the unit has not', async () => {
    const single = findPerson(
      doctored.centre,
      UNIFORM_12,
      `${ACTIVE} AND personal_account NOT IN
       (SELECT personal_account FROM employee WHERE unit = '${UNIFORM_12}' AND fund_type = '11')`,
    );
    const item = reductionItem(single, { fundType: '11' });
    await doctored.expectRefused(UNIFORM_12, orderOf('reduction', [item]), [
      '1 personalAccount ACCOUNT_OTHER_FUND',
    ]);
    const neighbour = findPerson(doctored.centre, UNIFORM_8, ACTIVE);
    const foreign = reductionItem(neighbour, { fundType: '11' });
    await doctored.expectRefused(UNIFORM_8, orderOf('reduction', [foreign]), [
      '1 fundType FUND_TYPE_UNKNOWN',
    ]);
  });
});

/** Writes into the centre's books what its counter would have done. */
function setStatus(folder: string, account: string): (status: string) => void {
  return (status) => {
    const db = new Database(join(folder, 'centre', 'centre.db'));
    db.prepare('UPDATE employee SET status = ? WHERE personal_account = ?').run(status, account);
    db.close();
  };
}
