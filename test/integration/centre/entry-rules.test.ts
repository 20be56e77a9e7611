import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PRACTICE_READER } from '../../../electron/demo/people/units.ts';
import { submitTransactions } from '../../../shared/wire/orders.ts';
import type {
  MissedBackPayItem,
  Receipt,
  ReductionItem,
  ShortfallBackPayItem,
} from '../../../shared/wire/orders.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { CentreProcess } from './centre-process.ts';
import { makeSigner, RawClient } from './raw-client.ts';
import { readChain } from './receipt-chain.ts';
import {
  findPeople,
  findPerson,
  missedItem,
  orderOf,
  type Person,
  reductionItem,
  shortfallItem,
  STOPPED_EARLY,
} from './sample-entries.ts';
import { sampleItem, sampleOrder } from './sample-order.ts';

/** 减少, 漏缴 and 少缴 by a client with the right key that lies: what the centre finds out by itself. */
const UNIFORM_12 = '9900000500';
const UNIFORM_8 = '9900000030';
const PER_EMPLOYEE = '9900005000';
const ACTIVE = "fund_type = '10' AND status = '01'";
const centre = new CentreProcess();
const clients = new Map<string, RawClient>();

async function signIn(unit: string): Promise<RawClient> {
  const client = new RawClient(centre, unit, await makeSigner(centre, unit));
  await client.signIn();
  clients.set(unit, client);
  return client;
}

let active: Person;
let stopped: Person;

beforeAll(async () => {
  await centre.start('--batch-seconds', '600');
  for (const unit of [UNIFORM_12, UNIFORM_8, PER_EMPLOYEE]) await signIn(unit);
  active = findPerson(centre, UNIFORM_12, ACTIVE);
  stopped = findPerson(centre, UNIFORM_12, STOPPED_EARLY);
});
afterAll(async () => {
  for (const client of clients.values()) client.close();
  await centre.remove();
});

function clientOf(unit: string): RawClient {
  const client = clients.get(unit);
  if (!client) throw new Error(`not signed in for ${unit}`);
  return client;
}

/** Everything an order could have changed, but for serials and receipts. */
function readBooks(): unknown {
  const db = new Database(join(centre.folder, 'centre', 'centre.db'), { readonly: true });
  const books = ['ledger', 'item'].map((table) =>
    db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
  );
  const rosters = db.prepare('SELECT account, roster_version FROM unit ORDER BY 1').raw().all();
  db.close();
  return [books, rosters];
}

async function send(unit: string, kind: EntryKind, order: unknown): Promise<Receipt> {
  const client = clientOf(unit);
  const ids = { sn: client.nextSerial(), oid: randomUUID() };
  const answer = await client.sendSigned(client.signed(submitTransactions[kind], order, ids));
  const { receipt } = client.readReceipt(answer.receipt);
  expect([receipt.code, receipt.kind]).toEqual([answer.code, kind]);
  return receipt;
}

/** `seq field code` of every refusal. */
const found = ({ items = [] }: Receipt) =>
  items.map(({ seq, field, code }) => `${seq} ${field} ${code}`);

/** The order is refused for exactly this, with Chinese words, and nothing but its receipt is written. */
async function expectRefused(unit: string, order: ReturnType<typeof orderOf>, issues: string[]) {
  const before = readBooks();
  const receipt = await send(unit, order.kind, order);
  expect([receipt.state, receipt.code, receipt.count, receipt.fen, receipt.serialNumber]).toEqual([
    ...['rejected', 'WLB401', 0, 0, ''],
  ]);
  expect(found(receipt)).toEqual(issues);
  expect(receipt.items?.every(({ msg }) => /[一-鿿]/.test(msg))).toBe(true);
  expect(readBooks()).toEqual(before);
  return receipt;
}

const STRANGER = '990090000001';

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
    await expectRefused(UNIFORM_12, orderOf('reduction', [{ ...item, ...lies }]), issues);
  });

  test('停缴 already: the message names the account (manual 七.2)', async () => {
    const order = orderOf('reduction', [reductionItem(stopped)]);
    const receipt = await expectRefused(UNIFORM_12, order, ['1 personalAccount ACCOUNT_STOPPED']);
    expect(receipt.items?.[0]?.msg).toContain(stopped.account);
  });

  test('the same person twice in one order, told with the earlier one (manual 七.1)', async () => {
    const other = findPeople(centre, UNIFORM_12, ACTIVE)[1];
    if (!other) throw new Error('no second person');
    const items = [reductionItem(active), reductionItem(other), reductionItem(active)];
    const receipt = await expectRefused(UNIFORM_12, orderOf('reduction', items), [
      '3 personalAccount DUPLICATE_IN_QUEUE',
    ]);
    expect(receipt.items?.[0]?.msg).toContain('第1条');
  });

  test('a fund the person has no account under, and one the unit has not', async () => {
    const single = findPerson(
      centre,
      UNIFORM_12,
      `${ACTIVE} AND personal_account NOT IN
       (SELECT personal_account FROM employee WHERE unit = '${UNIFORM_12}' AND fund_type = '11')`,
    );
    const item = reductionItem(single, { fundType: '11' });
    await expectRefused(UNIFORM_12, orderOf('reduction', [item]), [
      '1 personalAccount ACCOUNT_OTHER_FUND',
    ]);
    const neighbour = findPerson(centre, UNIFORM_8, ACTIVE);
    const foreign = reductionItem(neighbour, { fundType: '11' });
    await expectRefused(UNIFORM_8, orderOf('reduction', [foreign]), [
      '1 fundType FUND_TYPE_UNKNOWN',
    ]);
  });
});

describe('漏缴补缴', () => {
  const cases: [string, Partial<MissedBackPayItem>, string[]][] = [
    ['an account nobody has', { personalAccount: STRANGER }, ['1 personalAccount ACCOUNT_UNKNOWN']],
    ['another name', { name: '李四' }, ['1 name PERSON_DIFFERS']],
    ['another number', { idNumber: '990100199001010012' }, ['1 idNumber PERSON_DIFFERS']],
    ['start after end', { from: 202608, to: 202605 }, ['1 to MONTH_ORDER']],
    ['the end is the month now filed', { to: 202612 }, ['1 to MONTH_NOT_PAST']],
    [
      'both are in the future',
      { from: 202701, to: 202702 },
      ['1 from MONTH_NOT_PAST', '1 to MONTH_NOT_PAST'],
    ],
    ['months before the first bounds known', { from: 200906, to: 200906 }, ['1 from POLICY_EARLY']],
    ['one fen too much', { unitFen: 1_964_001 }, ['1 unitFen AMOUNT_MISMATCH']],
    ['the personal part left out', { personalFen: 0 }, ['1 personalFen AMOUNT_MISMATCH']],
    [
      "today's bounds for all months (manual 十一(一)8)",
      { unitFen: 2_023_200, personalFen: 2_023_200 },
      ['1 unitFen AMOUNT_MISMATCH', '1 personalFen AMOUNT_MISMATCH'],
    ],
    [
      'the wage not clamped',
      { unitFen: 2_400_000, personalFen: 2_400_000 },
      ['1 unitFen AMOUNT_MISMATCH', '1 personalFen AMOUNT_MISMATCH'],
    ],
    ['no wage', { wage: 0 }, ['1 wage BASE_NOT_POSITIVE']],
    [
      'a personal ratio of its own',
      { personalRatio: 8, personalFen: 1_309_400 },
      ['1 personalRatio RATIO_NOT_ALLOWED'],
    ],
  ];
  test.each(cases)('%s', async (_, changes, issues) => {
    const order = orderOf('missedBackPay', [missedItem(stopped, changes)]);
    await expectRefused(UNIFORM_12, order, issues);
  });

  test('months that are paid are named, and only those (manual 八.1)', async () => {
    const third = findPerson(
      centre,
      UNIFORM_12,
      "personal_account LIKE '%0000003' AND fund_type = '10'",
    );
    const parts = { unitFen: 1_458_200, personalFen: 1_458_200 };
    const order = orderOf('missedBackPay', [missedItem(third, { to: 202607, ...parts })]);
    const receipt = await expectRefused(UNIFORM_12, order, ['1 from MONTHS_REPEATED']);
    expect(receipt.items?.[0]?.msg).toBe('存在重复补缴的年月：202605、202606');
  });

  test('months that overlap within one order', async () => {
    const later = missedItem(stopped, {
      from: 202608,
      to: 202609,
      unitFen: 1_011_600,
      personalFen: 1_011_600,
    });
    const receipt = await expectRefused(
      UNIFORM_12,
      orderOf('missedBackPay', [missedItem(stopped), later]),
      ['2 from MONTHS_REPEATED'],
    );
    expect(receipt.items?.[0]?.msg).toBe('存在重复补缴的年月（与第1条）：202608');
  });

  test('ratios: per employee 5-12, uniform at 12 % 8-12, uniform at 8 % 8-12 (manual 十一(一)11)', async () => {
    const amounts: Record<number, number> = {
      4: 10_640,
      5: 13_300,
      7: 18_600,
      8: 21_300,
      12: 31_900,
      13: 34_600,
    };
    const at = (person: Person, ratio: number) =>
      missedItem(person, {
        ...{ from: 202607, to: 202607, wage: 266_000, unitRatio: ratio, personalRatio: ratio },
        ...{ unitFen: amounts[ratio] ?? 0, personalFen: amounts[ratio] ?? 0 },
      });
    const refused: [string, number][] = [
      [UNIFORM_12, 7],
      [UNIFORM_12, 13],
      [UNIFORM_8, 7],
      [PER_EMPLOYEE, 4],
      [PER_EMPLOYEE, 13],
    ];
    for (const [unit, ratio] of refused) {
      const person = findPerson(centre, unit, "status = '02' AND fund_type = '10'");
      const receipt = await send(
        unit,
        'missedBackPay',
        orderOf('missedBackPay', [at(person, ratio)]),
      );
      expect(found(receipt)).toContain('1 unitRatio RATIO_NOT_ALLOWED');
    }
    const accepted: [string, number][] = [
      [UNIFORM_12, 8],
      [PER_EMPLOYEE, 5],
      [PER_EMPLOYEE, 12],
    ];
    for (const [unit, ratio] of accepted) {
      const where =
        "status = '02' AND fund_type = '10' AND json_extract(paid, '$[#-1][1]') < 202607";
      const person = findPeople(centre, unit, where).at(-1);
      if (!person) throw new Error('nobody');
      const order = orderOf('missedBackPay', [at(person, ratio)]);
      const receipt = await send(unit, 'missedBackPay', order);
      expect([receipt.state, found(receipt)]).toEqual(['applied', []]);
    }
  });

  test('fund 11 has no personal part and 1 to 25 %', async () => {
    const person = findPerson(centre, UNIFORM_12, "fund_type = '11' AND status = '02'");
    const shared = missedItem(person, {
      from: 202611,
      to: 202611,
      unitFen: 505_800,
      personalFen: 505_800,
    });
    await expectRefused(UNIFORM_12, orderOf('missedBackPay', [shared]), [
      '1 personalRatio RATIO_NOT_ALLOWED',
    ]);
    const over = { ...shared, unitRatio: 26, personalRatio: 0, unitFen: 1_095_900, personalFen: 0 };
    await expectRefused(UNIFORM_12, orderOf('missedBackPay', [over]), [
      '1 unitRatio RATIO_NOT_ALLOWED',
    ]);
  });
});

describe('少缴补缴', () => {
  const cases: [string, Partial<ShortfallBackPayItem>, string[]][] = [
    ['an account nobody has', { personalAccount: STRANGER }, ['1 personalAccount ACCOUNT_UNKNOWN']],
    ['another name', { name: '李四' }, ['1 name PERSON_DIFFERS']],
    ['another number', { idNumber: '990100199001010012' }, ['1 idNumber PERSON_DIFFERS']],
    ['start after end', { from: 202607, to: 202606 }, ['1 to MONTH_ORDER']],
    ['the end is the month now filed', { to: 202612 }, ['1 to MONTH_NOT_PAST']],
    ['months before the first bounds known', { from: 200906 }, ['1 from POLICY_EARLY']],
    ['one fen too little', { unitFen: 261_999 }, ['1 unitFen AMOUNT_MISMATCH']],
    ['the personal part doubled', { personalFen: 524_000 }, ['1 personalFen AMOUNT_MISMATCH']],
    ['no paid wage', { paidWage: 0 }, ['1 paidWage BASE_NOT_POSITIVE']],
    ['no due wage', { dueWage: 0 }, ['1 dueWage BASE_NOT_POSITIVE']],
    [
      'a due ratio over the range',
      { dueRatio: 13 },
      [
        '1 dueRatio RATIO_NOT_ALLOWED',
        '1 unitFen AMOUNT_MISMATCH',
        '1 personalFen AMOUNT_MISMATCH',
      ],
    ],
    [
      'a paid ratio under the range',
      { paidRatio: 7 },
      [
        '1 paidRatio RATIO_NOT_ALLOWED',
        '1 unitFen AMOUNT_MISMATCH',
        '1 personalFen AMOUNT_MISMATCH',
      ],
    ],
    [
      'a difference that rounding takes away: 4,366.67 and 4,367.49 are both 524',
      { paidWage: 436_667, dueWage: 436_749, unitFen: 0, personalFen: 0 },
      ['1 dueWage AMOUNT_NOT_POSITIVE'],
    ],
    [
      'more paid than due',
      { paidWage: 5_000_000, dueWage: 3_000_000, unitFen: -262_000, personalFen: -262_000 },
      ['1 dueWage AMOUNT_NOT_POSITIVE'],
    ],
    [
      'a month overpaid and set off against others: 4,366 < 4,560 in June, 4,637 from July',
      {
        ...{ from: 202606, to: 202609, paidWage: 3_800_000, dueWage: 5_000_000 },
        ...{ dueRatio: 11, unitFen: 3_700, personalFen: 3_700 },
      },
      ['1 dueWage AMOUNT_NOT_POSITIVE'],
    ],
  ];
  test.each(cases)('%s', async (_, changes, issues) => {
    const order = orderOf('shortfallBackPay', [shortfallItem(active, changes)]);
    await expectRefused(UNIFORM_12, order, issues);
  });

  test('months that overlap within one order (manual 九.1)', async () => {
    const again = shortfallItem(active, {
      from: 202607,
      to: 202607,
      unitFen: 145_800,
      personalFen: 145_800,
    });
    const receipt = await expectRefused(
      UNIFORM_12,
      orderOf('shortfallBackPay', [shortfallItem(active), again]),
      ['2 from MONTHS_REPEATED'],
    );
    expect(receipt.items?.[0]?.msg).toBe('存在重复补缴的年月（与第1条）：202607');
  });
});

describe('every kind alike', () => {
  const orders = (): ReturnType<typeof orderOf>[] => [
    { ...sampleOrder([sampleItem(7)]) },
    orderOf('reduction', [reductionItem(active)]),
    orderOf('missedBackPay', [missedItem(stopped)]),
    orderOf('shortfallBackPay', [shortfallItem(active)]),
  ];

  test('totals, parameter version and business month are the order’s to get right', async () => {
    const client = clientOf(UNIFORM_12);
    for (const order of orders()) {
      const { fen } = order.totals;
      const before = readBooks();
      const wrong = await send(UNIFORM_12, order.kind, {
        ...order,
        totals: { count: 2, fen: fen + 1 },
      });
      expect([wrong.code, found(wrong)]).toEqual([
        'WLB402',
        ['1 totals.count TOTALS_MISMATCH', '1 totals.fen TOTALS_MISMATCH'],
      ]);
      const ids = { sn: client.nextSerial(), oid: randomUUID(), prm: client.prm + 1 };
      const old = await client.sendSigned(
        client.signed(submitTransactions[order.kind], order, ids),
      );
      expect(old.code).toBe('WLB403');
      const late = await send(UNIFORM_12, order.kind, { ...order, businessMonth: 202611 });
      expect(found(late)).toEqual(['1 businessMonth PARAMETERS_CHANGED']);
      expect(readBooks()).toEqual(before);
    }
  });

  test('an order under the transaction of another kind, or no order at all, takes no serial', async () => {
    const client = clientOf(UNIFORM_12);
    const [registration, reduction, missed, shortfall] = orders();
    const wrong = [
      ['WL1001', reduction],
      ['WL1002', registration],
      ['WL1003', shortfall],
      ['WL1004', missed],
      ['WL1002', orderOf('reduction', [{ ...reductionItem(active), ...{ extra: 1 } }])],
      ['WL1003', orderOf('missedBackPay', [missedItem(stopped, { from: 202613 })])],
      ['WL1004', orderOf('shortfallBackPay', [])],
    ] as const;
    for (const [tx, order] of wrong) {
      const sn = client.nextSerial();
      const answer = await client.sendSigned(client.signed(tx, order, { sn, oid: randomUUID() }));
      expect([answer.code, answer.receipt]).toEqual(['WLP203', undefined]);
      expect((await client.ask('WL2001', { refSn: sn })).body).toEqual({ state: 'unknown' });
    }
  });

  test('user 0002 may look, and submit nothing', async () => {
    const reader = new RawClient(centre, UNIFORM_12, clientOf(UNIFORM_12).signer, PRACTICE_READER);
    const { rights } = await reader.signIn();
    for (const order of orders()) {
      const tx = submitTransactions[order.kind];
      expect(rights).not.toContain(tx);
      const ids = { sn: reader.nextSerial(), oid: randomUUID() };
      const answer = await reader.sendSigned(reader.signed(tx, order, ids));
      expect([answer.code, answer.receipt]).toEqual(['WLA103', undefined]);
    }
    reader.close();
  });

  test('after all of this the chain of receipts is whole', async () => {
    for (const client of clients.values()) {
      const chain = await readChain(client);
      const last = chain.at(-1);
      expect((await client.signIn()).receiptLast.rno).toBe(last?.rno);
      expect(new Set(chain.map(({ sn }) => sn)).size).toBe(chain.length);
    }
  });
});

describe('outside the filing hours', () => {
  const closed: [string, string, string][] = [
    ['in the evening', '2026-11-25T16:30:00+08:00', UNIFORM_12],
    ['on the 19th when the 20th is a Sunday', '2026-12-19T10:00:00+08:00', UNIFORM_12],
  ];
  test.each(closed)('%s every kind is refused with a receipt', async (_, now, unit) => {
    const other = await new CentreProcess().start('--now', now);
    const client = new RawClient(other, unit, await makeSigner(other, unit));
    await client.signIn();
    const businessMonth = client.opened?.businessMonth;
    const person = findPerson(other, unit, ACTIVE);
    const orders = [
      { ...sampleOrder([sampleItem(7)]) },
      orderOf('reduction', [reductionItem(person)]),
      orderOf('missedBackPay', [missedItem(findPerson(other, unit, STOPPED_EARLY))]),
      orderOf('shortfallBackPay', [shortfallItem(person)]),
    ];
    for (const order of orders) {
      const ids = { sn: client.nextSerial(), oid: randomUUID() };
      const body = { ...order, businessMonth };
      const answer = await client.sendSigned(
        client.signed(submitTransactions[order.kind], body, ids),
      );
      const { receipt } = client.readReceipt(answer.receipt);
      expect([receipt.code, receipt.state, receipt.kind]).toEqual([
        'WLB404',
        'rejected',
        order.kind,
      ]);
    }
    expect((await readChain(client)).length).toBe(4);
    client.close();
    await other.remove();
  });
});
