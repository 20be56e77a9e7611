import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import { fail, type Failure, type Result, succeed } from '../../../shared/errors/result.ts';
import type { Gateway } from '../../../shared/ipc/data.ts';
import { WIRE_PATH } from '../../../shared/wire/envelope.ts';
import { MESSAGE_BYTES_MAX } from '../../../shared/wire/limits.ts';
import { pack, type Packed, unpack } from './compression.ts';
import { codeOf, connectFailure, exchangeFailure } from './failure.ts';
import { type GatewayAgent, readTlsFacts, type TlsFacts } from './gateway-agent.ts';

export interface Message {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly answerDeadlineMs: number;
  /** Ends the wait at once with RECEIVE_FAILED. */
  readonly signal: AbortSignal;
}

/** What came back; not one byte of it is believed yet. The HTTP status says nothing and is not kept. */
export interface Reply {
  readonly bytes: Uint8Array;
  readonly tls: TlsFacts;
}

/**
 * Sends one message and reads one reply. Failures: GATEWAY_UNREACHABLE, GATEWAY_UNTRUSTED and
 * GATEWAY_DATE when nothing has left; RECEIVE_FAILED, ANSWER_LATE and ANSWER_UNPROVEN when the
 * message may have arrived.
 */
export async function exchange(
  gateway: Gateway,
  agent: GatewayAgent,
  message: Message,
): Promise<Result<Reply>> {
  const packed = await pack(message.bytes);
  if (packed.bytes.byteLength > MESSAGE_BYTES_MAX) {
    throw new RangeError(`message of ${packed.bytes.byteLength} bytes`);
  }
  let posted = await post(gateway, agent, message, packed);
  // A kept connection that the gateway closed in the meantime: the same bytes over a fresh one.
  // Only what asks goes over kept connections, and asking twice changes nothing.
  if (!posted.ok && posted.isStale) posted = await post(gateway, agent, message, packed);
  if (!posted.ok) return posted.failure;
  const { reply, encoding } = posted;
  const unpacked = await unpack(reply.bytes, encoding);
  return unpacked.ok ? succeed({ bytes: unpacked.value, tls: reply.tls }) : unpacked;
}

type Posted =
  | { readonly ok: true; readonly reply: Reply; readonly encoding: string }
  | { readonly ok: false; readonly failure: Failure; readonly isStale: boolean };

function post(
  gateway: Gateway,
  agent: GatewayAgent,
  message: Message,
  packed: Packed,
): Promise<Posted> {
  return new Promise((resolve) => {
    const request = openRequest(gateway, agent, message, packed);
    let tls: TlsFacts | null = null;
    let hasReply = false;
    let timer: NodeJS.Timeout | undefined;
    const settle = (posted: Posted) => {
      clearTimeout(timer);
      message.signal.removeEventListener('abort', abort);
      if (!posted.ok) request.destroy();
      resolve(posted);
    };
    const refuse = (failure: Failure, isStale = false) => {
      settle({ ok: false, failure, isStale });
    };
    const abort = () => {
      refuse(fail('RECEIVE_FAILED', 'given up on request'));
    };
    const onBroken = (error: unknown) => {
      const isStale = !hasReply && request.reusedSocket && isHungUp(error);
      refuse(tls ? exchangeFailure(error) : connectFailure(error), isStale);
    };
    message.signal.addEventListener('abort', abort, { once: true });
    if (message.signal.aborted) abort();
    request.on('socket', (socket) => {
      if (!(socket instanceof TLSSocket)) throw new TypeError('the gateway is reached by TLS only');
      tls = readTlsFacts(socket);
      timer = setTimeout(() => {
        refuse(fail('ANSWER_LATE', `no answer within ${message.answerDeadlineMs} ms`));
      }, message.answerDeadlineMs);
    });
    request.on('response', (response) => {
      hasReply = true;
      collect(response, (read) => {
        if (!tls) throw new Error('a response without a connection');
        if (!read.ok) refuse(read);
        else settle(received(read.value, tls, response));
      });
    });
    request.on('error', onBroken);
    request.on('close', () => {
      if (!hasReply) onBroken(new Error('closed without an answer'));
    });
    if (!request.destroyed) request.end(packed.bytes);
  });
}

function openRequest(
  gateway: Gateway,
  agent: GatewayAgent,
  message: Message,
  packed: Packed,
): ClientRequest {
  return httpsRequest({
    agent,
    host: gateway.host,
    port: gateway.port,
    path: WIRE_PATH,
    method: 'POST',
    headers: {
      host: `${gateway.serverName}:${gateway.port}`,
      'content-type': message.contentType,
      'content-length': packed.bytes.byteLength,
      'accept-encoding': 'gzip',
      ...(packed.encoding === 'gzip' ? { 'content-encoding': 'gzip' } : {}),
    },
  });
}

function received(bytes: Uint8Array, tls: TlsFacts, response: IncomingMessage): Posted {
  const encoding = (response.headers['content-encoding'] ?? '').trim().toLowerCase();
  return { ok: true, reply: { bytes, tls }, encoding };
}

function collect(response: IncomingMessage, done: (read: Result<Buffer>) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size > MESSAGE_BYTES_MAX) done(fail('ANSWER_UNPROVEN', 'the answer is too large'));
    else chunks.push(chunk);
  });
  response.on('end', () => {
    // `end` without `complete` is a body shorter than announced
    if (response.complete) done(succeed(Buffer.concat(chunks)));
    else done(fail('RECEIVE_FAILED', 'the answer broke off'));
  });
  response.on('error', (error) => {
    done(exchangeFailure(error));
  });
}

function isHungUp(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE'].includes(codeOf(error));
}
