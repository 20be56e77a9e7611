import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureVersion } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { signWithSoftwareKey } from '../../../electron/cms/sign.ts';
import type { Gateway } from '../../../shared/ipc/data.ts';
import { type WireCodeName, wireCodes } from '../../../shared/wire/codes.ts';
import type { WireRequest } from '../../../shared/wire/envelope.ts';
import { CENTRE_NAME, type Identities, type Identity, SERVER_NAME } from './identities.ts';

export interface Received {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly request: WireRequest;
  readonly re: string;
}

export type Script = (
  received: Received,
  response: ServerResponse,
  request: IncomingMessage,
) => void | Promise<void>;

/** A TLS server that answers as a test tells it to, and remembers every byte it was sent. */
export class ScriptedGateway {
  readonly received: Received[] = [];
  script: Script = (_received, response) => {
    response.end();
  };
  readonly #server: Server;
  readonly #identities: Identities;

  private constructor(identities: Identities, server: Server) {
    this.#identities = identities;
    this.#server = server;
  }

  static async start(
    identities: Identities,
    tls: { identity?: Identity; maxVersion?: SecureVersion; port?: number } = {},
  ): Promise<ScriptedGateway> {
    const identity = tls.identity ?? identities.gateway;
    const server = createServer({
      cert: identity.certificatePem,
      key: identity.privateKeyPem,
      ...(tls.maxVersion ? { maxVersion: tls.maxVersion } : {}),
    });
    const gateway = new ScriptedGateway(identities, server);
    server.on('request', (request, response) => {
      void gateway.#serve(request, response);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(tls.port ?? 0, '127.0.0.1', resolve);
    });
    return gateway;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  describe(): Gateway {
    return {
      host: '127.0.0.1',
      port: this.port,
      serverName: SERVER_NAME,
      gatewayCaPem: [this.#identities.gatewayCa.certificatePem],
      centreCaPem: [this.#identities.centreCa.certificatePem],
      centreName: CENTRE_NAME,
      bankCaPem: [this.#identities.bankCa.certificatePem],
    };
  }

  /** An answer as the centre gives it; `as` lets a stranger sign. */
  sign(
    received: Received,
    parts: { code?: WireCodeName; body?: unknown; receipt?: Uint8Array; dup?: boolean },
    changes: { as?: Identity; re?: string; ts?: Date } = {},
  ): Buffer {
    const code = parts.code ?? '000000';
    const ts = changes.ts ?? new Date();
    const content = {
      v: 1,
      typ: 'rsp',
      re: changes.re ?? received.re,
      code,
      cls: wireCodes[code].cls,
      msg: wireCodes[code].msg,
      ts: ts.toISOString(),
      body: parts.body ?? {},
      ...(parts.receipt ? { receipt: Buffer.from(parts.receipt).toString('base64') } : {}),
      ...(parts.dup === undefined ? {} : { dup: parts.dup }),
    };
    return this.signContent(content, ts, changes.as);
  }

  signContent(content: unknown, at = new Date(), as = this.#identities.centre): Buffer {
    const bytes = Buffer.from(JSON.stringify(content));
    return signWithSoftwareKey(bytes, as.certificateDer, as.privateKey, at);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const packed = Buffer.concat(chunks);
    const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(packed) : packed;
    const contentType = request.headers['content-type'] ?? '';
    const received: Received = {
      bytes,
      contentType,
      request: readRequest(bytes),
      re: createHash('sha256').update(bytes).digest('hex'),
    };
    this.received.push(received);
    await this.script(received, response, request);
  }
}

/** The JSON of a request, inside a CMS or plain: the content stands in it byte for byte. */
function readRequest(bytes: Buffer): WireRequest {
  const start = bytes.indexOf('{"v":1,"typ":"req"');
  const text = bytes.subarray(start).toString('utf8');
  return JSON.parse(text.slice(0, lengthOfJson(text))) as WireRequest;
}

function lengthOfJson(text: string): number {
  let depth = 0;
  let isText = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (isText) {
      if (character === '\\') i += 1;
      else if (character === '"') isText = false;
    } else if (character === '"') isText = true;
    else if (character === '{') depth += 1;
    else if (character === '}' && (depth -= 1) === 0) return i + 1;
  }
  throw new Error('no complete JSON');
}

export function helloBody(changes: { serverTime?: Date; minimumClient?: string } = {}) {
  const now = changes.serverTime ?? new Date();
  return {
    challenge: '5a'.repeat(32),
    challengeExpires: new Date(now.getTime() + 60_000).toISOString(),
    serverTime: now.toISOString(),
    minimumClient: changes.minimumClient ?? '0.1.0',
  };
}
