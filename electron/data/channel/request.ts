import { randomBytes } from 'node:crypto';
import { REQUEST_LIFE_MS } from '../../../shared/wire/limits.ts';
import { WIRE_VERSION, type Transaction, type WireRequest } from '../../../shared/wire/envelope.ts';

/** Who speaks to whom. */
export interface Parties {
  /** The centre's name. */
  readonly aud: string;
  readonly unit: string;
  readonly user: string;
}

export interface RequestParts {
  readonly tx: Transaction;
  readonly body: unknown;
  /** Session; left out before open. */
  readonly sid?: string;
  readonly sn?: string;
  readonly oid?: string;
  /** Version of the parameters the amounts were computed with. */
  readonly prm?: number;
}

/** The exact bytes of a request. Each call draws a nonce: call it once and keep what it gives. */
export function encodeRequest(parties: Parties, parts: RequestParts, nowMs: number): Buffer {
  const request: WireRequest = {
    v: WIRE_VERSION,
    typ: 'req',
    tx: parts.tx,
    aud: parties.aud,
    unit: parties.unit,
    user: parties.user,
    sid: parts.sid ?? '',
    sn: parts.sn ?? '',
    oid: parts.oid ?? '',
    exp: new Date(nowMs + REQUEST_LIFE_MS).toISOString(),
    ts: new Date(nowMs).toISOString(),
    nonce: randomBytes(32).toString('hex'),
    prm: parts.prm ?? 0,
    body: parts.body,
  };
  return Buffer.from(JSON.stringify(request), 'utf8');
}
