import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimsOf, findDuplicates } from '../../../shared/batch/duplicates.ts';
import type { BatchClaim, ClaimingRow } from '../../../shared/batch/duplicates.ts';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import { entryContext, zhang } from '../rules/hangzhou.ts';
import { seed } from './sheets.ts';

console.info(`duplicates: BATCH_SEED=${seed}`);

const registration = (idNumber: string, fundType = '10'): EntryTyped => ({
  ...{ kind: 'registration', fundType, name: '示例甲', idType: '01', idNumber, base: '8000' },
});
const reduction = (personalAccount: string, fundType = '10'): EntryTyped => ({
  ...{ kind: 'reduction', fundType, personalAccount, reason: '03' },
});
const missed = (personalAccount: string, from: string, to: string): EntryTyped => ({
  ...{ kind: 'missedBackPay', fundType: '10', personalAccount, from, to, base: '', ratio: '' },
});
const shortfall = (personalAccount: string, from: string, to: string): EntryTyped => ({
  ...{ kind: 'shortfallBackPay', fundType: '10', personalAccount, from, to },
  ...{ paidBase: '', paidRatio: '', dueBase: '', dueRatio: '' },
});

const claim = (typed: EntryTyped, person?: typeof zhang) => claimsOf(typed, person, entryContext);

/** Rows of the file from 2 on. */
function find(claims: readonly (readonly BatchClaim[])[]) {
  const rows = claims.map((each, i): ClaimingRow => ({ seq: i + 1, row: i + 2, claims: each }));
  return [...findDuplicates(rows)]
    .sort(([a], [b]) => a - b)
    .map(([seq, [issue]]) => `${seq} ${issue?.field} ${/第.*行/.exec(issue?.rule ?? '')?.[0]}`);
}

describe('rows of one file', () => {
  it('name each other: the same person registered twice, 15 and 18 characters alike', () => {
    const long = claim(registration('990100900101001'))[0]?.key.split(' ').at(-1) ?? '';
    expect(long).toHaveLength(18);
    const rows = [
      registration('990100900101001'),
      registration('34052419800101001X'),
      registration(long),
    ];
    expect(find(rows.map((row) => claim(row)))).toEqual(['1 idNumber 第4行', '3 idNumber 第2行']);
  });

  it('may have one person under two funds', () => {
    const id = '990100199001010012';
    expect(find([claim(registration(id)), claim(registration(id, '11'))])).toEqual([]);
  });

  it('name the first others where there are many', () => {
    const same = Array.from({ length: 6 }, () => claim(registration('990100199001010012')));
    expect(find(same)).toEqual([
      '1 idNumber 第3行、第4行、第5行',
      '2 idNumber 第2行、第4行、第5行',
      '3 idNumber 第2行、第3行、第5行',
      '4 idNumber 第2行、第3行、第4行',
      '5 idNumber 第2行、第3行、第4行',
      '6 idNumber 第2行、第3行、第4行',
    ]);
  });

  it('reduce an account once, and a person once', () => {
    const other = { ...zhang, personalAccount: '990012349999' };
    const rows = [
      claim(reduction(zhang.personalAccount), zhang),
      claim(reduction(other.personalAccount), other),
      claim(reduction('990012340003')),
      claim(reduction('990012340003')),
    ];
    expect(find(rows)).toEqual([
      '1 personalAccount 第3行',
      '2 personalAccount 第2行',
      '3 personalAccount 第5行',
      '4 personalAccount 第4行',
    ]);
  });

  it('pay back months once, whichever kind', () => {
    const account = zhang.personalAccount;
    const rows = [
      missed(account, '202601', '202603'),
      missed(account, '202604', '202605'),
      shortfall(account, '202603', '202603'),
      missed('990012340002', '202601', '202612'),
    ];
    expect(find(rows.map((row) => claim(row)))).toEqual(['1 from 第4行', '3 from 第2行']);
  });

  it('claim nothing with what cannot be read', () => {
    expect(claim(registration('1.10101E+17'))).toEqual([]);
    expect(claim(reduction('12345'))).toEqual([]);
    expect(claim(missed(zhang.personalAccount, '202613', '202614'))).toEqual([]);
    expect(claim(missed(zhang.personalAccount, '202605', '202604'))).toEqual([]);
    expect(claim(registration('990100199001010012', '12'))).toEqual([]);
  });
});

describe('overlapping months', () => {
  it('are those a comparison of each with each finds', () => {
    const month = fc.integer({ min: 0, max: 30 });
    const span = fc.tuple(fc.constantFrom('a', 'b'), month, fc.integer({ min: 0, max: 6 }));
    const at = (n: number) => toMonth(202_001 + Math.floor(n / 12) * 100 + (n % 12));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 25 }), (spans) => {
        const rows = spans.map(([key, from, length], i): ClaimingRow => {
          const one = { key, field: 'from', value: '', from: at(from), to: at(from + length) };
          return { seq: i + 1, row: i + 2, claims: [one] };
        });
        const found = findDuplicates(rows);
        for (const [i, [key, from, length]] of spans.entries()) {
          const against = spans.flatMap(([other, start, more], j) =>
            j !== i && other === key && start <= from + length && from <= start + more
              ? [j + 2]
              : [],
          );
          const named = [...(found.get(i + 1)?.[0]?.rule.matchAll(/第(\d+)行/g) ?? [])].map(
            ([, row]) => Number(row),
          );
          expect(named.length > 0).toBe(against.length > 0);
          for (const row of named) expect(against).toContain(row);
        }
      }),
      { seed, numRuns: 500 },
    );
  });
});

describe('20,000 rows', () => {
  const many = 20_000;
  const timed = (claims: (i: number) => readonly BatchClaim[]) => {
    const rows = Array.from({ length: many }, (_, i): ClaimingRow => ({
      ...{ seq: i + 1, row: i + 2, claims: claims(i) },
    }));
    const startedAt = performance.now();
    const found = findDuplicates(rows);
    return { size: found.size, tookMs: performance.now() - startedAt };
  };

  it.each<[string, (i: number) => readonly BatchClaim[], number]>([
    ['all apart', (i) => [{ key: `${i}`, field: 'idNumber', value: '' }], 0],
    ['all the same', () => [{ key: 'x', field: 'idNumber', value: '' }], many],
    [
      ...(['all over the same months'] as const),
      () => [{ key: 'x', field: 'from', value: '', from: toMonth(202001), to: toMonth(202612) }],
      many,
    ],
  ])('%s: well under a second', (_, claims, size) => {
    const found = timed(claims);
    console.info(`duplicates of ${many} rows: ${Math.round(found.tookMs)} ms`);
    expect(found.size).toBe(size);
    expect(found.tookMs).toBeLessThan(1000);
  });

  it('after an edit the rows that share its key say the same as the whole file does', () => {
    const rows = Array.from({ length: 300 }, (_, i): ClaimingRow => ({
      ...{ seq: i + 1, row: i + 2 },
      claims: [{ key: `${i % 7}`, field: 'idNumber', value: '' }],
    }));
    const whole = findDuplicates(rows);
    const part = findDuplicates(rows.filter(({ claims }) => claims[0]?.key === '3'));
    for (const [seq, issues] of part) expect(issues).toEqual(whole.get(seq));
  });
});
