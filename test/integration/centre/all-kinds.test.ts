import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PRACTICE_READER } from '../../../electron/demo/people/units.ts';
import { submitTransactions } from '../../../shared/wire/orders.ts';
import { CentreProcess } from './centre-process.ts';
import { makeSigner, RawClient } from './raw-client.ts';
import { readChain } from './receipt-chain.ts';
import { ACTIVE, DoctoredCentre, listIssues, UNIFORM_12 } from './doctored-centre.ts';
import {
  findPerson,
  missedItem,
  orderOf,
  type Person,
  reductionItem,
  shortfallItem,
  STOPPED_EARLY,
} from './sample-entries.ts';
import { sampleItem, sampleOrder } from './sample-order.ts';

/** What holds for an order of any kind, and the hours of filing. */
const doctored = new DoctoredCentre();
let active: Person;
let stopped: Person;

beforeAll(async () => {
  await doctored.start([UNIFORM_12], '--batch-seconds', '600');
  active = findPerson(doctored.centre, UNIFORM_12, ACTIVE);
  stopped = findPerson(doctored.centre, UNIFORM_12, STOPPED_EARLY);
});
afterAll(() => doctored.remove());

describe('every kind alike', () => {
  const orders = (): ReturnType<typeof orderOf>[] => [
    { ...sampleOrder([sampleItem(7)]) },
    orderOf('reduction', [reductionItem(active)]),
    orderOf('missedBackPay', [missedItem(stopped)]),
    orderOf('shortfallBackPay', [shortfallItem(active)]),
  ];

  test('totals, parameter version and business month are the order’s to get right', async () => {
    const client = doctored.clientOf(UNIFORM_12);
    for (const order of orders()) {
      const { fen } = order.totals;
      const before = doctored.readBooks();
      const wrong = await doctored.send(UNIFORM_12, order.kind, {
        ...order,
        totals: { count: 2, fen: fen + 1 },
      });
      expect([wrong.code, listIssues(wrong)]).toEqual([
        'WLB402',
        ['1 totals.count TOTALS_MISMATCH', '1 totals.fen TOTALS_MISMATCH'],
      ]);
      const ids = { sn: client.nextSerial(), oid: randomUUID(), prm: client.prm + 1 };
      const old = await client.sendSigned(
        client.signed(submitTransactions[order.kind], order, ids),
      );
      expect(old.code).toBe('WLB403');
      const late = await doctored.send(UNIFORM_12, order.kind, { ...order, businessMonth: 202611 });
      expect(listIssues(late)).toEqual(['1 businessMonth PARAMETERS_CHANGED']);
      expect(doctored.readBooks()).toEqual(before);
    }
  });

  test('an order under the transaction of another kind, or no order at all, takes no serial', async () => {
    const client = doctored.clientOf(UNIFORM_12);
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
    const reader = new RawClient(
      doctored.centre,
      UNIFORM_12,
      doctored.clientOf(UNIFORM_12).signer,
      PRACTICE_READER,
    );
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
