import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { monthlyPart, sumFen, yuanText } from '../../../electron/demo/review/money.ts';
import { roundings, shareOf, toFen } from '../../../shared/rules/money.ts';

/** The centre's BigInt arithmetic against published vectors and against the client's own. */
describe('monthly part', () => {
  test.each([
    [436_667, 12, 524],
    [436_750, 12, 524],
    [375_417, 5, 188],
    [125_000, 5, 63],
    [205_000, 5, 103],
    [1_015_000, 5, 508],
    [1_234_550, 12, 1481],
    [266_000, 5, 133],
    [4_215_100, 12, 5058],
  ])('%i fen at %i %% is %i yuan', (base, ratio, yuan) => {
    expect(monthlyPart(base, ratio, 'yuanHalfUp')).toBe(BigInt(yuan * 100));
  });

  test.each([
    ['fenTruncate', 1_001n],
    ['fenHalfUp', 1_002n],
    ['fenCeil', 1_002n],
    ['jiaoTruncate', 1_000n],
    ['jiaoHalfUp', 1_000n],
    ['jiaoCeil', 1_010n],
    ['yuanTruncate', 1_000n],
    ['yuanHalfUp', 1_000n],
    ['yuanCeil', 1_000n],
  ] as const)('200.36 yuan at 5 %% = 10.018: %s', (rounding, fen) => {
    expect(monthlyPart(20_036, 5, rounding)).toBe(fen);
  });

  test('agrees with the client on every rounding, for any base and ratio', () => {
    const base = fc.integer({ min: 0, max: 999_999_999_999 });
    const ratio = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(base, ratio, fc.constantFrom(...roundings), (fen, percent, rounding) => {
        const clients = shareOf(toFen(fen), percent, rounding);
        expect(monthlyPart(fen, percent, rounding)).toBe(BigInt(clients));
      }),
      { numRuns: 2_000 },
    );
  });
});

test('sums stay exact beyond the safe integers', () => {
  const most = Number.MAX_SAFE_INTEGER;
  expect(sumFen([most, most, 1])).toBe(2n * BigInt(most) + 1n);
});

test('yuan text', () => {
  expect([yuanText(5), yuanText(123_456n), yuanText(0)]).toEqual(['0.05', '1234.56', '0.00']);
});
