import type { Database } from 'better-sqlite3';
import type { ColumnName } from '../../../shared/batch/columns.ts';
import type { BatchCells, BatchRow } from '../../../shared/batch/rows.ts';
import type { UnitDatabase } from '../ports.ts';
import { entryOfRow } from './row-entry.ts';
import { cellsOf } from './stored-row.ts';
import type { Edits, RowState, StoredRow } from './stored-row.ts';
import { digestOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

interface Step {
  readonly from: RowState;
  readonly to: RowState;
}

interface TableRow {
  readonly seq: number;
  readonly state: RowState;
  readonly row: number;
  readonly cells: string;
  readonly remarks: string;
  readonly edits: string;
}

/** Table `batch_row` with its edits. What changes it is called inside a `write`. */
export class RowTable {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor({ handle }: UnitDatabase) {
    this.#statements = prepareStatements(handle);
  }

  append(batch: number, rows: readonly BatchRow[]): void {
    let seq = this.#statements.last.get(batch) ?? 0;
    for (const { row, cells, remarks } of rows) {
      seq += 1;
      this.#statements.append.run({
        ...{ batch, seq, row, search: searchText(cells) },
        ...{ cells: JSON.stringify(cells), remarks: JSON.stringify(remarks) },
      });
    }
  }

  find(batch: number, seq: number): StoredRow | undefined {
    const row = this.#statements.find.get(batch, seq);
    return row && storedOf(row);
  }

  /** Open rows in their order, a page at a time. */
  listOpen(batch: number, after: number, limit: number): StoredRow[] {
    return this.#statements.listOpen.all(batch, after, limit).map(storedOf);
  }

  /** The edit goes on file with what stood there before. */
  edit(
    batch: number,
    stored: StoredRow,
    { column, text, user, at }: { column: ColumnName; text: string; user: string; at: string },
  ): void {
    const { seq } = stored;
    const before = stored.edits[column] ?? stored.row.cells[column]?.text ?? '';
    this.#statements.logEdit.run({ batch, seq, column, before, text, user, at });
    const edited = { ...stored, edits: { ...stored.edits, [column]: text } };
    this.#statements.edit.run({ batch, seq, column, text, search: searchText(cellsOf(edited)) });
  }

  /**
   * What a check found. False where the row is not as it was when it was looked at; nothing is
   * stored then. `isSame`: it was found before, nothing is to be written.
   */
  storeVerdict(
    batch: number,
    { seq, editsText }: Pick<StoredRow, 'seq' | 'editsText'>,
    verdict: Verdict,
  ): 'stored' | 'same' | 'changed' {
    const digest = digestOf(verdict);
    const before = this.#statements.verdict.get(batch, seq);
    if (before?.state !== 'open' || before.edits !== editsText) return 'changed';
    if (before.verdict === digest) return 'same';
    const { ready, amounts } = verdict;
    this.#statements.storeVerdict.run({
      ...{ batch, seq, digest, standing: verdict.standing },
      noticed: verdict.issues.some(({ severity }) => severity === 'notice') ? 1 : 0,
      differing: verdict.differences.length > 0 ? 1 : 0,
      differences: JSON.stringify(verdict.differences),
      rosterName: verdict.rosterName,
      rosterIdNumber: verdict.rosterIdNumber,
      ...(amounts ?? { unitFen: null, personalFen: null, totalFen: null }),
      typed: ready ? JSON.stringify(ready.typed) : null,
      figures: ready ? JSON.stringify(ready.figures) : null,
      item: ready ? JSON.stringify(ready.item) : null,
    });
    return 'stored';
  }

  /** Which moved: those of `seqs` in the state given. */
  move(batch: number, seqs: readonly number[], { from, to }: Step): number[] {
    return seqs.filter((seq) => this.#statements.move.run(to, batch, seq, from).changes === 1);
  }

  /** Those of an order, by its items. */
  moveOfOrder(oid: string, step: Step): void {
    this.#statements.moveOfOrder.run({ oid, ...step });
  }

  order(batch: number, seq: number, draftId: string): void {
    this.#statements.order.run(draftId, batch, seq);
  }

  seqOfDraft(draftId: string): number | undefined {
    return this.#statements.ofDraft.get(draftId);
  }

  /** What the centre knows the draft's row by; undefined for a draft of no row. */
  entryOfDraft(draftId: string): string | undefined {
    const row = this.#statements.placeOfDraft.get(draftId);
    return row && entryOfRow(row.batchId, row.seq);
  }

  isAnyOrdered(batch: number, seqs: readonly number[]): boolean {
    return seqs.some((seq) => this.#statements.state.get(batch, seq) === 'ordered');
  }

  openSeqs(batch: number): number[] {
    return this.#statements.openSeqs.all(batch);
  }
}

function searchText(cells: BatchCells): string {
  return Object.values(cells)
    .map(({ text }) => text.toLowerCase())
    .join('\n');
}

function storedOf({ seq, state, row, cells, remarks, edits }: TableRow): StoredRow {
  // both were checked against their schema when they came in
  const read = {
    row,
    cells: JSON.parse(cells) as BatchCells,
    remarks: JSON.parse(remarks) as BatchRow['remarks'],
  };
  return { seq, state, row: read, edits: JSON.parse(edits) as Edits, editsText: edits };
}

const STORED = 'seq, state, row, cells, remarks, edits';

function prepareStatements(handle: Database) {
  return {
    last: handle
      .prepare<[number], number>('SELECT max(seq) FROM batch_row WHERE batch = ?')
      .pluck(),
    append: handle.prepare(
      `INSERT INTO batch_row (batch, seq, row, state, search, cells, remarks)
       VALUES (@batch, @seq, @row, 'open', @search, @cells, @remarks)`,
    ),
    find: handle.prepare<[number, number], TableRow>(
      `SELECT ${STORED} FROM batch_row WHERE batch = ? AND seq = ?`,
    ),
    listOpen: handle.prepare<[number, number, number], TableRow>(
      `SELECT ${STORED} FROM batch_row WHERE batch = ? AND seq > ? AND state = 'open'
       ORDER BY seq LIMIT ?`,
    ),
    logEdit: handle.prepare(
      `INSERT INTO batch_edit (batch, seq, number, column_name, text_before, text, user, at)
       VALUES (@batch, @seq,
         (SELECT count(*) + 1 FROM batch_edit WHERE batch = @batch AND seq = @seq),
         @column, @before, @text, @user, @at)`,
    ),
    edit: handle.prepare(
      `UPDATE batch_row SET edits = json_set(edits, '$.' || @column, @text), search = @search
       WHERE batch = @batch AND seq = @seq`,
    ),
    verdict: handle.prepare<[number, number], { state: RowState; edits: string; verdict: string }>(
      'SELECT state, edits, verdict FROM batch_row WHERE batch = ? AND seq = ?',
    ),
    storeVerdict: handle.prepare(
      `UPDATE batch_row SET verdict = @digest, noticed = @noticed, differing = @differing,
         standing = CASE WHEN EXISTS (SELECT 1 FROM batch_issue i
           WHERE i.batch = @batch AND i.seq = @seq AND i.source > 1) THEN 'bad'
           ELSE @standing END,
         differences = @differences, roster_name = @rosterName,
         roster_id_number = @rosterIdNumber, unit_fen = @unitFen, personal_fen = @personalFen,
         total_fen = @totalFen, typed = @typed, figures = @figures, item = @item
       WHERE batch = @batch AND seq = @seq`,
    ),
    move: handle.prepare<[string, number, number, string]>(
      "UPDATE batch_row SET state = ?, verdict = '' WHERE batch = ? AND seq = ? AND state = ?",
    ),
    moveOfOrder: handle.prepare<[{ oid: string; from: string; to: string }]>(
      `UPDATE batch_row SET state = @to, verdict = '' WHERE state = @from
         AND draft_id IN (SELECT draft_id FROM order_item WHERE oid = @oid)`,
    ),
    order: handle.prepare<[string, number, number]>(
      `UPDATE batch_row SET state = 'ordered', draft_id = ?, verdict = ''
       WHERE batch = ? AND seq = ?`,
    ),
    ofDraft: handle
      .prepare<[string], number>('SELECT seq FROM batch_row WHERE draft_id = ?')
      .pluck(),
    placeOfDraft: handle.prepare<[string], { batchId: string; seq: number }>(
      `SELECT b.id AS batchId, r.seq FROM batch_row r JOIN batch b ON b.number = r.batch
       WHERE r.draft_id = ?`,
    ),
    state: handle
      .prepare<[number, number], RowState>(
        'SELECT state FROM batch_row WHERE batch = ? AND seq = ?',
      )
      .pluck(),
    openSeqs: handle
      .prepare<[number], number>("SELECT seq FROM batch_row WHERE batch = ? AND state = 'open'")
      .pluck(),
  };
}
