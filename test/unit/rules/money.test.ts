import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addFen,
  fenToPlain,
  formatFen,
  parseYuan,
  roundFen,
  roundings,
  shareOf,
  toFen,
} from '../../../shared/rules/money.ts';
import type { Rounding } from '../../../shared/rules/money.ts';
import { seed } from './seed.ts';

function yuan(text: string) {
  const parsed = parseYuan(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.code}`);
  return parsed.value;
}

describe('money: whole-yuan half-up vectors', () => {
  it.each([
    ['4366.67', 12, 524],
    ['4367.50', 12, 524],
    ['3754.17', 5, 188],
    ['1250.00', 5, 63],
    ['2050.00', 5, 103],
    ['10150.00', 5, 508],
    ['12345.50', 12, 1481],
    ['2660.00', 5, 133],
    ['42151.00', 12, 5058],
  ])('%s at %i %% is %i yuan', (base, ratio, expected) => {
    expect(shareOf(yuan(base), ratio, 'yuanHalfUp')).toBe(expected * 100);
  });
});

describe('money: the nine ways of rounding', () => {
  it.each<[Rounding, number, number, number]>([
    // 123.456 yuan, 123.406 yuan, 123.05 yuan
    ['fenTruncate', 12345, 12340, 12305],
    ['fenHalfUp', 12346, 12341, 12305],
    ['fenCeil', 12346, 12341, 12305],
    ['jiaoTruncate', 12340, 12340, 12300],
    ['jiaoHalfUp', 12350, 12340, 12310],
    ['jiaoCeil', 12350, 12340, 12310],
    ['yuanTruncate', 12300, 12300, 12300],
    ['yuanHalfUp', 12300, 12300, 12300],
    ['yuanCeil', 12400, 12400, 12300],
  ])('%s', (rounding, first, second, third) => {
    expect(roundFen(new Decimal('12345.6'), rounding)).toBe(first);
    expect(roundFen(new Decimal('12340.6'), rounding)).toBe(second);
    expect(roundFen(new Decimal('12305'), rounding)).toBe(third);
  });

  it('looks at the exact amount once, never at an amount rounded before', () => {
    expect(roundFen(new Decimal('49.9999'), 'yuanHalfUp')).toBe(0);
    expect(roundFen(new Decimal('50'), 'yuanHalfUp')).toBe(100);
  });

  it('refuses a negative amount', () => {
    expect(() => roundFen(new Decimal(-1), 'fenHalfUp')).toThrow(RangeError);
  });

  it('agrees with rational arithmetic in BigInt for every way, any amount, any fraction', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 20n }),
        fc.integer({ min: 6, max: 12 }),
        fc.constantFrom(...roundings),
        (numerator, places, rounding) => {
          const exact = new Decimal(`${numerator}e-${places}`);
          const expected = roundRational(numerator, 10n ** BigInt(places), rounding);
          expect(BigInt(roundFen(exact, rounding))).toBe(expected);
        },
      ),
      { seed, numRuns: 5000 },
    );
  });

  it('agrees with rational arithmetic near every boundary', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.constantFrom(0, 1, 9, 49, 50, 51, 99, 100, 499, 500, 501, 999, 1000, 4999, 5000, 5001),
        fc.constantFrom(...roundings),
        (yuanPart, hundredthsOfFen, rounding) => {
          const numerator = BigInt(yuanPart) * 10_000n + BigInt(hundredthsOfFen);
          const exact = new Decimal(numerator.toString()).div(100);
          expect(BigInt(roundFen(exact, rounding))).toBe(roundRational(numerator, 100n, rounding));
        },
      ),
      { seed, numRuns: 3000 },
    );
  });

  it('rounds a share as rational arithmetic does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999_999_999 }),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom(...roundings),
        (base, ratio, rounding) => {
          const expected = roundRational(BigInt(base) * BigInt(ratio), 100n, rounding);
          expect(BigInt(shareOf(toFen(base), ratio, rounding))).toBe(expected);
        },
      ),
      { seed, numRuns: 3000 },
    );
  });
});

/** The definition, written again without decimal.js. */
function roundRational(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const unit = rounding.startsWith('yuan') ? 100n : rounding.startsWith('jiao') ? 10n : 1n;
  const whole = denominator * unit;
  if (rounding.endsWith('Truncate')) return (numerator / whole) * unit;
  if (rounding.endsWith('HalfUp')) return ((2n * numerator + whole) / (2n * whole)) * unit;
  const tenths = (numerator * 10n) / whole;
  return ((tenths + 9n) / 10n) * unit;
}

describe('yuan text', () => {
  it.each([
    ['8000', 800_000],
    ['8000.', 800_000],
    ['8000.5', 800_050],
    ['8000.05', 800_005],
    ['0.29', 29],
    ['0', 0],
    ['-0.00', 0],
    ['-1.10', -110],
    ['007', 700],
    ['8,000.00', 800_000],
    ['1,234,567.89', 123_456_789],
    ['9999999999.99', 999_999_999_999],
  ])('reads %s', (text, fen) => {
    const parsed = parseYuan(text);
    expect(parsed).toEqual({ ok: true, value: fen });
    expect(parsed.ok && Object.is(parsed.value, fen)).toBe(true);
  });

  it.each([
    ['', 'BASE_FORMAT'],
    ['abc', 'BASE_FORMAT'],
    ['1e3', 'BASE_FORMAT'],
    ['0x10', 'BASE_FORMAT'],
    ['.5', 'BASE_FORMAT'],
    ['+5', 'BASE_FORMAT'],
    ['1.2.3', 'BASE_FORMAT'],
    ['80,00', 'BASE_FORMAT'],
    ['1,2345', 'BASE_FORMAT'],
    ['８０００', 'BASE_FORMAT'],
    ['8000.123', 'BASE_DECIMALS'],
    ['8000.000', 'BASE_DECIMALS'],
    ['10000000000', 'BASE_TOO_LARGE'],
  ])('refuses %s with %s', (text, code) => {
    expect(parseYuan(text)).toMatchObject({ ok: false, code });
  });

  it('writes 1,920.00 and 1920.00', () => {
    expect(formatFen(toFen(192_000))).toBe('1,920.00');
    expect(fenToPlain(toFen(192_000))).toBe('1920.00');
    expect(formatFen(toFen(5))).toBe('0.05');
    expect(formatFen(toFen(-123_456_789))).toBe('-1,234,567.89');
    expect(formatFen(toFen(99_999))).toBe('999.99');
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), (fen) => {
        expect(parseYuan(formatFen(toFen(fen)))).toEqual({ ok: true, value: fen });
        expect(parseYuan(fenToPlain(toFen(fen)))).toEqual({ ok: true, value: fen });
      }),
      { seed },
    );
  });
});

describe('integer fen', () => {
  it('never holds a fraction or an unsafe integer', () => {
    for (const n of [0.1, Number.NaN, Infinity, 2 ** 53])
      expect(() => toFen(n)).toThrow(RangeError);
  });

  it('adds, and throws rather than lose a fen', () => {
    expect(addFen(toFen(1), toFen(2), toFen(3))).toBe(6);
    expect(addFen()).toBe(0);
    expect(() => addFen(toFen(Number.MAX_SAFE_INTEGER), toFen(1))).toThrow(RangeError);
  });

  it('takes whole percents only', () => {
    expect(() => shareOf(toFen(100), 5.5, 'fenHalfUp')).toThrow(RangeError);
    expect(() => shareOf(toFen(100), -1, 'fenHalfUp')).toThrow(RangeError);
  });
});
