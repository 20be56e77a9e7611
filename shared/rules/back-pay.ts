import { noteAdjustment } from './base.ts';
import { findEmployee } from './employee.ts';
import type { RosterLookup, RosterPerson } from './employee.ts';
import { readFundType } from './fund-type.ts';
import { raise } from './issue.ts';
import type { Issue } from './issue.ts';
import { addFen, fenToPlain, toFen } from './money.ts';
import type { Fen } from './money.ts';
import { formatRange, formatRanges, monthsWithin, toRanges } from './month-ranges.ts';
import type { MonthRange } from './month-ranges.ts';
import type { BusinessMonth } from './months.ts';
import { BACK_PAY_NOTICE_MONTHS } from './policy.ts';
import type { FundType, UnitTerms } from './policy.ts';
import { splitByPolicy } from './policy-split.ts';
import type { PolicyPart } from './policy-split.ts';
import { noteWaitingRegistration, queuedMonths } from './queue.ts';
import type { QueuedEntry } from './queue.ts';
import { readSpan } from './span.ts';
import { rule } from './wording.ts';

/** What 漏缴补缴 and 少缴补缴 have in common (manual 八, 九 and 十一(一)). */

/** Ranges of months named in one sentence; more are counted. */
export const RANGES_NAMED_MAX = 6;

export interface BackPayContext extends RosterLookup {
  readonly terms: UnitTerms;
  readonly businessMonth: BusinessMonth;
  /** 待确认队列, all kinds, without the entry being edited. */
  readonly queue: readonly QueuedEntry[];
}

interface TypedTarget {
  readonly fundType: string;
  readonly personalAccount: string;
  readonly from: string;
  readonly to: string;
}

/** Who is paid for, and which months: read alike for both kinds. */
export interface Target {
  readonly issues: readonly Issue[];
  readonly fundType?: FundType;
  readonly person?: RosterPerson;
  readonly span?: MonthRange;
  /** The span by policy row; absent without fund and span, or while a month has no policy. */
  readonly parts?: readonly PolicyPart[];
}

/** What is paid over all months. */
export interface BackPayAmounts {
  readonly unitFen: Fen;
  readonly personalFen: Fen;
  /** 补缴金额 */
  readonly totalFen: Fen;
  /** 月缴存额 (漏缴) or its difference (少缴) in the last month. */
  readonly monthlyFen: Fen;
}

/**
 * Reads fund, account and months. 漏缴 clashes with months paid and with the queue (manual 八.1),
 * 少缴 with the queue alone (manual 九.1); a queued back-payment of either kind counts.
 */
export function readTarget(
  typed: TypedTarget,
  context: BackPayContext,
  kind: 'missedBackPay' | 'shortfallBackPay',
): Target {
  const { terms, businessMonth, queue } = context;
  const { fundType, issues: fundIssues } = readFundType(typed.fundType, terms);
  const found = findEmployee(typed.personalAccount, fundType, context, 'backPay');
  const noticeMonths = terms.backPayNoticeMonths ?? BACK_PAY_NOTICE_MONTHS;
  const { span, issues: spanIssues } = readSpan(typed, businessMonth, noticeMonths);
  const { person } = found;
  const issues = [...fundIssues, ...found.issues, ...spanIssues];
  if (person) issues.push(...noteWaitingRegistration(person, queue));
  if (person && span) issues.push(...checkRepeated(typed.from, person, span, queue, kind));
  const read = {
    ...(fundType === undefined ? {} : { fundType }),
    ...(person === undefined ? {} : { person }),
  };
  if (!fundType || !span) return { issues, ...read };
  const { parts, missing } = splitByPolicy(terms.policies, fundType, span);
  if (missing.length === 0) return { issues, ...read, span, parts };
  issues.push(refuseWithoutPolicy(typed.from, missing, fundType, terms));
  return { issues, ...read, span };
}

function checkRepeated(
  typed: string,
  { personalAccount, fundType, paid }: RosterPerson,
  span: MonthRange,
  queue: readonly QueuedEntry[],
  kind: 'missedBackPay' | 'shortfallBackPay',
): Issue[] {
  const alreadyPaid = kind === 'missedBackPay' ? monthsWithin(span, paid) : [];
  const queued = queuedMonths(personalAccount, fundType, span, queue);
  const clash = (months: readonly BusinessMonth[], met: (named: string) => string) => {
    if (months.length === 0) return [];
    const named = formatRanges(toRanges(months), RANGES_NAMED_MAX);
    return [raise('error', 'MONTHS_REPEATED', { field: 'from', value: typed, rule: met(named) })];
  };
  return [...clash(alreadyPaid, rule.monthsPaid), ...clash(queued, rule.monthsQueued)];
}

/** Months before the centre's first bounds go to the counter (manual 十一(一)8); no bounds at all is ours to sync. */
function refuseWithoutPolicy(
  typed: string,
  missing: readonly BusinessMonth[],
  fundType: FundType,
  terms: UnitTerms,
): Issue {
  const named = formatRanges(toRanges(missing), RANGES_NAMED_MAX);
  const found = (met: string) => ({ field: 'from', value: typed, rule: met });
  return terms.policies.some((policy) => policy.fundType === fundType)
    ? raise('counter', 'POLICY_EARLY', found(rule.policyEarly(named)))
    : raise('error', 'POLICY_MISSING', found(rule.policy(named)));
}

/** A notice for every policy row whose bounds count instead of the wage. */
export function noteAdjustments(
  field: string,
  typed: string,
  wage: Fen,
  parts: readonly PolicyPart[],
): Issue[] {
  return parts.flatMap(({ policy, months }) =>
    noteAdjustment(field, typed, wage, policy, nameMonths(months)),
  );
}

/** Months of one policy part; they follow one another. */
export function nameMonths(months: readonly BusinessMonth[]): string {
  const [first] = months;
  const last = months.at(-1);
  return first === undefined || last === undefined ? '' : formatRange([first, last]);
}

/** The sums over all parts; each month is one addition of its own rounded amounts. */
export function sumMonths(
  parts: readonly {
    readonly months: readonly unknown[];
    readonly unitFen: Fen;
    readonly personalFen: Fen;
  }[],
): BackPayAmounts {
  const unitFen = addFen(...parts.map((part) => timesMonths(part.unitFen, part.months.length)));
  const personalFen = addFen(
    ...parts.map((part) => timesMonths(part.personalFen, part.months.length)),
  );
  const last = parts.at(-1);
  const monthlyFen = last ? addFen(last.unitFen, last.personalFen) : toFen(0);
  return { unitFen, personalFen, totalFen: addFen(unitFen, personalFen), monthlyFen };
}

/** Whole fen times whole months. */
export function timesMonths(fen: Fen, months: number): Fen {
  return toFen(fen * months);
}

/** 补缴金额 must be more than zero (manual 八(二)1, 九(二)1). */
export function refuseNotPositive(field: string, totalFen: Fen): Issue[] {
  if (totalFen > 0) return [];
  const found = { field, value: fenToPlain(totalFen), rule: rule.backPayPositive };
  return [raise('error', 'AMOUNT_NOT_POSITIVE', found)];
}
