import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt, RegistrationItem } from '../../../shared/wire/orders.ts';
import { CentreProcess } from './centre-process.ts';
import { makeSigner, RawClient } from './raw-client.ts';
import { idNumberOf, sampleItem, sampleOrder } from './sample-order.ts';

/** What a doctored client may claim and the centre finds out (manual 六, domain rules). */
const centre = new CentreProcess();
const UNIFORM = '9900000500';
const PER_EMPLOYEE = '9900005000';
let uniform: RawClient;
let perEmployee: RawClient;

beforeAll(async () => {
  await centre.start('--review-seconds', '600');
  uniform = new RawClient(centre, UNIFORM, await makeSigner(centre, UNIFORM));
  perEmployee = new RawClient(centre, PER_EMPLOYEE, await makeSigner(centre, PER_EMPLOYEE));
  await uniform.signIn();
  await perEmployee.signIn();
});
afterAll(async () => {
  uniform.close();
  perEmployee.close();
  await centre.remove();
});

async function send(client: RawClient, order: unknown): Promise<Receipt> {
  const ids = { sn: client.nextSerial(), oid: randomUUID() };
  const answer = await client.sendSigned(client.signed('WL1001', order, ids));
  const { receipt } = client.readReceipt(answer.receipt);
  expect(receipt.code).toBe(answer.code);
  return receipt;
}

const sendItems = (client: RawClient, ...items: RegistrationItem[]) =>
  send(client, sampleOrder(items));

/** `seq field code` of every refusal. */
const found = ({ items = [] }: Receipt) =>
  items.map(({ seq, field, code }) => `${seq} ${field} ${code}`);

/** A person of a unit's seeded roster. */
function rosterPerson(unit: string, where: string): { id_number: string; id18: string } {
  const db = new Database(join(centre.folder, 'centre', 'centre.db'), { readonly: true });
  const row = db
    .prepare<unknown[], { id_number: string; id18: string }>(
      `SELECT id_number, id18 FROM employee WHERE unit = ? AND fund_type = '10' AND ${where} LIMIT 1`,
    )
    .get(unit);
  db.close();
  if (!row) throw new Error(`nobody ${where}`);
  return row;
}

test('what is right in every field is accepted, with the totals the centre counted', async () => {
  const receipt = await sendItems(uniform, sampleItem(1), sampleItem(2, { name: '买买提·艾力' }));
  expect([receipt.state, receipt.count, receipt.fen]).toEqual(['applied', 2, 384_000]);
  expect(receipt.serialNumber).toMatch(/^20261125\d{8}$/);
});

const one = (changes: Partial<RegistrationItem>) => sampleItem(10, changes);

describe('each field on its own', () => {
  const cases: [string, Partial<RegistrationItem>, string[]][] = [
    ['a part one fen off', { unitFen: 96_001 }, ['1 unitFen AMOUNT_MISMATCH']],
    ['the personal part left out', { personalFen: 0 }, ['1 personalFen AMOUNT_MISMATCH']],
    [
      'a base under the lowest',
      { base: 265_999, unitFen: 31_900, personalFen: 31_900 },
      ['1 base BASE_BELOW'],
    ],
    [
      'a base over the highest',
      { base: 4_215_101, unitFen: 505_800, personalFen: 505_800 },
      ['1 base BASE_ABOVE'],
    ],
    [
      'another ratio than the unit has',
      { unitRatio: 8, personalRatio: 8, unitFen: 64_000, personalFen: 64_000 },
      ['1 unitRatio RATIO_NOT_ALLOWED'],
    ],
    [
      'a personal ratio of its own',
      { personalRatio: 5, personalFen: 40_000 },
      ['1 personalRatio RATIO_NOT_ALLOWED'],
    ],
    ['a name of six characters', { name: '一二三四五六' }, ['1 name NAME_TOO_LONG']],
    ['a name with a digit', { name: '李4' }, ['1 name NAME_CHARACTERS']],
    ['a name of blanks', { name: ' ' }, ['1 name NAME_CHARACTERS']],
    ['another document', { idType: '03' }, ['1 idType ID_TYPE_COUNTER']],
    ['a wrong check character', { idNumber: '990100199001010013' }, ['1 idNumber ID_CHECK']],
    ['seventeen characters', { idNumber: '99010019900101001' }, ['1 idNumber ID_LENGTH']],
    ['a letter inside', { idNumber: '99010019900101A012' }, ['1 idNumber ID_CHARACTERS']],
    ['a small x', { idNumber: '34052419800101001x' }, ['1 idNumber ID_CHARACTERS']],
    ['30 February', { idNumber: '990100199002300019' }, ['1 idNumber ID_BIRTH_DATE']],
    ['a birth after today', { idNumber: '990100202611260010' }, ['1 idNumber ID_BIRTH_DATE']],
  ];
  test.each(cases)('%s', async (_, changes, expected) => {
    const receipt = await sendItems(uniform, one(changes));
    expect([receipt.state, receipt.code, receipt.count]).toEqual(['rejected', 'WLB401', 0]);
    expect(found(receipt)).toEqual(expected);
    expect(receipt.items?.every(({ msg }) => /[一-鿿]/.test(msg))).toBe(true);
  });

  test('several faults of several items are all told', async () => {
    const receipt = await sendItems(
      uniform,
      one({ name: '7', unitFen: 5 }),
      sampleItem(11),
      sampleItem(12, { base: 100, unitFen: 0, personalFen: 0 }),
    );
    expect(found(receipt)).toEqual([
      '1 name NAME_CHARACTERS',
      '1 unitFen AMOUNT_MISMATCH',
      '3 base BASE_BELOW',
    ]);
  });
});

describe('people', () => {
  test('twice in one order, also as 15 and 18 characters', async () => {
    const id18 = idNumberOf(20);
    const id15 = id18.slice(0, 6) + id18.slice(8, 17);
    const twice = [sampleItem(20), sampleItem(21), sampleItem(22, { idNumber: id15 })];
    expect(found(await sendItems(uniform, ...twice))).toEqual(['3 idNumber DUPLICATE_IN_QUEUE']);
  });

  test('already under review in another order', async () => {
    expect((await sendItems(uniform, sampleItem(23))).state).toBe('applied');
    expect(found(await sendItems(uniform, sampleItem(23)))).toEqual(['1 idNumber UNDER_REVIEW']);
  });

  test('with an active account in this unit, also by the other form of the number', async () => {
    const { id18 } = rosterPerson(UNIFORM, "status = '01' AND id18 LIKE '______19%'");
    const id15 = id18.slice(0, 6) + id18.slice(8, 17);
    for (const idNumber of [id18, id15]) {
      expect(found(await sendItems(uniform, sampleItem(1, { idNumber })))).toEqual([
        '1 idNumber ACCOUNT_ACTIVE',
      ]);
    }
  });

  test('停缴 in this unit or active in another is no refusal at this point', async () => {
    const sealed = rosterPerson(UNIFORM, "status = '02'").id18;
    const elsewhere = rosterPerson(PER_EMPLOYEE, "status = '01'").id18;
    const items = [sealed, elsewhere].map((idNumber) => sampleItem(1, { idNumber }));
    expect((await sendItems(uniform, ...items)).state).toBe('applied');
  });
});

describe('ratio and fund', () => {
  test('a per-employee unit has 5 to 12, one ratio for both parts', async () => {
    const at = (number: number, ratio: number) =>
      sampleItem(number, {
        unitRatio: ratio,
        personalRatio: ratio,
        unitFen: 8_000 * ratio,
        personalFen: 8_000 * ratio,
      });
    expect((await sendItems(perEmployee, at(30, 5), at(31, 12))).state).toBe('applied');
    expect(found(await sendItems(perEmployee, at(32, 4), at(33, 13)))).toEqual([
      '1 unitRatio RATIO_NOT_ALLOWED',
      '2 unitRatio RATIO_NOT_ALLOWED',
    ]);
  });

  test('fund 11 is paid by the unit alone, 1 to 25, and only where the unit has it', async () => {
    const subsidy = (number: number, changes: Partial<RegistrationItem> = {}) =>
      sampleItem(number, { fundType: '11', personalRatio: 0, personalFen: 0, ...changes });
    expect((await sendItems(uniform, subsidy(40))).state).toBe('applied');
    const over = subsidy(41, { unitRatio: 26, unitFen: 208_000 });
    expect(found(await sendItems(uniform, over))).toEqual(['1 unitRatio RATIO_NOT_ALLOWED']);
    const shared = subsidy(42, { personalRatio: 12, personalFen: 96_000 });
    expect(found(await sendItems(uniform, shared))).toEqual(['1 personalRatio RATIO_NOT_ALLOWED']);
    expect(found(await sendItems(perEmployee, subsidy(43)))).toEqual([
      '1 fundType FUND_TYPE_UNKNOWN',
    ]);
  });

  test('one person may register for both funds at once', async () => {
    const subsidy = sampleItem(44, { fundType: '11', personalRatio: 0, personalFen: 0 });
    expect((await sendItems(uniform, sampleItem(44), subsidy)).state).toBe('applied');
  });
});

describe('the order as a whole', () => {
  test('count, sum and numbering must be those of the items', async () => {
    const order = sampleOrder([sampleItem(50), sampleItem(51)]);
    const { fen } = order.totals;
    const wrongCount = await send(uniform, { ...order, totals: { count: 3, fen } });
    expect([wrongCount.code, found(wrongCount)]).toEqual([
      'WLB402',
      ['1 totals.count TOTALS_MISMATCH'],
    ]);
    const wrongSum = await send(uniform, { ...order, totals: { count: 2, fen: fen - 1 } });
    expect(found(wrongSum)).toEqual(['1 totals.fen TOTALS_MISMATCH']);
    const [first, second] = order.items;
    const renumbered = await send(uniform, { ...order, items: [second, first] });
    expect(found(renumbered)).toEqual(['2 seq TOTALS_MISMATCH', '1 seq TOTALS_MISMATCH']);
  });

  test('another business month than the one now filed', async () => {
    const receipt = await send(uniform, sampleOrder([sampleItem(52)], { businessMonth: 202611 }));
    expect(found(receipt)).toEqual(['1 businessMonth PARAMETERS_CHANGED']);
  });

  test('a full batch of 20,000 is judged and applied in seconds', async () => {
    const items = Array.from({ length: 20_000 }, (_, i) => sampleItem(1_000 + i));
    const started = performance.now();
    const receipt = await sendItems(uniform, ...items);
    console.log(`20,000 items: ${Math.round(performance.now() - started)} ms in all`);
    expect([receipt.state, receipt.count]).toEqual(['applied', 20_000]);
  });
});
