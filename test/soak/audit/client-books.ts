import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { connect } from '../../../electron/data/db/connection.ts';
import type { OrderState } from '../../../shared/orders/states.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { DATABASE_KEY } from '../unit.ts';

export interface ClientOrder {
  readonly oid: string;
  readonly sn: string | null;
  readonly kind: EntryKind;
  readonly state: OrderState;
  readonly count: number;
  readonly fen: number;
  readonly receiptRno: number | null;
  readonly acceptedCount: number;
  readonly acceptedFen: number;
}

export interface ClientItem {
  readonly oid: string;
  readonly seq: number;
  readonly draftId: string;
  readonly unitFen: number;
  readonly personalFen: number;
}

export interface ClientSubmission {
  readonly sn: string;
  readonly oid: string;
  readonly state: OrderState;
  readonly isSigned: 0 | 1;
  readonly digest: string | null;
  readonly hasProof: 0 | 1;
}

export interface ClientDraft {
  readonly id: string;
  readonly state: 'waiting' | 'ordered' | 'settled' | 'removed' | 'counter' | 'struck';
  readonly totalFen: number;
  readonly orderId: string | null;
}

export interface ClientReceipt {
  readonly rno: number;
  readonly prev: string;
  readonly hash: string;
  readonly bytes: Buffer;
}

/** What stands on one computer's disk, read past the program, through a connection that cannot write. */
export class ClientBooks {
  readonly #db: Database.Database;

  constructor(file: string) {
    this.#db = connect({ file, key: DATABASE_KEY, readonly: true });
  }

  close(): void {
    this.#db.close();
  }

  orders(): ClientOrder[] {
    return this.#all(
      `SELECT oid, sn, kind, state, count, fen, receipt_rno AS receiptRno,
         accepted_count AS acceptedCount, accepted_fen AS acceptedFen FROM orders`,
    );
  }

  /** The newest ones, by their making. */
  lastOrders(count: number): { oid: string; state: OrderState }[] {
    return this.#all(`SELECT oid, state FROM orders ORDER BY rowid DESC LIMIT ${count}`);
  }

  items(): ClientItem[] {
    return this.#all(
      `SELECT oid, seq, draft_id AS draftId, unit_fen AS unitFen, personal_fen AS personalFen
       FROM order_item ORDER BY oid, seq`,
    );
  }

  submissions(): ClientSubmission[] {
    return this.#all(
      `SELECT sn, oid, state, signed IS NOT NULL AS isSigned, digest,
         void_proof IS NOT NULL AS hasProof FROM submission`,
    );
  }

  drafts(): ClientDraft[] {
    return this.#all(`SELECT id, state, total_fen AS totalFen, order_id AS orderId FROM draft`);
  }

  receipts(): ClientReceipt[] {
    return this.#all('SELECT rno, prev, hash, bytes FROM receipt ORDER BY rno');
  }

  /** Version and digest of the roster in use. */
  roster(): { version: number; digest: string } | undefined {
    return this.#all<{ version: number; digest: string }>(
      'SELECT roster_version AS version, roster_digest AS digest FROM unit',
    )[0];
  }

  isSound(): boolean {
    return this.#db.pragma('quick_check(1)', { simple: true }) === 'ok';
  }

  /** The number of the first audit row that does not continue the one before it. */
  auditBreak(): number | undefined {
    const rows = this.#all<AuditRow>('SELECT * FROM audit ORDER BY seq');
    let prev = '';
    for (const [index, row] of rows.entries()) {
      const { seq, at, user, event, detail } = row;
      const content = JSON.stringify([seq, at, user, event, detail, prev]);
      const hash = createHash('sha256').update(content).digest('hex');
      if (seq !== index + 1 || row.prev !== prev || row.hash !== hash) return seq;
      prev = row.hash;
    }
    return undefined;
  }

  #all<Row>(sql: string): Row[] {
    return this.#db.prepare<[], Row>(sql).all();
  }
}

interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly user: string;
  readonly event: string;
  readonly detail: string;
  readonly prev: string;
  readonly hash: string;
}
