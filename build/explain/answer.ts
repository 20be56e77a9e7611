import { catalogue } from '../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { checkEntry, previewEntry } from '../../shared/rules/entry.ts';
import type { Issue } from '../../shared/rules/issue.ts';
import { fenToPlain } from '../../shared/rules/money.ts';
import { readInput } from './input.ts';
import type { ReadInput } from './input.ts';

interface Found {
  readonly code: ErrorCode;
  readonly field: string;
  readonly value: string;
  readonly rule: string;
  readonly fix: string;
}

interface Answer {
  /** What stands against the entry, also what only the counter can settle. */
  readonly issues: readonly Found[];
  readonly notices: readonly Found[];
  readonly amounts?: { readonly unit: string; readonly personal: string; readonly total: string };
  readonly months?: readonly {
    readonly month: number;
    readonly base: string;
    readonly unit: string;
    readonly personal: string;
  }[];
}

export const exitCodes = { clean: 0, issues: 1, unreadable: 2 } as const;

/** Answers one input: the object to print and the exit code. */
export function answer(text: string, systemNowMs: number): { answer: Answer; exitCode: number } {
  const input = readInput(text, systemNowMs);
  if (!input.ok) return { answer: refuse(input.unreadable), exitCode: exitCodes.unreadable };
  const { issues } = checkEntry(input.typed.kind, input.typed, input.context);
  const standing = issues.filter((issue) => issue.severity !== 'notice');
  const notices = issues.filter((issue) => issue.severity === 'notice');
  return {
    answer: {
      issues: standing.map(toFound),
      notices: [...input.ignored.map(ignore), ...notices.map(toFound)],
      ...calculate(input),
    },
    exitCode: standing.length > 0 ? exitCodes.issues : exitCodes.clean,
  };
}

/** The answer to an input that could not be opened at all. */
export function refuse(
  places: readonly { readonly path: string; readonly value: string; readonly reason: string }[],
): Answer {
  const code = 'INPUT_UNREADABLE';
  const issues = places.map(({ path, value, reason }) => ({
    ...({ code, field: path, value, rule: reason, fix: catalogue[code].next } as const),
  }));
  return { issues, notices: [] };
}

function toFound({ code, field, value, rule, fix }: Issue): Found {
  return { code, field, value, rule, fix };
}

function ignore(path: string): Found {
  const code = 'INPUT_IGNORED';
  return {
    code,
    field: path,
    value: '',
    rule: '输入格式见 docs/rules.md',
    fix: catalogue[code].next,
  };
}

/** Amounts as soon as they can be worked out, also while something stands against the entry. */
function calculate({
  typed,
  context,
}: ReadInput & { ok: true }): Pick<Answer, 'amounts' | 'months'> {
  const preview = previewEntry(typed.kind, typed, context);
  if (!preview.amounts) return {};
  const { unitFen, personalFen, totalFen } = preview.amounts;
  const amounts = {
    unit: fenToPlain(unitFen),
    personal: fenToPlain(personalFen),
    total: fenToPlain(totalFen),
  };
  if (!('months' in preview)) return { amounts };
  const months = preview.months.map((month) => ({
    month: month.month,
    base: fenToPlain('base' in month ? month.base : month.dueBase),
    unit: fenToPlain(month.unitFen),
    personal: fenToPlain(month.personalFen),
  }));
  return { amounts, months };
}
