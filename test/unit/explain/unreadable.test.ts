import { describe, expect, it } from 'vitest';
import { answer } from '../../../build/explain/answer.ts';
import { NOW_MS, account, example, explain } from './example.ts';

describe('explain: input that cannot be read', () => {
  it.each<[string, unknown, string]>([
    ['no object', 1, ''],
    ['no kind', { ...example, kind: 'transfer' }, 'kind'],
    ['a month that is none', { ...example, businessMonth: 202613 }, 'businessMonth'],
    ['a time without zone', { ...example, now: '2026-11-20T10:00:00' }, 'now'],
    ['a number typed', { ...example, entry: { ...account, from: 202605 } }, 'entry.from'],
    [
      'money as a number',
      { ...example, roster: example.roster.map((row) => ({ ...row, base: 8000 })) },
      'roster.0.base',
    ],
    ['a rounding that is none', withPolicy({ rounding: 'half' }), 'unit.policies.0.rounding'],
    ['bounds upside down', withPolicy({ minBase: '99999.00' }), 'unit.policies.0.minBase'],
    [
      'a queued month that is none',
      { ...example, queue: [{ kind: 'missedBackPay', entry: { ...account, from: '2026' } }] },
      'queue.0.entry.from',
    ],
  ])('%s: exit 2 and the place', (_, input, place) => {
    const { exitCode, answer: given } = explain(input);
    expect(exitCode).toBe(2);
    expect(given.issues[0]).toMatchObject({ code: 'INPUT_UNREADABLE', field: place });
    expect(given.issues[0]?.rule).not.toBe('');
  });

  it.each<[string, unknown, { field: string; value: string; rule: string }]>([
    [
      'bounds upside down, in yuan as written',
      withPolicy({ minBase: '99999.00' }, 1),
      {
        ...{ field: 'unit.policies.1.minBase', value: '99999.00' },
        rule: '最低缴存基数不得大于最高缴存基数（maxBase）',
      },
    ],
    [
      'a month that is none',
      { ...example, businessMonth: 202613 },
      {
        ...{ field: 'businessMonth', value: '202613' },
        rule: '应为年月：4位年份（1990至2100）加2位月份，例如 202611',
      },
    ],
    [
      'a month as text',
      { ...example, businessMonth: '202611' },
      { field: 'businessMonth', value: '202611', rule: '应为数字，现为文字（加引号）' },
    ],
    [
      'no entry',
      { ...example, entry: undefined },
      { field: 'entry', value: '', rule: '缺少此项，应为对象' },
    ],
    [
      'a list for the entry',
      { ...example, entry: [1] },
      { field: 'entry', value: '[…]', rule: '应为对象，现为数组' },
    ],
    [
      'a kind that is none',
      { ...example, kind: 'transfer' },
      {
        ...{ field: 'kind', value: 'transfer' },
        rule: '应为"registration"、"reduction"、"missedBackPay"、"shortfallBackPay"',
      },
    ],
    [
      'no kind',
      { ...example, kind: null },
      {
        ...{ field: 'kind', value: 'null' },
        rule: '应为"registration"、"reduction"、"missedBackPay"、"shortfallBackPay"，现为空值 null',
      },
    ],
    [
      'a ratio beyond all',
      { ...example, unit: { ...example.unit, ratio: 101 } },
      { field: 'unit.ratio', value: '101', rule: '应不大于100' },
    ],
    [
      'a ratio with a fraction',
      { ...example, unit: { ...example.unit, ratio: 7.5 } },
      { field: 'unit.ratio', value: '7.5', rule: '应为整数，现为小数' },
    ],
    [
      'no funds',
      { ...example, unit: { ...example.unit, fundTypes: [] } },
      { field: 'unit.fundTypes', value: '[…]', rule: '至少1项' },
    ],
    [
      'a time out of all windows',
      { ...example, now: '1980-01-01T00:00:00Z' },
      { field: 'now', value: '1980-01-01T00:00:00Z', rule: '年份应在1991至2099之间' },
    ],
    [
      'a state that is none',
      { ...example, roster: example.roster.map((row) => ({ ...row, status: '07' })) },
      {
        ...{ field: 'roster.0.status', value: '07' },
        rule: '应为"01"、"02"、"03"、"04"、"05"、"06"、"99"',
      },
    ],
    [
      'a day that is none',
      { ...example, now: '2026-02-30T10:00:00+08:00' },
      {
        ...{ field: 'now', value: '2026-02-30T10:00:00+08:00' },
        rule: '应为带时区的真实日期和时间，例如 "2026-11-20T10:00:00+08:00"',
      },
    ],
    [
      'an account twice',
      { ...example, roster: [...example.roster, ...example.roster] },
      {
        ...{ field: 'roster.1.personalAccount', value: '990012345678' },
        rule: '与第1行（roster.0）的个人客户号和资金性质相同',
      },
    ],
    [
      'a policy row twice',
      withPolicy({ from: 202607 }, 0),
      {
        ...{ field: 'unit.policies.1.from', value: '202607' },
        rule: '与第1行（policies.0）的资金性质和起始年月相同',
      },
    ],
  ])('%s: says so in Chinese and quotes what was written', (_, input, told) => {
    const { exitCode, answer: given } = explain(input);
    expect(exitCode).toBe(2);
    expect(given.issues).toEqual([
      { code: 'INPUT_UNREADABLE', ...told, fix: '请按格式说明改正后再试，格式见 docs/rules.md。' },
    ]);
  });

  it('names all places at once', () => {
    const { codes } = explain({ ...example, kind: 1, unit: { ...example.unit, ratio: 'x' } });
    expect(codes).toEqual(['kind INPUT_UNREADABLE', 'unit.ratio INPUT_UNREADABLE']);
  });

  it.each([
    ['', '输入是空的，应为一个 JSON 对象'],
    [' \n', '输入是空的，应为一个 JSON 对象'],
    ['{', '应为一个 JSON 对象，但没有写完'],
    ['{ 1', '应为一个 JSON 对象，第1行第3个字符处不合 JSON 的写法'],
    ['{\n "a": 1,\n}', '应为一个 JSON 对象，第3行第1个字符处不合 JSON 的写法'],
    ['[1 ', '应为一个 JSON 对象，但没有写完'],
    ['{} x', '应为一个 JSON 对象，第1行第4个字符处不合 JSON 的写法'],
    ['{"a": hello}', '应为一个 JSON 对象，“h”处不合 JSON 的写法'],
    ['{"a":', '应为一个 JSON 对象，但没有写完'],
    ['null', '应为对象，现为空值 null'],
    ['[]', '应为对象，现为数组'],
    ['[['.repeat(50_000), '应为一个 JSON 对象，但没有写完'],
    ['{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000), '缺少此项，应为'],
  ])('text %#: says where it stops being JSON', (text, told) => {
    const { answer: given, exitCode } = answer(text, NOW_MS);
    expect(exitCode).toBe(2);
    expect(given.issues[0]?.rule).toContain(told);
  });

  it('no JSON at all', () => {
    for (const text of ['', '{', 'null', '[]', '\u0000'])
      expect(answer(text, NOW_MS).exitCode).toBe(2);
    expect(answer(`\uFEFF${JSON.stringify(example)}`, NOW_MS).exitCode).toBe(0);
  });
});

function withPolicy(changes: object, from = 0): unknown {
  const policies = example.unit.policies.map((policy, i) =>
    i < from ? policy : { ...policy, ...changes },
  );
  return { ...example, unit: { ...example.unit, policies } };
}
