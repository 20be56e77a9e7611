import { checkEntry, previewEntry } from '../rules/entry.ts';
import type { EntryContext, EntryOf, EntryTyped } from '../rules/entry.ts';
import type { RosterPerson } from '../rules/employee.ts';
import { readFundType } from '../rules/fund-type.ts';
import { WHOLE_ENTRY, mayProceed, raise, sortByField } from '../rules/issue.ts';
import type { Issue } from '../rules/issue.ts';
import { addFen } from '../rules/money.ts';
import type { Fen } from '../rules/money.ts';
import { fundTypeLabels } from '../rules/policy.ts';
import type { FundType } from '../rules/policy.ts';
import { ID_TYPE_RESIDENT } from '../rules/registration.ts';
import { catalogue } from '../errors/catalogue.ts';
import type { EntryKind } from '../wire/primitives.ts';
import { judgeAmounts, tellAtAmount } from './amount-columns.ts';
import type { Computed } from './amount-columns.ts';
import { batchColumns } from './columns.ts';
import type { ColumnName } from './columns.ts';
import { comparePerson } from './difference.ts';
import { claimsOf } from './duplicates.ts';
import type { BatchClaim } from './duplicates.ts';
import { judgeRatio } from './registration-ratio.ts';
import { readReason, tellReasons } from './reason.ts';
import type { BatchRow, Remark } from './rows.ts';
import { batchRule } from './wording.ts';

/** An entry that may be sent, with its kind. */
export type BatchEntry = {
  readonly [Kind in EntryKind]: { readonly kind: Kind; readonly entry: EntryOf<Kind> };
}[EntryKind];

export interface RowAmounts {
  readonly unitFen: Fen;
  readonly personalFen: Fen;
  readonly totalFen: Fen;
}

export interface BatchRowCheck {
  readonly typed: EntryTyped;
  /** Present when nothing of severity error or counter was found. */
  readonly checked?: BatchEntry;
  /** As soon as the rules can compute them, also while something stands against the row. */
  readonly amounts?: RowAmounts;
  /**
   * What reading and rules found, in the order of the columns. `field` is a column name, or `entry`
   * for the row as a whole. Duplicates within the file are `findDuplicates`'s.
   */
  readonly issues: readonly Issue[];
  /** 核对结果: what differs from the roster, in words. Asked about at sending, never refused. */
  readonly differences: readonly string[];
  /** What the roster says of the account; absent for 登记 and unknown accounts. */
  readonly roster?: { readonly name: string; readonly idNumber: string };
  /** What no other row of the file may claim as well. */
  readonly claims: readonly BatchClaim[];
}

/**
 * Checks one row with the rules of single entry, made strict as a batch is: nothing is forced into
 * its range (manual 六(二)1, 十一(二)7), given amounts must be those the rules compute (十一(二)6),
 * the fund is the chosen one (十一(二)3). `contextOf` is asked once, with what was typed.
 */
export function checkBatchRow(
  kind: EntryKind,
  row: Pick<BatchRow, 'cells' | 'remarks'>,
  chosenFund: FundType | undefined,
  contextOf: (typed: EntryTyped) => EntryContext,
): BatchRowCheck {
  const asWritten = typedOf(kind, row, chosenFund);
  const context = contextOf(asWritten);
  const reason = readReason(asWritten, context.reasons);
  const result = judge(reason.typed, context);
  const unread = unreadFields(row);
  const ratio = judgeRatio(reason.typed, row.cells.ratio, result.issues, context);
  // amounts of a wage, a ratio or months that do not stand would only mislead
  const isClear = !ratio.isRefused && !calculatedFrom.some((field) => unread.has(field));
  const compared = result.person && comparePerson(kind, row.cells, result.person, unread);
  const ofRules = [
    ...reason.issues,
    ...tellAtAmount(row, tellReasons(ratio.issues, context)),
    ...judgeFund(reason.typed, chosenFund, context),
    ...judgeName(kind, row),
    ...judgeAmounts(kind, row.cells, isClear ? result.computed : undefined),
    ...(compared?.issues ?? []),
  ];
  const issues = sortByField(
    batchColumns[kind].map(({ name }) => name),
    [...remarksOf(row), ...ofRules.filter(({ field }) => !unread.has(field))],
  );
  const { checked, amounts, person } = result;
  return {
    typed: reason.typed,
    ...(checked && mayProceed(issues) ? { checked } : {}),
    ...(amounts && isClear ? { amounts } : {}),
    issues,
    differences: compared?.differences ?? [],
    ...(person ? { roster: { name: person.name, idNumber: person.idNumber } } : {}),
    claims: claimedBy[kind].some((field) => unread.has(field))
      ? []
      : claimsOf(reason.typed, person, context),
  };
}

const claimedBy: Readonly<Record<EntryKind, readonly ColumnName[]>> = {
  registration: ['idNumber'],
  reduction: ['personalAccount'],
  missedBackPay: ['personalAccount', 'from', 'to'],
  shortfallBackPay: ['personalAccount', 'from', 'to'],
};

const calculatedFrom: readonly ColumnName[] = [
  ...(['from', 'to', 'base', 'ratio'] as const),
  ...(['paidBase', 'paidRatio', 'dueBase', 'dueRatio'] as const),
];

/** The fields of single entry out of the cells; a fund chosen counts where the file has no column. */
function typedOf(
  kind: EntryKind,
  { cells }: Pick<BatchRow, 'cells'>,
  chosenFund: FundType | undefined,
): EntryTyped {
  const text = (name: ColumnName) => cells[name]?.text ?? '';
  const account = { fundType: text('fundType'), personalAccount: text('personalAccount') };
  const span = { from: text('from'), to: text('to') };
  switch (kind) {
    case 'registration': {
      const person = { name: text('name'), idType: ID_TYPE_RESIDENT, idNumber: text('idNumber') };
      const wage = { base: text('base'), ratio: text('ratio') };
      return { kind, fundType: chosenFund ?? '', ...person, ...wage };
    }
    case 'reduction':
      return { kind, ...account, reason: text('reason') };
    case 'missedBackPay':
      return { kind, ...account, ...span, base: text('base'), ratio: text('ratio') };
    case 'shortfallBackPay': {
      const paid = { paidBase: text('paidBase'), paidRatio: text('paidRatio') };
      const due = { dueBase: text('dueBase'), dueRatio: text('dueRatio') };
      return { kind, ...account, ...span, ...paid, ...due };
    }
  }
}

interface Judged {
  readonly issues: readonly Issue[];
  readonly checked?: BatchEntry;
  readonly amounts?: RowAmounts;
  readonly person?: RosterPerson;
  /** What the amount columns are compared with; 减少 has none. */
  readonly computed?: Computed;
}

/** The rules of single entry, brought to one form. */
function judge(typed: EntryTyped, context: EntryContext): Judged {
  switch (typed.kind) {
    case 'registration': {
      const { issues, entry } = checkEntry('registration', typed, context);
      const { amounts } = previewEntry('registration', typed, context);
      const kept = entry ? { checked: { kind: typed.kind, entry } } : {};
      if (!amounts) return { issues, ...kept };
      const computed = { ...amounts, monthly: [amounts.totalFen] };
      return { issues, ...kept, amounts: partsOf(amounts), computed };
    }
    case 'reduction': {
      const { issues, entry } = checkEntry('reduction', typed, context);
      const { amounts, person } = previewEntry('reduction', typed, context);
      const kept = entry ? { checked: { kind: typed.kind, entry } } : {};
      return { issues, ...kept, ...whereGiven({ amounts, person }) };
    }
    case 'missedBackPay': {
      const { issues, entry } = checkEntry('missedBackPay', typed, context);
      const kept = entry ? { checked: { kind: typed.kind, entry } } : {};
      return { issues, ...kept, ...backPay(previewEntry('missedBackPay', typed, context)) };
    }
    case 'shortfallBackPay': {
      const { issues, entry } = checkEntry('shortfallBackPay', typed, context);
      const kept = entry ? { checked: { kind: typed.kind, entry } } : {};
      return { issues, ...kept, ...backPay(previewEntry('shortfallBackPay', typed, context)) };
    }
  }
}

function backPay({
  amounts,
  months,
  person,
}: {
  readonly amounts?: RowAmounts;
  readonly months: readonly { readonly unitFen: Fen; readonly personalFen: Fen }[];
  readonly person?: RosterPerson;
}): Omit<Judged, 'issues' | 'checked'> {
  if (!amounts) return whereGiven({ person });
  const monthly = months.map(({ unitFen, personalFen }) => addFen(unitFen, personalFen));
  const computed = { ...partsOf(amounts), monthly };
  return { ...whereGiven({ person }), amounts: partsOf(amounts), computed };
}

function whereGiven(parts: {
  readonly amounts?: RowAmounts | undefined;
  readonly person?: RosterPerson | undefined;
}): Pick<Judged, 'amounts' | 'person'> {
  const { amounts, person } = parts;
  return {
    ...(amounts ? { amounts: partsOf(amounts) } : {}),
    ...(person ? { person } : {}),
  };
}

function partsOf({ unitFen, personalFen, totalFen }: RowAmounts): RowAmounts {
  return { unitFen, personalFen, totalFen };
}

/** A row of another fund than the chosen one (manual 十一(二)3). */
function judgeFund(
  { kind, fundType: value }: EntryTyped,
  chosenFund: FundType | undefined,
  { terms }: EntryContext,
): Issue[] {
  const { fundType } = readFundType(value, terms);
  if (kind === 'registration' || chosenFund === undefined) return [];
  if (fundType === undefined || fundType === chosenFund) return [];
  const rule = batchRule.fundChosen(`${chosenFund} ${fundTypeLabels[chosenFund]}`);
  return [raise('error', 'FUND_TYPE_DIFFERS', { field: 'fundType', value, rule })];
}

/** 姓名为空: 登记 has it from the rules, the other kinds have it to compare (manual 七(二)1 …). */
function judgeName(kind: EntryKind, { cells }: Pick<BatchRow, 'cells'>): Issue[] {
  if (kind === 'registration' || (cells.name?.text ?? '') !== '') return [];
  const about = { field: 'name', value: '', rule: batchRule.nameRequired };
  return [raise('error', 'NAME_EMPTY', about)];
}

/** Columns whose content could not be read: what the rules say of them would be beside the point. */
function unreadFields({ cells }: Pick<BatchRow, 'cells'>): ReadonlySet<string> {
  return new Set(
    Object.entries(cells)
      .filter(([, { remarks }]) => remarks.some(({ severity }) => severity === 'error'))
      .map(([name]) => name),
  );
}

function remarksOf({ cells, remarks }: Pick<BatchRow, 'cells' | 'remarks'>): Issue[] {
  const toIssue = (field: string, { severity, code, value, rule }: Remark): Issue => ({
    ...{ code, field, value, rule, severity },
    fix: catalogue[code].next,
  });
  return [
    ...Object.entries(cells).flatMap(([name, cell]) =>
      cell.remarks.map((remark) => toIssue(name, remark)),
    ),
    ...remarks.map((remark) => toIssue(WHOLE_ENTRY, remark)),
  ];
}
