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
import { CentreClock, type LocalClock } from './clock.ts';
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

export interface ChannelOptions {
  readonly gateway: Gateway;
  readonly unit: string;
  readonly user: string;
  readonly clientVersion: string;
  readonly localMs?: LocalClock;
  readonly answerDeadlineMs?: number;
  readonly batchDeadlineMs?: number;
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
export class Channel {
  readonly clock: CentreClock;
  readonly trust: CentreTrust;
  readonly parties: Parties;
  readonly #options: ChannelOptions;
  readonly #agent: GatewayAgent;

  constructor(options: ChannelOptions) {
    this.#options = options;
    this.clock = new CentreClock(options.localMs);
    this.trust = readTrust(options.gateway);
    this.parties = { aud: options.gateway.centreName, unit: options.unit, user: options.user };
    this.#agent = new GatewayAgent(options.gateway);
  }

  /** Proves gateway and centre, sets the clock, brings a challenge for one sign-in. */
  async hello(): Promise<Result<Hello>> {
    const body = { versions: [WIRE_VERSION], client: this.#options.clientVersion };
    const bytes = encodeRequest(this.parties, { tx: 'WL0001', body }, this.clock.nowMs());
    const sentMs = this.clock.localMs();
    const sent = await this.#exchange(bytes, PLAIN_CONTENT_TYPE, this.#answerDeadlineMs);
    const receivedMs = this.clock.localMs();
    if (!sent.ok) return sent;
    const proven = proveAnswer(sent.value.bytes, hashHex(bytes), this.trust);
    if (!proven.ok) return proven;
    const { answer, signerSubject } = proven.value;
    const parsed = readBody(answer, helloAnswerSchema);
    if (!parsed.ok) return parsed;
    this.clock.set(Date.parse(parsed.value.serverTime), sentMs, receivedMs);
    if (isOlderVersion(this.#options.clientVersion, parsed.value.minimumClient)) {
      return fail('CLIENT_TOO_OLD', `at least ${parsed.value.minimumClient}`);
    }
    return succeed({
      answer: parsed.value,
      tls: sent.value.tls,
      centreSubject: signerSubject,
      clockOffsetMs: this.clock.offsetMs,
    });
  }

  /**
   * A request nobody signs, authorised by `parts.sid`. Any class but A comes back as the failure
   * its code stands for.
   */
  async ask<Schema extends z.ZodType>(
    parts: RequestParts,
    schema: Schema,
  ): Promise<Result<z.output<Schema>>> {
    const bytes = encodeRequest(this.parties, parts, this.clock.nowMs());
    const proven = await this.#prove(bytes, PLAIN_CONTENT_TYPE, this.#answerDeadlineMs);
    return proven.ok ? readBody(proven.value.answer, schema) : proven;
  }

  /** Sends a signed message as it stands; the caller reads the answer's class. */
  async send(cms: Uint8Array, length: 'short' | 'batch'): Promise<Result<WireAnswer>> {
    const deadlineMs = length === 'short' ? this.#answerDeadlineMs : this.#batchDeadlineMs;
    const proven = await this.#prove(cms, SIGNED_CONTENT_TYPE, deadlineMs);
    return proven.ok ? succeed(proven.value.answer) : proven;
  }

  close(): void {
    this.#agent.destroy();
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
  ): Promise<Result<ProvenAnswer>> {
    const sent = await this.#exchange(bytes, contentType, answerDeadlineMs);
    if (!sent.ok) return sent;
    return proveAnswer(sent.value.bytes, hashHex(bytes), this.trust, this.clock.nowMs());
  }

  #exchange(bytes: Uint8Array, contentType: string, answerDeadlineMs: number) {
    return exchange(this.#options.gateway, this.#agent, { bytes, contentType, answerDeadlineMs });
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
