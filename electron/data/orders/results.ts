import type { Statement } from 'better-sqlite3';
import { type Result, succeed } from '../../../shared/errors/result.ts';
import { RESULTS_PAGE_MAX } from '../../../shared/wire/limits.ts';
import { type ItemResult, resultsAnswerSchema } from '../../../shared/wire/orders.ts';
import type { Desk } from './desk.ts';

interface ResultChange {
  readonly oid: string;
  readonly seq: number;
  readonly state: string;
  readonly reason: string;
  readonly personalAccount: string;
  readonly landedMonth: number;
  readonly changedAt: string;
}

/** Another reading, or a restore, has moved the cursor since this page was asked for. */
const OVERTAKEN = Symbol('overtaken');

/**
 * What the centre made of each row (WL2004), read on from where the last reading ended. Readings may
 * run beside each other: a page is stored only where it goes on from what is stored by then, so
 * that an answer which comes late never takes the place of a newer one.
 */
export class ResultReader {
  readonly #desk: Desk;
  readonly #cursor: Statement<[], number>;
  readonly #advance: Statement<[number, string]>;
  readonly #change: Statement<[ResultChange]>;
  readonly #changeOther: Statement<[ResultChange]>;
  readonly #isHeard: Statement<[string], number>;
  /** Orders of other computers that results came of. */
  readonly #others = new Set<string>();
  readonly #unsettled: Statement<[], number>;
  readonly #immediate: Statement<[], number>;

  constructor(desk: Desk) {
    const { handle } = desk.database;
    this.#desk = desk;
    this.#cursor = handle.prepare<[], number>('SELECT cursor FROM result_cursor').pluck();
    this.#advance = handle.prepare('UPDATE result_cursor SET cursor = ?, fetched_at = ?');
    this.#change = handle.prepare(
      `UPDATE order_item SET state = @state, reason = @reason, personal_account = coalesce(nullif(@personalAccount, ''), personal_account),
         landed_month = @landedMonth, changed_at = @changedAt
       WHERE oid = @oid AND seq = @seq AND (state IS NOT @state OR changed_at IS NOT @changedAt)`,
    );
    this.#changeOther = handle.prepare(
      `INSERT INTO other_item (oid, seq, state, reason, personal_account, landed_month, changed_at)
       SELECT @oid, @seq, @state, @reason, @personalAccount, @landedMonth, @changedAt
       WHERE NOT EXISTS (SELECT 1 FROM orders WHERE oid = @oid)
       ON CONFLICT (oid, seq) DO UPDATE SET state = @state, reason = @reason,
         personal_account = @personalAccount, landed_month = @landedMonth, changed_at = @changedAt
       WHERE state IS NOT @state OR changed_at IS NOT @changedAt`,
    );
    this.#isHeard = handle
      .prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM receipt_head WHERE oid = ?)')
      .pluck();
    this.#unsettled = handle
      .prepare<[], number>(
        `SELECT EXISTS (SELECT 1 FROM orders o JOIN order_item i ON i.oid = o.oid
         WHERE o.state = 'applied' AND i.state IN ('pending', 'processing'))
         OR EXISTS (SELECT 1 FROM other_item i WHERE i.state IN ('pending', 'processing')
           AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.oid = i.oid))`,
      )
      .pluck();
    this.#immediate = handle
      .prepare<[], number>(
        `SELECT EXISTS (SELECT 1 FROM orders o JOIN order_item i ON i.oid = o.oid
         WHERE o.state = 'applied' AND o.origin = 'single' AND o.kind <> 'registration'
           AND i.state IN ('pending', 'processing'))`,
      )
      .pluck();
  }

  /** Results came of an order whose receipt is not here: another computer has filed it since. */
  hasUnheard(): boolean {
    for (const oid of this.#others) {
      if (this.#isHeard.get(oid) === 1) this.#others.delete(oid);
    }
    return this.#others.size > 0;
  }

  /** Rows the centre has taken but not decided, also of other computers' orders. */
  hasUnsettled(): boolean {
    return this.#unsettled.get() === 1;
  }

  /** Some of them of a kind that takes effect at once: the centre has decided already. */
  hasImmediate(): boolean {
    return this.#immediate.get() === 1;
  }

  /** Each page and its cursor in one transaction. The value is the number of rows that changed here. */
  async fetch(): Promise<Result<number>> {
    let changed = 0;
    for (;;) {
      const cursor = this.#cursor.get() ?? 0;
      const body = { cursor, limit: RESULTS_PAGE_MAX };
      const page = await this.#desk.session.channel.ask('WL2004', body, resultsAnswerSchema);
      if (!page.ok) return page;
      const { results, more, cursor: next } = page.value;
      const stored = this.#store(results, cursor, next);
      if (!stored.ok) return stored;
      if (stored.value === OVERTAKEN) continue;
      changed += stored.value;
      // a cursor that stands still would ask for the same page for ever
      if (!more || next <= cursor) break;
    }
    if (changed > 0) this.#desk.changed('orders');
    return succeed(changed);
  }

  #store(
    results: readonly ItemResult[],
    after: number,
    cursor: number,
  ): Result<number | typeof OVERTAKEN> {
    return this.#desk.database.write<number | typeof OVERTAKEN>(() => {
      if ((this.#cursor.get() ?? 0) !== after) return succeed(OVERTAKEN);
      let changed = 0;
      for (const result of results) {
        const change = {
          oid: result.oid,
          seq: result.seq,
          state: result.state,
          reason: result.reason,
          personalAccount: result.personalAccount ?? '',
          landedMonth: result.businessMonth ?? 0,
          changedAt: result.changedAt,
        };
        const others = this.#changeOther.run(change).changes;
        if (others > 0) this.#others.add(result.oid);
        changed += this.#change.run(change).changes + others;
      }
      if (changed > 0) this.#desk.audit.record('results', { count: changed, cursor });
      this.#advance.run(cursor, this.#desk.clock.now());
      return succeed(changed);
    });
  }
}
