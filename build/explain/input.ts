import { monthlyAmounts } from '../../shared/rules/amounts.ts';
import { bundledCalendar } from '../../shared/rules/calendar.ts';
import { dateAt } from '../../shared/rules/dates.ts';
import type { RosterPerson } from '../../shared/rules/employee.ts';
import type { EntryContext, EntryTyped } from '../../shared/rules/entry.ts';
import { toRanges } from '../../shared/rules/month-ranges.ts';
import type { BusinessMonth } from '../../shared/rules/months.ts';
import { policyAt, unitTermsSchema } from '../../shared/rules/policy.ts';
import { filingWindow } from '../../shared/rules/window.ts';
import { ROUNDING_WITHOUT_POLICY, manualHours, manualTerms } from './defaults.ts';
import { readFields } from './fields.ts';
import { parseJson } from './json.ts';
import { checkQueued, queuedOf } from './queue.ts';
import { lookUp } from './roster.ts';
import { inputSchema } from './schema.ts';
import type { Input } from './schema.ts';
import { listPlaces, quote, tellShape } from './shape.ts';
import type { Unreadable } from './shape.ts';

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
  const parsed = parseJson(text);
  if (!parsed.ok) return refuse([{ path: '', value: quote(text.trim()), reason: parsed.reason }]);
  const read = inputSchema.safeParse(parsed.value, { error: tellShape });
  if (!read.success) return refuse(listPlaces(read.error, parsed.value));
  const entry = readFields(read.data.kind, read.data.entry, 'entry');
  const queue = read.data.queue.map((item, i) => {
    const path = `queue.${i}.entry`;
    return { path, ...readFields(item.kind, item.entry, path) };
  });
  const shapes = [entry, ...queue].flatMap(({ unreadable }) => unreadable);
  if (shapes.length > 0) return refuse(shapes);
  const context = makeContext(read.data, systemNowMs);
  const queued = queue.flatMap(({ typed, path }) => checkQueued(typed, context, path));
  if (queued.length > 0) return refuse(queued);
  const ignored = [
    ...listIgnored(parsed.value, read.data),
    ...[entry, ...queue].flatMap((fields) => fields.ignored),
  ];
  const waiting = queue.map(({ typed }) => queuedOf(typed, context));
  return { ok: true, typed: entry.typed, context: { ...context, queue: waiting }, ignored };
}

function refuse(unreadable: readonly Unreadable[]): ReadInput {
  return { ok: false, unreadable };
}

/** Keys of the input that reading has left out, as paths; not those of what is typed. */
function listIgnored(input: unknown, read: unknown, path = ''): string[] {
  if (typeof input !== 'object' || input === null) return [];
  if (typeof read !== 'object' || read === null) return [];
  return Object.entries(input).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(read, key)) return [here];
    if (key === 'entry') return [];
    return listIgnored(value, (read as Record<string, unknown>)[key], here);
  });
}

/** All that the checks look at, with an empty queue. */
function makeContext(input: Input, systemNowMs: number): EntryContext {
  const { ratio = manualTerms.ratioMax, ...unit } = input.unit;
  const terms = unitTermsSchema.parse({ ...unit, ratio });
  const nowMs = input.now ?? systemNowMs;
  const window = filingWindow(nowMs, { ...manualHours, ...bundledCalendar });
  const businessMonth = input.businessMonth ?? window.businessMonth;
  const roster = input.roster.map((row) => personOf(row, terms, businessMonth));
  return {
    terms,
    businessMonth,
    today: dateAt(nowMs),
    // the month named may be the one that has just closed: then nothing is taken in it any more
    mayLandNextMonth:
      window.businessMonth === businessMonth
        ? window.mayLandNextMonth
        : window.closed?.month === businessMonth,
    queue: [],
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
