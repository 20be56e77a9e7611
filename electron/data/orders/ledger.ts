import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import { type Clock, metaKeys, type UnitContext, type UnitDatabase } from '../ports.ts';
import type { ProvenReceipt } from './verdict.ts';

export type LedgerFault = 'LEDGER_REGRESSED' | 'LEDGER_FORKED';

export interface ChainEnd {
  readonly rno: number;
  /** Empty for number 0. */
  readonly hash: string;
}

interface StoredReceipt {
  readonly rno: number;
  readonly hash: string;
  readonly prev: string;
}

/** The centre's receipts as we hold them: numbered, chained, never changed. */
export class ReceiptLedger {
  readonly #clock: Clock;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: UnitDatabase, clock: Clock) {
    this.#clock = clock;
    this.#statements = prepareStatements(database);
  }

  /** The last receipt before the first gap. */
  completeUpTo(): ChainEnd {
    return this.#statements.beforeGap.get() ?? { rno: 0, hash: '' };
  }

  /** The highest number we hold; behind a gap it may be ahead of `completeUpTo`. */
  newest(): ChainEnd {
    return this.#statements.newest.get() ?? { rno: 0, hash: '' };
  }

  hashAt(rno: number): string | undefined {
    return this.#statements.at.get(rno)?.hash;
  }

  bytesAt(rno: number): Buffer | undefined {
    return this.#statements.bytes.get(rno);
  }

  /** Inside a `write`. LEDGER_FORKED where it does not continue what we hold; nothing is stored then. */
  add({ receipt, bytes, hash }: ProvenReceipt): Result<{ isNew: boolean }> {
    const fault = this.#findFork(receipt.rno, receipt.prev, hash);
    if (fault) return fail('LEDGER_FORKED', `receipt ${receipt.rno}: ${fault}`);
    if (this.hashAt(receipt.rno) !== undefined) return succeed({ isNew: false });
    const { rno, prev, oid, sn, digest, state, at } = receipt;
    const now = this.#clock.now();
    this.#statements.insert.run({ rno, prev, hash, oid, sn, digest, state, bytes, at, now });
    const { kind, businessMonth, code, serialNumber, count, fen } = receipt;
    const said = { kind, businessMonth, code, serialNumber, count, fen };
    this.#statements.insertHead.run({ rno, oid, ...said });
    return succeed({ isNew: true });
  }

  #findFork(rno: number, prev: string, hash: string): string | null {
    const known = this.#statements.at.get(rno);
    if (known && known.hash !== hash) return 'another one is known under this number';
    if ((rno === 1) !== (prev === '')) return 'only the first one has none before it';
    const before = this.#statements.at.get(rno - 1);
    if (before && before.hash !== prev) return 'it does not follow the one before it';
    const after = this.#statements.at.get(rno + 1);
    if (after && after.prev !== hash) return 'the one after it does not follow it';
    return null;
  }
}

/** What the database says: sending has stopped, and why. */
export function readStopped({ meta }: UnitDatabase): LedgerFault | undefined {
  const stored = meta.get(metaKeys.ledgerStopped);
  return stored === 'LEDGER_REGRESSED' || stored === 'LEDGER_FORKED' ? stored : undefined;
}

/** Stops all sending until the centre's receipts agree with ours again. */
export function stopSending(context: UnitContext, fault: LedgerFault): Result<void> {
  const { database, audit, changed } = context;
  if (readStopped(database) === fault) return succeed(undefined);
  const stored = database.write(() => {
    database.meta.set(metaKeys.ledgerStopped, fault);
    audit.record('stopped', { fault });
    return succeed(undefined);
  });
  changed('status');
  return stored;
}

export function isLedgerFault(code: string): code is LedgerFault {
  return code === 'LEDGER_REGRESSED' || code === 'LEDGER_FORKED';
}

function prepareStatements({ handle }: UnitDatabase) {
  return {
    beforeGap: handle.prepare<[], ChainEnd>(
      `SELECT rno, hash FROM receipt r
       WHERE NOT EXISTS (SELECT 1 FROM receipt n WHERE n.rno = r.rno + 1)
         AND (SELECT count(*) FROM receipt b WHERE b.rno <= r.rno) = r.rno
       ORDER BY rno LIMIT 1`,
    ),
    newest: handle.prepare<[], ChainEnd>('SELECT rno, hash FROM receipt ORDER BY rno DESC LIMIT 1'),
    at: handle.prepare<[number], StoredReceipt>(
      'SELECT rno, hash, prev FROM receipt WHERE rno = ?',
    ),
    bytes: handle.prepare<[number], Buffer>('SELECT bytes FROM receipt WHERE rno = ?').pluck(),
    insert: handle.prepare(
      `INSERT INTO receipt (rno, prev, hash, oid, sn, digest, state, bytes, issued_at, received_at)
       VALUES (@rno, @prev, @hash, @oid, @sn, @digest, @state, @bytes, @at, @now)`,
    ),
    insertHead: handle.prepare(
      `INSERT INTO receipt_head (rno, oid, kind, business_month, code, serial_number, count, fen)
       VALUES (@rno, @oid, @kind, @businessMonth, @code, @serialNumber, @count, @fen)`,
    ),
  };
}
