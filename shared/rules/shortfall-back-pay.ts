import { z } from 'zod';
import { explainParts, monthlyAmounts } from './amounts.ts';
import type { MonthlyAmounts } from './amounts.ts';
import {
  RANGES_NAMED_MAX,
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
import { WHOLE_ENTRY, groupByField, mayProceed, raise, sortByField } from './issue.ts';
import type { Issue } from './issue.ts';
import { addFen, fenToPlain, moneySchema, toFen } from './money.ts';
import type { Fen } from './money.ts';
import { formatRanges, toRanges } from './month-ranges.ts';
import { businessMonthSchema } from './months.ts';
import type { BusinessMonth } from './months.ts';
import { fundTypeSchema } from './policy.ts';
import type { FundType, Policy } from './policy.ts';
import { readBackPayRatio } from './ratio.ts';
import { typedTextSchema } from './typed.ts';
import { rule, step } from './wording.ts';

/** 少缴补缴, single entry (manual 九(一)): the difference between what was due and what was paid. */
export const shortfallBackPayFields = [
  'fundType',
  'personalAccount',
  'from',
  'to',
  'paidBase',
  'dueBase',
  'paidRatio',
  'dueRatio',
] as const;
export type ShortfallBackPayField = (typeof shortfallBackPayFields)[number];

/** One entry as the clerk typed it. */
export const shortfallBackPayTypedSchema = z.strictObject({
  fundType: typedTextSchema,
  personalAccount: typedTextSchema,
  from: typedTextSchema,
  to: typedTextSchema,
  /** 已缴 and 应缴月均工资. */
  paidBase: typedTextSchema,
  dueBase: typedTextSchema,
  paidRatio: typedTextSchema,
  dueRatio: typedTextSchema,
});
export type ShortfallBackPayTyped = Readonly<z.output<typeof shortfallBackPayTypedSchema>>;

const ratio = z.int().min(0).max(100);

export const shortfallMonthSchema = z.strictObject({
  month: businessMonthSchema,
  /** Both after that month's clamp. */
  paidBase: moneySchema,
  dueBase: moneySchema,
  paidUnitFen: moneySchema,
  paidPersonalFen: moneySchema,
  dueUnitFen: moneySchema,
  duePersonalFen: moneySchema,
  /** Due less paid: what this month adds to 补缴金额. Zero in a month where both are clamped alike. */
  unitFen: moneySchema,
  personalFen: moneySchema,
});
export type ShortfallMonth = Readonly<z.output<typeof shortfallMonthSchema>>;

/** One entry that may be sent. */
export const shortfallBackPayEntrySchema = z.strictObject({
  fundType: fundTypeSchema,
  personalAccount: z.string().min(1),
  name: z.string().min(1),
  idNumber: z.string().min(1),
  from: businessMonthSchema,
  to: businessMonthSchema,
  typedPaidBase: moneySchema,
  typedDueBase: moneySchema,
  /** The unit's; the personal one equals it, or is 0 for fund 11. */
  paidRatio: ratio,
  dueRatio: ratio,
  months: z.array(shortfallMonthSchema).min(1).readonly(),
  unitFen: moneySchema,
  personalFen: moneySchema,
  /** 补缴金额 */
  totalFen: moneySchema,
  /** 月缴存额差额 of the last month. */
  monthlyFen: moneySchema,
});
export type ShortfallBackPayEntry = Readonly<z.output<typeof shortfallBackPayEntrySchema>>;

export interface ShortfallBackPayCheck {
  /** In the order of the fields; every field is looked at. */
  readonly issues: readonly Issue[];
  /** Present when nothing of severity error or counter was found. */
  readonly entry?: ShortfallBackPayEntry;
}

/** The months under one policy row: each of them has the same difference. */
export interface ShortfallPart {
  readonly policy: Policy;
  readonly months: readonly BusinessMonth[];
  readonly paidBase: Fen;
  readonly dueBase: Fen;
  /** Of one month. */
  readonly paid: MonthlyAmounts;
  readonly due: MonthlyAmounts;
  /** Due less paid of one month; below zero only while that stands against the entry. */
  readonly unitFen: Fen;
  readonly personalFen: Fen;
  readonly monthlyFen: Fen;
  /** Over the months of the part. */
  readonly subtotalFen: Fen;
}

export interface ShortfallBackPayPreview {
  /** Per field; a field still empty has none. */
  readonly issues: Readonly<Record<ShortfallBackPayField, readonly Issue[]>>;
  readonly general: readonly Issue[];
  /** As soon as fund and account name one, also when something stands against the entry. */
  readonly person?: RosterPerson;
  /** As soon as fund, months, wages and ratios are readable, whoever it is for; may be negative. */
  readonly amounts?: BackPayAmounts;
  readonly months: readonly ShortfallMonth[];
  readonly parts: readonly ShortfallPart[];
  readonly steps: readonly string[];
}

/** Checks one entry completely. No clock, no storage: cheap enough for every keystroke. */
export function checkShortfallBackPay(
  typed: ShortfallBackPayTyped,
  context: BackPayContext,
): ShortfallBackPayCheck {
  const { issues: found, target, calculation } = readShortfallBackPay(typed, context);
  const issues = sortByField(shortfallBackPayFields, found);
  const { person, span } = target;
  if (!calculation || !person || !span || !mayProceed(issues)) return { issues };
  const { fundType, personalAccount, name, idNumber } = person;
  const { parts, amounts, asked } = calculation;
  const [from, to] = span;
  const entry = {
    ...{ fundType, personalAccount, name, idNumber, from, to },
    ...{ typedPaidBase: asked.paidWage, typedDueBase: asked.dueWage },
    ...{ paidRatio: asked.paidRatio, dueRatio: asked.dueRatio },
    ...{ months: listEachMonth(parts), ...amounts },
  };
  return { issues, entry };
}

/** The same checks while typing. */
export function previewShortfallBackPay(
  typed: ShortfallBackPayTyped,
  context: BackPayContext,
): ShortfallBackPayPreview {
  const { issues, target, calculation } = readShortfallBackPay(typed, context);
  const shown = {
    issues: groupByField(shortfallBackPayFields, typed, issues),
    general: issues.filter((issue) => issue.field === WHOLE_ENTRY),
    ...(target.person ? { person: target.person } : {}),
  };
  if (!calculation || !target.fundType) return { ...shown, months: [], parts: [], steps: [] };
  const { parts, amounts } = calculation;
  const steps = explain(target.fundType, calculation);
  return { ...shown, amounts, months: listEachMonth(parts), parts, steps };
}

interface Asked {
  readonly paidWage: Fen;
  readonly dueWage: Fen;
  readonly paidRatio: number;
  readonly dueRatio: number;
}

interface Calculation {
  readonly asked: Asked;
  readonly parts: readonly ShortfallPart[];
  readonly amounts: BackPayAmounts;
}

function readShortfallBackPay(
  typed: ShortfallBackPayTyped,
  context: BackPayContext,
): { issues: Issue[]; target: Target; calculation?: Calculation } {
  const target = readTarget(typed, context, 'shortfallBackPay');
  const { fundType, parts } = target;
  const issues = [...target.issues];
  const readSide = (field: 'paidBase' | 'dueBase'): Fen | undefined => {
    const { wage, issues: found } = readWage(field, typed[field]);
    issues.push(...found);
    if (wage !== undefined && parts) {
      issues.push(...noteAdjustments(field, typed[field], wage, parts));
    }
    return wage;
  };
  const readShare = (field: 'paidRatio' | 'dueRatio'): number | undefined => {
    const read = readBackPayRatio(field, typed[field], context.terms, fundType);
    issues.push(...read.issues);
    return read.ratio;
  };
  const paidWage = readSide('paidBase');
  const dueWage = readSide('dueBase');
  const paidRatio = readShare('paidRatio');
  const dueRatio = readShare('dueRatio');
  if (!fundType || !parts || paidWage === undefined || dueWage === undefined) {
    return { issues, target };
  }
  if (paidRatio === undefined || dueRatio === undefined) return { issues, target };
  const calculation = calculate(fundType, parts, { paidWage, dueWage, paidRatio, dueRatio });
  issues.push(...refuseWithoutShortfall(calculation));
  return { issues, target, calculation };
}

function calculate(
  fundType: FundType,
  split: NonNullable<Target['parts']>,
  asked: Asked,
): Calculation {
  const parts = split.map(({ policy, months }): ShortfallPart => {
    const paidBase = clampBase(asked.paidWage, policy);
    const dueBase = clampBase(asked.dueWage, policy);
    const paid = monthlyAmounts(fundType, paidBase, asked.paidRatio, policy.rounding);
    const due = monthlyAmounts(fundType, dueBase, asked.dueRatio, policy.rounding);
    const unitFen = toFen(due.unitFen - paid.unitFen);
    const personalFen = toFen(due.personalFen - paid.personalFen);
    const monthlyFen = addFen(unitFen, personalFen);
    const subtotalFen = timesMonths(monthlyFen, months.length);
    const bases = { policy, months, paidBase, dueBase, paid, due };
    return { ...bases, unitFen, personalFen, monthlyFen, subtotalFen };
  });
  return { asked, parts, amounts: sumMonths(parts) };
}

/**
 * The total must be more than zero. A month in which more was paid than was due is no shortfall and
 * is never set off against another month's; a month without a difference may stand between others.
 */
function refuseWithoutShortfall({ parts, amounts }: Calculation): Issue[] {
  const refused = refuseNotPositive('dueBase', amounts.totalFen);
  if (refused.length > 0) return refused;
  const overpaid = parts.filter((part) => part.unitFen < 0 || part.personalFen < 0);
  const [first] = overpaid;
  if (!first) return [];
  const months = overpaid.flatMap((part) => part.months);
  const met = rule.shortfallMonths(formatRanges(toRanges(months), RANGES_NAMED_MAX));
  const found = { field: 'dueBase', value: fenToPlain(first.monthlyFen), rule: met };
  return [raise('error', 'AMOUNT_NOT_POSITIVE', found)];
}

function listEachMonth(parts: readonly ShortfallPart[]): ShortfallMonth[] {
  return parts.flatMap(({ months, paidBase, dueBase, paid, due, unitFen, personalFen }) =>
    months.map((month) => ({
      ...{ month, paidBase, dueBase },
      ...{ paidUnitFen: paid.unitFen, paidPersonalFen: paid.personalFen },
      ...{ dueUnitFen: due.unitFen, duePersonalFen: due.personalFen },
      ...{ unitFen, personalFen },
    })),
  );
}

function explain(fundType: FundType, { asked, parts, amounts }: Calculation): string[] {
  const lines = parts.flatMap((part) => [
    step.months(nameMonths(part.months), part.months.length),
    step.paidWage(asked.paidWage),
    explainClamp(part.paidBase, asked.paidWage, part.policy),
    ...explainParts(fundType, part.paidBase, part.paid, part.policy.rounding),
    step.dueWage(asked.dueWage),
    explainClamp(part.dueBase, asked.dueWage, part.policy),
    ...explainParts(fundType, part.dueBase, part.due, part.policy.rounding),
    ...explainDifference(fundType, part),
    step.subtotal(part.monthlyFen, part.months.length, part.subtotalFen),
  ]);
  const { unitFen, personalFen, totalFen } = amounts;
  const sum = fundType === '11' ? step.sumUnit(totalFen) : step.sum(unitFen, personalFen, totalFen);
  return [...lines, sum];
}

function explainDifference(fundType: FundType, part: ShortfallPart): string[] {
  const { paid, due } = part;
  const unit = step.difference('单位', due.unitFen, paid.unitFen, part.unitFen);
  if (fundType === '11') return [unit];
  const personal = step.difference('个人', due.personalFen, paid.personalFen, part.personalFen);
  return [unit, personal, step.difference('合计', due.totalFen, paid.totalFen, part.monthlyFen)];
}
