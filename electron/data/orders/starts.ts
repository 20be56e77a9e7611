import { type Result, succeed } from '../../../shared/errors/result.ts';
import type { FoundOrder, StartReport } from '../../../shared/ipc/story.ts';
import type { UnitContext, UnitDatabase } from '../ports.ts';

const READ_KEY = 'orders.startRead';

/**
 * What a start found under way, noted before anything is done about it, and what became of it since,
 * read off the journal each time: nothing is remembered by the process.
 */
export class Starts {
  readonly #context: Pick<UnitContext, 'database' | 'clock' | 'changed'>;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(context: Pick<UnitContext, 'database' | 'clock' | 'changed'>) {
    this.#context = context;
    this.#statements = prepareStatements(context.database);
  }

  /** Once, when the unit is opened. Nothing under way, nothing noted; on a full disk nothing either. */
  note(): Result<void> {
    const { database, clock } = this.#context;
    const found = this.#statements.underWay.all();
    if (found.length === 0) return succeed(undefined);
    return database.write(() => {
      const start = this.#statements.addStart.run(clock.now()).lastInsertRowid;
      for (const each of found) this.#statements.addOrder.run({ ...each, start });
      return succeed(undefined);
    });
  }

  /** Of all starts the clerk has not read about; an order found more than once stands as first found. */
  report(): StartReport | null {
    const since = this.#readUpTo();
    const orders = this.#statements.found
      .all(since)
      .map(({ waits, resent, ...order }): FoundOrder => ({
        ...order,
        waits: waits === 1,
        resent: resent === 1,
      }));
    const at = this.#statements.lastStart.get(since);
    if (at === undefined || orders.length === 0) return null;
    return { at, orders, drafts: this.#statements.drafts.get() ?? 0 };
  }

  /** The clerk has read it. */
  markRead(): Result<Record<string, never>> {
    const { database, changed } = this.#context;
    const marked = database.write(() => {
      database.meta.set(READ_KEY, String(this.#statements.newest.get() ?? 0));
      return succeed({});
    });
    if (marked.ok) changed('orders');
    return marked;
  }

  #readUpTo(): number {
    return Number(this.#context.database.meta.get(READ_KEY) ?? 0);
  }
}

interface FoundRow extends Omit<FoundOrder, 'waits' | 'resent'> {
  readonly waits: 0 | 1;
  readonly resent: 0 | 1;
}

type UnderWay = Pick<FoundOrder, 'oid' | 'found'>;

function prepareStatements({ handle }: UnitDatabase) {
  return {
    underWay: handle.prepare<[], UnderWay>(
      `SELECT oid, CASE WHEN state IN ('signed', 'sent') THEN state
           WHEN sn IS NULL THEN 'waiting' ELSE 'unsigned' END AS found
       FROM orders WHERE state IN ('draft', 'signed', 'sent') ORDER BY created_at`,
    ),
    addStart: handle.prepare<[string]>(
      `INSERT INTO start (at, after_event)
       VALUES (?, (SELECT coalesce(max(number), 0) FROM order_event))`,
    ),
    addOrder: handle.prepare<[UnderWay & { start: number | bigint }]>(
      'INSERT INTO start_order (start, oid, found) VALUES (@start, @oid, @found)',
    ),
    found: handle.prepare<[number], FoundRow>(
      `SELECT o.oid, o.kind, o.count, f.found, o.state,
         o.state = 'draft' AND o.opens_at IS NOT NULL AS waits,
         coalesce((SELECT min(e.number) <= s.after_event AND max(e.number) > s.after_event
           FROM order_event e WHERE e.oid = o.oid AND e.event = 'sending'), 0) AS resent
       FROM start_order f JOIN start s ON s.number = f.start JOIN orders o ON o.oid = f.oid
       WHERE f.start = (SELECT min(first.start) FROM start_order first
         WHERE first.oid = f.oid AND first.start > ?)
       ORDER BY o.created_at, o.oid`,
    ),
    lastStart: handle
      .prepare<[number], string>(
        'SELECT at FROM start WHERE number > ? ORDER BY number DESC LIMIT 1',
      )
      .pluck(),
    newest: handle.prepare<[], number | null>('SELECT max(number) FROM start').pluck(),
    drafts: handle
      .prepare<[], number>(
        "SELECT count(*) FROM draft WHERE state = 'waiting' AND origin = 'single'",
      )
      .pluck(),
  };
}
