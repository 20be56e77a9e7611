import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FROZEN_REASON } from '../../../electron/demo/people/units.ts';
import {
  type ItemResult,
  type Receipt,
  resultsAnswerSchema,
  submitTransactions,
} from '../../../shared/wire/orders.ts';
import {
  manifestAnswerSchema,
  pageAnswerSchema,
  parseRosterLine,
} from '../../../shared/wire/roster.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
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

/** What accepted orders do: single ones at once, with the receipt; batches after their time (manual 七-九). */
const UNIT = '9900000500';
const PER_EMPLOYEE = '9900005000';
const ACTIVE = "fund_type = '10' AND status = '01' AND personal_account NOT LIKE '%0000011'";
const TIMES = ['--batch-seconds', '1.5', '--review-seconds', '0.4'];
const centre = new CentreProcess();
let client: RawClient;
let perEmployee: RawClient;
let active: Person[];
let stopped: Person[];

beforeAll(async () => {
  await centre.start(...TIMES);
  client = new RawClient(centre, UNIT, await makeSigner(centre, UNIT));
  perEmployee = new RawClient(centre, PER_EMPLOYEE, await makeSigner(centre, PER_EMPLOYEE));
  await client.signIn();
  await perEmployee.signIn();
  // past the people with the long names, which no registration takes
  active = findPeople(centre, UNIT, ACTIVE).slice(6);
  stopped = findPeople(centre, UNIT, STOPPED_EARLY);
});
afterAll(async () => {
  client.close();
  perEmployee.close();
  await centre.remove();
});

/** Each test has people of its own. */
function take(from: Person[]): Person {
  const person = from.shift();
  if (!person) throw new Error('nobody left');
  return person;
}

type Order = ReturnType<typeof orderOf>;

async function send(
  order: Order,
  by = client,
): Promise<{ receipt: Receipt; bytes: Buffer; oid: string }> {
  const oid = randomUUID();
  const ids = { sn: by.nextSerial(), oid };
  const bytes = by.signed(submitTransactions[order.kind], order, ids);
  const answer = await by.sendSigned(bytes);
  const { receipt } = by.readReceipt(answer.receipt);
  if (receipt.state === 'applied') {
    const { count, fen, serialNumber } = receipt;
    expect(answer.body).toEqual({ count, fen, serialNumber });
  }
  return { receipt, bytes, oid };
}

async function resultsOf(oid: string): Promise<ItemResult[]> {
  const answer = await client.ask('WL2004', { cursor: 0, limit: 2_000 });
  const { results } = resultsAnswerSchema.parse(answer.body);
  return results.filter((result) => result.oid === oid).sort((a, b) => a.seq - b.seq);
}

async function settled(oid: string): Promise<ItemResult[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const own = await resultsOf(oid);
    if (own.every(({ state }) => state === 'succeeded' || state === 'failed')) return own;
    await wait(100);
  }
  throw new Error('never settled');
}

async function versionNow(): Promise<number> {
  const answer = await client.ask('WL3001', { have: 0 });
  return manifestAnswerSchema.parse(answer.body).version;
}

/** Rows a client gets that holds `have`. */
async function delta(have: number): Promise<RosterRow[]> {
  const manifest = manifestAnswerSchema.parse((await client.ask('WL3001', { have })).body);
  if (manifest.version === have) return [];
  expect(manifest.mode).toBe('delta');
  const page = await client.ask('WL3002', { downloadId: manifest.downloadId, page: 0 });
  return pageAnswerSchema
    .parse(page.body)
    .content.split('\n')
    .slice(0, -1)
    .map((line) => {
      const parsed = parseRosterLine(line);
      if (!parsed || !('put' in parsed)) throw new Error(`no row: ${line}`);
      return parsed.put;
    });
}

const rowOf = ({ account, fund }: Person) =>
  findPerson(centre, UNIT, `personal_account = '${account}' AND fund_type = '${fund}'`);

describe('single 职工减少', () => {
  test('正常 becomes 停缴 at once, the amounts are those of the roster, the next sync brings it', async () => {
    const people = [take(active), take(active)];
    const have = await versionNow();
    const order = orderOf(
      'reduction',
      people.map((person) => reductionItem(person)),
    );
    const { receipt, oid } = await send(order);
    const fen = people.reduce((sum, { unitFen, personalFen }) => sum + unitFen + personalFen, 0);
    expect([receipt.code, receipt.count, receipt.fen]).toEqual(['000000', 2, fen]);
    const found = await resultsOf(oid);
    expect(found.map(({ state, businessMonth }) => [state, businessMonth])).toEqual([
      ['succeeded', 202612],
      ['succeeded', 202612],
    ]);
    expect(found.map(({ personalAccount }) => personalAccount)).toEqual(
      people.map(({ account }) => account),
    );
    expect(await versionNow()).toBe(have + 1);
    const rows = await delta(have);
    expect(rows.map(({ personalAccount, status }) => [personalAccount, status])).toEqual(
      people.map(({ account }) => [account, '02']),
    );
  });

  test('the same bytes again change nothing; a new order for the person is refused', async () => {
    const person = take(active);
    const { bytes, receipt } = await send(orderOf('reduction', [reductionItem(person)]));
    const version = await versionNow();
    const again = await client.sendSigned(bytes);
    expect([again.code, again.dup, client.readReceipt(again.receipt).receipt.rno]).toEqual([
      ...['000000', true, receipt.rno],
    ]);
    expect(await versionNow()).toBe(version);
    const repeat = await send(orderOf('reduction', [reductionItem(person)]));
    expect(repeat.receipt.items?.map(({ code }) => code)).toEqual(['ACCOUNT_STOPPED']);
  });

  test('one fund of a person ends, the other goes on', async () => {
    const subsidised = findPerson(
      centre,
      UNIT,
      `status = '01' AND fund_type = '11' AND personal_account IN
       (SELECT personal_account FROM employee WHERE unit = '${UNIT}' AND ${ACTIVE})`,
    );
    const { receipt } = await send(orderOf('reduction', [reductionItem(subsidised)]));
    expect(receipt.fen).toBe(subsidised.unitFen);
    const main = { ...subsidised, fund: '10' } as const;
    expect([rowOf(subsidised).status, rowOf(main).status]).toEqual(['02', '01']);
  });

  test('who was reduced may be registered again and keeps the account', async () => {
    const person = take(active);
    expect((await send(orderOf('reduction', [reductionItem(person)]))).receipt.state).toBe(
      'applied',
    );
    const { name, idNumber } = person;
    const { oid } = await send({ ...sampleOrder([sampleItem(1, { name, idNumber })]) });
    const [result] = await settled(oid);
    expect([result?.state, result?.personalAccount]).toEqual(['succeeded', person.account]);
    const row = rowOf(person);
    expect([row.status, row.paid]).toEqual(['01', person.paid]);
  });
});

describe('single 漏缴补缴', () => {
  test('50,000 at 12 % from 2026-05 to 2026-08 is 19,640.00 each part; the months are paid from then on', async () => {
    const person = take(stopped);
    const have = await versionNow();
    const { receipt, oid } = await send(orderOf('missedBackPay', [missedItem(person)]));
    expect([receipt.code, receipt.fen]).toEqual(['000000', 3_928_000]);
    expect((await resultsOf(oid)).map(({ state }) => state)).toEqual(['succeeded']);
    const [row] = await delta(have);
    expect(row?.paid.at(-1)).toEqual([202605, 202608]);
    expect([row?.status, row?.base]).toEqual(['02', (await delta(have))[0]?.base]);
    const again = await send(orderOf('missedBackPay', [missedItem(person)]));
    expect(again.receipt.items?.map(({ msg }) => msg)).toEqual([
      '存在重复补缴的年月：202605、202606、202607、202608',
    ]);
  });

  test('a gap that is filled joins its neighbours', async () => {
    const third = findPerson(centre, UNIT, "personal_account LIKE '%0000003' AND fund_type = '10'");
    const ranges = JSON.parse(third.paid) as [number, number][];
    const parts = { unitFen: 3 * 96_000, personalFen: 3 * 96_000 };
    const item = missedItem(third, { from: 202607, to: 202609, wage: 800_000, ...parts });
    expect((await send(orderOf('missedBackPay', [item]))).receipt.state).toBe('applied');
    expect(JSON.parse(rowOf(third).paid)).toEqual([[ranges[0]?.[0], 202611]]);
  });

  test('hand-computed: under the lowest base, and two spans of one person in one order', async () => {
    const person = take(stopped);
    const june = missedItem(person, {
      // 1,000.00 counts as 2,490.00 in June (298.8 -> 299) and as 2,660.00 in July (319.2 -> 319)
      ...{ from: 202606, to: 202607, wage: 100_000, unitFen: 61_800, personalFen: 61_800 },
    });
    const september = missedItem(person, {
      // 12,345.50 x 12 % = 1,481.46 -> 1,481
      ...{ from: 202609, to: 202609, wage: 1_234_550, unitFen: 148_100, personalFen: 148_100 },
    });
    const { receipt } = await send(orderOf('missedBackPay', [june, september]));
    expect([receipt.state, receipt.fen]).toEqual(['applied', 419_800]);
    const paid = JSON.parse(rowOf(person).paid) as [number, number][];
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
    const people = findPeople(centre, PER_EMPLOYEE, where);
    const person = people[wage % people.length];
    if (!person) throw new Error('nobody');
    const ratios = { unitRatio: ratio, personalRatio: ratio };
    const item = missedItem(person, {
      ...{ from: 202611, to: 202611, wage, unitFen: fen, personalFen: fen, ...ratios },
    });
    const { receipt } = await send(orderOf('missedBackPay', [item]), perEmployee);
    expect([receipt.state, receipt.fen, receipt.items]).toEqual(['applied', 2 * fen, undefined]);
  });

  test('fund 11: one ratio, one part', async () => {
    const where = "fund_type = '11' AND status = '02' AND json_extract(paid, '$[#-1][1]') < 202610";
    const person = findPerson(centre, UNIT, where);
    const item = missedItem(person, {
      ...{ from: 202610, to: 202611, wage: 1_234_550, personalRatio: 0 },
      ...{ unitFen: 2 * 148_100, personalFen: 0 },
    });
    const { receipt } = await send(orderOf('missedBackPay', [item]));
    expect([receipt.state, receipt.fen]).toEqual(['applied', 296_200]);
  });
});

describe('single 少缴补缴', () => {
  test('per month the difference of the rounded amounts; no field of the roster changes; it may come again', async () => {
    const person = take(active);
    const version = await versionNow();
    for (let times = 0; times < 2; times += 1) {
      const { receipt, oid } = await send(orderOf('shortfallBackPay', [shortfallItem(person)]));
      expect([receipt.state, receipt.fen]).toEqual(['applied', 524_000]);
      expect((await resultsOf(oid)).map(({ state }) => state)).toEqual(['succeeded']);
    }
    expect(await versionNow()).toBe(version);
    expect(rowOf(person)).toEqual(person);
  });

  test('another ratio, and a month without a difference between others', async () => {
    const [person, other] = [take(active), take(active)];
    const byRatio = shortfallItem(person, {
      // 8,000.00: 12 % 960 less 8 % 640
      ...{ from: 202601, to: 202602, paidWage: 800_000, dueWage: 800_000, paidRatio: 8 },
      ...{ unitFen: 64_000, personalFen: 64_000 },
    });
    const clamped = shortfallItem(other, {
      // both clamped to 39,687.00 in June; 4,800 and 5,058 in July
      ...{ paidWage: 4_000_000, dueWage: 5_000_000, unitFen: 25_800, personalFen: 25_800 },
    });
    const { receipt } = await send(orderOf('shortfallBackPay', [byRatio, clamped]));
    expect([receipt.items, receipt.fen]).toEqual([undefined, 2 * (64_000 + 25_800)]);
  });
});

describe('batches', () => {
  const batch = { origin: 'batch' };

  test('减少: accepted at once, 处理中 until its time, then 成功 or 失败 by row', async () => {
    const frozen = findPerson(
      centre,
      UNIT,
      "personal_account LIKE '%0000011' AND fund_type = '10' AND status = '01'",
    );
    const person = take(active);
    const items = [reductionItem(person, { name: '李四' }), reductionItem(frozen)];
    const have = await versionNow();
    const { receipt, oid } = await send(orderOf('reduction', items, batch));
    expect([receipt.code, receipt.count]).toEqual(['000000', 2]);
    expect((await resultsOf(oid)).map(({ state }) => state)).toEqual(['processing', 'processing']);
    expect([await versionNow(), rowOf(person).status]).toEqual([have, '01']);
    const meanwhile = await send(orderOf('reduction', [reductionItem(person)]));
    expect(meanwhile.receipt.items?.map(({ code }) => code)).toEqual(['DUPLICATE_IN_QUEUE']);
    const found = await settled(oid);
    expect(found.map(({ state, reason }) => [state, reason])).toEqual([
      ['succeeded', ''],
      ['failed', FROZEN_REASON],
    ]);
    expect(found.map(({ businessMonth }) => businessMonth)).toEqual([202612, undefined]);
    const rows = await delta(have);
    expect(
      rows.map(({ personalAccount, name, status }) => [personalAccount, name, status]),
    ).toEqual([[person.account, person.name, '02']]);
  });

  test('漏缴: months of a batch under way are in the system already', async () => {
    const person = take(stopped);
    const { oid } = await send(orderOf('missedBackPay', [missedItem(person)], batch));
    const july = { from: 202607, to: 202607, unitFen: 505_800, personalFen: 505_800 };
    const meanwhile = await send(orderOf('missedBackPay', [missedItem(person, july)]));
    expect(meanwhile.receipt.items?.map(({ msg }) => msg)).toEqual(['存在重复补缴的年月：202607']);
    expect(rowOf(person).paid).toBe(person.paid);
    expect((await settled(oid)).map(({ state }) => state)).toEqual(['succeeded']);
    expect((JSON.parse(rowOf(person).paid) as unknown[]).at(-1)).toEqual([202605, 202608]);
  });

  test('what changed at the counter meanwhile fails the row, not the batch', async () => {
    const [closed, paid, stoppedMeanwhile] = [take(stopped), take(stopped), take(active)];
    const missed = await send(
      orderOf(
        'missedBackPay',
        [closed, paid].map((person) => missedItem(person)),
        batch,
      ),
    );
    const reduced = await send(orderOf('reduction', [reductionItem(stoppedMeanwhile)], batch));
    const db = new Database(join(centre.folder, 'centre', 'centre.db'));
    const set = (what: string, person: Person) =>
      db.prepare(`UPDATE employee SET ${what} WHERE personal_account = ?`).run(person.account);
    set("status = '05'", closed);
    set("paid = '[[202608,202609]]'", paid);
    set("status = '02'", stoppedMeanwhile);
    db.close();
    expect((await settled(missed.oid)).map(({ state, reason }) => [state, reason])).toEqual([
      ['failed', '该职工不存在缴存关系或不属于此单位。'],
      ['failed', '存在重复补缴的年月：202608。'],
    ]);
    expect((await settled(reduced.oid)).map(({ reason }) => reason)).toEqual(['该职工已停缴。']);
  });

  test('少缴, by a centre that was killed before its time and started again', async () => {
    const person = take(active);
    const order = orderOf('shortfallBackPay', [shortfallItem(person)], batch);
    const { oid, receipt } = await send(order);
    expect(receipt.fen).toBe(524_000);
    await centre.stop('SIGKILL');
    await centre.start(...TIMES, '--now', new Date(client.nowMs()).toISOString());
    expect((await settled(oid)).map(({ state }) => state)).toEqual(['succeeded']);
  });

  test('8,000 漏缴 rows of one batch are judged and processed in seconds', async () => {
    const unit = '9900020000';
    const large = new RawClient(centre, unit, await makeSigner(centre, unit));
    await large.signIn();
    const where =
      "fund_type = '10' AND opened_month > 201407 AND personal_account NOT LIKE '%0000011'";
    const people = findPeople(centre, unit, where).slice(0, 8_000);
    const items = people.map((person) =>
      missedItem(person, {
        // each row over eight changes of the bounds; 8,000.00 x 12 % = 960.00 in every month
        ...{ from: 201001, to: 201407, wage: 800_000, unitFen: 5_280_000, personalFen: 5_280_000 },
      }),
    );
    const started = performance.now();
    const { receipt } = await send(orderOf('missedBackPay', items, batch), large);
    const took = Math.round(performance.now() - started);
    console.log(`${items.length} 漏缴 rows over 55 months: ${took} ms to the receipt`);
    expect([receipt.state, receipt.fen]).toEqual(['applied', 8_000 * 10_560_000]);
    large.close();
    const db = new Database(join(centre.folder, 'centre', 'centre.db'), { readonly: true });
    const states = db.prepare('SELECT state, count(*) FROM item WHERE unit = ? GROUP BY 1').raw();
    const count = () => Object.fromEntries(states.all(unit) as [string, number][]);
    while (count().processing !== undefined) await wait(50);
    const processed = Math.round(performance.now() - started);
    console.log(`processed after ${processed} ms, 1,500 of them the delay`);
    expect(count()).toEqual({ succeeded: 8_000 });
    db.close();
  });
});

test('one chain of receipts holds all kinds, each with the business order’s own 业务流水号', async () => {
  const chain = await readChain(client, 7);
  const applied = chain.filter(({ state }) => state === 'applied');
  expect(new Set(applied.map(({ kind }) => kind)).size).toBe(4);
  expect(new Set(applied.map(({ serialNumber }) => serialNumber)).size).toBe(applied.length);
});
