import { z } from 'zod';
import { explainAmounts, monthlyAmounts } from './amounts.ts';
import type { MonthlyAmounts } from './amounts.ts';
import { explainClamp, readBase } from './base.ts';
import type { ReadBase } from './base.ts';
import type { CivilDate } from './dates.ts';
import { checkIdNumber, normaliseIdNumber, toEighteen } from './identity.ts';
import { WHOLE_ENTRY, groupByField, mayProceed, raise } from './issue.ts';
import type { Issue } from './issue.ts';
import { moneySchema } from './money.ts';
import type { Fen } from './money.ts';
import type { BusinessMonth } from './months.ts';
import { checkName, normaliseName } from './names.ts';
import { readFundType } from './fund-type.ts';
import { fundTypeSchema, policyAt } from './policy.ts';
import type { FundType, Policy, UnitTerms } from './policy.ts';
import { readRatio } from './ratio.ts';
import type { ReadRatio } from './ratio.ts';
import { isPerson } from './queue.ts';
import { normaliseTyped, typedTextSchema } from './typed.ts';
import { rule, step } from './wording.ts';

/** 职工登记, single entry (manual 六(一)). */
export const registrationFields = [
  'fundType',
  'name',
  'idType',
  'idNumber',
  'base',
  'ratio',
] as const;
export type RegistrationField = (typeof registrationFields)[number];

/** 01 身份证 is the only kind of document this entry takes; others go to the counter. */
export const ID_TYPE_RESIDENT = '01';
const idTypesForCounter: readonly string[] = ['02', '03', '04', '99'];

/** One entry as the clerk typed it. */
export const registrationTypedSchema = z.strictObject({
  fundType: typedTextSchema,
  name: typedTextSchema,
  idType: typedTextSchema,
  idNumber: typedTextSchema,
  base: typedTextSchema,
  /** Only where `isRatioTyped`; ignored for a uniform unit. */
  ratio: typedTextSchema.optional(),
});
export type RegistrationTyped = Readonly<z.output<typeof registrationTypedSchema>>;

/** One entry that may be sent. */
export const registrationEntrySchema = z.strictObject({
  fundType: fundTypeSchema,
  name: z.string().min(1),
  idType: z.literal(ID_TYPE_RESIDENT),
  /** Normalised, with the 15 or 18 characters that were typed. */
  idNumber: z.string().min(1),
  /** 缴存基数 after the clamp. */
  base: moneySchema,
  typedBase: moneySchema,
  unitRatio: z.int().min(0).max(100),
  personalRatio: z.int().min(0).max(100),
  unitFen: moneySchema,
  personalFen: moneySchema,
  totalFen: moneySchema,
});
export type RegistrationEntry = Readonly<z.output<typeof registrationEntrySchema>>;

export interface RegistrationContext {
  readonly terms: UnitTerms;
  readonly businessMonth: BusinessMonth;
  /** The centre's date. */
  readonly today: CivilDate;
  /** Normalised ID numbers of the pending queue for the fund type at hand, without the entry being edited. */
  readonly queueIds: readonly string[];
  /** Whether the person (18-character number) has a 正常 account of that fund with this unit. */
  readonly activeIds: (id18: string) => boolean;
  /** No workday is left in the window once it is sent (`FilingWindow.mayLandNextMonth`). */
  readonly mayLandNextMonth?: boolean;
  /** Whether the person's registration of that fund is already with the centre. */
  readonly underReview?: (id18: string) => boolean;
}

export interface RegistrationCheck {
  /** In the order of the fields; every field is looked at, not only up to the first error. */
  readonly issues: readonly Issue[];
  /** Present when nothing of severity error or counter was found. */
  readonly entry?: RegistrationEntry;
}

export interface RegistrationPreview {
  /** Per field; a field still empty has none. */
  readonly issues: Readonly<Record<RegistrationField, readonly Issue[]>>;
  /** About the entry as a whole, e.g. that it may land in the next month. */
  readonly general: readonly Issue[];
  /** As soon as fund, wage and ratio are readable, whatever the name and number still lack. */
  readonly amounts?: MonthlyAmounts & { readonly base: Fen; readonly typedBase: Fen };
  /** How the amounts come about, line by line, as far as it can be said yet. */
  readonly steps: readonly string[];
}

/** Checks one entry completely. No clock, no storage: cheap enough for every keystroke. */
export function checkRegistration(
  typed: RegistrationTyped,
  context: RegistrationContext,
): RegistrationCheck {
  const reading = readRegistration(typed, context);
  const { issues, name, idNumber, calculation } = reading;
  if (!calculation || !mayProceed(issues)) return { issues };
  const { fundType, base, typedBase, amounts } = calculation;
  return {
    issues,
    entry: { fundType, name, idType: ID_TYPE_RESIDENT, idNumber, base, typedBase, ...amounts },
  };
}

/** The same checks while typing: fields still empty are left alone, amounts appear as soon as they can. */
export function previewRegistration(
  typed: RegistrationTyped,
  context: RegistrationContext,
): RegistrationPreview {
  const { issues, calculation, steps } = readRegistration(typed, context);
  const perField = groupByField(registrationFields, typed, issues);
  const general = issues.filter((issue) => issue.field === WHOLE_ENTRY);
  if (!calculation) return { issues: perField, general, steps };
  const { base, typedBase, amounts } = calculation;
  return { issues: perField, general, steps, amounts: { base, typedBase, ...amounts } };
}

interface Calculation {
  readonly fundType: FundType;
  readonly base: Fen;
  readonly typedBase: Fen;
  readonly amounts: MonthlyAmounts;
}

interface Reading {
  readonly issues: readonly Issue[];
  readonly name: string;
  readonly idNumber: string;
  readonly calculation?: Calculation;
  readonly steps: readonly string[];
}

function readRegistration(typed: RegistrationTyped, context: RegistrationContext): Reading {
  const { terms, businessMonth } = context;
  const name = normaliseName(typed.name);
  const nameIssues = checkName(name.text, typed.name, terms.nameLimit);
  const idNumber = normaliseIdNumber(typed.idNumber);
  const { fundType, issues: fundIssues } = readFundType(typed.fundType, terms);
  const policy = fundType && policyAt(terms.policies, fundType, businessMonth);
  // without a known fund the missing policy is its consequence, not a second error
  const base: ReadBase = withoutPolicyIssue(
    readBase(typed.base, policy, businessMonth),
    fundType === undefined,
  );
  const ratio: ReadRatio = fundType ? readRatio(typed.ratio, terms, fundType) : { issues: [] };
  const issues = [
    ...fundIssues,
    ...fullWidthNotice('name', typed.name, name.fullWidth),
    ...nameIssues,
    ...checkDocument(typed, idNumber, context),
    ...base.issues,
    ...ratio.issues,
    ...checkLanding(context),
  ];
  const rest = { issues, name: name.text, idNumber };
  if (!fundType || !policy) return { ...rest, steps: [] };
  return { ...rest, ...calculate(fundType, policy, base, ratio, typed.ratio) };
}

function withoutPolicyIssue(read: ReadBase, drop: boolean): ReadBase {
  if (!drop) return read;
  return { ...read, issues: read.issues.filter((issue) => issue.code !== 'POLICY_MISSING') };
}

function found(field: RegistrationField, value: string, text: string) {
  return { field, value, rule: text };
}

function fullWidthNotice(field: RegistrationField, value: string, is: boolean): Issue[] {
  return is ? [raise('notice', 'TYPED_FULL_WIDTH', found(field, value, rule.fullWidth))] : [];
}

/** A 登记 takes the centre up to one workday (manual 六.10). */
function checkLanding({ mayLandNextMonth, businessMonth }: RegistrationContext): Issue[] {
  if (mayLandNextMonth !== true) return [];
  const met = rule.landing(businessMonth);
  const about = { field: WHOLE_ENTRY, value: String(businessMonth), rule: met };
  return [raise('notice', 'LANDS_NEXT_MONTH', about)];
}

/** The document: its kind, its number, and whether the same person is queued or has an account. */
function checkDocument(
  typed: RegistrationTyped,
  idNumber: string,
  context: RegistrationContext,
): Issue[] {
  const idType = normaliseTyped(typed.idType);
  const full = normaliseTyped(typed.idNumber).fullWidth;
  const notices = [
    ...fullWidthNotice('idType', typed.idType, idType.fullWidth),
    ...fullWidthNotice('idNumber', typed.idNumber, full),
  ];
  if (idType.text !== ID_TYPE_RESIDENT) {
    const about = found('idType', typed.idType, rule.idType);
    const kind = idTypesForCounter.includes(idType.text)
      ? raise('counter', 'ID_TYPE_COUNTER', about)
      : raise('error', 'ID_TYPE_UNKNOWN', about);
    if (idNumber !== '') return [kind, ...notices];
    return [
      kind,
      ...notices,
      raise('error', 'ID_EMPTY', found('idNumber', typed.idNumber, rule.idRequired)),
    ];
  }
  const issues = checkIdNumber(typed.idNumber, context.today);
  // a number that cannot be one is nobody's: comparing it would only add noise
  if (issues.some((issue) => issue.severity === 'error')) return [...notices, ...issues];
  return [...notices, ...issues, ...checkPerson(typed.idNumber, toEighteen(idNumber), context)];
}

function checkPerson(typed: string, id18: string, context: RegistrationContext): Issue[] {
  const issues: Issue[] = [];
  if (context.queueIds.some((queued) => isPerson(queued, id18))) {
    issues.push(raise('error', 'DUPLICATE_IN_QUEUE', found('idNumber', typed, rule.duplicate)));
  }
  if (context.underReview?.(id18)) {
    issues.push(raise('error', 'UNDER_REVIEW', found('idNumber', typed, rule.underReview)));
  }
  if (context.activeIds(id18)) {
    issues.push(raise('error', 'ACCOUNT_ACTIVE', found('idNumber', typed, rule.active)));
  }
  return issues;
}

function calculate(
  fundType: FundType,
  policy: Policy,
  readWage: ReadBase,
  readShare: ReadRatio,
  typedRatio = '',
): { steps: string[]; calculation?: Calculation } {
  const { base, typedBase } = readWage;
  const { ratio, origin } = readShare;
  const steps: string[] = [];
  if (base !== undefined && typedBase !== undefined) {
    steps.push(step.base(typedBase), explainClamp(base, typedBase, policy));
  }
  if (ratio !== undefined) {
    if (origin === 'unit') steps.push(step.ratioUnit(ratio));
    else if (origin === 'forced') {
      steps.push(step.ratioForced(normaliseTyped(typedRatio).text.replace(/ ?%$/, ''), ratio));
    } else steps.push(step.ratioTyped(ratio));
  }
  if (base === undefined || typedBase === undefined || ratio === undefined) return { steps };
  const amounts = monthlyAmounts(fundType, base, ratio, policy.rounding);
  steps.push(...explainAmounts(fundType, base, amounts, policy.rounding));
  return { steps, calculation: { fundType, base, typedBase, amounts } };
}
