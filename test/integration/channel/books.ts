import type Database from 'better-sqlite3';
import { join } from 'node:path';
import { connect } from '../../../electron/data/db/connection.ts';
import { DATABASE_KEY } from './clerk.ts';
import { UNIT } from './demo-centre.ts';

export interface SubmissionRow {
  readonly sn: string;
  readonly state: string;
  readonly attempts: number;
  readonly digest: string | null;
  readonly signed: Buffer | null;
  readonly void_proof: Buffer | null;
}

/** What stands on a clerk's disk, read past the program. */
export class Books {
  readonly #folder: string;
  readonly #key: string;

  constructor(folder: string, key = DATABASE_KEY) {
    this.#folder = folder;
    this.#key = key;
  }

  submissions(oid: string): SubmissionRow[] {
    return this.#read((db) =>
      db
        .prepare<[string], SubmissionRow>(
          `SELECT sn, state, attempts, digest, signed, void_proof FROM submission
           WHERE oid = ? ORDER BY sn`,
        )
        .all(oid),
    );
  }

  orderState(oid: string): string | undefined {
    return this.#read((db) =>
      db.prepare<[string], string>('SELECT state FROM orders WHERE oid = ?').pluck().get(oid),
    );
  }

  lastOrder(): { oid: string; state: string } | undefined {
    return this.#read((db) =>
      db
        .prepare<[], { oid: string; state: string }>(
          'SELECT oid, state FROM orders ORDER BY created_at DESC, oid DESC LIMIT 1',
        )
        .get(),
    );
  }

  countReceipts(): number {
    return this.#read(
      (db) => db.prepare<[], number>('SELECT count(*) FROM receipt').pluck().get() ?? 0,
    );
  }

  /** A registration in the queue of which no check knows: only the table's own key is in its way. */
  enterUnseen(idNumber: string): void {
    const db = connect({ file: join(this.#folder, `${UNIT}.db`), key: this.#key });
    db.prepare(
      `INSERT INTO draft (id, kind, origin, state, typed, name, id_type, id_number, id_key,
         personal_account, fund_type, base, typed_base, unit_ratio, personal_ratio, from_month,
         to_month, reason, unit_fen, personal_fen, total_fen, issues, holds, parameter_version,
         user, created_at, changed_at)
       VALUES ('unseen', 'registration', 'single', 'waiting', '{}', '', '01', ?, ?, '', '10', 0, 0,
         0, 0, 0, 0, '', 0, 0, 0, '[]', 1, 1, '', '', '')`,
    ).run(idNumber, idNumber);
    db.exec('UPDATE draft_change SET number = number - 1');
    db.close();
  }

  batchEdits(): unknown[] {
    return this.#read((db) =>
      db
        .prepare(
          'SELECT seq, number, text_before AS before, text FROM batch_edit ORDER BY seq, number',
        )
        .all(),
    );
  }

  #read<T>(work: (db: Database.Database) => T): T {
    const db = connect({
      file: join(this.#folder, `${UNIT}.db`),
      key: this.#key,
      readonly: true,
    });
    try {
      return work(db);
    } finally {
      db.close();
    }
  }
}
