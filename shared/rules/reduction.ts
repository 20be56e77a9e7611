import { z } from 'zod';
import { findEmployee } from './employee.ts';
import type { RosterLookup, RosterPerson } from './employee.ts';
import { readFundType } from './fund-type.ts';
import { WHOLE_ENTRY, groupByField, mayProceed, raise } from './issue.ts';
import type { Issue } from './issue.ts';
import { addFen, moneySchema } from './money.ts';
import type { Fen } from './money.ts';
import { fundTypeSchema } from './policy.ts';
import type { UnitTerms } from './policy.ts';
import { noteWaitingRegistration, queuedFor } from './queue.ts';
import type { QueuedEntry } from './queue.ts';
import { normaliseTyped, typedTextSchema } from './typed.ts';
import { rule, step } from './wording.ts';

/** 职工减少, single entry (manual 七(一)). */
export const reductionFields = ['fundType', 'personalAccount', 'reason'] as const;
export type ReductionField = (typeof reductionFields)[number];

/** Reasons named in one sentence. */
const REASONS_NAMED_MAX = 3;

/** One entry as the clerk typed it. */
export const reductionTypedSchema = z.strictObject({
  fundType: typedTextSchema,
  personalAccount: typedTextSchema,
  /** Code or words of 减少原因. */
  reason: typedTextSchema,
});
export type ReductionTyped = Readonly<z.output<typeof reductionTypedSchema>>;

/** One entry that may be sent. */
export const reductionEntrySchema = z.strictObject({
  fundType: fundTypeSchema,
  personalAccount: z.string().min(1),
  name: z.string().min(1),
  idNumber: z.string().min(1),
  reason: z.string().min(1),
  /** 月缴存额 that ends, of the roster. */
  unitFen: moneySchema,
  personalFen: moneySchema,
  totalFen: moneySchema,
});
export type ReductionEntry = Readonly<z.output<typeof reductionEntrySchema>>;

export interface ReductionContext extends RosterLookup {
  readonly terms: UnitTerms;
  /** 待确认队列, all kinds, without the entry being edited. */
  readonly queue: readonly QueuedEntry[];
  /** 减少原因, the centre's table. */
  readonly reasons: readonly { readonly code: string; readonly label: string }[];
}

export interface ReductionCheck {
  /** In the order of the fields; every field is looked at. */
  readonly issues: readonly Issue[];
  /** Present when nothing of severity error or counter was found. */
  readonly entry?: ReductionEntry;
}

export interface ReductionPreview {
  /** Per field; a field still empty has none. */
  readonly issues: Readonly<Record<ReductionField, readonly Issue[]>>;
  readonly general: readonly Issue[];
  /** As soon as fund and account name one, also when something stands against the entry. */
  readonly person?: RosterPerson;
  readonly amounts?: { readonly unitFen: Fen; readonly personalFen: Fen; readonly totalFen: Fen };
  readonly steps: readonly string[];
}

/** Checks one entry completely. No clock, no storage: cheap enough for every keystroke. */
export function checkReduction(typed: ReductionTyped, context: ReductionContext): ReductionCheck {
  const { issues, person, reason } = readReduction(typed, context);
  if (!person || reason === undefined || !mayProceed(issues)) return { issues };
  const { fundType, personalAccount, name, idNumber } = person;
  const entry = { fundType, personalAccount, name, idNumber, reason, ...amountsOf(person) };
  return { issues, entry };
}

/** The same checks while typing. */
export function previewReduction(
  typed: ReductionTyped,
  context: ReductionContext,
): ReductionPreview {
  const { issues: all, person } = readReduction(typed, context);
  const issues = groupByField(reductionFields, typed, all);
  const general = all.filter((issue) => issue.field === WHOLE_ENTRY);
  if (!person) return { issues, general, steps: [] };
  const amounts = amountsOf(person);
  const unit = step.roster('单位', amounts.unitFen);
  const total = step.total(amounts.totalFen);
  const steps =
    person.fundType === '11'
      ? [unit, total]
      : [unit, step.roster('个人', amounts.personalFen), total];
  return { issues, general, person, amounts, steps };
}

function amountsOf({ unitFen, personalFen }: RosterPerson) {
  return { unitFen, personalFen, totalFen: addFen(unitFen, personalFen) };
}

function readReduction(
  typed: ReductionTyped,
  context: ReductionContext,
): { issues: Issue[]; person?: RosterPerson; reason?: string } {
  const { fundType, issues: fundIssues } = readFundType(typed.fundType, context.terms);
  const { person, issues } = findEmployee(typed.personalAccount, fundType, context, 'reduction');
  const reason = readReason(typed.reason, context);
  const all = [
    ...fundIssues,
    ...issues,
    ...(person ? checkQueue(typed.personalAccount, person, context.queue) : []),
    ...reason.issues,
  ];
  const known = reason.code === undefined ? {} : { reason: reason.code };
  return { issues: all, ...known, ...(person ? { person } : {}) };
}

type Reasons = ReductionContext['reasons'];

/** Reads 减少原因: a code of the table, else what can only mean one, which is then named. */
function readReason(
  typed: string,
  { reasons }: ReductionContext,
): { issues: Issue[]; code?: string } {
  const { text, fullWidth } = normaliseTyped(typed);
  const found = (met: string) => ({ field: 'reason', value: typed, rule: met });
  const issues = fullWidth ? [raise('notice', 'TYPED_FULL_WIDTH', found(rule.fullWidth))] : [];
  if (reasons.some(({ code }) => code === text)) return { issues, code: text };
  const meant = findReasons(text, reasons);
  const [only] = meant;
  if (only === undefined) {
    return { issues: [raise('error', 'REASON_UNKNOWN', found(rule.reason))] };
  }
  if (meant.length > 1) {
    const named = meant.slice(0, REASONS_NAMED_MAX).map(nameReason).join('、');
    return { issues: [raise('error', 'REASON_UNKNOWN', found(rule.reasonAmbiguous(named)))] };
  }
  const notice = raise('notice', 'REASON_MATCHED', found(rule.reasonMatched(nameReason(only))));
  return { issues: [...issues, notice], code: only.code };
}

/** Reasons with these words (`辞职`, `04 辞职`) or, less its leading zeros, this code (`4`). */
function findReasons(text: string, reasons: Reasons): Reasons {
  const said = text.replaceAll(' ', '');
  if (said === '') return [];
  return reasons.filter(({ code, label }) => {
    const words = normaliseTyped(label).text.replaceAll(' ', '');
    return [words, code + words, code.replace(/^0+(?=\d)/, '')].includes(said);
  });
}

function nameReason({ code, label }: Reasons[number]): string {
  return `${code} ${label}`;
}

function checkQueue(typed: string, person: RosterPerson, queue: readonly QueuedEntry[]): Issue[] {
  const waiting = noteWaitingRegistration(person, queue);
  if (queuedFor(person, 'reduction', queue).length === 0) return waiting;
  const about = { field: 'personalAccount', value: typed, rule: rule.reducedTwice };
  return [...waiting, raise('error', 'DUPLICATE_IN_QUEUE', about)];
}
