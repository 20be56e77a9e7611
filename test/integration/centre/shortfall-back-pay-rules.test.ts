import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShortfallBackPayItem } from '../../../shared/wire/orders.ts';
import { ACTIVE, DoctoredCentre, STRANGER, UNIFORM_12 } from './doctored-centre.ts';
import { findPerson, orderOf, type Person, shortfallItem } from './sample-entries.ts';

/** 少缴补缴 by a client with the right key that lies (manual 九, 十一(一)). */
const doctored = new DoctoredCentre();
let active: Person;

beforeAll(async () => {
  await doctored.start([UNIFORM_12], '--batch-seconds', '600');
  active = findPerson(doctored.centre, UNIFORM_12, ACTIVE);
});
afterAll(() => doctored.remove());

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
    await doctored.expectRefused(UNIFORM_12, order, issues);
  });

  test('months that overlap within one order (manual 九.1)', async () => {
    const again = shortfallItem(active, {
      from: 202607,
      to: 202607,
      unitFen: 145_800,
      personalFen: 145_800,
    });
    const receipt = await doctored.expectRefused(
      UNIFORM_12,
      orderOf('shortfallBackPay', [shortfallItem(active), again]),
      ['2 from MONTHS_REPEATED'],
    );
    expect(receipt.items?.[0]?.msg).toBe('存在重复补缴的年月（与第1条）：202607');
  });
});
