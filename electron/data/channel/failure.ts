import { fail, type Failure } from '../../../shared/errors/result.ts';

/**
 * What a broken connection means for the bytes that were to be sent. A connection counts as made
 * once TLS has proven the gateway; before that not one byte of a message has left this computer.
 */

/** OpenSSL's words for "the date is wrong": the clerk is told to look at this computer's clock. */
const dateCodes: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** The network itself: nobody listens, no route, no such name, hung up in the middle of a handshake. */
const networkCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
]);

/** Failure before the gateway was proven: nothing has left this computer. */
export function connectFailure(error: unknown): Failure {
  const code = codeOf(error);
  if (dateCodes.has(code)) return fail('GATEWAY_DATE', textOf(error));
  if (networkCodes.has(code)) return fail('GATEWAY_UNREACHABLE', textOf(error));
  return fail('GATEWAY_UNTRUSTED', textOf(error));
}

/** Failure after it: the message may have arrived. A reply that is not HTTP proves nothing. */
export function exchangeFailure(error: unknown): Failure {
  const isGarbled = codeOf(error).startsWith('HPE_');
  return fail(isGarbled ? 'ANSWER_UNPROVEN' : 'RECEIVE_FAILED', textOf(error));
}

export function textOf(error: unknown): string {
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  return code === '' || text.includes(code) ? text : `${code}: ${text}`;
}

export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  // Several addresses tried in turn (localhost as ::1 and 127.0.0.1): the last one speaks for all.
  if (error instanceof AggregateError) return codeOf(error.errors.at(-1));
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
