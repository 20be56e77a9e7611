import { formatMonth } from './months.ts';
import type { BusinessMonth } from './months.ts';
import { YUAN_DIGITS_MAX, parseYuan } from './money.ts';
import type { Fen } from './money.ts';
import { raise } from './issue.ts';
import type { Issue } from './issue.ts';
import type { Policy } from './policy.ts';
import { normaliseTyped } from './typed.ts';
import { rule } from './wording.ts';

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

/** Reads a wage (manual 六.3 to 6): format, decimals, positive, then the clamp with both limits named. */
export function readBase(
  typed: string,
  policy: Policy | undefined,
  month: BusinessMonth,
): ReadBase {
  const found = (text: string) => ({ field: FIELD, value: typed, rule: text });
  const cleaned = normaliseTyped(typed);
  const issues: Issue[] = [];
  if (cleaned.fullWidth) issues.push(raise('notice', 'TYPED_FULL_WIDTH', found(rule.fullWidth)));
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
  const typedBase = parsed.value;
  if (typedBase <= 0) {
    issues.push(raise('error', 'BASE_NOT_POSITIVE', found(rule.basePositive)));
    return { issues };
  }
  if (!policy) {
    issues.push(raise('error', 'POLICY_MISSING', found(rule.policy(formatMonth(month)))));
    return { issues, typedBase };
  }
  const base = clampBase(typedBase, policy);
  if (base !== typedBase) {
    const code = typedBase < base ? 'BASE_BELOW' : 'BASE_ABOVE';
    const bounds = rule.baseBounds(policy.minBase, policy.maxBase);
    issues.push(raise('notice', code, found(bounds)));
  }
  return { issues, typedBase, base };
}
