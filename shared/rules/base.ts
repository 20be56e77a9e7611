import { formatMonth } from './months.ts';
import type { BusinessMonth } from './months.ts';
import { YUAN_DIGITS_MAX, parseYuan } from './money.ts';
import type { Fen } from './money.ts';
import { raise } from './issue.ts';
import type { Issue } from './issue.ts';
import type { Policy } from './policy.ts';
import { hasInnerSpace, normaliseTyped } from './typed.ts';
import { rule, step } from './wording.ts';

/** 月均工资 as typed, and the 缴存基数 that follows from it. */
const FIELD = 'base';

export interface ReadBase {
  readonly issues: readonly Issue[];
  /** The wage as typed; absent when it cannot be read or is not positive. */
  readonly typedBase?: Fen;
  /** After the clamp; absent as `typedBase`, or without a policy. */
  readonly base?: Fen;
}

/** The wage, or the nearer bound when it lies outside (manual 六.3). */
export function clampBase(wage: Fen, policy: Pick<Policy, 'minBase' | 'maxBase'>): Fen {
  if (wage < policy.minBase) return policy.minBase;
  return wage > policy.maxBase ? policy.maxBase : wage;
}

/** Reads a wage (manual 六.4 to 6, 十一(一)6, 7, 10): format, decimals, positive. No bounds yet. */
export function readWage(
  field: string,
  typed: string,
): { readonly issues: readonly Issue[]; readonly wage?: Fen } {
  const found = (text: string) => ({ field, value: typed, rule: text });
  const cleaned = normaliseTyped(typed);
  const issues: Issue[] = [];
  if (cleaned.fullWidth) issues.push(raise('notice', 'TYPED_FULL_WIDTH', found(rule.fullWidth)));
  if (hasInnerSpace(typed)) issues.push(raise('notice', 'TYPED_SPACES', found(rule.spaces)));
  const parsed = parseYuan(cleaned.text.replaceAll(' ', ''));
  if (!parsed.ok) {
    const text = {
      BASE_DECIMALS: rule.baseDecimals,
      BASE_TOO_LARGE: rule.baseDigits(YUAN_DIGITS_MAX),
    } as const;
    const met =
      parsed.code === 'BASE_DECIMALS' || parsed.code === 'BASE_TOO_LARGE'
        ? text[parsed.code]
        : rule.baseNumber;
    return { issues: [...issues, raise('error', parsed.code, found(met))] };
  }
  if (parsed.value > 0) return { issues, wage: parsed.value };
  issues.push(raise('error', 'BASE_NOT_POSITIVE', found(rule.basePositive)));
  return { issues };
}

/** Reads the wage of one month (manual 六.3 to 6): as `readWage`, then the clamp with both limits named. */
export function readBase(
  typed: string,
  policy: Policy | undefined,
  month: BusinessMonth,
): ReadBase {
  const found = (text: string) => ({ field: FIELD, value: typed, rule: text });
  const { issues, wage } = readWage(FIELD, typed);
  if (wage === undefined) return { issues };
  if (!policy) {
    const missing = raise('error', 'POLICY_MISSING', found(rule.policy(formatMonth(month))));
    return { issues: [...issues, missing], typedBase: wage };
  }
  const bounds = rule.baseBounds(policy.minBase, policy.maxBase);
  const base = clampBase(wage, policy);
  return { issues: [...issues, ...adjusted(wage, base, found(bounds))], typedBase: wage, base };
}

/** Says that the bounds of some months count instead of the wage typed (manual 十一(一)5 and 8). */
export function noteAdjustment(
  field: string,
  typed: string,
  wage: Fen,
  policy: Policy,
  months: string,
): Issue[] {
  const bounds = rule.baseBoundsFrom(months, policy.minBase, policy.maxBase);
  return adjusted(wage, clampBase(wage, policy), { field, value: typed, rule: bounds });
}

function adjusted(
  wage: Fen,
  base: Fen,
  found: { field: string; value: string; rule: string },
): Issue[] {
  if (base === wage) return [];
  return [raise('notice', wage < base ? 'BASE_BELOW' : 'BASE_ABOVE', found)];
}

/** What the bounds made of a wage, as a line of the calculation. */
export function explainClamp(base: Fen, typedBase: Fen, policy: Policy): string {
  if (typedBase < base) return step.raised(policy.minBase);
  if (typedBase > base) return step.lowered(policy.maxBase);
  return step.within(policy.minBase, policy.maxBase);
}
