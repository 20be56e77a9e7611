import type { Rounding } from '../../../shared/rules/money.ts';

/**
 * The centre's own arithmetic, in BigInt ten-thousandths of a yuan, written apart from
 * shared/rules on purpose: a mistake there must not agree with itself here.
 */
const TICKS_PER_FEN = 100n;

/** Ticks in the unit that is kept, and in the next smaller one that decides for 见…进…. */
const keep: Readonly<Record<Rounding, readonly [unitTicks: bigint, way: 'cut' | 'half' | 'up']>> = {
  fenTruncate: [100n, 'cut'],
  fenHalfUp: [100n, 'half'],
  fenCeil: [100n, 'up'],
  jiaoTruncate: [1_000n, 'cut'],
  jiaoHalfUp: [1_000n, 'half'],
  jiaoCeil: [1_000n, 'up'],
  yuanTruncate: [10_000n, 'cut'],
  yuanHalfUp: [10_000n, 'half'],
  yuanCeil: [10_000n, 'up'],
};

/** `base × ratio %` of one part, rounded as the policy says; fen. Base and ratio not negative. */
export function monthlyPart(baseFen: number, ratioPercent: number, rounding: Rounding): bigint {
  const ticks = BigInt(baseFen) * BigInt(ratioPercent);
  const [unit, way] = keep[rounding];
  const whole = ticks / unit;
  const rest = ticks % unit;
  const goesUp =
    (way === 'half' && rest * 2n >= unit) || (way === 'up' && rest / (unit / 10n) > 0n);
  return ((goesUp ? whole + 1n : whole) * unit) / TICKS_PER_FEN;
}

export function sumFen(amounts: Iterable<number>): bigint {
  let sum = 0n;
  for (const amount of amounts) sum += BigInt(amount);
  return sum;
}

/** `1920.00`, `-0.05` */
export function yuanText(fen: bigint | number): string {
  const digits = String(fen).replace('-', '').padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
