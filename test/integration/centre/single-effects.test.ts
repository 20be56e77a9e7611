import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AcceptingCentre, ACTIVE, UNIT } from './accepting-centre.ts';
import type { RawClient } from './raw-client.ts';
import { readChain } from './receipt-chain.ts';
import {
  findPeople,
  findPerson,
  missedItem,
  orderOf,
  reductionItem,
  shortfallItem,
} from './sample-entries.ts';
import { sampleItem, sampleOrder } from './sample-order.ts';

/** What single orders do at once, with the receipt, and the amounts by hand (manual 七-九, domain rules). */
const PER_EMPLOYEE = '9900005000';
const accepting = new AcceptingCentre();
let perEmployee: RawClient;

beforeAll(async () => {
  await accepting.start('--review-seconds', '0.4');
  perEmployee = await accepting.signIn(PER_EMPLOYEE);
});
afterAll(() => accepting.remove());

describe('single 职工减少', () => {
  test('正常 becomes 停缴 at once, the amounts are those of the roster, the next sync brings it', async () => {
    const people = [accepting.takeActive(), accepting.takeActive()];
    const have = await accepting.versionNow();
    const order = orderOf(
      'reduction',
      people.map((person) => reductionItem(person)),
    );
    const { receipt, oid } = await accepting.send(order);
    const fen = people.reduce((sum, { unitFen, personalFen }) => sum + unitFen + personalFen, 0);
    expect([receipt.code, receipt.count, receipt.fen]).toEqual(['000000', 2, fen]);
    const found = await accepting.resultsOf(oid);
    expect(found.map(({ state, businessMonth }) => [state, businessMonth])).toEqual([
      ['succeeded', 202612],
      ['succeeded', 202612],
    ]);
    expect(found.map(({ personalAccount }) => personalAccount)).toEqual(
      people.map(({ account }) => account),
    );
    expect(await accepting.versionNow()).toBe(have + 1);
    const rows = await accepting.delta(have);
    expect(rows.map(({ personalAccount, status }) => [personalAccount, status])).toEqual(
      people.map(({ account }) => [account, '02']),
    );
  });

  test('the same bytes again change nothing; a new order for the person is refused', async () => {
    const person = accepting.takeActive();
    const { bytes, receipt } = await accepting.send(orderOf('reduction', [reductionItem(person)]));
    const version = await accepting.versionNow();
    const again = await accepting.client.sendSigned(bytes);
    expect([
      again.code,
      again.dup,
      accepting.client.readReceipt(again.receipt).receipt.rno,
    ]).toEqual([...['000000', true, receipt.rno]]);
    expect(await accepting.versionNow()).toBe(version);
    const repeat = await accepting.send(orderOf('reduction', [reductionItem(person)]));
    expect(repeat.receipt.items?.map(({ code }) => code)).toEqual(['ACCOUNT_STOPPED']);
  });

  test('one fund of a person ends, the other goes on', async () => {
    const subsidised = findPerson(
      accepting.centre,
      UNIT,
      `status = '01' AND fund_type = '11' AND personal_account IN
       (SELECT personal_account FROM employee WHERE unit = '${UNIT}' AND ${ACTIVE})`,
    );
    const { receipt } = await accepting.send(orderOf('reduction', [reductionItem(subsidised)]));
    expect(receipt.fen).toBe(subsidised.unitFen);
    const main = { ...subsidised, fund: '10' } as const;
    expect([accepting.rowOf(subsidised).status, accepting.rowOf(main).status]).toEqual([
      '02',
      '01',
    ]);
  });

  test('who was reduced may be registered again and keeps the account', async () => {
    const person = accepting.takeActive();
    expect(
      (await accepting.send(orderOf('reduction', [reductionItem(person)]))).receipt.state,
    ).toBe('applied');
    const { name, idNumber } = person;
    const { oid } = await accepting.send({ ...sampleOrder([sampleItem(1, { name, idNumber })]) });
    const [result] = await accepting.settled(oid);
    expect([result?.state, result?.personalAccount]).toEqual(['succeeded', person.account]);
    const row = accepting.rowOf(person);
    expect([row.status, row.paid]).toEqual(['01', person.paid]);
  });
});

describe('single 漏缴补缴', () => {
  test('50,000 at 12 % from 2026-05 to 2026-08 is 19,640.00 each part; the months are paid from then on', async () => {
    const person = accepting.takeStopped();
    const have = await accepting.versionNow();
    const { receipt, oid } = await accepting.send(orderOf('missedBackPay', [missedItem(person)]));
    expect([receipt.code, receipt.fen]).toEqual(['000000', 3_928_000]);
    expect((await accepting.resultsOf(oid)).map(({ state }) => state)).toEqual(['succeeded']);
    const [row] = await accepting.delta(have);
    expect(row?.paid.at(-1)).toEqual([202605, 202608]);
    expect([row?.status, row?.base]).toEqual(['02', (await accepting.delta(have))[0]?.base]);
    const again = await accepting.send(orderOf('missedBackPay', [missedItem(person)]));
    expect(again.receipt.items?.map(({ msg }) => msg)).toEqual([
      '存在重复补缴的年月：202605、202606、202607、202608',
    ]);
  });

  test('a gap that is filled joins its neighbours', async () => {
    const third = findPerson(
      accepting.centre,
      UNIT,
      "personal_account LIKE '%0000003' AND fund_type = '10'",
    );
    const ranges = JSON.parse(third.paid) as [number, number][];
    const parts = { unitFen: 3 * 96_000, personalFen: 3 * 96_000 };
    const item = missedItem(third, { from: 202607, to: 202609, wage: 800_000, ...parts });
    expect((await accepting.send(orderOf('missedBackPay', [item]))).receipt.state).toBe('applied');
    expect(JSON.parse(accepting.rowOf(third).paid)).toEqual([[ranges[0]?.[0], 202611]]);
  });

  test('hand-computed: under the lowest base, and two spans of one person in one order', async () => {
    const person = accepting.takeStopped();
    const june = missedItem(person, {
      // 1,000.00 counts as 2,490.00 in June (298.8 -> 299) and as 2,660.00 in July (319.2 -> 319)
      ...{ from: 202606, to: 202607, wage: 100_000, unitFen: 61_800, personalFen: 61_800 },
    });
    const september = missedItem(person, {
      // 12,345.50 x 12 % = 1,481.46 -> 1,481
      ...{ from: 202609, to: 202609, wage: 1_234_550, unitFen: 148_100, personalFen: 148_100 },
    });
    const { receipt } = await accepting.send(orderOf('missedBackPay', [june, september]));
    expect([receipt.state, receipt.fen]).toEqual(['applied', 419_800]);
    const paid = JSON.parse(accepting.rowOf(person).paid) as [number, number][];
    expect(paid.slice(-2)).toEqual([
      [202606, 202607],
      [202609, 202609],
    ]);
  });

  test.each([
    [375_417, 5, 18_800],
    [1_015_000, 5, 50_800],
    [266_000, 5, 13_300],
    [4_215_100, 12, 505_800],
    [436_667, 12, 52_400],
    [436_750, 12, 52_400],
  ])('%i fen at %i %% is %i fen a part (domain 2)', async (wage, ratio, fen) => {
    const where = "fund_type = '10' AND status = '02' AND json_extract(paid, '$[#-1][1]') < 202607";
    const people = findPeople(accepting.centre, PER_EMPLOYEE, where);
    const person = people[wage % people.length];
    if (!person) throw new Error('nobody');
    const ratios = { unitRatio: ratio, personalRatio: ratio };
    const item = missedItem(person, {
      ...{ from: 202611, to: 202611, wage, unitFen: fen, personalFen: fen, ...ratios },
    });
    const { receipt } = await accepting.send(orderOf('missedBackPay', [item]), perEmployee);
    expect([receipt.state, receipt.fen, receipt.items]).toEqual(['applied', 2 * fen, undefined]);
  });

  test('fund 11: one ratio, one part', async () => {
    const where = "fund_type = '11' AND status = '02' AND json_extract(paid, '$[#-1][1]') < 202610";
    const person = findPerson(accepting.centre, UNIT, where);
    const item = missedItem(person, {
      ...{ from: 202610, to: 202611, wage: 1_234_550, personalRatio: 0 },
      ...{ unitFen: 2 * 148_100, personalFen: 0 },
    });
    const { receipt } = await accepting.send(orderOf('missedBackPay', [item]));
    expect([receipt.state, receipt.fen]).toEqual(['applied', 296_200]);
  });
});

describe('single 少缴补缴', () => {
  test('per month the difference of the rounded amounts; no field of the roster changes; it may come again', async () => {
    const person = accepting.takeActive();
    const version = await accepting.versionNow();
    for (let times = 0; times < 2; times += 1) {
      const { receipt, oid } = await accepting.send(
        orderOf('shortfallBackPay', [shortfallItem(person)]),
      );
      expect([receipt.state, receipt.fen]).toEqual(['applied', 524_000]);
      expect((await accepting.resultsOf(oid)).map(({ state }) => state)).toEqual(['succeeded']);
    }
    expect(await accepting.versionNow()).toBe(version);
    expect(accepting.rowOf(person)).toEqual(person);
  });

  test('another ratio, and a month without a difference between others', async () => {
    const [person, other] = [accepting.takeActive(), accepting.takeActive()];
    const byRatio = shortfallItem(person, {
      // 8,000.00: 12 % 960 less 8 % 640
      ...{ from: 202601, to: 202602, paidWage: 800_000, dueWage: 800_000, paidRatio: 8 },
      ...{ unitFen: 64_000, personalFen: 64_000 },
    });
    const clamped = shortfallItem(other, {
      // both clamped to 39,687.00 in June; 4,800 and 5,058 in July
      ...{ paidWage: 4_000_000, dueWage: 5_000_000, unitFen: 25_800, personalFen: 25_800 },
    });
    const { receipt } = await accepting.send(orderOf('shortfallBackPay', [byRatio, clamped]));
    expect([receipt.items, receipt.fen]).toEqual([undefined, 2 * (64_000 + 25_800)]);
  });
});

test('one chain of receipts holds all kinds, each with the business order’s own 业务流水号', async () => {
  const chain = await readChain(accepting.client, 7);
  const applied = chain.filter(({ state }) => state === 'applied');
  expect(new Set(applied.map(({ kind }) => kind)).size).toBe(4);
  expect(new Set(applied.map(({ serialNumber }) => serialNumber)).size).toBe(applied.length);
});
