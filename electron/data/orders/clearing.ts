import { catalogue } from '../../../shared/errors/catalogue.ts';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import { RETRY_AFTER_MS } from '../../../shared/wire/limits.ts';
import { queryAnswerSchema } from '../../../shared/wire/orders.ts';
import type { Turn } from '../session/turn.ts';
import { askReceipts, fetchReceipts } from './catch-up.ts';
import { type Desk, giveUpUnsigned } from './desk.ts';
import type { OpenOrder } from './journal.ts';
import { Repeater } from './repeater.ts';
import { type SendOutcome, sendOpenOrder } from './sending.ts';

/** Two computers that lost the same gateway must not come back in step. */
const JITTER_SHARE = 0.2;

/**
 * Clears up an order without an answer: asked for where a session is open, else the same bytes again, after 1, 5, 15, 60 s and then every
 * five minutes, and at once whenever the centre has been reached. Needs no key unless the centre
 * says that the bytes were not applied.
 */
export class Clearing {
  readonly #desk: Desk;
  readonly #turn: Turn;
  readonly #repeater: Repeater;
  readonly #onSettled: () => void;
  #tries = 0;

  constructor(desk: Desk, turn: Turn, onSettled: () => void) {
    this.#desk = desk;
    this.#turn = turn;
    this.#onSettled = onSettled;
    this.#repeater = new Repeater(() => this.#runAndPlan());
  }

  /** The centre answers again, or the program has just started. */
  wake(): void {
    this.#tries = 0;
    if (this.#desk.journal.findOpen()) this.#repeater.wake();
  }

  /** An order has just gone without an answer. */
  plan(): void {
    this.#tries = 0;
    this.#repeater.runIn(this.#nextDelayMs());
  }

  /** One attempt, now; null where nothing is under way. Runs inside the caller's turn. */
  async attempt(): Promise<Result<SendOutcome> | null> {
    const { journal, session } = this.#desk;
    const found = journal.findOpen();
    if (!found) return null;
    if (found.state === 'draft') return this.#giveUpUnsigned(found);
    // proves the gateway and sets the clock before anything leaves
    const hello = await session.link.hello();
    if (!hello.ok) return hello;
    const order = journal.findOpen();
    if (order?.state === 'sent' && session.current) await this.#askWhetherKnown(order.sn);
    return sendOpenOrder(this.#desk);
  }

  /**
   * What was being confirmed has the turn until its end: one without a signature is what a
   * confirmation left behind that could not write, and the clerk was told that it did not go.
   */
  #giveUpUnsigned(order: OpenOrder): Result<SendOutcome> {
    const given = giveUpUnsigned(this.#desk, order, 'DB_FULL', catalogue.DB_FULL.text);
    if (!given.ok) return given;
    return succeed({ kind: given.value, failure: fail('DB_FULL') });
  }

  /**
   * Asks before sending once more (WL2001): where the centre has decided, its receipt is fetched and
   * nothing is sent again. Whatever else comes of it, the same bytes are the safe next step.
   */
  async #askWhetherKnown(refSn: string): Promise<void> {
    const { channel } = this.#desk.session;
    const known = await channel.ask('WL2001', { refSn }, queryAnswerSchema);
    if (!known.ok || !['applied', 'rejected'].includes(known.value.state)) return;
    await fetchReceipts(this.#desk, askReceipts(this.#desk));
  }

  stop(): Promise<void> {
    return this.#repeater.stop();
  }

  async #runAndPlan(): Promise<number | null> {
    const attempt = await this.#turn.take(() => this.attempt());
    if (attempt?.ok && attempt.value.kind === 'settled') this.#onSettled();
    return this.#desk.journal.findOpen() ? this.#nextDelayMs() : null;
  }

  #nextDelayMs(): number {
    const index = Math.min(this.#tries, RETRY_AFTER_MS.length - 1);
    this.#tries += 1;
    const delayMs = RETRY_AFTER_MS[index] ?? RETRY_AFTER_MS[0];
    return Math.round(delayMs * (1 + JITTER_SHARE * (2 * Math.random() - 1)));
  }
}
