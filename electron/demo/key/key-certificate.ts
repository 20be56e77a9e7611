import { X509Certificate } from 'node:crypto';
import { certify, type KeyAndCertificate } from '../certificates.ts';

/** Who the key is for; goes into the certificate's subject. */
export interface KeyHolder {
  readonly unitAccount: string;
  readonly unitName: string;
  readonly userName: string;
}

const SUBJECT_SERIAL_NUMBER = '2.5.4.5';

/** The bank's certificate over the public half of a unit's key. */
export async function issueKeyCertificate(
  bank: KeyAndCertificate,
  { unitAccount, unitName, userName }: KeyHolder,
  publicKeySpki: Uint8Array,
): Promise<X509Certificate> {
  const subject = {
    C: 'CN',
    O: unitName,
    OU: userName,
    CN: unitName,
    [SUBJECT_SERIAL_NUMBER]: unitAccount,
  };
  return new X509Certificate(await certify(bank, publicKeySpki, { subject, purpose: 'signing' }));
}

/** Whether a certificate found on a key still serves: this bank's, this unit's, valid today. */
export function isReusable(
  der: Uint8Array,
  bank: KeyAndCertificate,
  { unitAccount, unitName }: KeyHolder,
): boolean {
  const certificate = new X509Certificate(der);
  const issuer = new X509Certificate(bank.certificatePem);
  const subject = certificate.subject.split('\n');
  return (
    certificate.checkIssued(issuer) &&
    certificate.verify(issuer.publicKey) &&
    Date.parse(certificate.validTo) > Date.now() &&
    subject.includes(`serialNumber=${unitAccount}`) &&
    subject.includes(`CN=${unitName}`)
  );
}
