import { batchColumns, columnLetters, type ColumnName } from '../../shared/batch/columns.ts';
import type { BatchRow, BatchSheet } from '../../shared/batch/rows.ts';
import type { BatchRowView } from '../../shared/ipc/batches.ts';
import type { EntryTyped } from '../../shared/rules/entry.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import type { RosterRow } from '../../shared/wire/roster.ts';

const HEADING_ROW = 1;

/** Where the template of a kind has its columns. */
export function sheetOf(kind: EntryKind): BatchSheet {
  const columns = batchColumns[kind];
  return {
    ...{ sheet: '示例', format: 'xlsx', headingRow: HEADING_ROW, notices: [] },
    letters: Object.fromEntries(columns.map(({ name }, at) => [name, columnLetters(at + 1)])),
    headings: Object.fromEntries(columns.map(({ name, heading }) => [name, heading])),
  };
}

/** The row a file has for what was typed; `at` from 0. */
export function rowOf(typed: EntryTyped, roster: readonly RosterRow[], at: number): BatchRow {
  const cells = Object.entries(cellsOf(typed, roster)).map(
    ([column, text]) => [column, { text, remarks: [] }] as const,
  );
  return { row: HEADING_ROW + 1 + at, cells: Object.fromEntries(cells), remarks: [] };
}

function cellsOf(
  typed: EntryTyped,
  roster: readonly RosterRow[],
): Partial<Record<ColumnName, string>> {
  if (typed.kind === 'registration') {
    const { name, idNumber, base } = typed;
    return { name, idNumber, base };
  }
  const { personalAccount, fundType } = typed;
  const person = roster.find((row) => row.personalAccount === personalAccount);
  const common = { fundType, personalAccount, name: person?.name ?? '' };
  switch (typed.kind) {
    case 'reduction':
      return { ...common, idNumber: person?.idNumber ?? '', reason: typed.reason };
    case 'missedBackPay': {
      const { from, to, base, ratio } = typed;
      return { ...common, from, to, base, ratio };
    }
    case 'shortfallBackPay': {
      const { from, to, paidBase, paidRatio, dueBase, dueRatio } = typed;
      return { ...common, from, to, paidBase, paidRatio, dueBase, dueRatio };
    }
  }
}

/** The column a clerk corrects: the wage that finds the entry, or the reason. */
export const correctedColumn = {
  registration: 'base',
  missedBackPay: 'base',
  shortfallBackPay: 'dueBase',
  reduction: 'reason',
} as const satisfies Record<EntryKind, ColumnName>;

export function correctedText(typed: EntryTyped): string {
  switch (typed.kind) {
    case 'registration':
    case 'missedBackPay':
      return typed.base;
    case 'shortfallBackPay':
      return typed.dueBase;
    case 'reduction':
      return typed.reason;
  }
}

/** With something in it that no rule takes. */
export function spoil(typed: EntryTyped): EntryTyped {
  switch (typed.kind) {
    case 'registration':
    case 'missedBackPay':
      return { ...typed, base: '八千' };
    case 'shortfallBackPay':
      return { ...typed, dueBase: '八千' };
    case 'reduction':
      return { ...typed, reason: '不详' };
  }
}

export function isOpen({ state }: BatchRowView): boolean {
  return state === 'open';
}

/** It may be sent. */
export function isGood(row: BatchRowView): boolean {
  return isOpen(row) && row.isChecked && row.issues.every(({ severity }) => severity === 'notice');
}
