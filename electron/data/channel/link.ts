import { performance } from 'node:perf_hooks';
import type { z } from 'zod';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { Gateway } from '../../../shared/ipc/data.ts';
import { errorOfWireCode } from '../../../shared/wire/codes.ts';
import {
  PLAIN_CONTENT_TYPE,
  SIGNED_CONTENT_TYPE,
  WIRE_VERSION,
  type WireAnswer,
} from '../../../shared/wire/envelope.ts';
import { ANSWER_DEADLINE_MS, BATCH_ANSWER_DEADLINE_MS } from '../../../shared/wire/limits.ts';
import { type HelloAnswer, helloAnswerSchema } from '../../../shared/wire/session.ts';
import type { Clock } from '../ports.ts';
import { exchange } from './exchange.ts';
import { GatewayAgent, type TlsFacts } from './gateway-agent.ts';
import {
  type CentreTrust,
  hashHex,
  proveAnswer,
  type ProvenAnswer,
  readTrust,
  unproven,
} from './proof.ts';
import { encodeRequest, type Parties, type RequestParts } from './request.ts';
import { isOlderVersion } from './version.ts';

export interface LinkOptions {
  readonly gateway: Gateway;
  readonly unit: string;
  readonly user: string;
  readonly clientVersion: string;
  readonly clock: Clock;
  readonly answerDeadlineMs?: number;
  readonly batchDeadlineMs?: number;
  /** After every exchange: whether the centre's own answer came back. */
  readonly onExchange?: (reached: boolean) => void;
}

export interface Hello {
  readonly answer: HelloAnswer;
  readonly tls: TlsFacts;
  readonly centreSubject: string;
  readonly clockOffsetMs: number;
}

/**
 * WL/1 to one gateway. Everything it returns as a value was signed by the centre for the request
 * it answers; everything else is a failure and must change nothing.
 */
export class Link {
  readonly clock: Clock;
  readonly trust: CentreTrust;
  readonly parties: Parties;
  readonly #options: LinkOptions;
  readonly #keptAgent: GatewayAgent;
  readonly #freshAgent: GatewayAgent;
  readonly #hellos = new Set<Promise<unknown>>();
  readonly #life = new AbortController();

  constructor(options: LinkOptions) {
    this.#options = options;
    this.clock = options.clock;
    this.trust = readTrust(options.gateway);
    this.parties = { aud: options.gateway.centreName, unit: options.unit, user: options.user };
    this.#keptAgent = new GatewayAgent(options.gateway, 'kept');
    this.#freshAgent = new GatewayAgent(options.gateway, 'fresh');
  }

  /** Proves gateway and centre, sets the clock, brings a challenge for one sign-in. */
  hello(): Promise<Result<Hello>> {
    const hello = this.#sayHello();
    this.#hellos.add(hello);
    return hello.finally(() => {
      this.#hellos.delete(hello);
    });
  }

  async #sayHello(): Promise<Result<Hello>> {
    const body = { versions: [WIRE_VERSION], client: this.#options.clientVersion };
    const bytes = encodeRequest(this.parties, { tx: 'WL0001', body }, this.clock.nowMs());
    const sentMs = performance.now();
    const sent = await this.#exchange(bytes, PLAIN_CONTENT_TYPE, this.#answerDeadlineMs);
    const halfTripMs = (performance.now() - sentMs) / 2;
    if (!sent.ok) return this.#noted(sent);
    const proven = this.#noted(proveAnswer(sent.value.bytes, hashHex(bytes), this.trust));
    if (!proven.ok) return proven;
    const { answer, signerSubject } = proven.value;
    const parsed = readBody(answer, helloAnswerSchema);
    if (!parsed.ok) return parsed;
    const serverMs = Date.parse(parsed.value.serverTime) + halfTripMs;
    this.clock.measure(new Date(serverMs).toISOString());
    if (isOlderVersion(this.#options.clientVersion, parsed.value.minimumClient)) {
      return fail('CLIENT_TOO_OLD', `at least ${parsed.value.minimumClient}`);
    }
    return succeed({
      answer: parsed.value,
      tls: sent.value.tls,
      centreSubject: signerSubject,
      clockOffsetMs: Math.round(this.clock.offsetMs),
    });
  }

  /**
   * A request nobody signs, authorised by `parts.sid`. Any class but A comes back as the failure
   * its code stands for.
   */
  async ask<Schema extends z.ZodType>(
    parts: RequestParts,
    schema: Schema,
    signal?: AbortSignal,
  ): Promise<Result<z.output<Schema>>> {
    const bytes = encodeRequest(this.parties, parts, this.clock.nowMs());
    const proven = await this.#prove(bytes, PLAIN_CONTENT_TYPE, this.#answerDeadlineMs, signal);
    return proven.ok ? readBody(proven.value.answer, schema) : proven;
  }

  /** Sends a signed message as it stands; the caller reads the answer's class. */
  send(cms: Uint8Array, length: 'short' | 'batch'): Promise<Result<ProvenAnswer>> {
    const deadlineMs = length === 'short' ? this.#answerDeadlineMs : this.#batchDeadlineMs;
    return this.#prove(cms, SIGNED_CONTENT_TYPE, deadlineMs);
  }

  /**
   * Before the end: whoever waits for an answer is told RECEIVE_FAILED now, and so is everybody who
   * asks afterwards; nothing leaves any more but a goodbye.
   */
  interrupt(): void {
    this.#life.abort();
  }

  /** WL0003, also after `interrupt`. Whatever comes of it: a session lapses by itself. */
  async sayGoodbye(sid: string, signal: AbortSignal): Promise<void> {
    const bytes = encodeRequest(this.parties, { tx: 'WL0003', body: {}, sid }, this.clock.nowMs());
    const { gateway } = this.#options;
    const wait = { answerDeadlineMs: this.#answerDeadlineMs, signal };
    await exchange(gateway, this.#keptAgent, { bytes, contentType: PLAIN_CONTENT_TYPE, ...wait });
  }

  /** After it nothing of this link is under way any more. */
  async close(): Promise<void> {
    this.interrupt();
    await Promise.allSettled(this.#hellos);
    this.#keptAgent.destroy();
    this.#freshAgent.destroy();
  }

  get #answerDeadlineMs(): number {
    return this.#options.answerDeadlineMs ?? ANSWER_DEADLINE_MS;
  }

  get #batchDeadlineMs(): number {
    return this.#options.batchDeadlineMs ?? BATCH_ANSWER_DEADLINE_MS;
  }

  async #prove(
    bytes: Uint8Array,
    contentType: string,
    answerDeadlineMs: number,
    signal?: AbortSignal,
  ): Promise<Result<ProvenAnswer>> {
    const sent = await this.#exchange(bytes, contentType, answerDeadlineMs, signal);
    if (!sent.ok) return this.#noted(sent, signal);
    const { bytes: reply } = sent.value;
    return this.#noted(proveAnswer(reply, hashHex(bytes), this.trust, this.clock.nowMs()));
  }

  /** A wait that was given up says nothing about the gateway. */
  #noted<T>(result: Result<T>, signal?: AbortSignal): Result<T> {
    if (!signal?.aborted) this.#options.onExchange?.(result.ok);
    return result;
  }

  #exchange(
    bytes: Uint8Array,
    contentType: string,
    answerDeadlineMs: number,
    signal?: AbortSignal,
  ) {
    const life = this.#life.signal;
    if (life.aborted) return Promise.resolve(fail('RECEIVE_FAILED', 'the unit is being closed'));
    const either = signal ? AbortSignal.any([signal, life]) : life;
    const message = { bytes, contentType, answerDeadlineMs, signal: either };
    // What is signed goes over a connection of its own: a broken one then always means an attempt
    // whose end is unknown, never a kept connection that was closed before.
    const agent = contentType === SIGNED_CONTENT_TYPE ? this.#freshAgent : this.#keptAgent;
    return exchange(this.#options.gateway, agent, message);
  }
}

/** The body of an answer of class A; any other class is the failure its code stands for. */
export function readBody<Schema extends z.ZodType>(
  answer: WireAnswer,
  schema: Schema,
): Result<z.output<Schema>> {
  if (answer.cls !== 'A') return fail(errorOfWireCode(answer.code), `${answer.code} ${answer.msg}`);
  const parsed = schema.safeParse(answer.body);
  return parsed.success ? succeed(parsed.data) : unproven(parsed.error.message);
}
