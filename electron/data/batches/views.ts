import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import { columnNames } from '../../../shared/batch/columns.ts';
import type { ColumnName } from '../../../shared/batch/columns.ts';
import type { BatchSheet } from '../../../shared/batch/rows.ts';
import type {
  Batch,
  batchFilterSchema,
  BatchIssue,
  BatchRowView,
} from '../../../shared/ipc/batches.ts';
import type { Issue, Severity } from '../../../shared/rules/issue.ts';
import type { UnitDatabase } from '../ports.ts';
import { cellsOf } from './stored-row.ts';
import type { RowState, StoredRow } from './stored-row.ts';
import type { BatchShelf, StoredBatch } from './shelf.ts';

type Filter = z.output<typeof batchFilterSchema>;

export interface IssueQuery {
  readonly severities: readonly Severity[];
  readonly code?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

export interface IssueCount {
  readonly code: string;
  readonly severity: Severity;
  readonly count: number;
}

/** Batches as the window reads them. */
export class BatchViews {
  readonly #shelf: BatchShelf;
  readonly #handle: Database;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor({ handle }: UnitDatabase, shelf: BatchShelf) {
    this.#handle = handle;
    this.#shelf = shelf;
    this.#statements = prepareStatements(handle);
  }

  batch(stored: StoredBatch): Batch {
    const { id, kind, fundType, name, fileName, importedAt, revision } = stored;
    const groups = this.#statements.counts.all(stored.number);
    const sum = (isMeant: (group: CountGroup) => boolean) =>
      groups.filter(isMeant).reduce((total, { count }) => total + count, 0);
    const isOpen = ({ state }: CountGroup) => state === 'open';
    const isGood = (group: CountGroup) => isOpen(group) && group.standing === 'good';
    return {
      ...{ id, kind, fundType, name, fileName, importedAt, revision },
      sheet: this.#shelf.sheet(stored),
      isChecked: stored.basis !== '',
      open: sum(isOpen),
      good: sum(isGood),
      bad: sum((group) => isOpen(group) && group.standing === 'bad'),
      counter: sum((group) => isOpen(group) && group.standing === 'counter'),
      differing: sum((group) => isGood(group) && group.differing === 1),
      goodFen: groups.filter(isGood).reduce((total, { fen }) => total + fen, 0),
      removed: sum(({ state }) => state === 'removed'),
      oids: this.#shelf.oids(stored),
    };
  }

  rows(
    { number }: StoredBatch,
    { filter, offset, limit }: { filter: Filter; offset: number; limit: number },
  ): { rows: BatchRowView[]; total: number } {
    const where = [`r.batch = @batch`, this.#shown(number, filter.show)];
    if (filter.code !== undefined) where.push(HAS_CODE);
    const text = filter.text.trim().toLowerCase();
    if (text !== '') where.push('instr(r.search, @text) > 0');
    const from = `FROM batch_row r WHERE ${where.join(' AND ')}`;
    const values = { batch: number, text, code: filter.code ?? '' };
    const total = this.#handle.prepare<[object], number>(`SELECT count(*) ${from}`).pluck();
    const seqs = this.#handle
      .prepare<[object], number>(
        `SELECT r.seq ${from} ORDER BY r.seq LIMIT ${limit} OFFSET ${offset}`,
      )
      .pluck()
      .all(values);
    const rows = seqs.map((seq) => this.row(number, seq));
    return { rows, total: total.get(values) ?? 0 };
  }

  row(batch: number, seq: number): BatchRowView {
    const row = this.#statements.row.get(batch, seq);
    if (!row) throw new Error(`row ${seq} of batch ${batch} is gone`);
    const { unitFen, personalFen, totalFen } = row;
    const hasAmounts = unitFen !== null && personalFen !== null && totalFen !== null;
    return {
      ...{ seq, row: row.row, state: row.state, isChecked: row.isChecked === 1 },
      cells: cellViews(row),
      issues: this.#statements.issuesOf.all(batch, seq),
      differences: JSON.parse(row.differences) as string[],
      amounts: hasAmounts ? { unitFen, personalFen, totalFen } : null,
      rosterName: row.rosterName,
      rosterIdNumber: row.rosterIdNumber,
    };
  }

  issues(
    stored: StoredBatch,
    query: IssueQuery,
  ): { issues: BatchIssue[]; total: number; counts: IssueCount[] } {
    const sheet = this.#shelf.sheet(stored);
    const counts = this.#statements.issueCounts.all(stored.number);
    const total = counts
      .filter(({ code, severity }) => isMeant(query, code, severity))
      .reduce((sum, { count }) => sum + count, 0);
    const issues = this.#statements.issuePage
      .all({
        ...{ batch: stored.number, code: query.code ?? null },
        ...{ severities: JSON.stringify(query.severities) },
        ...{ offset: query.offset, limit: query.limit },
      })
      .map((issue) => ({ ...issue, ...placeOf(issue, sheet) }));
    return { issues, total, counts };
  }

  /** Of all open rows, in the order of the file. */
  *placedIssues(stored: StoredBatch): Iterable<BatchIssue> {
    const sheet = this.#shelf.sheet(stored);
    const all = { code: null, severities: '["error","counter"]', offset: 0, limit: -1 };
    for (const issue of this.#statements.issuePage.iterate({ batch: stored.number, ...all })) {
      yield { ...issue, ...placeOf(issue, sheet) };
    }
  }

  /** `all`: those still with the clerk or under way; of a batch that is done, those it was made of. */
  #shown(batch: number, show: Filter['show']): string {
    if (show !== 'all') return shownBy[show];
    const isDone = this.#statements.withClerk.get(batch) === 0;
    return isDone ? `r.state = 'settled'` : `r.state IN ('open', 'ordered')`;
  }
}

function isMeant({ severities, code: only }: IssueQuery, code: string, severity: Severity) {
  return severities.includes(severity) && (only === undefined || only === code);
}

function cellViews({ cells, edits }: Pick<RowOfView, 'cells' | 'edits'>): BatchRowView['cells'] {
  const stored = {
    edits: JSON.parse(edits) as StoredRow['edits'],
    row: { cells: JSON.parse(cells) as StoredRow['row']['cells'], row: 1, remarks: [] },
  };
  const views: BatchRowView['cells'] = {};
  for (const [column, { text }] of Object.entries(cellsOf(stored)) as [
    ColumnName,
    { text: string },
  ][]) {
    views[column] = { text, edited: stored.edits[column] !== undefined };
  }
  return views;
}

/** Where in the file: `B7` and the heading over it, or the row alone. */
function placeOf(
  { field, row }: Pick<BatchIssue, 'field' | 'row'>,
  sheet: BatchSheet,
): { cell: string; heading: string } {
  const column = columnNames.find((name) => name === field);
  const letters = column && sheet.letters[column];
  if (letters === undefined) return { cell: String(row), heading: '' };
  return { cell: `${letters}${row}`, heading: (column && sheet.headings[column]) ?? '' };
}

const shownBy: Readonly<Record<Exclude<Filter['show'], 'all'>, string>> = {
  good: `r.state = 'open' AND r.standing = 'good'`,
  issues: `r.state = 'open' AND r.standing IN ('bad', 'counter')`,
  notices: `r.state = 'open' AND r.noticed = 1`,
  differences: `r.state = 'open' AND r.differing = 1`,
  removed: `r.state = 'removed'`,
};

const HAS_CODE = `EXISTS (SELECT 1 FROM batch_issue i
  WHERE i.batch = r.batch AND i.seq = r.seq AND i.code = @code)`;

interface CountGroup {
  readonly state: RowState;
  readonly standing: string | null;
  readonly differing: 0 | 1;
  readonly count: number;
  readonly fen: number;
}

interface RowOfView {
  readonly row: number;
  readonly state: RowState;
  readonly isChecked: 0 | 1;
  readonly cells: string;
  readonly edits: string;
  readonly differences: string;
  readonly unitFen: number | null;
  readonly personalFen: number | null;
  readonly totalFen: number | null;
  readonly rosterName: string;
  readonly rosterIdNumber: string;
}

interface PlacelessIssue extends Issue {
  readonly seq: number;
  readonly row: number;
}

const ISSUE = 'i.code, i.severity, i.field, i.value, i.rule, i.fix';

function prepareStatements(handle: Database) {
  return {
    counts: handle.prepare<[number], CountGroup>(
      `SELECT state, standing, differing, count(*) AS count, coalesce(sum(total_fen), 0) AS fen
       FROM batch_row WHERE batch = ? GROUP BY state, standing, differing`,
    ),
    withClerk: handle
      .prepare<[number], number>(
        `SELECT EXISTS (SELECT 1 FROM batch_row INDEXED BY batch_row_with_clerk
           WHERE batch = ? AND state IN ('open', 'ordered'))`,
      )
      .pluck(),
    row: handle.prepare<[number, number], RowOfView>(
      `SELECT row, state, standing IS NOT NULL AS isChecked, cells, edits, differences, unit_fen AS unitFen,
         personal_fen AS personalFen, total_fen AS totalFen, roster_name AS rosterName,
         roster_id_number AS rosterIdNumber
       FROM batch_row WHERE batch = ? AND seq = ?`,
    ),
    issuesOf: handle.prepare<[number, number], Issue>(
      `SELECT ${ISSUE} FROM batch_issue i WHERE batch = ? AND seq = ? ORDER BY source, number`,
    ),
    issueCounts: handle.prepare<[number], IssueCount>(
      `SELECT code, severity, count(*) AS count FROM batch_issue WHERE batch = ?
       GROUP BY code, severity ORDER BY count DESC, code`,
    ),
    issuePage: handle.prepare<
      [{ batch: number; code: string | null; severities: string; offset: number; limit: number }],
      PlacelessIssue
    >(
      `SELECT i.seq, r.row, ${ISSUE} FROM (
         SELECT * FROM batch_issue WHERE batch = @batch AND (@code IS NULL OR code = @code)
           AND severity IN (SELECT value FROM json_each(@severities))
         ORDER BY seq, source, number LIMIT @limit OFFSET @offset) i
       JOIN batch_row r ON r.batch = i.batch AND r.seq = i.seq
       ORDER BY i.seq, i.source, i.number`,
    ),
  };
}
