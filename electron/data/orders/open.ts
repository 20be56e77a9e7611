import { setTimeout as wait } from 'node:timers/promises';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import { filingWindow } from '../../../shared/rules/window.ts';
import { RETRY_AFTER_MS } from '../../../shared/wire/limits.ts';
import { describeError, report } from '../../host/report.ts';
import type { OrderBook, OrdersContext, OrderSource } from '../ports.ts';
import { Turn } from '../session/turn.ts';
import type { UnitSession } from '../session/unit-session.ts';
import { askReceipts, fetchReceipts, prepareLedgerCheck } from './catch-up.ts';
import { Clearing } from './clearing.ts';
import {
  checkReadiness,
  keepOrder,
  makeOrder,
  refreshParameters,
  refuseNow,
} from './confirmation.ts';
import { fromQueue } from './from-queue.ts';
import { readStopped } from './ledger.ts';
import { checkReceipt } from './receipt-check.ts';
import { Openings } from './openings.ts';
import { type Desk, giveUpUnsigned, openDesk } from './desk.ts';
import { Repeater } from './repeater.ts';
import { ResultReader } from './results.ts';
import { sendOpenOrder } from './sending.ts';
import { Starts } from './starts.ts';
import { OrderStories } from './story.ts';
import { OrderViews } from './views.ts';

/** How long a receipt that is here waits for the results that come with it. */
const RESULTS_AWAITED_MS = 3_000;

/**
 * The unit's orders: at most one under way, and that one always on its way to a receipt or a
 * signed void, by itself, also after a restart.
 */
export function openOrders(context: OrdersContext<UnitSession>): OrderBook {
  return new Orders(context);
}

class Orders implements OrderBook {
  readonly #desk: Desk;
  readonly #views: OrderViews;
  readonly #results: ResultReader;
  readonly #turn = new Turn();
  readonly #clearing: Clearing;
  readonly #polling: Repeater;
  readonly #openings: Openings;
  readonly #stories: OrderStories;
  readonly #starts: Starts;
  readonly #readings = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(context: OrdersContext<UnitSession>) {
    const desk = openDesk(context);
    this.#desk = desk;
    this.#views = new OrderViews(context.database);
    this.#results = new ResultReader(desk);
    this.#polling = new Repeater(() => this.#poll());
    this.#clearing = new Clearing(desk, this.#turn, () => {
      this.#polling.wake();
      this.#openings.wake();
    });
    this.#openings = new Openings(desk, this.#turn, () => this.#followUp());
    context.session.setOpenedCheck(() => prepareLedgerCheck(desk));
    context.session.onReached(() => {
      this.online();
    });
    this.#stories = new OrderStories(context.database);
    this.#starts = new Starts(desk);
    this.#noteStart();
    this.#giveUpUnsigned();
    this.#clearing.wake();
    this.#openings.wake();
  }

  readonly confirm: OrderBook['confirm'] = (request) =>
    this.place(fromQueue(this.#desk, request), request.waitForOpening);

  readonly place: OrderBook['place'] = async (source, waitForOpening) => {
    if (!this.#desk.session.isSignedIn) return fail('NOT_SIGNED_IN');
    const stopped = readStopped(this.#desk.database);
    if (stopped) return fail(stopped);
    // one that is to wait is not in the way of the order under way
    const refusal = waitForOpening ? undefined : refuseNow(this.#desk);
    if (refusal) return refusal;
    return this.#turn.take(async () => {
      try {
        return await this.#placeUnlessClosed(source, waitForOpening);
      } finally {
        // also where the database has refused a write in the middle: nothing is left to itself
        if (!this.#isClosed && this.#desk.journal.findOpen()) this.#clearing.plan();
      }
    });
  };

  readonly cancelWaiting: OrderBook['cancelWaiting'] = async ({ oid }) => {
    if (!this.#desk.session.isSignedIn) return fail('NOT_SIGNED_IN');
    return this.#turn.take(() => Promise.resolve(this.#openings.cancel(oid)));
  };

  readonly list: OrderBook['list'] = ({ kind, businessMonth }) => {
    if (!this.#desk.session.isSignedIn) return fail('NOT_SIGNED_IN');
    const orders = this.#views.list(kind, businessMonth);
    return succeed({ orders, fetchedAt: this.#views.fetchedAt() });
  };

  readonly items: OrderBook['items'] = ({ oid, state }) => {
    if (!this.#desk.session.isSignedIn) return fail('NOT_SIGNED_IN');
    if (!this.#views.find(oid)) return fail('NO_RECORD', oid);
    return succeed({ items: this.#views.items(oid, state) });
  };

  readonly evidence: OrderBook['evidence'] = ({ oid }) => {
    if (!this.#desk.session.isSignedIn) return fail('NOT_SIGNED_IN');
    const evidence = this.#views.evidence(oid);
    return evidence ? succeed(evidence) : fail('NO_RECORD', oid);
  };

  readonly verifyReceipt: OrderBook['verifyReceipt'] = ({ oid }) =>
    checkReceipt(this.#desk.database, this.#desk.session.link.trust, oid);

  readonly story: OrderBook['story'] = ({ oid }) => {
    const story = this.#stories.read(oid);
    return story.ok ? succeed({ order: this.#order(oid), story: story.value }) : story;
  };

  readonly startReport: OrderBook['startReport'] = () => succeed({ report: this.#starts.report() });

  readonly markStartRead: OrderBook['markStartRead'] = () => this.#starts.markRead();

  readonly refresh: OrderBook['refresh'] = async () => {
    if (!this.#desk.session.isSignedIn) return fail('NOT_SIGNED_IN');
    const settled = await this.#turn.take(() => this.#settle());
    if (!settled.ok) return settled;
    // outside the turn: an order is not to wait for a slow reading
    const results = await this.#fetchResults();
    if (!results.ok) return results;
    if (this.#results.hasUnsettled()) this.#polling.wake();
    return succeed({ changed: settled.value + results.value });
  };

  online(): void {
    this.#clearing.wake();
    this.#polling.wake();
    this.#openings.wake();
  }

  /** After it nothing writes any more: what waits for an answer is interrupted, and stays `sent`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const stopped = [this.#clearing.stop(), this.#polling.stop(), this.#openings.stop()];
    this.#desk.session.link.interrupt();
    await Promise.all(stopped);
    await this.#turn.take(() => Promise.resolve());
    await Promise.allSettled(this.#readings);
  }

  /** Before anything is done about it. */
  #noteStart(): void {
    const noted = this.#starts.note();
    if (!noted.ok) report(`start: ${noted.code} ${noted.detail}`);
  }

  /** An order that was not signed when the program ended: nothing of it can have left. */
  #giveUpUnsigned(): void {
    const open = this.#desk.journal.findOpen();
    if (open?.state !== 'draft') return;
    const done = giveUpUnsigned(this.#desk, open, 'HOST_DIED', catalogue.HOST_DIED.text);
    // on a full disk the next attempt to clear up does it
    if (!done.ok) report(`unsigned order: ${done.code} ${done.detail}`);
  }

  /** What breaks because the unit is being closed is no fault: it may have gone, and the next start finds out. */
  async #placeUnlessClosed(source: OrderSource, mayWait: boolean): Promise<Result<Order>> {
    try {
      return await this.#place(source, mayWait);
    } catch (error) {
      if (!this.#isClosed) throw error;
      return fail('ORDER_UNCLEAR', `closed: ${describeError(error)}`);
    }
  }

  async #place(source: OrderSource, mayWait: boolean): Promise<Result<Order>> {
    const kept = mayWait ? await this.#keepWhileClosed(source) : undefined;
    if (kept) return kept;
    const ready = await checkReadiness(this.#desk, source.kind);
    // the window may have closed on the way
    if (!ready.ok && ready.code === 'WINDOW_CLOSED' && mayWait) {
      return (await this.#keepWhileClosed(source)) ?? ready;
    }
    if (!ready.ok) return ready;
    const { changed, parameters } = ready.value;
    if (changed) return fail('PARAMETERS_CHANGED', `now version ${parameters.version}`);
    const prepared = await source.prepare?.();
    if (prepared?.ok === false) return prepared;
    const made = makeOrder(this.#desk, source, ready.value);
    if (!made.ok) return source.explain(made);
    this.#desk.changed('queue', 'orders', 'status');
    const sent = await sendOpenOrder(this.#desk);
    await this.#followUp();
    if (!sent.ok) return sent;
    if (sent.value.kind === 'returned' || sent.value.kind === 'waits') return sent.value.failure;
    return succeed(this.#order(made.value.oid));
  }

  /** Outside the hours the order is kept for the opening, with or without the centre in reach. */
  async #keepWhileClosed(source: OrderSource): Promise<Result<Order> | undefined> {
    const { session, clock, changed } = this.#desk;
    // the centre's clock and parameters where it answers; what was last heard of it where not
    const hello = session.current ? await session.link.hello() : undefined;
    const refreshed = hello?.ok ? await refreshParameters(this.#desk) : undefined;
    if (refreshed?.ok && refreshed.value.changed) {
      return fail('PARAMETERS_CHANGED', `now version ${refreshed.value.parameters.version}`);
    }
    const parameters = this.#desk.parameters.current();
    if (!parameters) return fail('POLICY_MISSING', 'no parameters yet');
    const { businessMonth, opensAtMs } = filingWindow(clock.nowMs(), parameters.filing);
    if (opensAtMs === undefined) return undefined;
    const opensAt = new Date(opensAtMs).toISOString();
    const prepared = await source.prepare?.();
    if (prepared?.ok === false) return prepared;
    const kept = keepOrder(this.#desk, source, parameters, { businessMonth, opensAt });
    if (!kept.ok) return source.explain(kept);
    changed('queue', 'orders', 'status');
    this.#openings.wake();
    return succeed(this.#order(kept.value.oid));
  }

  /**
   * After an order went out. What takes effect at once (单笔减少 and 补缴) shows its results at once;
   * where they cannot be fetched now, the polling brings them.
   */
  async #followUp(): Promise<void> {
    if (this.#desk.journal.findOpen()) this.#clearing.plan();
    if (!this.#results.hasUnsettled()) return;
    if (this.#results.hasImmediate()) {
      const fetched = this.#fetchResults().then((results) => {
        if (!results.ok) report(`results: ${results.code} ${results.detail}`);
      });
      // the receipt is here: the clerk is not kept waiting for more than that
      await Promise.race([fetched, wait(RESULTS_AWAITED_MS, undefined, { ref: false })]);
    }
    this.#polling.wake();
  }

  /** Whoever asks need not wait for the end: closing does. */
  #fetchResults(): Promise<Result<number>> {
    const reading = this.#results.fetch();
    this.#readings.add(reading);
    const forget = () => this.#readings.delete(reading);
    reading.then(forget, forget);
    return reading;
  }

  #order(oid: string): Order {
    const order = this.#views.find(oid);
    if (!order) throw new Error('an order that was made cannot be found');
    return order;
  }

  /** What is under way, then receipts; how much of either is new. */
  async #settle(): Promise<Result<number>> {
    const attempt = await this.#clearing.attempt();
    if (attempt?.ok === false) return attempt;
    const changed = attempt && attempt.value.kind !== 'unanswered' ? 1 : 0;
    const receipts = await fetchReceipts(this.#desk, askReceipts(this.#desk));
    return receipts.ok ? succeed(changed + receipts.value) : receipts;
  }

  /** While rows are under review and a session is open; without one there is nothing to ask with. */
  async #poll(): Promise<number | null> {
    const { session, parameters } = this.#desk;
    const seconds = parameters.current()?.resultsPollSeconds;
    if (seconds === undefined || !session.current || !this.#results.hasUnsettled()) return null;
    const fetched = await this.#results.fetch();
    if (!fetched.ok) return RETRY_AFTER_MS[3];
    // another computer has filed something meanwhile
    if (this.#results.hasUnheard()) {
      const receipts = await fetchReceipts(this.#desk, askReceipts(this.#desk));
      if (!receipts.ok) return RETRY_AFTER_MS[3];
    }
    return this.#results.hasUnsettled() ? seconds * 1_000 : null;
  }
}
