import { Agent, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import type { Gateway } from '../../../shared/ipc/data.ts';
import { CONNECT_DEADLINE_MS } from '../../../shared/wire/limits.ts';

/** What the connection itself says, read off it at run time. */
export interface TlsFacts {
  readonly protocol: string;
  readonly cipher: string;
  readonly gatewaySubject: string;
}

type Connected = (error: Error | null, stream: Duplex) => void;

/** Read once, when the gateway is proven: a connection used again no longer has the certificate at hand. */
const factsOf = new WeakMap<TLSSocket, TlsFacts>();

const TLS_VERSION = 'TLSv1.3';
const IDLE_SOCKETS_MAX = 2;

/**
 * Connections to the one gateway: TLS 1.3, its configured authorities and no others, its name
 * checked. A socket is handed out only after the gateway was proven, so a request that has a socket
 * may have left, and one that has none has not.
 */
export class GatewayAgent extends Agent {
  readonly #gateway: Gateway;

  /** `kept`: connections stay open for the next request; `fresh`: each request has its own. */
  constructor(gateway: Gateway, connections: 'kept' | 'fresh') {
    const keepAlive = connections === 'kept';
    super({ keepAlive, maxFreeSockets: IDLE_SOCKETS_MAX, maxCachedSessions: 0 });
    this.#gateway = gateway;
  }

  override createConnection(_options: RequestOptions, callback?: Connected): Duplex | undefined {
    if (!callback) throw new TypeError('the gateway is connected to asynchronously');
    const socket = this.#connect();
    let isSettled = false;
    const settle = (error: Error | null) => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      if (error) socket.destroy();
      callback(error, socket);
    };
    const timer = setTimeout(() => {
      const late = new Error(`no connection within ${CONNECT_DEADLINE_MS} ms`);
      settle(Object.assign(late, { code: 'ETIMEDOUT' }));
    }, CONNECT_DEADLINE_MS);
    socket.once('secureConnect', () => {
      if (socket.authorized) factsOf.set(socket, describeConnection(socket));
      settle(socket.authorized ? null : new Error(String(socket.authorizationError)));
    });
    socket.on('error', settle);
    socket.once('close', () => {
      settle(Object.assign(new Error('closed in the handshake'), { code: 'ECONNRESET' }));
    });
    return undefined;
  }

  #connect(): TLSSocket {
    const { host, port, serverName, gatewayCaPem } = this.#gateway;
    return connect({
      host,
      port,
      // An address is no SNI name; the certificate's name is checked in either case.
      servername: /^[\d.]+$|:/.test(serverName) ? '' : serverName,
      ca: [...gatewayCaPem],
      minVersion: TLS_VERSION,
      maxVersion: TLS_VERSION,
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: true,
      checkServerIdentity: (_name, certificate) => checkServerIdentity(serverName, certificate),
    });
  }
}

/** Of a connection this agent has handed out. */
export function readTlsFacts(socket: TLSSocket): TlsFacts {
  const facts = factsOf.get(socket);
  if (!facts) throw new Error('a connection that was never proven');
  return facts;
}

function describeConnection(socket: TLSSocket): TlsFacts {
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().standardName,
    gatewaySubject: (socket.getPeerX509Certificate()?.subject ?? '').replaceAll('\n', ', '),
  };
}
