import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MissedBackPayItem } from '../../../shared/wire/orders.ts';
import {
  DoctoredCentre,
  listIssues,
  PER_EMPLOYEE,
  STRANGER,
  UNIFORM_12,
  UNIFORM_8,
} from './doctored-centre.ts';
import {
  findPeople,
  findPerson,
  missedItem,
  orderOf,
  type Person,
  STOPPED_EARLY,
} from './sample-entries.ts';

/** 漏缴补缴 by a client with the right key that lies (manual 八, 十一(一)). */
const doctored = new DoctoredCentre();
let stopped: Person;

beforeAll(async () => {
  await doctored.start([UNIFORM_12, UNIFORM_8, PER_EMPLOYEE], '--batch-seconds', '600');
  stopped = findPerson(doctored.centre, UNIFORM_12, STOPPED_EARLY);
});
afterAll(() => doctored.remove());

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
    ['months before the first bounds known', { from: 199001, to: 199001 }, ['1 from POLICY_EARLY']],
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
    await doctored.expectRefused(UNIFORM_12, order, issues);
  });

  test('months that are paid are named, and only those (manual 八.1)', async () => {
    const third = findPerson(
      doctored.centre,
      UNIFORM_12,
      "personal_account LIKE '%0000003' AND fund_type = '10'",
    );
    const parts = { unitFen: 1_458_200, personalFen: 1_458_200 };
    const order = orderOf('missedBackPay', [missedItem(third, { to: 202607, ...parts })]);
    const receipt = await doctored.expectRefused(UNIFORM_12, order, ['1 from MONTHS_REPEATED']);
    expect(receipt.items?.[0]?.msg).toBe('存在重复补缴的年月：202605、202606');
  });

  test('months that overlap within one order', async () => {
    const later = missedItem(stopped, {
      from: 202608,
      to: 202609,
      unitFen: 1_011_600,
      personalFen: 1_011_600,
    });
    const receipt = await doctored.expectRefused(
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
      const person = findPerson(doctored.centre, unit, "status = '02' AND fund_type = '10'");
      const receipt = await doctored.send(
        unit,
        'missedBackPay',
        orderOf('missedBackPay', [at(person, ratio)]),
      );
      expect(listIssues(receipt)).toContain('1 unitRatio RATIO_NOT_ALLOWED');
    }
    const accepted: [string, number][] = [
      [UNIFORM_12, 8],
      [PER_EMPLOYEE, 5],
      [PER_EMPLOYEE, 12],
    ];
    for (const [unit, ratio] of accepted) {
      const where =
        "status = '02' AND fund_type = '10' AND json_extract(paid, '$[#-1][1]') < 202607";
      const person = findPeople(doctored.centre, unit, where).at(-1);
      if (!person) throw new Error('nobody');
      const order = orderOf('missedBackPay', [at(person, ratio)]);
      const receipt = await doctored.send(unit, 'missedBackPay', order);
      expect([receipt.state, listIssues(receipt)]).toEqual(['applied', []]);
    }
  });

  test('fund 11 has no personal part and 1 to 25 %', async () => {
    const person = findPerson(doctored.centre, UNIFORM_12, "fund_type = '11' AND status = '02'");
    const shared = missedItem(person, {
      from: 202611,
      to: 202611,
      unitFen: 505_800,
      personalFen: 505_800,
    });
    await doctored.expectRefused(UNIFORM_12, orderOf('missedBackPay', [shared]), [
      '1 personalRatio RATIO_NOT_ALLOWED',
    ]);
    const over = { ...shared, unitRatio: 26, personalRatio: 0, unitFen: 1_095_900, personalFen: 0 };
    await doctored.expectRefused(UNIFORM_12, orderOf('missedBackPay', [over]), [
      '1 unitRatio RATIO_NOT_ALLOWED',
    ]);
  });
});
