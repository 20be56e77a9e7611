import type { Database } from 'better-sqlite3';
import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import type { Restored } from '../../../shared/ipc/backups.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import type { CentreTrust } from '../channel/proof.ts';
import { takeReceipt } from '../orders/outcome.ts';
import type { OutcomeParts } from '../orders/outcome.ts';
import { passSerial } from '../orders/serials.ts';
import { StoryBook } from '../orders/story-book.ts';
import { readReceiptBytes } from '../orders/verdict.ts';
import type { UnitContext } from '../ports.ts';
import { BatchMerge } from './merge-batches.ts';
import { type Row, TableCopy } from './merge-tables.ts';

/** What a merge works with; all of it of the open unit. */
export interface MergeParts
  extends OutcomeParts, Pick<UnitContext, 'database' | 'clock' | 'unitAccount'> {
  readonly trust: CentreTrust;
}

/**
 * Adds to the open unit what a backup has and it lacks. Nothing here is overwritten or removed, and
 * whatever a receipt has decided stays decided:
 * a signed order comes as it was and is cleared up as any other; one without a signature never
 * left, so its entries come as drafts (and the order as given up, so that a receipt of its
 * original still finds them); a draft known here stays as it is here. One that was filed after the
 * backup was made waits again; the centre takes no entry twice. Entries of a batch are its rows:
 * they come with it (merge-batches.ts), and their drafts with the order they are in alone.
 * Inside a `write`. BACKUP_FORKED and BACKUP_UNREADABLE: the caller takes everything back.
 */
export function mergeBackup(parts: MergeParts, backup: Database): Result<Restored> {
  return new Merge(parts, backup).run();
}

class Merge {
  readonly #parts: MergeParts;
  readonly #here: Database;
  readonly #backup: Database;
  readonly #copy: TableCopy;
  readonly #batches: BatchMerge;
  /** Orders that came, by oid; `unsigned` ones came as given up. */
  readonly #orders = new Map<string, { unsigned: boolean; state: string }>();
  readonly #drafts: string[] = [];
  #receipts = 0;
  #doubled = 0;

  constructor(parts: MergeParts, backup: Database) {
    this.#parts = parts;
    this.#here = parts.database.handle;
    this.#backup = backup;
    this.#copy = new TableCopy(backup, this.#here);
    this.#batches = new BatchMerge(parts.database, backup, this.#copy);
  }

  run(): Result<Restored> {
    this.#addParameters();
    const failure = this.#addReceipts() ?? this.#addOrders();
    if (failure) return failure;
    this.#addSteps();
    this.#addDrafts();
    this.#batches.addBatches();
    this.#addItems();
    const undecided = this.#applyReceipts();
    if (undecided) return undecided;
    this.#readResultsAgain();
    return succeed(this.#report());
  }

  #addParameters(): void {
    const known = this.#here.prepare<[unknown], number>(
      'SELECT count(*) FROM parameters WHERE version = ?',
    );
    for (const row of this.#copy.readAll('parameters', 'version')) {
      if (known.pluck().get(row.version) === 0) this.#copy.insert('parameters', row);
    }
  }

  #addReceipts(): Failure | undefined {
    const { ledger, trust, unitAccount } = this.#parts;
    const rows = this.#backup.prepare<[], { rno: number; hash: string; bytes: Buffer }>(
      'SELECT rno, hash, bytes FROM receipt ORDER BY rno',
    );
    for (const { rno, hash, bytes } of rows.all()) {
      const known = ledger.hashAt(rno);
      if (known === hash) continue;
      if (known !== undefined) return fail('BACKUP_FORKED', `receipt ${rno} is another one here`);
      const proven = readReceiptBytes(bytes, trust);
      if (!proven.ok) return fail('BACKUP_UNREADABLE', `receipt ${rno}: ${proven.detail}`);
      const { receipt } = proven.value;
      if (receipt.rno !== rno || receipt.unit !== unitAccount) {
        return fail('BACKUP_UNREADABLE', `receipt ${rno} is another one`);
      }
      const taken = takeReceipt(this.#parts, proven.value);
      if (!taken.ok) return fail('BACKUP_FORKED', taken.detail);
      this.#receipts += 1;
    }
    return undefined;
  }

  #addOrders(): Failure | undefined {
    const { journal, clock } = this.#parts;
    const serialTaken = this.#here
      .prepare<[unknown], string>('SELECT oid FROM submission WHERE sn = ?')
      .pluck();
    for (const order of this.#copy.readAll('orders', 'created_at, oid')) {
      const oid = String(order.oid);
      if (journal.find(oid)) continue;
      const unsigned = order.state === 'draft';
      const given = { state: 'void', settled_at: clock.now(), reason_code: '', reason: '' };
      this.#copy.insert('orders', unsigned ? { ...order, ...given } : order);
      for (const submission of this.#copy.read('submission', 'oid = ?', oid)) {
        const owner = serialTaken.get(submission.sn);
        if (owner !== undefined) {
          return fail('BACKUP_FORKED', `serial ${String(submission.sn)} belongs to ${owner}`);
        }
        const isDraft = submission.state === 'draft';
        const ended = { state: 'void', settled_at: given.settled_at };
        this.#copy.insert('submission', isDraft ? { ...submission, ...ended } : submission);
        passSerial(this.#parts.database.meta, String(submission.sn));
      }
      this.#orders.set(oid, { unsigned, state: String(order.state) });
    }
    return undefined;
  }

  /** The stories of the orders that came, after those told here. */
  #addSteps(): void {
    for (const step of this.#copy.readAll('order_event', 'number')) {
      if (!this.#orders.has(String(step.oid))) continue;
      delete step.number;
      this.#copy.insert('order_event', step);
    }
    const story = new StoryBook(this.#parts.database, this.#parts.clock);
    for (const [oid, { unsigned }] of this.#orders) {
      if (unsigned) story.tell({ oid, event: 'givenUp' });
    }
  }

  /** In the order of entry, after what is here. */
  #addDrafts(): void {
    const known = this.#here
      .prepare<[unknown], number>('SELECT count(*) FROM draft WHERE id = ?')
      .pluck();
    for (const row of this.#copy.readAll('draft', 'seq')) {
      if (known.get(row.id) !== 0) continue;
      // its place here is the next one
      delete row.seq;
      const id = String(row.id);
      this.#copy.insert('draft', this.#placed(row));
      for (const edit of this.#copy.read('draft_edit', 'draft_id = ?', id)) {
        this.#copy.insert('draft_edit', edit);
      }
      this.#drafts.push(id);
    }
  }

  #placed(row: Row): Row {
    const order = typeof row.order_id === 'string' ? this.#orders.get(row.order_id) : undefined;
    const isFreed = row.state === 'ordered' && order?.unsigned === true;
    const gone = { state: 'removed', order_id: null };
    const isOfBatch = row.origin === 'batch';
    // the row is open again, and has a draft anew when it is sent
    if (isFreed && isOfBatch) return { ...row, ...gone };
    const draft = isFreed ? { ...row, state: 'waiting', order_id: null } : row;
    if (!this.#isDoubled(draft)) return draft;
    if (!isOfBatch) this.#doubled += 1;
    return { ...draft, ...gone };
  }

  /** The queue has a record of the same person already, entered here since. */
  #isDoubled(draft: Row): boolean {
    if (draft.state !== 'waiting' && draft.state !== 'ordered') return false;
    const column = { registration: 'id_key', reduction: 'personal_account' }[String(draft.kind)];
    if (column === undefined) return false;
    const same = this.#here
      .prepare<[unknown, unknown, unknown], number>(
        `SELECT count(*) FROM draft WHERE kind = ? AND ${column} = ? AND fund_type = ?
           AND state IN ('waiting', 'ordered')`,
      )
      .pluck();
    return same.get(draft.kind, draft[column], draft.fund_type) !== 0;
  }

  /** Entries that stand here as waiting belong to the order that came with them. */
  #addItems(): void {
    const { queue } = this.#parts;
    const waits = this.#here
      .prepare<[unknown], number>("SELECT count(*) FROM draft WHERE id = ? AND state = 'waiting'")
      .pluck();
    for (const [oid, { state }] of this.#orders) {
      const items = this.#copy.read('order_item', 'oid = ? ORDER BY seq', oid);
      for (const item of items) this.#copy.insert('order_item', item);
      this.#batches.addOrder(oid, state);
      const waiting = items
        .flatMap(({ draft_id: id }) => (typeof id === 'string' ? [id] : []))
        .filter((id) => waits.get(id) === 1);
      if (state === 'signed' || state === 'sent') queue.bind(waiting, oid);
      if (state === 'applied') queue.settle(oid, waiting);
    }
  }

  /** What the centre has decided by a receipt held here, of orders that came or were here. */
  #applyReceipts(): Failure | undefined {
    const { trust } = this.#parts;
    const rows = this.#here
      .prepare<[], { rno: number; bytes: Buffer }>(
        `SELECT r.rno, r.bytes FROM orders o JOIN receipt r ON r.oid = o.oid
         WHERE o.receipt_rno IS NULL ORDER BY r.rno`,
      )
      .all();
    for (const { rno, bytes } of rows) {
      const proven = readReceiptBytes(bytes, trust);
      if (!proven.ok) return fail('BACKUP_UNREADABLE', `receipt ${rno}: ${proven.detail}`);
      const taken = takeReceipt(this.#parts, proven.value);
      if (!taken.ok) return fail('BACKUP_FORKED', taken.detail);
    }
    return undefined;
  }

  /** What was fetched here before the orders came was not kept for them. */
  #readResultsAgain(): void {
    if (this.#orders.size === 0) return;
    const cursor = this.#backup
      .prepare<[], number>('SELECT cursor FROM result_cursor')
      .pluck()
      .get();
    this.#here.prepare('UPDATE result_cursor SET cursor = min(cursor, ?)').run(cursor ?? 0);
  }

  #came(condition: string): { id: string; kind: string }[] {
    return this.#here
      .prepare<[string], { id: string; kind: string }>(
        `SELECT id, kind FROM draft
         WHERE id IN (SELECT value FROM json_each(?)) AND ${condition}`,
      )
      .all(JSON.stringify(this.#drafts));
  }

  #report(): Restored {
    const waiting = this.#came("state = 'waiting'");
    const per = entryKindSchema.options.map((kind) => [
      kind,
      waiting.filter((draft) => draft.kind === kind).length,
    ]);
    const signed = [...this.#orders].filter(([, { unsigned }]) => !unsigned).map(([oid]) => oid);
    const open = this.#here
      .prepare<[string], number>(
        `SELECT count(*) FROM orders
         WHERE oid IN (SELECT value FROM json_each(?)) AND state IN ('signed', 'sent')`,
      )
      .pluck()
      .get(JSON.stringify(signed));
    return {
      drafts: Object.fromEntries(per) as Restored['drafts'],
      counter: this.#came("state = 'counter'").length,
      doubled: this.#doubled,
      ...this.#batches.report(),
      orders: signed.length,
      openOrders: open ?? 0,
      receipts: this.#receipts,
    };
  }
}
