import { answer } from '../../../build/explain/answer.ts';

/** The computer's time where an input names none. */
export const NOW_MS = Date.parse('2026-11-10T10:00:00+08:00');

/** The example of the requirement, word for word. */
export const example = {
  kind: 'missedBackPay',
  businessMonth: 202611,
  now: '2026-11-20T10:00:00+08:00',
  unit: {
    ratioPolicy: 'uniform',
    ratio: 12,
    fundTypes: ['10'],
    policies: [
      {
        fundType: '10',
        from: 202507,
        minBase: '2490.00',
        maxBase: '39687.00',
        rounding: 'yuanHalfUp',
      },
      {
        fundType: '10',
        from: 202607,
        minBase: '2660.00',
        maxBase: '42151.00',
        rounding: 'yuanHalfUp',
      },
    ],
  },
  roster: [
    {
      personalAccount: '990012345678',
      fundType: '10',
      name: '张三',
      idNumber: '990100199001010012',
      status: '01',
      base: '8000.00',
      unitRatio: 12,
      personalRatio: 12,
      paidMonths: [202601, 202602],
    },
  ],
  queue: [] as unknown[],
  entry: {
    fundType: '10',
    personalAccount: '990012345678',
    from: '202605',
    to: '202608',
    base: '50000.00',
    ratio: '12',
  } as Record<string, unknown>,
};

export const account = { fundType: '10', personalAccount: '990012345678' };
export const early = '2026-11-10T10:00:00+08:00';
export const explain = (input: unknown) => {
  const given = answer(JSON.stringify(input), NOW_MS);
  const codes = given.answer.issues.map((issue) => `${issue.field} ${issue.code}`);
  return { ...given, codes, notices: given.answer.notices.map((notice) => notice.code) };
};
