import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { proveMonthFigure } from '../../../electron/data/channel/proof.ts';
import { X509Certificate } from 'node:crypto';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { type Clerk, makePerson, valueOf } from './clerk.ts';
import { UNIT } from './demo-centre.ts';
import {
  compare,
  dayOf,
  file,
  linesOf,
  MonthBooks,
  MonthKeys,
  reductionOf,
  shortfallOf,
} from './month-books.ts';

const keys = new MonthKeys();
let books: MonthBooks;
beforeAll(async () => {
  await keys.make();
});
afterAll(() => {
  keys.remove();
});
beforeEach(() => {
  books = new MonthBooks(keys);
});
afterEach(async () => {
  await books.stop();
});

function known(row: RosterRow | undefined): RosterRow {
  if (!row) throw new Error('nobody is left');
  return row;
}

describe('a figure', () => {
  let clerk: Clerk;
  let people: RosterRow[];
  beforeEach(async () => {
    await books.start(dayOf(202611, 3));
    clerk = await books.computer('here');
    people = await clerk.people();
  });
  afterEach(async () => {
    await clerk.close();
  });
  const person = (at: number) => known(people[at + 6]);

  test('is kept as the centre signed it, and read without the centre', async () => {
    await file(clerk, makePerson(), reductionOf(person(1)));
    books.passReview();
    const view = await compare(clerk, 202611);
    expect(view).toMatchObject({ verdict: 'equal', newer: 0 });
    expect(view.comparison).toMatchObject({ opening: 'unknown', undecided: 0 });
    const { last, registered, reduced, now } = view.comparison.funds[0]?.ours ?? {};
    expect([last?.heads, registered?.heads, reduced?.heads, now?.heads]).toEqual([
      ...[people.length, 1, 1, people.length],
    ]);
    await clerk.close();
    const offline = await books.computer('here');
    valueOf(await offline.host.handlers['session.signOut']({}));
    valueOf(await offline.signInOffline());
    const read = await offline.host.handlers['month.read']({ businessMonth: 202611 });
    expect(valueOf(read).view).toEqual(view);
    expect(await offline.host.handlers['month.compare']({ businessMonth: 202611 })).toMatchObject({
      ok: false,
    });
    clerk = offline;
    const { centreCaPem, centreName } = clerk.openRequest.gateway;
    const anchors = centreCaPem.map((pem) => new X509Certificate(pem));
    const bytes = readStoredFigure(clerk);
    expect(proveMonthFigure(bytes, { anchors, centreName })).toMatchObject({
      ok: true,
      value: { businessMonth: 202611, unit: UNIT },
    });
    bytes.writeUInt8((bytes[bytes.length - 300] ?? 0) ^ 1, bytes.length - 300);
    expect(proveMonthFigure(bytes, { anchors, centreName }).ok).toBe(false);
  });

  function readStoredFigure(of: Clerk): Buffer {
    const { folder, unitAccount, databaseKey } = of.openRequest;
    const db = new Database(`${folder}/${unitAccount}.db`);
    db.pragma(`cipher='sqlcipher'`);
    db.pragma(`key="x'${databaseKey}'"`);
    const bytes = db.prepare<[], Buffer>('SELECT bytes FROM month_figure').pluck().get();
    db.close();
    if (!bytes) throw new Error('no figure');
    return bytes;
  }

  test('of a month to come is refused', async () => {
    expect(await clerk.host.handlers['month.compare']({ businessMonth: 202701 })).toMatchObject({
      ok: false,
      code: 'MESSAGE_REFUSED',
    });
  });

  test('knows what another computer of the unit did by its receipts alone', async () => {
    const other = await books.computer('there');
    await file(other, makePerson(), reductionOf(person(2)));
    books.passReview();
    await other.close();
    const view = await compare(clerk, 202611);
    expect(view.verdict).toBe('explained');
    expect(view.comparison.found).toEqual({ differences: 0, elsewhere: 2, counter: 0 });
    expect(await linesOf(clerk, view)).toMatchObject(
      [
        { standing: 'elsewhere', about: 'reduction', personalAccount: person(2).personalAccount },
        { standing: 'elsewhere', about: 'registration', oid: '' },
      ].sort((a) => (a.about === 'reduction' ? -1 : 1)),
    );
  });

  const plants: {
    name: string;
    plant: (account: string) => void;
    line: Record<string, unknown>;
  }[] = [
    {
      name: 'an amount changed in the books, the roster saying nothing',
      plant: (account) => {
        books.run(
          'UPDATE employee SET unit_fen = unit_fen + 100 WHERE personal_account = ?',
          account,
        );
      },
      line: { standing: 'onlyCentre', about: 'counter' },
    },
    {
      name: 'an amount changed without a line in the history',
      plant: (account) => {
        books.dropTrigger('employee_changes');
        books.run('UPDATE employee SET base = base + 5 WHERE personal_account = ?', account);
      },
      line: { standing: 'differs', about: 'member' },
    },
    {
      name: 'somebody taken out without a line in the history',
      plant: (account) => {
        books.dropTrigger('employee_changes');
        books.run("UPDATE employee SET status = '02' WHERE personal_account = ?", account);
      },
      line: { standing: 'onlyHere', about: 'member', centre: null },
    },
    {
      name: 'an order’s line of other money',
      plant: (account) => {
        books.dropTrigger('member_change_for_ever');
        books.run(
          'UPDATE member_change SET unit_fen_before = unit_fen_before + 300 WHERE personal_account = ?',
          account,
        );
      },
      line: { standing: 'differs', about: 'reduction' },
    },
    {
      name: 'an order’s line that is not in the history',
      plant: (account) => {
        books.dropTrigger('member_change_kept');
        books.run('DELETE FROM member_change WHERE personal_account = ?', account);
      },
      line: { standing: 'onlyHere', about: 'reduction' },
    },
    {
      name: 'an order’s line in another month',
      plant: (account) => {
        books.dropTrigger('member_change_for_ever');
        books.run(
          'UPDATE member_change SET business_month = 202610 WHERE personal_account = ?',
          account,
        );
      },
      line: { standing: 'onlyHere', about: 'reduction' },
    },
    {
      name: 'a back-payment of other money',
      plant: (account) => {
        books.run(
          "UPDATE item SET unit_fen = unit_fen + 1 WHERE kind = 'shortfallBackPay' AND personal_account = ?",
          account,
        );
      },
      line: { standing: 'differs', about: 'shortfallBackPay' },
    },
  ];

  test.each(plants)('that is wrong is found and leads to the person: $name', async (planted) => {
    const { plant, line } = planted;
    const isPayment = line.about === 'shortfallBackPay';
    const target = person(3);
    const isOfOrder = line.about === 'reduction';
    await file(
      clerk,
      reductionOf(isOfOrder ? target : person(4)),
      shortfallOf(isPayment ? target : person(5), 202611),
      makePerson(),
    );
    books.passReview();
    expect((await compare(clerk, 202611)).verdict).toBe('equal');
    plant(target.personalAccount);
    const view = await compare(clerk, 202611);
    expect(view.verdict).toBe('differs');
    const lines = await linesOf(clerk, view);
    expect(lines[0]).toMatchObject({
      ...{ personalAccount: target.personalAccount, name: target.name, fundType: '10' },
      ...line,
    });
    expect(new Set(lines.map(({ personalAccount }) => personalAccount)).size).toBe(1);
    // an order of ours leads to its story
    expect(lines[0]?.oid !== '').toBe(isOfOrder || isPayment);
  });

  test('that does not go on from where the month before ended is found', async () => {
    const at = person(3).personalAccount;
    await compare(clerk, 202611);
    books.setClock(dayOf(202612, 3));
    valueOf(await clerk.signIn());
    expect((await compare(clerk, 202611)).currentMonth).toBe(202612);
    expect((await compare(clerk, 202612)).comparison.opening).toBe('same');
    books.dropTrigger('employee_changes');
    books.atCounter('unit_fen = unit_fen + 900', at);
    const view = await compare(clerk, 202612);
    expect(view).toMatchObject({ verdict: 'differs', comparison: { opening: 'moved' } });
  });
});
