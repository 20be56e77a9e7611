import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMissedBackPay, previewMissedBackPay } from '../../../shared/rules/missed-back-pay.ts';
import { fenToPlain, roundings, toFen } from '../../../shared/rules/money.ts';
import type { Rounding } from '../../../shared/rules/money.ts';
import { previousMonth, toMonth } from '../../../shared/rules/months.ts';
import type { Policy } from '../../../shared/rules/policy.ts';
import {
  checkShortfallBackPay,
  previewShortfallBackPay,
} from '../../../shared/rules/shortfall-back-pay.ts';
import { contextOver, perEmployee, zhang } from './hangzhou.ts';
import { seed } from './seed.ts';

/**
 * The amounts again, month by month, as exact fractions of BigInt: no decimal.js, no policy parts,
 * no multiplication by a number of months.
 */
const YEARS = 12;
const at = (n: number) => toMonth((2014 + Math.floor(n / 12)) * 100 + (n % 12) + 1);

/** A row every July from 2013 on, with its own bounds and rounding. */
const policies = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 500_000 }),
      fc.integer({ min: 0, max: 5_000_000 }),
      fc.constantFrom(...roundings),
    ),
    { minLength: YEARS + 2, maxLength: YEARS + 2 },
  )
  .map((rows) =>
    rows.map(([minBase, room, rounding], i): Policy => ({
      fundType: '10',
      from: toMonth((2013 + i) * 100 + 7),
      minBase: toFen(minBase),
      maxBase: toFen(minBase + room),
      rounding,
    })),
  );
const index = fc.integer({ min: 0, max: YEARS * 12 - 1 });
const span = fc
  .tuple(index, index)
  .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
const wage = fc.integer({ min: 1, max: 8_000_000 });
const ratio = fc.integer({ min: 5, max: 12 });

function contextWith(rows: readonly Policy[]) {
  const terms = { ...perEmployee, policies: rows };
  return contextOver([{ ...zhang, paid: [] }], { terms, businessMonth: toMonth(203001) });
}

function typedSpan([from, to]: [number, number]) {
  return {
    fundType: '10',
    personalAccount: zhang.personalAccount,
    from: String(at(from)),
    to: String(at(to)),
  };
}

/** Parts of one month in fen, by the definition of each rounding. */
function partOf(
  rows: readonly Policy[],
  month: number,
  typedWage: number,
  percent: number,
): bigint {
  const inForce = rows.filter((row) => row.from <= month).at(-1);
  if (!inForce) throw new Error(`no policy for ${month}`);
  const { minBase, maxBase, rounding } = inForce;
  const base = typedWage < minBase ? minBase : typedWage > maxBase ? maxBase : typedWage;
  return roundFraction(BigInt(base) * BigInt(percent), 100n, rounding);
}

function roundFraction(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const unit = rounding.startsWith('yuan') ? 100n : rounding.startsWith('jiao') ? 10n : 1n;
  const whole = denominator * unit;
  if (rounding.endsWith('Truncate')) return (numerator / whole) * unit;
  if (rounding.endsWith('HalfUp')) return ((2n * numerator + whole) / (2n * whole)) * unit;
  return (((numerator * 10n) / whole + 9n) / 10n) * unit;
}

describe('amounts never lose or gain a fen', () => {
  it('漏缴: every month and the sums, over any span, bounds, wage, ratio and rounding', () => {
    fc.assert(
      fc.property(policies, span, wage, ratio, (rows, [from, to], base, percent) => {
        const typed = {
          ...typedSpan([from, to]),
          base: fenToPlain(toFen(base)),
          ratio: String(percent),
        };
        const expected: [number, bigint][] = [];
        for (let n = from; n <= to; n += 1) {
          expected.push([at(n), partOf(rows, at(n), base, percent)]);
        }
        const part = expected.reduce((sum, [, fen]) => sum + fen, 0n);
        const preview = previewMissedBackPay(typed, contextWith(rows));
        expect(preview.months.map(({ month, unitFen }) => [month, BigInt(unitFen)])).toEqual(
          expected,
        );
        expect(preview.months.every((month) => month.unitFen === month.personalFen)).toBe(true);
        expect(BigInt(preview.amounts?.unitFen ?? -1)).toBe(part);
        expect(BigInt(preview.amounts?.personalFen ?? -1)).toBe(part);
        expect(BigInt(preview.amounts?.totalFen ?? -1)).toBe(2n * part);
        const subtotals = preview.parts.reduce(
          (sum, { subtotalFen }) => sum + BigInt(subtotalFen),
          0n,
        );
        expect(subtotals).toBe(2n * part);
        const { entry } = checkMissedBackPay(typed, contextWith(rows));
        expect(entry === undefined).toBe(part === 0n);
        if (entry) expect(entry).toMatchObject(preview.amounts ?? {});
      }),
      { seed, numRuns: 300 },
    );
  });

  it('少缴: every month and the sums; an entry exactly when no month is below zero and the sum above', () => {
    fc.assert(
      fc.property(policies, span, wage, wage, ratio, ratio, (rows, [from, to], a, b, paid, due) => {
        const typed = {
          ...typedSpan([from, to]),
          paidBase: fenToPlain(toFen(Math.min(a, b))),
          dueBase: fenToPlain(toFen(Math.max(a, b))),
          paidRatio: String(paid),
          dueRatio: String(due),
        };
        const expected: bigint[] = [];
        for (let n = from; n <= to; n += 1) {
          const wasDue = partOf(rows, at(n), Math.max(a, b), due);
          expected.push(wasDue - partOf(rows, at(n), Math.min(a, b), paid));
        }
        const part = expected.reduce((sum, fen) => sum + fen, 0n);
        const preview = previewShortfallBackPay(typed, contextWith(rows));
        expect(preview.months.map(({ unitFen }) => BigInt(unitFen))).toEqual(expected);
        expect(BigInt(preview.amounts?.unitFen ?? 0)).toBe(part);
        expect(BigInt(preview.amounts?.totalFen ?? 0)).toBe(2n * part);
        const { entry } = checkShortfallBackPay(typed, contextWith(rows));
        expect(entry !== undefined).toBe(part > 0n && expected.every((fen) => fen >= 0n));
      }),
      { seed, numRuns: 300 },
    );
  });

  it('a span paid in two entries is the span paid in one', () => {
    fc.assert(
      fc.property(policies, span, index, wage, ratio, (rows, [from, to], cut, base, percent) => {
        fc.pre(from < cut && cut <= to);
        const total = (first: number, last: number) => {
          const rest = { base: fenToPlain(toFen(base)), ratio: String(percent) };
          const typed = { ...typedSpan([first, last]), ...rest };
          return previewMissedBackPay(typed, contextWith(rows)).amounts?.totalFen ?? Number.NaN;
        };
        expect(previousMonth(at(cut))).toBe(at(cut - 1));
        expect(total(from, cut - 1) + total(cut, to)).toBe(total(from, to));
      }),
      { seed, numRuns: 200 },
    );
  });
});
