import { X509Certificate } from 'node:crypto';
import { prepareSigned } from '../../cms/sign.ts';
import { type CmsFaultReason, verifySigned } from '../../cms/verify.ts';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { Clock, KeySign } from '../ports.ts';

/** The clerk's certificate and the way to its key. The key itself, and its PIN, are never here. */
export interface KeySigner {
  readonly certificateDer: Uint8Array;
  readonly keySign: KeySign;
  /** Certificate authorities of the bank. */
  readonly anchors: readonly X509Certificate[];
  readonly clock: Clock;
}

/** The certificate's fault, not the signature's: another try with the same key ends the same way. */
const certificateFaults: ReadonlySet<CmsFaultReason> = new Set([
  'certificate',
  'key',
  'issuer',
  'validity',
  'signer',
]);

/**
 * One signed message, verified by ourselves before anybody uses it: a driver may return a wrong
 * signature, or one of another key. Failures: those of the key, KEY_SIGNATURE_BAD,
 * CERTIFICATE_REFUSED.
 */
export async function signByKey(
  signer: KeySigner,
  content: Uint8Array,
): Promise<Result<Uint8Array>> {
  const signingTime = new Date(signer.clock.nowMs());
  const prepared = prepareSigned(content, signer.certificateDer, signingTime);
  const signed = await signer.keySign(prepared.toBeSigned);
  if (!signed.ok) return signed;
  const cms = prepared.assemble(signed.value);
  const verified = verifySigned(cms, {
    anchors: signer.anchors,
    atMs: signer.clock.nowMs(),
    acceptSigner: (certificate) => certificate.raw.equals(signer.certificateDer),
  });
  if (verified.ok && verified.content.equals(content)) return succeed(cms);
  if (verified.ok) return fail('KEY_SIGNATURE_BAD', 'the content is not ours');
  const code = certificateFaults.has(verified.fault) ? 'CERTIFICATE_REFUSED' : 'KEY_SIGNATURE_BAD';
  return fail(code, `${verified.fault}: ${verified.detail}`);
}

/** Bytes handed in from outside: only what Node and the CMS both read as a certificate goes on. */
export function readCertificate(der: Uint8Array): Result<X509Certificate> {
  try {
    const certificate = new X509Certificate(der);
    prepareSigned(new Uint8Array(), der, new Date(0));
    return succeed(certificate);
  } catch (error) {
    return fail('CERTIFICATE_REFUSED', error instanceof Error ? error.message : String(error));
  }
}
