import { batchColumns } from '../../shared/batch/columns.ts';
import type { ColumnName } from '../../shared/batch/columns.ts';
import { findDuplicates } from '../../shared/batch/duplicates.ts';
import { checkBatchRow } from '../../shared/batch/judging.ts';
import type { RowAmounts } from '../../shared/batch/judging.ts';
import type { BatchRow, BatchSheet, FileNotice } from '../../shared/batch/rows.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { EntryTyped } from '../../shared/rules/entry.ts';
import { WHOLE_ENTRY, sortByField } from '../../shared/rules/issue.ts';
import type { Issue } from '../../shared/rules/issue.ts';
import { fenToPlain } from '../../shared/rules/money.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import type { FileContext } from './context.ts';

export const exitCodes = { clean: 0, issues: 1, unreadable: 2 } as const;

/** One place of a file with what was found there. */
export interface Place {
  readonly sheet: string;
  /** Like `B7`; empty for a row as a whole. */
  readonly cell: string;
  /** 0 without a place. */
  readonly row: number;
  /** Heading as the file writes it. */
  readonly column: string;
  readonly code: ErrorCode;
  readonly value: string;
  readonly rule: string;
  readonly fix: string;
}

export interface Answer {
  readonly readable: boolean;
  /** Why the file could not be read, or the marked copy not written. */
  readonly reason?: string;
  readonly kind: string;
  readonly rows: readonly {
    readonly row: number;
    /** In the form of `explain`. */
    readonly entry: Readonly<Record<string, string>>;
    readonly amounts: Record<'unit' | 'personal' | 'total', string> | null;
    /** 核对结果 */
    readonly check?: string;
  }[];
  /** What stands against rows, also what only the counter can settle. */
  readonly issues: readonly Place[];
  readonly notices: readonly Place[];
}

export interface Judged {
  readonly answer: Answer;
  /** Everything that stands against a row, for the marked copy. */
  readonly faults: readonly (Issue & { readonly row: number })[];
}

export function refuse(kind: string, reason: string): Answer {
  return { readable: false, reason, kind, rows: [], issues: [], notices: [] };
}

/** Checks all rows of a file against CONTEXT and each other. */
export function judgeRows(
  kind: EntryKind,
  sheet: BatchSheet,
  rows: readonly BatchRow[],
  { chosenFund, contextOf, ignored }: FileContext,
): Judged {
  const checks = rows.map((row) => checkBatchRow(kind, row, chosenFund, contextOf));
  const duplicates = findDuplicates(
    rows.map(({ row }, seq) => ({ seq, row, claims: checks[seq]?.claims ?? [] })),
  );
  const names = batchColumns[kind].map(({ name }) => name);
  const found = rows.flatMap(({ row }, seq) => {
    const issues = [...(checks[seq]?.issues ?? []), ...(duplicates.get(seq) ?? [])];
    return sortByField(names, issues).map((issue) => ({ ...issue, row }));
  });
  const faults = found.filter(({ severity }) => severity !== 'notice');
  const notices = found.filter(({ severity }) => severity === 'notice');
  const answer = {
    readable: true,
    kind,
    rows: checks.map(({ typed, amounts, differences }, seq) => {
      const check = differences.length === 0 ? {} : { check: differences.join('；') };
      return {
        row: rows[seq]?.row ?? 0,
        entry: fieldsOf(typed),
        amounts: amountsOf(amounts),
        ...check,
      };
    }),
    issues: faults.map((issue) => placeIssue(kind, sheet, issue)),
    notices: [
      ...ignored.map(placeIgnored),
      ...sheet.notices.map((notice) => placeNotice(sheet, notice)),
      ...notices.map((issue) => placeIssue(kind, sheet, issue)),
    ],
  };
  return { answer, faults };
}

function fieldsOf(typed: EntryTyped): Record<string, string> {
  const fields = Object.entries(typed).flatMap(([field, text]) =>
    field === 'kind' || text === undefined ? [] : [[field, text] as const],
  );
  return Object.fromEntries(fields);
}

function amountsOf(amounts: RowAmounts | undefined): Answer['rows'][number]['amounts'] {
  if (!amounts) return null;
  const { unitFen, personalFen, totalFen } = amounts;
  return {
    unit: fenToPlain(unitFen),
    personal: fenToPlain(personalFen),
    total: fenToPlain(totalFen),
  };
}

function placeIssue(
  kind: EntryKind,
  sheet: BatchSheet,
  { row, field, code, value, rule, fix }: Issue & { readonly row: number },
): Place {
  const column = batchColumns[kind].find(({ name }) => name === field);
  const isWhole = field === WHOLE_ENTRY || column === undefined;
  const letters = isWhole ? undefined : sheet.letters[column.name];
  const cell = letters === undefined ? '' : `${letters}${row}`;
  const heading = isWhole ? '' : (sheet.headings[column.name] ?? column.heading);
  return { sheet: sheet.sheet, cell, row, column: heading, code, value, rule, fix };
}

function placeNotice(sheet: BatchSheet, { code, row, column, value, rule }: FileNotice): Place {
  const cell = column === '' ? '' : `${column}${row}`;
  const names = Object.keys(sheet.letters) as ColumnName[];
  const name = names.find((each) => column !== '' && sheet.letters[each] === column);
  const heading = (name && sheet.headings[name]) ?? (code === 'COLUMN_IGNORED' ? value : '');
  const { next: fix } = catalogue[code];
  return { sheet: sheet.sheet, cell, row, column: heading, code, value, rule, fix };
}

/** A key of CONTEXT that means nothing. */
function placeIgnored(path: string): Place {
  const code = 'INPUT_IGNORED';
  const rule = '输入格式见 docs/rules.md';
  const place = { sheet: '', cell: '', row: 0, column: '' };
  return { ...place, code, value: path, rule, fix: catalogue[code].next };
}
