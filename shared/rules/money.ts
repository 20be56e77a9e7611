import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { fail, succeed } from '../errors/result.ts';
import type { Result } from '../errors/result.ts';

/** Money in integer 分; made by `parseYuan`, `toFen` and the functions of this file only. */
export type Fen = number & { readonly __brand: 'Fen' };

/** More whole digits than this is a slip of the keyboard; it also keeps every product exact. */
export const YUAN_DIGITS_MAX = 10;

/** Money on the wire and between processes: a safe integer, never negative. */
export const moneySchema = z.custom<Fen>(
  (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
  'must be a whole, non-negative number of fen',
);

/** Brands a whole number of fen. Throws on anything else: a fraction here is a bug. */
export function toFen(n: number): Fen {
  if (!Number.isSafeInteger(n)) {
    throw new RangeError(`not a whole number of fen: ${n}`);
  }
  return (n + 0) as Fen; // + 0 turns -0 into 0
}

/**
 * Reads plain half-width yuan text: digits, at most two decimals, thousands separators only where
 * they belong, a leading minus. Fails with BASE_FORMAT, BASE_DECIMALS (manual 六.4) or
 * BASE_TOO_LARGE. A point without decimals (`8000.`) counts as none, so typing never flickers.
 */
export function parseYuan(text: string): Result<Fen> {
  const match = /^(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/.exec(text);
  if (!match) return fail('BASE_FORMAT', text);
  const whole = (match[2] ?? '').replaceAll(',', '').replace(/^0+(?=\d)/, '');
  const decimals = match[3] ?? '';
  if (decimals.length > 2) return fail('BASE_DECIMALS', text);
  if (whole.length > YUAN_DIGITS_MAX) return fail('BASE_TOO_LARGE', text);
  const fen = Number(whole + decimals.padEnd(2, '0'));
  return succeed(toFen(match[1] === '-' ? -fen : fen));
}

/** `1920.00`: for fields that are typed into and for files. */
export function fenToPlain(fen: Fen): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `1,920.00`: for reading. `parseYuan` reads it back. */
export function formatFen(fen: Fen): string {
  return fenToPlain(fen).replace(/\B(?=(\d{3})+\.)/g, ',');
}

/** Sum; throws once it leaves the safe integers. */
export function addFen(...amounts: readonly Fen[]): Fen {
  return amounts.reduce((sum, amount) => toFen(sum + amount), toFen(0));
}

/** The nine ways cities round. Hangzhou uses `yuanHalfUp`. */
export const roundings = [
  'fenTruncate',
  'fenHalfUp',
  'fenCeil',
  'jiaoTruncate',
  'jiaoHalfUp',
  'jiaoCeil',
  'yuanTruncate',
  'yuanHalfUp',
  'yuanCeil',
] as const;
export type Rounding = (typeof roundings)[number];

/** What the centres call them. */
export const roundingLabels: Readonly<Record<Rounding, string>> = {
  fenTruncate: '舍入到分',
  fenHalfUp: '四舍五入到分',
  fenCeil: '见厘进分',
  jiaoTruncate: '舍入到角',
  jiaoHalfUp: '四舍五入到角',
  jiaoCeil: '见分进角',
  yuanTruncate: '舍入到元',
  yuanHalfUp: '四舍五入到元',
  yuanCeil: '见角进元',
};

const FEN_PER_UNIT = { fen: 1, jiao: 10, yuan: 100 } as const;

const roundingSteps: Readonly<
  Record<Rounding, { unit: keyof typeof FEN_PER_UNIT; way: 'truncate' | 'halfUp' | 'ceil' }>
> = {
  fenTruncate: { unit: 'fen', way: 'truncate' },
  fenHalfUp: { unit: 'fen', way: 'halfUp' },
  fenCeil: { unit: 'fen', way: 'ceil' },
  jiaoTruncate: { unit: 'jiao', way: 'truncate' },
  jiaoHalfUp: { unit: 'jiao', way: 'halfUp' },
  jiaoCeil: { unit: 'jiao', way: 'ceil' },
  yuanTruncate: { unit: 'yuan', way: 'truncate' },
  yuanHalfUp: { unit: 'yuan', way: 'halfUp' },
  yuanCeil: { unit: 'yuan', way: 'ceil' },
};

const Exact = Decimal.clone({ precision: 60 });

/**
 * Rounds an exact amount (in fen, with any fraction) to whole fen. The three "见…进…" ways look only
 * at the next smaller unit: 见角进元 cuts to 角 and goes up when that 角 is not 0.
 * Throws on a negative amount: the ways are not defined there.
 */
export function roundFen(exactFen: Decimal, rounding: Rounding): Fen {
  if (exactFen.isNegative() && !exactFen.isZero()) {
    throw new RangeError(`cannot round a negative amount: ${exactFen.toString()}`);
  }
  const { unit, way } = roundingSteps[rounding];
  const units = new Exact(exactFen).div(FEN_PER_UNIT[unit]);
  const whole =
    way === 'truncate'
      ? units.floor()
      : way === 'halfUp'
        ? units.toDecimalPlaces(0, Decimal.ROUND_HALF_UP)
        : units.toDecimalPlaces(1, Decimal.ROUND_DOWN).ceil();
  return toFen(whole.mul(FEN_PER_UNIT[unit]).toNumber());
}

/** `base × ratio %` before rounding, in fen. Throws unless the ratio is a whole percent of 0 or more. */
export function exactShareOf(base: Fen, ratioPercent: number): Decimal {
  if (!Number.isSafeInteger(ratioPercent) || ratioPercent < 0) {
    throw new RangeError(`not a whole percent: ${ratioPercent}`);
  }
  return new Exact(base).mul(ratioPercent).div(100);
}

/** One part of the monthly amount, rounded on its own. */
export function shareOf(base: Fen, ratioPercent: number, rounding: Rounding): Fen {
  return roundFen(exactShareOf(base, ratioPercent), rounding);
}
