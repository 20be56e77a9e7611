import { z } from 'zod';
import type { RosterPerson } from '../../shared/rules/employee.ts';
import { entryTypedSchema } from '../../shared/rules/entry.ts';
import type { EntryContext, EntryTyped } from '../../shared/rules/entry.ts';
import { dateAt } from '../../shared/rules/dates.ts';
import { readFundType } from '../../shared/rules/fund-type.ts';
import { bundledCalendar } from '../../shared/rules/calendar.ts';
import { normaliseIdNumber } from '../../shared/rules/identity.ts';
import { missedBackPayFields } from '../../shared/rules/missed-back-pay.ts';
import { monthlyAmounts } from '../../shared/rules/amounts.ts';
import { parseYuan } from '../../shared/rules/money.ts';
import { toRanges } from '../../shared/rules/month-ranges.ts';
import { businessMonthSchema, parseMonth } from '../../shared/rules/months.ts';
import type { BusinessMonth } from '../../shared/rules/months.ts';
import {
  fundTypeSchema,
  policyAt,
  policySchema,
  unitTermsSchema,
} from '../../shared/rules/policy.ts';
import type { QueuedEntry } from '../../shared/rules/queue.ts';
import { reductionFields } from '../../shared/rules/reduction.ts';
import { ID_TYPE_RESIDENT, registrationFields } from '../../shared/rules/registration.ts';
import { shortfallBackPayFields } from '../../shared/rules/shortfall-back-pay.ts';
import { normaliseTyped } from '../../shared/rules/typed.ts';
import { filingWindow } from '../../shared/rules/window.ts';
import { entryKindSchema } from '../../shared/wire/primitives.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import { ROUNDING_WITHOUT_POLICY, manualHours, manualTerms, practiceReasons } from './defaults.ts';
import { lookUp } from './roster.ts';

const VALUE_QUOTED_CHARACTERS = 60;

/** The form of an input: docs/rules.md. Money is yuan text, never a JSON number. */
const yuan = z.string().transform((text, context) => {
  const parsed = parseYuan(text);
  if (parsed.ok && parsed.value >= 0) return parsed.value;
  context.addIssue({ code: 'custom', message: '应为元，不为负，最多两位小数，例如 "8000.00"' });
  return z.NEVER;
});

const typedFields = z.record(z.string(), z.string().max(200));
const percent = z.int().min(0).max(100);

const policyInput = z.object({
  fundType: fundTypeSchema,
  from: businessMonthSchema,
  minBase: yuan,
  maxBase: yuan,
  rounding: policySchema.shape.rounding,
});

const rosterInput = z.object({
  personalAccount: z.string(),
  fundType: fundTypeSchema,
  name: z.string(),
  idType: z.enum(['01', '02', '03', '04', '99']).default(ID_TYPE_RESIDENT),
  idNumber: z.string(),
  status: z.enum(['01', '02', '03', '04', '05', '06', '99']).default('01'),
  base: yuan,
  unitRatio: percent,
  personalRatio: percent.optional(),
  paidMonths: z.array(businessMonthSchema).default([]),
});

const inputSchema = z.object({
  kind: entryKindSchema,
  businessMonth: businessMonthSchema.optional(),
  now: z.iso.datetime({ offset: true }).optional(),
  unit: z.object({
    ratioPolicy: z.enum(['uniform', 'perEmployee']),
    ratio: percent.default(manualTerms.ratioMax),
    fundTypes: z.array(fundTypeSchema).min(1).default(manualTerms.fundTypes),
    policies: z.array(policyInput).default([]),
    nameLimit: z.int().min(1).max(100).default(manualTerms.nameLimit),
    ratioMin: percent.default(manualTerms.ratioMin),
    ratioMax: percent.default(manualTerms.ratioMax),
    subsidyRatioMin: percent.default(manualTerms.subsidyRatioMin),
    subsidyRatioMax: percent.default(manualTerms.subsidyRatioMax),
    backPayNoticeMonths: z.int().min(1).max(1200).default(manualTerms.backPayNoticeMonths),
  }),
  roster: z.array(rosterInput).default([]),
  queue: z.array(z.object({ kind: entryKindSchema, entry: typedFields })).default([]),
  reasons: z.array(z.object({ code: z.string(), label: z.string() })).default(practiceReasons),
  entry: typedFields,
});
type Input = z.output<typeof inputSchema>;

/** One place of an input that cannot be read. */
export interface Unreadable {
  readonly path: string;
  readonly value: string;
  readonly reason: string;
}

export type ReadInput =
  | {
      readonly ok: true;
      readonly typed: EntryTyped;
      readonly context: EntryContext;
      /** Paths of keys that mean nothing here and were passed over. */
      readonly ignored: readonly string[];
    }
  | { readonly ok: false; readonly unreadable: readonly Unreadable[] };

/** Reads one input; `systemNowMs` counts where it names no time. */
export function readInput(text: string, systemNowMs: number): ReadInput {
  z.config(z.locales.zhCN());
  const parsed = parseJson(text);
  if (!parsed.ok) return refuse('', text.trim().slice(0, VALUE_QUOTED_CHARACTERS), parsed.reason);
  const read = inputSchema.safeParse(parsed.value);
  if (!read.success) return { ok: false, unreadable: describe(read.error, parsed.value) };
  const terms = unitTermsSchema.safeParse(read.data.unit);
  if (!terms.success)
    return { ok: false, unreadable: describe(terms.error, read.data.unit, 'unit') };
  const queue = readQueue(read.data, terms.data);
  if (!Array.isArray(queue)) return { ok: false, unreadable: [queue] };
  const { kind, entry } = read.data;
  const ignored = [
    ...listIgnored(parsed.value, read.data),
    ...Object.keys(entry)
      .filter((key) => !(fieldsOf[kind] as readonly string[]).includes(key))
      .map((key) => `entry.${key}`),
  ];
  const context = makeContext(read.data, terms.data, queue, systemNowMs);
  return { ok: true, typed: typedOf(kind, entry), context, ignored };
}

const fieldsOf = {
  registration: registrationFields,
  reduction: reductionFields,
  missedBackPay: missedBackPayFields,
  shortfallBackPay: shortfallBackPayFields,
} as const satisfies Record<EntryKind, readonly string[]>;

function parseJson(text: string): { ok: true; value: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `输入应是一个 JSON 对象（${detail}）` };
  }
}

function refuse(path: string, value: string, reason: string): ReadInput {
  return { ok: false, unreadable: [{ path, value, reason }] };
}

function describe(error: z.ZodError, input: unknown, under = ''): Unreadable[] {
  return error.issues.map(({ path, message }) => ({
    path: [under, ...path.map(String)].filter((part) => part !== '').join('.'),
    value: quote(valueAt(input, path)),
    reason: message,
  }));
}

function quote(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value).slice(0, VALUE_QUOTED_CHARACTERS);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** Keys of the input that reading has left out, as paths. */
function listIgnored(input: unknown, read: unknown, path = ''): string[] {
  if (typeof input !== 'object' || input === null) return [];
  if (typeof read !== 'object' || read === null) return [];
  return Object.entries(input).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(read, key)) return [here];
    return listIgnored(value, (read as Record<string, unknown>)[key], here);
  });
}

/** The fields of a kind as typed; one left out was left empty, 证件类型 is 身份证. */
function typedOf(kind: EntryKind, entry: Readonly<Record<string, string>>): EntryTyped {
  const empty = (field: string) => (field === 'idType' ? ID_TYPE_RESIDENT : '');
  const fields = fieldsOf[kind].map((field) => [field, entry[field] ?? empty(field)]);
  return entryTypedSchema.parse({ kind, ...Object.fromEntries(fields) });
}

function makeContext(
  input: Input,
  terms: EntryContext['terms'],
  queue: readonly QueuedEntry[],
  systemNowMs: number,
): EntryContext {
  const nowMs = input.now === undefined ? systemNowMs : Date.parse(input.now);
  const window = filingWindow(nowMs, { ...manualHours, ...bundledCalendar });
  const businessMonth = input.businessMonth ?? window.businessMonth;
  const roster = input.roster.map((row) => personOf(row, terms, businessMonth));
  return {
    terms,
    businessMonth,
    today: dateAt(nowMs),
    mayLandNextMonth: window.mayLandNextMonth && window.businessMonth === businessMonth,
    queue,
    reasons: input.reasons,
    ...lookUp(roster),
  };
}

/** A roster row with its amounts, which the input leaves to base, ratios and the month's rounding. */
function personOf(
  row: Input['roster'][number],
  { policies }: EntryContext['terms'],
  businessMonth: BusinessMonth,
): RosterPerson {
  const { paidMonths, personalRatio = row.unitRatio, ...rest } = row;
  const policy = policyAt(policies, row.fundType, businessMonth);
  const rounding = policy?.rounding ?? ROUNDING_WITHOUT_POLICY;
  const { unitFen, personalFen, ...amounts } = monthlyAmounts(
    row.fundType,
    row.base,
    row.unitRatio,
    rounding,
    personalRatio,
  );
  const paid = toRanges(paidMonths);
  return { ...rest, personalRatio: amounts.personalRatio, unitFen, personalFen, paid };
}

/** The queue as the checks see it, or the first place that cannot be read. */
function readQueue(input: Input, terms: EntryContext['terms']): QueuedEntry[] | Unreadable {
  const queue: QueuedEntry[] = [];
  for (const [i, { kind, entry }] of input.queue.entries()) {
    const { fundType } = readFundType(entry.fundType ?? '', terms);
    const at = (field: string, reason: string): Unreadable => ({
      path: `queue.${i}.entry.${field}`,
      value: entry[field] ?? '',
      reason,
    });
    if (!fundType) return at('fundType', '应为本单位已有的资金性质');
    if (kind === 'registration') {
      queue.push({ kind, fundType, idNumber: normaliseIdNumber(entry.idNumber ?? '') });
      continue;
    }
    const personalAccount = normaliseTyped(entry.personalAccount ?? '').text.replaceAll(' ', '');
    const person = input.roster.find(
      (row) => row.personalAccount === personalAccount && row.fundType === fundType,
    );
    const who = {
      personalAccount,
      ...(person ? { idNumber: normaliseIdNumber(person.idNumber) } : {}),
    };
    if (kind === 'reduction') {
      queue.push({ kind, fundType, ...who });
      continue;
    }
    const from = parseMonth(normaliseTyped(entry.from ?? '').text);
    if (!from.ok) return at('from', '应为年月，例如 "201008"');
    const to = parseMonth(normaliseTyped(entry.to ?? '').text);
    if (!to.ok) return at('to', '应为年月，例如 "201008"');
    queue.push({ kind, fundType, ...who, from: from.value, to: to.value });
  }
  return queue;
}
