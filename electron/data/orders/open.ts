import { catalogue } from '../../../shared/errors/catalogue.ts';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import { RETRY_AFTER_MS } from '../../../shared/wire/limits.ts';
import type { OrderBook, OrdersContext } from '../ports.ts';
import { Turn } from '../session/turn.ts';
import type { UnitSession } from '../session/unit-session.ts';
import { askReceipts, fetchReceipts, prepareLedgerCheck } from './catch-up.ts';
import { Clearing } from './clearing.ts';
import { checkReadiness, type ConfirmRequest, makeOrder, refuseNow } from './confirmation.ts';
import { abandonOrder, type Desk, openDesk } from './desk.ts';
import { Repeater } from './repeater.ts';
import { ResultReader } from './results.ts';
import { sendOpenOrder } from './sending.ts';
import { OrderViews } from './views.ts';

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

  constructor(context: OrdersContext<UnitSession>) {
    const desk = openDesk(context);
    this.#desk = desk;
    this.#views = new OrderViews(context.database);
    this.#results = new ResultReader(desk);
    this.#polling = new Repeater(() => this.#poll());
    this.#clearing = new Clearing(desk, this.#turn, () => {
      this.#polling.wake();
    });
    context.session.setOpenedCheck(() => prepareLedgerCheck(desk));
    context.session.onReached(() => {
      this.#clearing.wake();
      this.#polling.wake();
    });
    this.#abandonUnsigned();
    this.#clearing.wake();
  }

  readonly confirm: OrderBook['confirm'] = async (request) => {
    if (!this.#desk.session.isSignedIn) return fail('NOT_SIGNED_IN');
    const refusal = refuseNow(this.#desk);
    if (refusal) return refusal;
    return this.#turn.take(() => this.#confirm(request));
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

  readonly refresh: OrderBook['refresh'] = async () => {
    if (!this.#desk.session.isSignedIn) return fail('NOT_SIGNED_IN');
    return this.#turn.take(() => this.#refresh());
  };

  online(): void {
    this.#clearing.wake();
    this.#polling.wake();
  }

  /** After it nothing writes any more: what waits for an answer is interrupted, and stays `sent`. */
  async close(): Promise<void> {
    const stopped = [this.#clearing.stop(), this.#polling.stop()];
    this.#desk.session.link.interrupt();
    await Promise.all(stopped);
    await this.#turn.take(() => Promise.resolve());
  }

  /** An order that was not signed when the program ended: nothing of it can have left. */
  #abandonUnsigned(): void {
    const open = this.#desk.journal.findOpen();
    if (open?.state !== 'draft') return;
    const { text } = catalogue.HOST_DIED;
    const abandoned = abandonOrder(this.#desk, open, 'HOST_DIED', text);
    if (!abandoned.ok) throw new Error(`${abandoned.code}: ${abandoned.detail}`);
  }

  async #confirm(request: ConfirmRequest): Promise<Result<Order>> {
    const ready = await checkReadiness(this.#desk);
    if (!ready.ok) return ready;
    const { open, parameters } = ready.value;
    const made = makeOrder(this.#desk, request, open, parameters);
    if (!made.ok) return made;
    this.#desk.changed('queue', 'orders', 'status');
    const sent = await sendOpenOrder(this.#desk);
    if (this.#desk.journal.findOpen()) this.#clearing.plan();
    if (!sent.ok) return sent;
    if (sent.value.kind === 'returned') return sent.value.failure;
    const order = this.#views.find(made.value.oid);
    if (!order) throw new Error('an order that was made cannot be found');
    if (order.state === 'applied') this.#polling.wake();
    return succeed(order);
  }

  async #refresh(): Promise<Result<{ changed: number }>> {
    const attempt = await this.#clearing.attempt();
    if (attempt?.ok === false) return attempt;
    let changed = attempt && attempt.value.kind !== 'unanswered' ? 1 : 0;
    const receipts = await fetchReceipts(this.#desk, askReceipts(this.#desk));
    if (!receipts.ok) return receipts;
    const results = await this.#results.fetch();
    if (!results.ok) return results;
    changed += receipts.value + results.value;
    if (this.#results.hasUnsettled()) this.#polling.wake();
    return succeed({ changed });
  }

  /** While rows are under review and a session is open; without one there is nothing to ask with. */
  async #poll(): Promise<number | null> {
    const { session, parameters } = this.#desk;
    const seconds = parameters.current()?.resultsPollSeconds;
    if (seconds === undefined || !session.current || !this.#results.hasUnsettled()) return null;
    const fetched = await this.#results.fetch();
    if (!fetched.ok) return RETRY_AFTER_MS[3];
    return this.#results.hasUnsettled() ? seconds * 1_000 : null;
  }
}
