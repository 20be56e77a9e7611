import { nameMonths } from '../../../shared/rules/back-pay.ts';
import { checkEntry, previewEntry } from '../../../shared/rules/entry.ts';
import type { EntryContext, EntryTyped } from '../../../shared/rules/entry.ts';
import type { RosterPerson } from '../../../shared/rules/employee.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { formatFen } from '../../../shared/rules/money.ts';
import type { Fen } from '../../../shared/rules/money.ts';
import type { MissedBackPayPreview } from '../../../shared/rules/missed-back-pay.ts';
import type { ShortfallBackPayPreview } from '../../../shared/rules/shortfall-back-pay.ts';
import { step } from '../../../shared/rules/wording.ts';
import { amounts as words } from '../../text/entry.ts';
import type { FieldName } from './form.ts';

export interface ShownAmount {
  readonly label: string;
  /** Empty until it can be computed: the line stands there all the same. */
  readonly value: string;
  readonly isStrong: boolean;
}

/** What a form shows of an entry of any kind while it is typed. */
export interface Shown {
  readonly issues: Readonly<Partial<Record<FieldName | 'fundType', readonly Issue[]>>>;
  readonly general: readonly Issue[];
  readonly person?: RosterPerson;
  readonly amounts: readonly ShownAmount[];
  readonly steps: readonly string[];
  /** Steps that begin a policy year. */
  readonly headings: readonly string[];
}

export function showEntry(typed: EntryTyped, context: EntryContext): Shown {
  switch (typed.kind) {
    case 'registration': {
      const { issues, general, amounts, steps } = previewEntry(typed.kind, typed, context);
      const shown = monthlyLines(amounts, amounts);
      return { issues, general, steps, amounts: shown, headings: [] };
    }
    case 'reduction': {
      const preview = previewEntry(typed.kind, typed, context);
      const shown = monthlyLines(preview.amounts, preview.person);
      return { ...preview, amounts: shown, headings: [] };
    }
    case 'missedBackPay': {
      const preview = previewEntry(typed.kind, typed, context);
      const monthly = preview.parts.map((part) => part.amounts.totalFen);
      return backPay(preview, words.monthly, monthly);
    }
    case 'shortfallBackPay': {
      const preview = previewEntry(typed.kind, typed, context);
      const monthly = preview.parts.map((part) => part.monthlyFen);
      return backPay(preview, words.difference, monthly);
    }
  }
}

/** All that stands against an entry, empty fields included. */
export function issuesOfEntry(typed: EntryTyped, context: EntryContext): readonly Issue[] {
  switch (typed.kind) {
    case 'registration':
      return checkEntry(typed.kind, typed, context).issues;
    case 'reduction':
      return checkEntry(typed.kind, typed, context).issues;
    case 'missedBackPay':
      return checkEntry(typed.kind, typed, context).issues;
    case 'shortfallBackPay':
      return checkEntry(typed.kind, typed, context).issues;
  }
}

interface Monthly {
  readonly unitFen: Fen;
  readonly personalFen: Fen;
  readonly totalFen: Fen;
}

interface Ratios {
  readonly unitRatio: number;
  readonly personalRatio: number;
}

function monthlyLines(fen: Monthly | undefined, ratios: Ratios | undefined): ShownAmount[] {
  const withRatio = (label: string, ratio: number | undefined) =>
    ratio === undefined ? label : `${label} ${ratio}%`;
  const line = (label: string, amount: Fen | undefined, isStrong = false) => ({
    label,
    value: amount === undefined ? '' : formatFen(amount),
    isStrong,
  });
  return [
    line(withRatio(words.unitMonthly, ratios?.unitRatio), fen?.unitFen),
    line(withRatio(words.personalMonthly, ratios?.personalRatio), fen?.personalFen),
    line(words.monthly, fen?.totalFen, true),
  ];
}

function backPay(
  preview: MissedBackPayPreview | ShortfallBackPayPreview,
  label: string,
  monthly: readonly Fen[],
): Shown {
  const { issues, general, person, amounts, steps } = preview;
  const parts: readonly { readonly months: MissedBackPayPreview['parts'][number]['months'] }[] =
    preview.parts;
  const count = parts.reduce((sum, part) => sum + part.months.length, 0);
  const total = amounts ? formatFen(amounts.totalFen) : '';
  return {
    issues,
    general,
    ...(person ? { person } : {}),
    steps,
    headings: parts.map(({ months }) => step.months(nameMonths(months), months.length)),
    amounts: [
      { label, value: fromTo(monthly), isStrong: false },
      {
        label: words.months,
        value: count === 0 ? '' : words.monthCount(count, parts.length),
        isStrong: false,
      },
      { label: words.total, value: total, isStrong: true },
    ],
  };
}

/** One amount, or the first and the last where the bounds have made them differ. */
function fromTo(monthly: readonly Fen[]): string {
  const [first] = monthly;
  const last = monthly.at(-1);
  if (first === undefined || last === undefined) return '';
  if (monthly.every((fen) => fen === first)) return formatFen(first);
  return words.steps(formatFen(first), formatFen(last));
}
