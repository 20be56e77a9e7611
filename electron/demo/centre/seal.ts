import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { signWithSoftwareKey } from '../../cms/sign.ts';
import type { KeyAndCertificate } from '../certificates.ts';

/** The centre's signing key and name: seals answers and receipts. */
export class CentreSeal {
  readonly name: string;
  readonly #certificateDer: Buffer;
  readonly #privateKey: KeyObject;

  constructor({ certificatePem, privateKeyPem }: KeyAndCertificate) {
    const certificate = new X509Certificate(certificatePem);
    this.name = /^CN=(.+)$/m.exec(certificate.subject)?.[1] ?? '';
    this.#certificateDer = certificate.raw;
    this.#privateKey = createPrivateKey(privateKeyPem);
  }

  /** CMS SignedData (DER) over the content's JSON. */
  seal(content: unknown, nowMs: number): Buffer {
    const bytes = Buffer.from(JSON.stringify(content), 'utf8');
    return signWithSoftwareKey(bytes, this.#certificateDer, this.#privateKey, new Date(nowMs));
  }
}

export function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
