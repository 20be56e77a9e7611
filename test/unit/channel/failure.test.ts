import { describe, expect, test } from 'vitest';
import { connectFailure, exchangeFailure } from '../../../electron/data/channel/failure.ts';
import { isOlderVersion } from '../../../electron/data/channel/version.ts';
import { catalogue } from '../../../shared/errors/catalogue.ts';

const withCode = (code: string) => Object.assign(new Error('broken'), { code });

describe('before the gateway was proven', () => {
  test.each([
    ['CERT_HAS_EXPIRED', 'GATEWAY_DATE'],
    ['CERT_NOT_YET_VALID', 'GATEWAY_DATE'],
    ['ECONNREFUSED', 'GATEWAY_UNREACHABLE'],
    ['ENOTFOUND', 'GATEWAY_UNREACHABLE'],
    ['ECONNRESET', 'GATEWAY_UNREACHABLE'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'GATEWAY_UNTRUSTED'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'GATEWAY_UNTRUSTED'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'GATEWAY_UNTRUSTED'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'GATEWAY_UNTRUSTED'],
    ['SOMETHING_NEW', 'GATEWAY_UNTRUSTED'],
  ])('%s is %s, and nothing has arrived', (code, expected) => {
    const failure = connectFailure(withCode(code));
    expect(failure.code).toBe(expected);
    expect(failure.detail).toContain(code);
    expect(catalogue[failure.code].mayHaveArrived).toBe(false);
  });

  test('several addresses tried in turn are spoken for by the last', () => {
    const error = new AggregateError([withCode('ENETUNREACH'), withCode('ECONNREFUSED')]);
    expect(connectFailure(error).code).toBe('GATEWAY_UNREACHABLE');
  });
});

test.each([
  ['ECONNRESET', 'RECEIVE_FAILED'],
  ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'RECEIVE_FAILED'],
  ['HPE_INVALID_CONSTANT', 'ANSWER_UNPROVEN'],
])('after it, %s is %s, and the message may have arrived', (code, expected) => {
  const failure = exchangeFailure(withCode(code));
  expect(failure.code).toBe(expected);
  expect(catalogue[failure.code].mayHaveArrived).toBe(true);
});

test.each([
  ['0.1.0', '0.1.0', false],
  ['0.1.0', '0.1.1', true],
  ['0.9.9', '0.10.0', true],
  ['1.0', '0.9.9', false],
  ['0.2.0-beta.1', '0.2.0', false],
  ['0.1.0', '', false],
])('version %s against at least %s: older %s', (version, minimum, expected) => {
  expect(isOlderVersion(version, minimum)).toBe(expected);
});
