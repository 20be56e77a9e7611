import { createHash, verify, X509Certificate } from 'node:crypto';
import { fail, type Result } from '../../../shared/errors/result.ts';

/** The two that only the clerk has: the password, as scrypt makes it, and signatures of the key. */
export interface Unlocking {
  readonly passwordKey: Uint8Array;
  /** SHA-256 of the certificate the signatures are verified with. */
  readonly certificateHash: string;
  readonly sign: (toBeSigned: Uint8Array) => Promise<Result<Uint8Array>>;
}

/** A signature that is not by the key of the certificate fails with KEY_SIGNATURE_BAD. */
export function unlockingBy(
  passwordKey: Uint8Array,
  certificateDer: Uint8Array,
  keySign: (toBeSigned: Uint8Array) => Promise<Result<Uint8Array>>,
): Unlocking {
  return {
    passwordKey,
    certificateHash: certificateHashOf(certificateDer),
    sign: async (toBeSigned) => {
      const signed = await keySign(toBeSigned);
      if (!signed.ok) return signed;
      const { publicKey } = new X509Certificate(certificateDer);
      const isTrue = verify('sha256', toBeSigned, publicKey, signed.value);
      return isTrue ? signed : fail('KEY_SIGNATURE_BAD', 'not by the key of the certificate');
    },
  };
}

/** SHA-256, hex. */
export function certificateHashOf(certificateDer: Uint8Array): string {
  return createHash('sha256').update(certificateDer).digest('hex');
}
