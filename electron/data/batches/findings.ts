import type { Database } from 'better-sqlite3';
import { findDuplicates } from '../../../shared/batch/duplicates.ts';
import type { BatchClaim } from '../../../shared/batch/duplicates.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import type { UnitDatabase } from '../ports.ts';

/** Where an issue comes from: the row itself, other rows of the batch, the centre (or the queue) at sending. */
const sources = { row: 1, file: 2, centre: 3 } as const;
export type IssueSource = keyof typeof sources;

interface ClaimRow {
  readonly seq: number;
  readonly row: number;
  readonly claim: string;
}

/** What is found in the open rows: tables `batch_issue` and `batch_claim`. Inside a `write`. */
export class Findings {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor({ handle }: UnitDatabase) {
    this.#statements = prepareStatements(handle);
  }

  /** Replaces what stands there of this source. */
  put(batch: number, seq: number, source: IssueSource, issues: readonly Issue[]): void {
    const of = sources[source];
    this.#statements.clear.run(batch, seq, of);
    for (const [index, issue] of issues.entries()) {
      this.#statements.add.run({ ...issue, batch, seq, source: of, number: index + 1 });
    }
  }

  putClaims(batch: number, seq: number, claims: readonly BatchClaim[]): void {
    this.#statements.clearClaims.run(batch, seq);
    for (const [number, claim] of claims.entries()) {
      this.#statements.addClaim.run(batch, claim.key, seq, number, JSON.stringify(claim));
    }
  }

  /** Rows that are no longer open have none. */
  drop(batch: number, seqs: readonly number[]): void {
    for (const seq of seqs) {
      this.#statements.clearAll.run(batch, seq);
      this.#statements.clearClaims.run(batch, seq);
    }
  }

  /** Of every row that is not open any more. */
  dropClosed(batch: number): void {
    this.#statements.clearClosed.run({ batch });
    this.#statements.clearClosedClaims.run({ batch });
  }

  /** What the centre said of a row may hold no longer; that it has taken the entry holds for ever. */
  dropOfCentre(batch: number, seqs?: readonly number[]): void {
    const said = seqs ?? this.#statements.withSource.all(batch, sources.centre);
    for (const seq of said) this.#statements.clearPassing.run(batch, seq);
    this.settleStandings(batch, said);
  }

  /** The rows themselves and all that share a key with one of them. */
  sharing(batch: number, seqs: readonly number[]): number[] {
    const keys = new Set(seqs.flatMap((seq) => this.#statements.keysOf.all(batch, seq)));
    const found = [...keys].flatMap((key) => this.#statements.holders.all(batch, key));
    return [...new Set([...seqs, ...found])];
  }

  /** Sets these rows, or all, against the others anew, and with it where they stand. */
  regroup(batch: number, seqs?: readonly number[]): void {
    const claims = seqs
      ? this.sharing(batch, seqs).flatMap((seq) => this.#statements.claimsOf.all(batch, seq))
      : this.#statements.claims.all(batch);
    const found = findDuplicates(joinRows(claims));
    const before = this.#statements.withSource.all(batch, sources.file);
    const wanted = seqs && new Set(seqs);
    const touched = [...new Set([...before, ...found.keys()])].filter(
      (seq) => wanted?.has(seq) ?? true,
    );
    for (const seq of touched) this.put(batch, seq, 'file', found.get(seq) ?? []);
    const apart = seqs ?? [...touched, ...this.#statements.withSource.all(batch, sources.centre)];
    this.settleStandings(batch, apart);
  }

  /** good, bad or counter by all that stands against the rows now. */
  settleStandings(batch: number, seqs: readonly number[]): void {
    for (const seq of seqs) this.#statements.settle.run({ batch, seq });
  }
}

function joinRows(claims: readonly ClaimRow[]) {
  const rows = new Map<number, { seq: number; row: number; claims: BatchClaim[] }>();
  for (const { seq, row, claim } of claims) {
    const joined = rows.get(seq) ?? { seq, row, claims: [] };
    joined.claims.push(JSON.parse(claim) as BatchClaim);
    rows.set(seq, joined);
  }
  return [...rows.values()];
}

function prepareStatements(handle: Database) {
  const has = (severity: string) =>
    `EXISTS (SELECT 1 FROM batch_issue i
       WHERE i.batch = r.batch AND i.seq = r.seq AND i.severity = '${severity}')`;
  const claims = `SELECT c.seq, r.row, c.claim FROM batch_claim c
    JOIN batch_row r ON r.batch = c.batch AND r.seq = c.seq WHERE c.batch = ?`;
  return {
    clear: handle.prepare<[number, number, number]>(
      'DELETE FROM batch_issue WHERE batch = ? AND seq = ? AND source = ?',
    ),
    clearAll: handle.prepare<[number, number]>(
      'DELETE FROM batch_issue WHERE batch = ? AND seq = ?',
    ),
    clearClosed: handle.prepare<[{ batch: number }]>(
      `DELETE FROM batch_issue WHERE batch = @batch AND seq IN
         (SELECT seq FROM batch_row WHERE batch = @batch AND state <> 'open')`,
    ),
    clearClosedClaims: handle.prepare<[{ batch: number }]>(
      `DELETE FROM batch_claim WHERE batch = @batch AND seq IN
         (SELECT seq FROM batch_row WHERE batch = @batch AND state <> 'open')`,
    ),
    clearPassing: handle.prepare<[number, number]>(
      `DELETE FROM batch_issue WHERE batch = ? AND seq = ? AND source = ${sources.centre}
         AND code <> 'ENTRY_APPLIED'`,
    ),
    add: handle.prepare(
      `INSERT INTO batch_issue (batch, seq, source, number, code, severity, field, value, rule, fix)
       VALUES (@batch, @seq, @source, @number, @code, @severity, @field, @value, @rule, @fix)`,
    ),
    clearClaims: handle.prepare<[number, number]>(
      'DELETE FROM batch_claim WHERE batch = ? AND seq = ?',
    ),
    addClaim: handle.prepare<[number, string, number, number, string]>(
      'INSERT INTO batch_claim (batch, key, seq, number, claim) VALUES (?, ?, ?, ?, ?)',
    ),
    keysOf: handle
      .prepare<[number, number], string>('SELECT key FROM batch_claim WHERE batch = ? AND seq = ?')
      .pluck(),
    holders: handle
      .prepare<[number, string], number>('SELECT seq FROM batch_claim WHERE batch = ? AND key = ?')
      .pluck(),
    claims: handle.prepare<[number], ClaimRow>(`${claims} ORDER BY c.seq`),
    claimsOf: handle.prepare<[number, number], ClaimRow>(`${claims} AND c.seq = ?`),
    withSource: handle
      .prepare<[number, number], number>(
        'SELECT DISTINCT seq FROM batch_issue WHERE batch = ? AND source = ?',
      )
      .pluck(),
    settle: handle.prepare<[{ batch: number; seq: number }]>(
      `UPDATE batch_row AS r SET
         standing = CASE WHEN ${has('error')} THEN 'bad' WHEN ${has('counter')} THEN 'counter'
           WHEN r.item IS NOT NULL THEN 'good' END,
         noticed = ${has('notice')}
       WHERE r.batch = @batch AND r.seq = @seq AND r.state = 'open'`,
    ),
  };
}
