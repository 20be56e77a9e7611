import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FROZEN_REASON } from '../../../electron/demo/people/units.ts';
import { AcceptingCentre, UNIT } from './accepting-centre.ts';
import {
  findPeople,
  findPerson,
  missedItem,
  orderOf,
  reductionItem,
  shortfallItem,
  type Person,
} from './sample-entries.ts';

/** A batch of 减少 or 补缴 is accepted at once and has its results later, row by row (manual 七(二)-九(二)). */
const TIMES = ['--batch-seconds', '1.5'];
const accepting = new AcceptingCentre();

beforeAll(() => accepting.start(...TIMES));
afterAll(() => accepting.remove());

describe('batches', () => {
  const batch = { origin: 'batch' };

  test('减少: accepted at once, 处理中 until its time, then 成功 or 失败 by row', async () => {
    const frozen = findPerson(
      accepting.centre,
      UNIT,
      "personal_account LIKE '%0000011' AND fund_type = '10' AND status = '01'",
    );
    const person = accepting.takeActive();
    const items = [reductionItem(person, { name: '李四' }), reductionItem(frozen)];
    const have = await accepting.versionNow();
    const { receipt, oid } = await accepting.send(orderOf('reduction', items, batch));
    expect([receipt.code, receipt.count]).toEqual(['000000', 2]);
    expect((await accepting.resultsOf(oid)).map(({ state }) => state)).toEqual([
      'processing',
      'processing',
    ]);
    expect([await accepting.versionNow(), accepting.rowOf(person).status]).toEqual([have, '01']);
    const meanwhile = await accepting.send(orderOf('reduction', [reductionItem(person)]));
    expect(meanwhile.receipt.items?.map(({ code }) => code)).toEqual(['DUPLICATE_IN_QUEUE']);
    const found = await accepting.settled(oid);
    expect(found.map(({ state, reason }) => [state, reason])).toEqual([
      ['succeeded', ''],
      ['failed', FROZEN_REASON],
    ]);
    expect(found.map(({ businessMonth }) => businessMonth)).toEqual([202612, undefined]);
    const rows = await accepting.delta(have);
    expect(
      rows.map(({ personalAccount, name, status }) => [personalAccount, name, status]),
    ).toEqual([[person.account, person.name, '02']]);
  });

  test('漏缴: months of a batch under way are in the system already', async () => {
    const person = accepting.takeStopped();
    const { oid } = await accepting.send(orderOf('missedBackPay', [missedItem(person)], batch));
    const july = { from: 202607, to: 202607, unitFen: 505_800, personalFen: 505_800 };
    const meanwhile = await accepting.send(orderOf('missedBackPay', [missedItem(person, july)]));
    expect(meanwhile.receipt.items?.map(({ msg }) => msg)).toEqual(['存在重复补缴的年月：202607']);
    expect(accepting.rowOf(person).paid).toBe(person.paid);
    expect((await accepting.settled(oid)).map(({ state }) => state)).toEqual(['succeeded']);
    expect((JSON.parse(accepting.rowOf(person).paid) as unknown[]).at(-1)).toEqual([
      202605, 202608,
    ]);
  });

  test('what changed at the counter meanwhile fails the row, not the batch', async () => {
    const [closed, paid, stoppedMeanwhile] = [
      accepting.takeStopped(),
      accepting.takeStopped(),
      accepting.takeActive(),
    ];
    const missed = await accepting.send(
      orderOf(
        'missedBackPay',
        [closed, paid].map((person) => missedItem(person)),
        batch,
      ),
    );
    const reduced = await accepting.send(
      orderOf('reduction', [reductionItem(stoppedMeanwhile)], batch),
    );
    const db = new Database(join(accepting.centre.folder, 'centre', 'centre.db'));
    const set = (what: string, person: Person) =>
      db.prepare(`UPDATE employee SET ${what} WHERE personal_account = ?`).run(person.account);
    set("status = '05'", closed);
    set("paid = '[[202608,202609]]'", paid);
    set("status = '02'", stoppedMeanwhile);
    db.close();
    expect(
      (await accepting.settled(missed.oid)).map(({ state, reason }) => [state, reason]),
    ).toEqual([
      ['failed', '该职工不存在缴存关系或不属于此单位。'],
      ['failed', '存在重复补缴的年月：202608。'],
    ]);
    expect((await accepting.settled(reduced.oid)).map(({ reason }) => reason)).toEqual([
      '该职工已停缴。',
    ]);
  });

  test('少缴, by a centre that was killed before its time and started again', async () => {
    const person = accepting.takeActive();
    const order = orderOf('shortfallBackPay', [shortfallItem(person)], batch);
    const { oid, receipt } = await accepting.send(order);
    expect(receipt.fen).toBe(524_000);
    await accepting.centre.stop('SIGKILL');
    await accepting.centre.start(
      ...TIMES,
      '--now',
      new Date(accepting.client.nowMs()).toISOString(),
    );
    expect((await accepting.settled(oid)).map(({ state }) => state)).toEqual(['succeeded']);
  });

  test('8,000 漏缴 rows of one batch are judged and processed in seconds', async () => {
    const unit = '9900020000';
    const large = await accepting.signIn(unit);
    const where =
      "fund_type = '10' AND opened_month > 201407 AND personal_account NOT LIKE '%0000011'";
    const people = findPeople(accepting.centre, unit, where).slice(0, 8_000);
    const items = people.map((person) =>
      missedItem(person, {
        // each row over eight changes of the bounds; 8,000.00 x 12 % = 960.00 in every month
        ...{ from: 201001, to: 201407, wage: 800_000, unitFen: 5_280_000, personalFen: 5_280_000 },
      }),
    );
    const started = performance.now();
    const { receipt } = await accepting.send(orderOf('missedBackPay', items, batch), large);
    const took = Math.round(performance.now() - started);
    console.log(`${items.length} 漏缴 rows over 55 months: ${took} ms to the receipt`);
    expect([receipt.state, receipt.fen]).toEqual(['applied', 8_000 * 10_560_000]);
    const db = new Database(join(accepting.centre.folder, 'centre', 'centre.db'), {
      readonly: true,
    });
    const states = db.prepare('SELECT state, count(*) FROM item WHERE unit = ? GROUP BY 1').raw();
    const count = () => Object.fromEntries(states.all(unit) as [string, number][]);
    while (count().processing !== undefined) await wait(50);
    const processed = Math.round(performance.now() - started);
    console.log(`processed after ${processed} ms, 1,500 of them the delay`);
    expect(count()).toEqual({ succeeded: 8_000 });
    db.close();
  });
});
