import { catalogue, type ErrorCode } from '../../../shared/errors/catalogue.ts';
import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import { filingWindow } from '../../../shared/rules/window.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { Turn } from '../session/turn.ts';
import { checkReadiness, startKeptOrder } from './confirmation.ts';
import type { Desk } from './desk.ts';
import type { WaitingOrder } from './journal.ts';
import { checkKept } from './kept.ts';
import { Repeater } from './repeater.ts';
import { sendOpenOrder } from './sending.ts';

/** A look at the clock at least so often: it may be set, and a computer may have slept. */
const LOOK_AFTER_MS = 60_000;
/** The two clocks agree to about a round trip; this long after the opening it is open for both. */
const OPENING_MARGIN_MS = 2_000;

/** What no waiting cures: the drafts go back to the queue with the reason. */
const givenBack: ReadonlySet<ErrorCode> = new Set([
  'PARAMETERS_CHANGED',
  'DRAFT_NOT_HOLDING',
  'TOTALS_CHANGED',
  'RIGHTS_MISSING',
]);

/** What asking again by itself would make worse; the next sign-in asks. */
const forTheClerk: ReadonlySet<ErrorCode> = new Set([
  'PASSWORD_WRONG',
  'PASSWORD_LOCKED',
  'CERTIFICATE_REFUSED',
  'CLIENT_TOO_OLD',
]);

/**
 * Orders confirmed outside the hours: signed and sent by themselves at the opening, one after
 * another, when session and key are there. What is missing is the order's reason until it is; an
 * opening that passes without them is followed by the next. They are on the disk, so a restart
 * changes nothing.
 */
export class Openings {
  readonly #desk: Desk;
  readonly #turn: Turn;
  readonly #repeater: Repeater;
  readonly #onSent: () => Promise<void>;

  /** `onSent` runs inside the turn, after each order that went out. */
  constructor(desk: Desk, turn: Turn, onSent: () => Promise<void>) {
    this.#desk = desk;
    this.#turn = turn;
    this.#onSent = onSent;
    this.#repeater = new Repeater(() => this.#turn.take(() => this.#sendDue()));
  }

  /** Something has changed that an order may have waited for; or the program has just started. */
  wake(): void {
    if (this.#desk.journal.listWaiting().length > 0) this.#repeater.wake();
  }

  stop(): Promise<void> {
    return this.#repeater.stop();
  }

  /** The clerk takes one back. Inside the caller's turn: none is on its way meanwhile. */
  cancel(oid: string): Result<Record<string, never>> {
    const { journal, audit } = this.#desk;
    if (!journal.findWaiting(oid)) {
      const isUnderWay = journal.findOpen()?.oid === oid;
      return fail(isUnderWay ? 'ORDER_IN_FLIGHT' : 'NO_RECORD', oid);
    }
    const ended = this.#end(oid, '', '', () => {
      audit.record('orderTakenBack', { oid });
    });
    return ended.ok ? succeed({}) : ended;
  }

  async #sendDue(): Promise<number | null> {
    for (const order of this.#desk.journal.listWaiting()) {
      const waitMs = this.#msUntilOpen(order);
      if (waitMs > 0) return Math.min(waitMs, LOOK_AFTER_MS);
      if (this.#desk.journal.findOpen()) return LOOK_AFTER_MS;
      const failure = await this.#send(order);
      if (!failure) continue;
      // by the clock just measured it is not open yet
      if (failure.code === 'WINDOW_CLOSED') return OPENING_MARGIN_MS;
      const isEnd = givenBack.has(failure.code);
      if (isEnd) this.#giveBack(order, failure.code);
      else this.#keep(order, failure.code);
      // what one lacks the next one lacks too
      if (!isEnd) return forTheClerk.has(failure.code) ? null : LOOK_AFTER_MS;
    }
    return null;
  }

  /** 0 while the window is open, by the centre's clock. */
  #msUntilOpen(order: WaitingOrder): number {
    const { clock, parameters } = this.#desk;
    const current = parameters.current();
    if (!current) return LOOK_AFTER_MS;
    const { opensAtMs } = filingWindow(clock.nowMs(), current.filing);
    if (opensAtMs === undefined) return 0;
    const opensAt = new Date(opensAtMs).toISOString();
    // an opening went by: the next one, and still what was missing then
    if (order.opensAt !== opensAt) this.#explain(order, opensAt, order.reasonCode);
    return opensAtMs - clock.nowMs() + OPENING_MARGIN_MS;
  }

  /** Why it has not gone, or undefined when it has. */
  async #send(order: WaitingOrder): Promise<Failure | undefined> {
    const desk = this.#desk;
    const ready = await checkReadiness(desk, order.kind);
    if (!ready.ok) return ready;
    if (!this.#isAgreedTo(order, ready.value.parameters)) {
      return fail('PARAMETERS_CHANGED', `now version ${ready.value.parameters.version}`);
    }
    const lines = await checkKept(desk, order.oid);
    if (!lines.ok) return lines;
    const started = startKeptOrder(desk, order, lines.value, ready.value);
    if (!started.ok) return started;
    desk.changed('queue', 'orders', 'status');
    const sent = await sendOpenOrder(desk);
    await this.#onSent();
    if (!sent.ok) return sent;
    return sent.value.kind === 'waits' ? sent.value.failure : undefined;
  }

  /**
   * Nothing the clerk agreed to has changed since. That the business month has moved on to the one
   * the order was made for is no change.
   */
  #isAgreedTo(order: WaitingOrder, current: Parameters): boolean {
    if (current.businessMonth !== order.businessMonth) return false;
    if (current.version === order.parameterVersion) return true;
    const before = this.#desk.parameters.at(order.parameterVersion);
    return before !== null && decisive(before) === decisive(current);
  }

  #keep(order: WaitingOrder, code: ErrorCode): void {
    const { opensAt, reasonCode } = order;
    if (reasonCode !== code) this.#explain(order, opensAt, code);
  }

  #explain({ oid }: WaitingOrder, opensAt: string, code: string): void {
    const { database, journal } = this.#desk;
    const stored = database.write(() => {
      journal.explainWaiting(oid, opensAt, code, isErrorCode(code) ? catalogue[code].text : '');
      return succeed(undefined);
    });
    // on a full disk the next look tries again
    if (stored.ok) this.#desk.changed('orders', 'status');
  }

  #giveBack({ oid }: WaitingOrder, code: ErrorCode): void {
    const { audit } = this.#desk;
    this.#end(oid, code, catalogue[code].text, () => {
      audit.record('orderGivenBack', { oid, code });
    });
  }

  /** One transaction: the order is void, its drafts wait again, each checked anew. */
  #end(oid: string, code: string, reason: string, record: () => void): Result<void> {
    const { database, journal, queue, changed } = this.#desk;
    const ended = database.write(() => {
      journal.endWaiting(oid, code, reason);
      queue.release(oid, new Map());
      record();
      return succeed(undefined);
    });
    if (ended.ok) changed('orders', 'queue', 'status');
    return ended;
  }
}

/** What entries are checked and computed with, in words that can be compared. */
function decisive({ terms, reductionReasons, idTypes }: Parameters): string {
  return JSON.stringify([terms, reductionReasons, idTypes]);
}

function isErrorCode(code: string): code is ErrorCode {
  return code in catalogue;
}
