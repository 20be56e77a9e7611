import { z } from 'zod';
import { explainAmounts, monthlyAmounts } from './amounts.ts';
import type { MonthlyAmounts } from './amounts.ts';
import {
  nameMonths,
  noteAdjustments,
  readTarget,
  refuseNotPositive,
  sumMonths,
  timesMonths,
} from './back-pay.ts';
import type { BackPayAmounts, BackPayContext, Target } from './back-pay.ts';
import { clampBase, explainClamp, readWage } from './base.ts';
import type { RosterPerson } from './employee.ts';
import { WHOLE_ENTRY, groupByField, mayProceed, sortByField } from './issue.ts';
import type { Issue } from './issue.ts';
import { moneySchema } from './money.ts';
import type { Fen } from './money.ts';
import { businessMonthSchema } from './months.ts';
import type { BusinessMonth } from './months.ts';
import { fundTypeSchema } from './policy.ts';
import type { FundType, Policy } from './policy.ts';
import { readBackPayRatio } from './ratio.ts';
import { typedTextSchema } from './typed.ts';
import { step } from './wording.ts';

/** 漏缴补缴, single entry (manual 八(一)): months that were never paid, in full. */
export const missedBackPayFields = [
  'fundType',
  'personalAccount',
  'from',
  'to',
  'base',
  'ratio',
] as const;
export type MissedBackPayField = (typeof missedBackPayFields)[number];

/** One entry as the clerk typed it. */
export const missedBackPayTypedSchema = z.strictObject({
  fundType: typedTextSchema,
  personalAccount: typedTextSchema,
  from: typedTextSchema,
  to: typedTextSchema,
  base: typedTextSchema,
  ratio: typedTextSchema,
});
export type MissedBackPayTyped = Readonly<z.output<typeof missedBackPayTypedSchema>>;

const ratio = z.int().min(0).max(100);

export const missedMonthSchema = z.strictObject({
  month: businessMonthSchema,
  /** 缴存基数 after that month's clamp. */
  base: moneySchema,
  unitRatio: ratio,
  personalRatio: ratio,
  unitFen: moneySchema,
  personalFen: moneySchema,
});
export type MissedMonth = Readonly<z.output<typeof missedMonthSchema>>;

/** One entry that may be sent. */
export const missedBackPayEntrySchema = z.strictObject({
  fundType: fundTypeSchema,
  personalAccount: z.string().min(1),
  name: z.string().min(1),
  idNumber: z.string().min(1),
  from: businessMonthSchema,
  to: businessMonthSchema,
  typedBase: moneySchema,
  unitRatio: ratio,
  personalRatio: ratio,
  months: z.array(missedMonthSchema).min(1).readonly(),
  unitFen: moneySchema,
  personalFen: moneySchema,
  /** 补缴金额 */
  totalFen: moneySchema,
  /** 月缴存额 of the last month. */
  monthlyFen: moneySchema,
});
export type MissedBackPayEntry = Readonly<z.output<typeof missedBackPayEntrySchema>>;

export interface MissedBackPayCheck {
  /** In the order of the fields; every field is looked at. */
  readonly issues: readonly Issue[];
  /** Present when nothing of severity error or counter was found. */
  readonly entry?: MissedBackPayEntry;
}

/** The months under one policy row: each of them pays the same. */
export interface MissedPart {
  readonly policy: Policy;
  readonly months: readonly BusinessMonth[];
  readonly base: Fen;
  /** Of one month. */
  readonly amounts: MonthlyAmounts;
  /** Over the months of the part. */
  readonly subtotalFen: Fen;
}

export interface MissedBackPayPreview {
  /** Per field; a field still empty has none. */
  readonly issues: Readonly<Record<MissedBackPayField, readonly Issue[]>>;
  readonly general: readonly Issue[];
  /** As soon as fund and account name one, also when something stands against the entry. */
  readonly person?: RosterPerson;
  /** As soon as fund, months, wage and ratio are readable, whoever it is for. */
  readonly amounts?: BackPayAmounts;
  readonly months: readonly MissedMonth[];
  readonly parts: readonly MissedPart[];
  readonly steps: readonly string[];
}

/** Checks one entry completely. No clock, no storage: cheap enough for every keystroke. */
export function checkMissedBackPay(
  typed: MissedBackPayTyped,
  context: BackPayContext,
): MissedBackPayCheck {
  const { issues: found, target, calculation } = readMissedBackPay(typed, context);
  const issues = sortByField(missedBackPayFields, found);
  const { person, span } = target;
  if (!calculation || !person || !span || !mayProceed(issues)) return { issues };
  const { fundType, personalAccount, name, idNumber } = person;
  const { wage: typedBase, amounts, unitRatio, personalRatio } = calculation;
  const [from, to] = span;
  const months = listEachMonth(calculation.parts);
  const who = { fundType, personalAccount, name, idNumber };
  return {
    issues,
    entry: { ...who, from, to, typedBase, unitRatio, personalRatio, months, ...amounts },
  };
}

/** The same checks while typing. */
export function previewMissedBackPay(
  typed: MissedBackPayTyped,
  context: BackPayContext,
): MissedBackPayPreview {
  const { issues, target, calculation } = readMissedBackPay(typed, context);
  const shown = {
    issues: groupByField(missedBackPayFields, typed, issues),
    general: issues.filter((issue) => issue.field === WHOLE_ENTRY),
    ...(target.person ? { person: target.person } : {}),
  };
  if (!calculation || !target.fundType) return { ...shown, months: [], parts: [], steps: [] };
  const { parts, amounts, wage } = calculation;
  const steps = explain(target.fundType, wage, parts, amounts);
  return { ...shown, amounts, months: listEachMonth(parts), parts, steps };
}

interface Calculation {
  readonly wage: Fen;
  readonly unitRatio: number;
  readonly personalRatio: number;
  readonly parts: readonly MissedPart[];
  readonly amounts: BackPayAmounts;
}

function readMissedBackPay(
  typed: MissedBackPayTyped,
  context: BackPayContext,
): { issues: Issue[]; target: Target; calculation?: Calculation } {
  const target = readTarget(typed, context, 'missedBackPay');
  const { fundType, parts } = target;
  const base = readWage('base', typed.base);
  const share = readBackPayRatio('ratio', typed.ratio, context.terms, fundType);
  const { wage } = base;
  const issues = [...target.issues, ...base.issues];
  if (wage !== undefined && parts) {
    issues.push(...noteAdjustments('base', typed.base, wage, parts));
  }
  issues.push(...share.issues);
  if (!fundType || !parts || wage === undefined || share.ratio === undefined) {
    return { issues, target };
  }
  const calculation = calculate(fundType, parts, wage, share.ratio);
  issues.push(...refuseNotPositive('base', calculation.amounts.totalFen));
  return { issues, target, calculation };
}

function calculate(
  fundType: FundType,
  split: NonNullable<Target['parts']>,
  wage: Fen,
  unitRatio: number,
): Calculation {
  const parts = split.map(({ policy, months }): MissedPart => {
    const base = clampBase(wage, policy);
    const amounts = monthlyAmounts(fundType, base, unitRatio, policy.rounding);
    const subtotalFen = timesMonths(amounts.totalFen, months.length);
    return { policy, months, base, amounts, subtotalFen };
  });
  const amounts = sumMonths(parts.map((part) => ({ ...part.amounts, months: part.months })));
  const personalRatio = fundType === '11' ? 0 : unitRatio;
  return { wage, unitRatio, personalRatio, parts, amounts };
}

function listEachMonth(parts: readonly MissedPart[]): MissedMonth[] {
  return parts.flatMap(({ months, base, amounts }) => {
    const { unitRatio, personalRatio, unitFen, personalFen } = amounts;
    return months.map((month) => ({ month, base, unitRatio, personalRatio, unitFen, personalFen }));
  });
}

function explain(
  fundType: FundType,
  wage: Fen,
  parts: readonly MissedPart[],
  { unitFen, personalFen, totalFen }: BackPayAmounts,
): string[] {
  const lines = parts.flatMap(({ policy, months, base, amounts, subtotalFen }) => [
    step.months(nameMonths(months), months.length),
    explainClamp(base, wage, policy),
    ...explainAmounts(fundType, base, amounts, policy.rounding),
    step.subtotal(amounts.totalFen, months.length, subtotalFen),
  ]);
  const sum = fundType === '11' ? step.sumUnit(totalFen) : step.sum(unitFen, personalFen, totalFen);
  return [step.base(wage), ...lines, sum];
}
