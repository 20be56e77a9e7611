import { z } from 'zod';
import type { EntryKind } from '../wire/primitives.ts';
import type { BackPayContext } from './back-pay.ts';
import type { CivilDate } from './dates.ts';
import { raise, sortByField } from './issue.ts';
import type { Issue } from './issue.ts';
import {
  checkMissedBackPay,
  missedBackPayFields,
  missedBackPayTypedSchema,
  previewMissedBackPay,
} from './missed-back-pay.ts';
import type {
  MissedBackPayEntry,
  MissedBackPayPreview,
  MissedBackPayTyped,
} from './missed-back-pay.ts';
import type { FundType } from './policy.ts';
import {
  checkReduction,
  previewReduction,
  reductionFields,
  reductionTypedSchema,
} from './reduction.ts';
import type {
  ReductionContext,
  ReductionEntry,
  ReductionPreview,
  ReductionTyped,
} from './reduction.ts';
import {
  checkRegistration,
  previewRegistration,
  registrationFields,
  registrationTypedSchema,
} from './registration.ts';
import type {
  RegistrationContext,
  RegistrationEntry,
  RegistrationPreview,
  RegistrationTyped,
} from './registration.ts';
import {
  checkShortfallBackPay,
  previewShortfallBackPay,
  shortfallBackPayFields,
  shortfallBackPayTypedSchema,
} from './shortfall-back-pay.ts';
import type {
  ShortfallBackPayEntry,
  ShortfallBackPayPreview,
  ShortfallBackPayTyped,
} from './shortfall-back-pay.ts';
import { readFundType } from './fund-type.ts';
import { TYPED_LENGTH_MAX, countCharacters } from './typed.ts';
import { rule } from './wording.ts';

/** The four entries as one: what is typed, what may be sent, what is shown meanwhile. */
interface Entries {
  readonly registration: {
    readonly typed: RegistrationTyped;
    readonly entry: RegistrationEntry;
    readonly preview: RegistrationPreview;
  };
  readonly reduction: {
    readonly typed: ReductionTyped;
    readonly entry: ReductionEntry;
    readonly preview: ReductionPreview;
  };
  readonly missedBackPay: {
    readonly typed: MissedBackPayTyped;
    readonly entry: MissedBackPayEntry;
    readonly preview: MissedBackPayPreview;
  };
  readonly shortfallBackPay: {
    readonly typed: ShortfallBackPayTyped;
    readonly entry: ShortfallBackPayEntry;
    readonly preview: ShortfallBackPayPreview;
  };
}
export type TypedOf<Kind extends EntryKind> = Entries[Kind]['typed'];
export type EntryOf<Kind extends EntryKind> = Entries[Kind]['entry'];
export type PreviewOf<Kind extends EntryKind> = Entries[Kind]['preview'];

/** One entry of any kind as typed, with its kind beside the fields. */
export const entryTypedSchema = z.discriminatedUnion('kind', [
  registrationTypedSchema.extend({ kind: z.literal('registration') }),
  reductionTypedSchema.extend({ kind: z.literal('reduction') }),
  missedBackPayTypedSchema.extend({ kind: z.literal('missedBackPay') }),
  shortfallBackPayTypedSchema.extend({ kind: z.literal('shortfallBackPay') }),
]);
export type EntryTyped = Readonly<z.output<typeof entryTypedSchema>>;

/** The fields of each kind, in the order in which issues are told. */
export const entryFields = {
  registration: registrationFields,
  reduction: reductionFields,
  missedBackPay: missedBackPayFields,
  shortfallBackPay: shortfallBackPayFields,
} as const satisfies Readonly<Record<EntryKind, readonly string[]>>;

/** All that the checks of any kind look at. */
export interface EntryContext extends BackPayContext, ReductionContext {
  /** The centre's date. */
  readonly today: CivilDate;
  /** Whether the person (18-character number) has a 正常 account of the fund with this unit. */
  readonly activeIds: (id18: string, fundType: FundType) => boolean;
  /** Whether the person's registration of that fund is already with the centre. */
  readonly underReview?: (id18: string, fundType: FundType) => boolean;
  /** `FilingWindow.mayLandNextMonth`. */
  readonly mayLandNextMonth: boolean;
}

export interface EntryCheck<Kind extends EntryKind = EntryKind> {
  /** In the order of the fields; every field is looked at, not only up to the first error. */
  readonly issues: readonly Issue[];
  /** Present when nothing of severity error or counter was found. */
  readonly entry?: EntryOf<Kind>;
}

interface Rules<Kind extends EntryKind> {
  readonly check: (typed: TypedOf<Kind>, context: EntryContext) => EntryCheck<Kind>;
  readonly preview: (typed: TypedOf<Kind>, context: EntryContext) => PreviewOf<Kind>;
}

const rulesOf: { readonly [Kind in EntryKind]: Rules<Kind> } = {
  registration: {
    check: (typed, context) => checkRegistration(typed, forRegistration(typed, context)),
    preview: (typed, context) => previewRegistration(typed, forRegistration(typed, context)),
  },
  reduction: { check: checkReduction, preview: previewReduction },
  missedBackPay: { check: checkMissedBackPay, preview: previewMissedBackPay },
  shortfallBackPay: { check: checkShortfallBackPay, preview: previewShortfallBackPay },
};

/** Checks one entry completely. No clock, no storage: cheap enough for every keystroke. */
export function checkEntry<Kind extends EntryKind>(
  kind: Kind,
  typed: TypedOf<Kind>,
  context: EntryContext,
): EntryCheck<Kind> {
  const { readable, tooLong } = setLongAside(typed);
  const checked = rulesOf[kind].check(readable, context);
  if (tooLong.length === 0) return checked;
  const others = checked.issues.filter(({ field }) => !tooLong.some((one) => one.field === field));
  return { issues: sortByField(entryFields[kind], [...others, ...tooLong]) };
}

/** The same checks while typing: fields still empty are left alone, amounts appear as soon as they can. */
export function previewEntry<Kind extends EntryKind>(
  kind: Kind,
  typed: TypedOf<Kind>,
  context: EntryContext,
): PreviewOf<Kind> {
  const { readable, tooLong } = setLongAside(typed);
  const preview = rulesOf[kind].preview(readable, context);
  if (tooLong.length === 0) return preview;
  const issues = Object.fromEntries(tooLong.map((issue) => [issue.field, [issue]]));
  return { ...preview, issues: { ...preview.issues, ...issues } };
}

const TOO_LONG_QUOTED_CHARACTERS = 60;

/**
 * A field longer than any that can be meant is only counted: it is read as empty, and its one issue
 * says its length. Between processes such a field is not even taken (`typedTextSchema`).
 */
function setLongAside<Typed extends object>(
  typed: Typed,
): { readable: Typed; tooLong: readonly Issue[] } {
  const tooLong = Object.entries(typed as Readonly<Record<string, string | undefined>>).flatMap(
    ([field, text = '']) => {
      const count = text.length > TYPED_LENGTH_MAX ? countCharacters(text) : 0;
      if (count <= TYPED_LENGTH_MAX) return [];
      const value = `${Array.from(text).slice(0, TOO_LONG_QUOTED_CHARACTERS).join('')}…`;
      const met = rule.typedLength(TYPED_LENGTH_MAX, count);
      return [raise('error', 'TYPED_TOO_LONG', { field, value, rule: met })];
    },
  );
  if (tooLong.length === 0) return { readable: typed, tooLong };
  const emptied = Object.fromEntries(tooLong.map(({ field }) => [field, '']));
  return { readable: { ...typed, ...emptied }, tooLong };
}

function forRegistration(typed: RegistrationTyped, context: EntryContext): RegistrationContext {
  const { fundType } = readFundType(typed.fundType, context.terms);
  const queueIds: string[] = [];
  for (const { kind, fundType: fund, idNumber } of context.queue) {
    if (kind === 'registration' && fund === fundType && idNumber !== undefined) {
      queueIds.push(idNumber);
    }
  }
  return {
    ...context,
    queueIds,
    activeIds: (id18) => fundType !== undefined && context.activeIds(id18, fundType),
    underReview: (id18) => fundType !== undefined && context.underReview?.(id18, fundType) === true,
  };
}
