import { batchColumns } from '../../../shared/batch/columns.ts';
import type { BatchColumn, ColumnName } from '../../../shared/batch/columns.ts';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { Batch, BatchIssue, BatchRowView } from '../../../shared/ipc/batches.ts';
import { WHOLE_ENTRY, isForCounter } from '../../../shared/rules/issue.ts';
import type { Issue, Severity } from '../../../shared/rules/issue.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { ruleOf } from '../entry/messages.ts';

/** The amount a batch of a kind is summed by. */
const totalColumn: Readonly<Record<EntryKind, ColumnName | undefined>> = {
  registration: 'monthlyTotal',
  reduction: undefined,
  missedBackPay: 'amount',
  shortfallBackPay: 'amount',
};

/** Columns worth showing: what the file has, what the entry needs, and the total. 序号 is the file's own. */
export function shownColumns({ kind, sheet }: Batch): BatchColumn[] {
  return batchColumns[kind].filter(
    ({ name, required }) =>
      name !== 'sequence' &&
      (required || sheet.letters[name] !== undefined || name === totalColumn[kind]),
  );
}

/** 减少 and 补缴 are compared with the roster (manual 七(二)). */
export function hasCheck(kind: EntryKind): boolean {
  return kind !== 'registration';
}

export type RowState =
  | 'checking'
  | 'good'
  | 'bad'
  | 'counter'
  | 'notice'
  | 'differs'
  | 'ordered'
  | 'settled'
  | 'removed';

/** The one word for a row: what stands against it first. */
export function stateOf(row: BatchRowView): RowState {
  if (row.state !== 'open') return row.state;
  if (!row.isChecked) return 'checking';
  if (row.issues.some(({ severity }) => severity === 'error')) return 'bad';
  if (isForCounter(row.issues)) return 'counter';
  if (row.differences.length > 0) return 'differs';
  return row.issues.length > 0 ? 'notice' : 'good';
}

const weights: Readonly<Record<Severity, number>> = { error: 0, counter: 1, notice: 2 };

/** What was found in a cell, the gravest first; of the row as a whole with `entry`. */
export function issuesOf(row: BatchRowView, field: string): readonly Issue[] {
  return row.issues
    .filter((issue) => issue.field === field)
    .toSorted((a, b) => weights[a.severity] - weights[b.severity]);
}

/** What was found in no column that is shown. */
export function rowIssues(row: BatchRowView, columns: readonly ColumnName[]): readonly Issue[] {
  const shown: readonly string[] = columns;
  return row.issues.filter(({ field }) => field === WHOLE_ENTRY || !shown.includes(field));
}

export function severityOf(row: BatchRowView, field: string): Severity | undefined {
  return issuesOf(row, field)[0]?.severity;
}

/** What was found and the rule it met. */
export function sentenceOf(issue: Issue): string {
  const { text } = catalogue[issue.code];
  const rule = ruleOf(issue);
  if (rule === '') return text;
  return /\p{Po}$/u.test(rule) ? text + rule : `${text}${rule}。`;
}

/** `B7`; the row alone for a column the file does not have. */
export function cellName({ sheet }: Batch, row: number, column: ColumnName): string {
  return `${sheet.letters[column] ?? ''}${row}`;
}

/** An amount the file leaves empty, as the rules compute it. */
export function computedText(
  { amounts }: BatchRowView,
  kind: EntryKind,
  column: ColumnName,
): string {
  if (!amounts) return '';
  if (column === totalColumn[kind]) return formatFen(toFen(amounts.totalFen));
  if (kind !== 'registration') return '';
  if (column === 'unitMonthly') return formatFen(toFen(amounts.unitFen));
  return column === 'personalMonthly' ? formatFen(toFen(amounts.personalFen)) : '';
}

/** The column an issue of the list leads to; undefined for the row as a whole. */
export function columnOf({ field }: BatchIssue, kind: EntryKind): ColumnName | undefined {
  return batchColumns[kind].find(({ name }) => name === field)?.name;
}
