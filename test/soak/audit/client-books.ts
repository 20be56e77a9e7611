import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { connect } from '../../../electron/data/db/connection.ts';
import type { OrderState } from '../../../shared/orders/states.ts';
import type { ItemState } from '../../../shared/wire/orders.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { DATABASE_KEY } from '../unit.ts';
import { digestOf, employeeColumns, type EmployeeRow } from './centre-books.ts';

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
  /** What the centre has made of it; null until it has taken the order. */
  readonly state: ItemState | null;
}

/** A row of a batch that was read to its end. */
export interface ClientRow {
  readonly batch: string;
  readonly seq: number;
  readonly state: 'open' | 'ordered' | 'settled' | 'removed';
  /** The draft it went out as last. */
  readonly draftId: string | null;
  readonly draftState: ClientDraft['state'] | null;
  readonly orderId: string | null;
  /** silent: the centre has refused it, nobody has touched it since, and nothing of it stands there. */
  readonly refusal: 'none' | 'said' | 'silent';
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
  lastOrders(count: number): { oid: string; state: OrderState; origin: 'single' | 'batch' }[] {
    return this.#all(`SELECT oid, state, origin FROM orders ORDER BY rowid DESC LIMIT ${count}`);
  }

  items(): ClientItem[] {
    return this.#all(
      `SELECT oid, seq, draft_id AS draftId, unit_fen AS unitFen, personal_fen AS personalFen, state
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

  /** Which row each draft of the newest orders was made of. */
  lastBindings(orders: number): { draftId: string; batch: string; seq: number }[] {
    return this.#all(
      `SELECT r.draft_id AS draftId, b.id AS batch, r.seq FROM batch_row r
       JOIN batch b ON b.number = r.batch
       WHERE r.draft_id IN (SELECT draft_id FROM order_item WHERE oid IN
         (SELECT oid FROM orders WHERE origin = 'batch' ORDER BY rowid DESC LIMIT ${orders}))`,
    );
  }

  rows(): ClientRow[] {
    const refused = this.#refusedDrafts();
    return this.#all<Omit<ClientRow, 'refusal'> & { isSaid: 0 | 1 }>(
      `SELECT b.id AS batch, r.seq, r.state, r.draft_id AS draftId, d.state AS draftState,
         d.order_id AS orderId, EXISTS (SELECT 1 FROM batch_issue i
           WHERE i.batch = r.batch AND i.seq = r.seq AND i.source = 3) AS isSaid
       FROM batch_row r JOIN batch b ON b.number = r.batch
       LEFT JOIN draft d ON d.id = r.draft_id WHERE b.state = 'ready'`,
    ).map(({ isSaid, ...row }) => {
      const isRefused = row.state === 'open' && refused.has(row.draftId ?? '');
      return { ...row, refusal: !isRefused ? 'none' : isSaid === 1 ? 'said' : 'silent' };
    });
  }

  /** Rows of a refused order that the centre spoke of, never edited, of which nothing is said. */
  silentRows(oid: string): { batch: string; seq: number }[] {
    return this.#db
      .prepare<[string], { batch: string; seq: number }>(
        `SELECT b.id AS batch, r.seq FROM order_item i
         JOIN batch_row r ON r.draft_id = i.draft_id AND r.state = 'open'
         JOIN batch b ON b.number = r.batch
         WHERE i.oid = ? AND i.reason <> ''
           AND NOT EXISTS (SELECT 1 FROM batch_edit e WHERE e.batch = r.batch AND e.seq = r.seq)
           AND NOT EXISTS (SELECT 1 FROM batch_issue s
             WHERE s.batch = r.batch AND s.seq = r.seq AND s.source = 3)`,
      )
      .all(oid);
  }

  /** Drafts the centre had something to say of, whose rows nobody has edited since. */
  #refusedDrafts(): Set<string> {
    const edited = new Map<string, number>();
    const returned = new Map<string, number>();
    for (const { seq, event, detail } of this.#all<AuditRow>(
      `SELECT * FROM audit WHERE event IN ('batchEdited', 'batchReturned')`,
    )) {
      const { id, oid, seq: row } = JSON.parse(detail) as Record<string, string | number>;
      if (event === 'batchEdited') edited.set(`${id} ${row}`, seq);
      else returned.set(String(oid), seq);
    }
    const refused = this.#all<{ oid: string; draftId: string; batch: string; seq: number }>(
      `SELECT o.oid, i.draft_id AS draftId, b.id AS batch, r.seq FROM orders o
       JOIN order_item i ON i.oid = o.oid AND i.reason <> ''
       JOIN batch_row r ON r.draft_id = i.draft_id JOIN batch b ON b.number = r.batch
       WHERE o.state = 'rejected' AND o.origin = 'batch'`,
    );
    return new Set(
      refused
        .filter(
          ({ oid, batch, seq }) =>
            (edited.get(`${batch} ${seq}`) ?? 0) < (returned.get(oid) ?? Infinity),
        )
        .map(({ draftId }) => draftId),
    );
  }

  receipts(): ClientReceipt[] {
    return this.#all('SELECT rno, prev, hash, bytes FROM receipt ORDER BY rno');
  }

  /** Of the rows of the roster in use, whatever digest stands beside them. */
  rosterDigest(): string {
    return digestOf(
      this.#all<EmployeeRow>(
        `SELECT ${employeeColumns} FROM employee
         WHERE generation = (SELECT roster_generation FROM unit)
         ORDER BY personal_account, fund_type`,
      ),
    );
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
