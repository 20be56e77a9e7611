import { describe, expect, it } from 'vitest';
import { account, example, explain } from './example.ts';

describe('explain: the queue', () => {
  const months = { from: '202601', to: '202602' };
  const inQueue = (kind: string, entry: object) =>
    explain({
      ...example,
      queue: [
        { kind: 'reduction', entry: account },
        { kind, entry },
      ],
    });

  it.each<[string, string, object, string, string, string]>([
    ['no number', 'registration', {}, 'idNumber', '', '证件号码必填'],
    ['a short number', 'registration', { idNumber: '12' }, 'idNumber', '12', '15位或18位'],
    [
      ...(['a wage that is none', 'registration'] as const),
      { idNumber: '990100200002290031', base: '八千' },
      ...(['base', '八千', '月均工资格式错误'] as const),
    ],
    ['no account', 'reduction', { reason: '03' }, 'personalAccount', '', '个人客户号'],
    ['no reason of the table', 'reduction', { ...account, reason: '77' }, 'reason', '77', '代码表'],
    [
      ...(['a fund the unit has not', 'reduction'] as const),
      { ...account, fundType: '11' },
      ...(['fundType', '11', '资金性质'] as const),
    ],
    [
      ...(['a month that is none', 'missedBackPay'] as const),
      { ...account, ...months, to: '202613' },
      ...(['to', '202613', '月份为01至12，现为13'] as const),
    ],
    [
      ...(['a month left out', 'shortfallBackPay'] as const),
      { ...account, from: '202601' },
      ...(['to', '', '年月为4位年份'] as const),
    ],
    [
      ...(['an end before the start', 'missedBackPay'] as const),
      { ...account, from: '202602', to: '202601' },
      ...(['to', '202601', '截止年月不得小于起始年月'] as const),
    ],
    [
      ...(['a field that is no text', 'missedBackPay'] as const),
      { ...account, ...months, base: 8000 },
      ...(['base', '8000', '应为文字（加引号），现为整数'] as const),
    ],
    [
      ...(['a field without end', 'missedBackPay'] as const),
      { ...account, ...months, base: '8'.repeat(300) },
      ...(['base', `${'8'.repeat(60)}…`, '现为300个'] as const),
    ],
  ])('%s: exit 2 with place, value and reason', (_, kind, entry, field, value, told) => {
    const { exitCode, answer: given } = inQueue(kind, entry);
    expect(exitCode).toBe(2);
    expect(given.issues).toHaveLength(1);
    expect(given.issues[0]).toMatchObject({ field: `queue.1.entry.${field}`, value });
    expect(given.issues[0]?.rule).toContain(told);
  });

  it('holds what no longer holds, too: an account unknown, months paid, a wrong check character', () => {
    const unknown = { ...account, personalAccount: '990099999999', ...months, ratio: '99' };
    for (const [kind, entry] of [
      ['missedBackPay', unknown],
      ['missedBackPay', { ...account, ...months }],
      ['reduction', unknown],
      ['registration', { idNumber: '990100199001010013' }],
    ] as const) {
      expect(inQueue(kind, entry).exitCode).toBe(0);
    }
  });

  it('has its unknown keys named', () => {
    const { answer: given } = inQueue('reduction', { ...account, colour: 1, ratio: '12' });
    expect(given.notices.filter(({ code }) => code === 'INPUT_IGNORED')).toMatchObject([
      { field: 'queue.1.entry.colour' },
      { field: 'queue.1.entry.ratio' },
    ]);
  });
});
