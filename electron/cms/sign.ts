import { constants, type KeyObject, sign } from 'node:crypto';
import { type Bytes, encodeDer, parseDer, setOf } from './der.ts';
import { assembleSignedData, issuerAndSerial, signedAttributes } from './profile.ts';

/** UTCTime, the form CMS prescribes for these years. */
const SIGNING_YEAR_MIN = 1950;
const SIGNING_YEAR_MAX = 2049;

export interface PreparedCms {
  /** What the key signs with SHA256_RSA_PKCS: the DER of SET OF signed attributes. */
  readonly toBeSigned: Bytes;
  /** The finished message. It is not checked here: run `verifySigned` before it is used. */
  assemble(signature: Uint8Array): Bytes;
}

/**
 * First phase of signing. The same arguments always give the same bytes; `signingTime` counts to
 * the second. Throws when the certificate is not DER (it would be changed on its way) or the time
 * cannot be written: both are for the caller to rule out when the certificate is chosen.
 */
export function prepareSigned(
  content: Uint8Array,
  certificateDer: Uint8Array,
  signingTime: Date,
): PreparedCms {
  const year = signingTime.getUTCFullYear();
  if (!(year >= SIGNING_YEAR_MIN && year <= SIGNING_YEAR_MAX)) {
    throw new RangeError(`signing time outside ${SIGNING_YEAR_MIN}-${SIGNING_YEAR_MAX}`);
  }
  const certificate = parseDer(certificateDer);
  const signerId = issuerAndSerial(certificate);
  if (!signerId || !encodeDer(certificate).equals(certificateDer)) {
    throw new TypeError('the certificate is not a DER certificate');
  }
  const attributes = signedAttributes(content, certificateDer, signingTime);
  return {
    toBeSigned: encodeDer(setOf(...attributes)),
    assemble: (signature) =>
      assembleSignedData({ content, certificate, signerId, attributes, signature }),
  };
}

/** Both phases with an RSA key held in memory: the demo centre's own answers and receipts. */
export function signWithSoftwareKey(
  content: Uint8Array,
  certificateDer: Uint8Array,
  privateKey: KeyObject,
  signingTime: Date,
): Bytes {
  const prepared = prepareSigned(content, certificateDer, signingTime);
  const key = { key: privateKey, padding: constants.RSA_PKCS1_PADDING };
  return prepared.assemble(sign('sha256', prepared.toBeSigned, key));
}
