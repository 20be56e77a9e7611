import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { PLAIN_CONTENT_TYPE, SIGNED_CONTENT_TYPE, WIRE_PATH } from '../../shared/wire/envelope.ts';
import { MESSAGE_BYTES_MAX } from '../../shared/wire/limits.ts';
import { type BodyLimits, readBody } from './body.ts';
import type { KeyAndCertificate } from './certificates.ts';
import type { Incoming } from './centre/service.ts';

/** The bank's gateway: TLS 1.3, one path, sizes and times; it understands nothing of what it carries. */
const GZIP_FROM_BYTES = 4_096;
const HEADERS_DEADLINE_MS = 10_000;
const KEEP_ALIVE_MS = 60_000;
const SWEEP_MS = 1_000;
const CONNECTIONS_MAX = 1_000;

export interface GatewayTerms {
  readonly identity: KeyAndCertificate;
  /** Longest silence inside a body, and for a whole request, ms. */
  readonly bodyIdleMs: number;
  readonly requestMs: number;
  /** The centre's side. Undefined: the connection is cut without an answer. */
  readonly answer: (incoming: Incoming) => Promise<GatewayAnswer | undefined>;
  /** A signed refusal of a message that was too large, by its hash. */
  readonly refuseSize: (requestHash: string) => Buffer;
  readonly report: (error: unknown) => void;
}

/** Bytes of an answer, or (only under fault control) something that is none. */
export interface GatewayAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Buffer;
}

const packGzip = promisify<Buffer, Buffer>(gzip);

export function createGateway(terms: GatewayTerms): Server {
  const server = createServer(
    {
      cert: terms.identity.certificatePem,
      key: terms.identity.privateKeyPem,
      minVersion: 'TLSv1.3',
      headersTimeout: Math.min(HEADERS_DEADLINE_MS, terms.requestMs),
      requestTimeout: terms.requestMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: SWEEP_MS,
    },
    (request, response) => {
      serve(terms, request, response).catch((error: unknown) => {
        terms.report(error);
        if (response.headersSent) response.destroy();
        else endPlain(response, 500);
      });
    },
  );
  server.maxConnections = CONNECTIONS_MAX;
  return server;
}

async function serve(
  terms: GatewayTerms,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refused = refuseTransport(request);
  if (refused !== undefined) {
    endPlain(response, refused);
    return;
  }
  const limits: BodyLimits = { bytesMax: MESSAGE_BYTES_MAX, idleMs: terms.bodyIdleMs };
  const body = await readBody(request, limits);
  if (body.kind === 'cut') {
    endPlain(response, body.status);
    return;
  }
  const answer =
    body.kind === 'tooLarge'
      ? signedAnswer(terms.refuseSize(body.hash))
      : await terms.answer({ bytes: body.bytes, isSigned: isSigned(request) });
  if (answer === undefined) response.destroy();
  else await sendAnswer(request, response, answer);
}

export function signedAnswer(bytes: Buffer): GatewayAnswer {
  return { status: 200, contentType: SIGNED_CONTENT_TYPE, bytes };
}

/** One method, one path, two kinds of content; everything else is not for us. */
function refuseTransport(request: IncomingMessage): number | undefined {
  if (request.url !== WIRE_PATH) return 404;
  if (request.method !== 'POST') return 405;
  const isKnown = isSigned(request) || mediaTypeOf(request) === PLAIN_CONTENT_TYPE;
  return isKnown ? undefined : 415;
}

function isSigned(request: IncomingMessage): boolean {
  return mediaTypeOf(request) === mediaType(SIGNED_CONTENT_TYPE);
}

function mediaTypeOf(request: IncomingMessage): string {
  return mediaType(request.headers['content-type'] ?? '');
}

function mediaType(header: string): string {
  return (header.split(';')[0] ?? '').trim().toLowerCase();
}

/** No body: what is not signed says nothing. The rest of a refused request is not read. */
function endPlain(response: ServerResponse, status: number): void {
  if (response.destroyed) return;
  response.writeHead(status, { connection: 'close', 'content-length': 0 });
  response.end();
}

async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, contentType, bytes }: GatewayAnswer,
): Promise<void> {
  const takesGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const isPacked = takesGzip && bytes.byteLength >= GZIP_FROM_BYTES;
  const sent = isPacked ? await packGzip(bytes) : bytes;
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': sent.byteLength,
    'cache-control': 'no-store',
    ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(sent);
}
