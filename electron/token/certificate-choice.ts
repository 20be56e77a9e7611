import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import type { CertificateDescription, CertificateRule } from '../../shared/ipc/token.ts';
import type { CertificateFound, KeyEvidence } from './key-driver.ts';

const RSA_BITS_MIN = 2_048;

export interface ChoiceTerms {
  /** The pinned certificates of the bank's CA; nothing else vouches for a key. */
  readonly anchors: readonly X509Certificate[];
  readonly unitAccount: string;
  /** Time of the centre, not of this computer. */
  readonly centreTimeMs: number;
}

/** A certificate as listed, with what a later login and signature need of it. */
export interface ListedCertificate {
  readonly description: CertificateDescription;
  readonly publicKey: KeyObject | null;
}

/**
 * Reads one certificate and judges it. Never throws for its content: what cannot be read is
 * listed as `unreadable`, so that one strange certificate does not hide the others.
 */
export function judgeCertificate(
  tokenSerial: string,
  found: CertificateFound,
  terms: ChoiceTerms,
): ListedCertificate {
  const fingerprint = createHash('sha256').update(found.der).digest('hex');
  const common = { tokenSerial, id: found.id, fingerprint, certificateDer: found.der };
  const read = readCertificate(found.der);
  if (read === null) {
    const texts = { subject: '', commonName: '', issuer: '', serialNumber: '' };
    const dates = { notBefore: '', notAfter: '' };
    const description = { ...common, ...texts, ...dates, usable: 'unreadable' as const };
    return { description, publicKey: null };
  }
  const { certificate, publicKey } = read;
  const description: CertificateDescription = {
    ...common,
    subject: joinName(certificate.subject),
    commonName: readAttribute(certificate.subject, 'CN'),
    issuer: joinName(certificate.issuer),
    serialNumber: certificate.serialNumber,
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
    usable: findFailedRule(certificate, publicKey, found.key, terms) ?? true,
  };
  return { description, publicKey };
}

function readCertificate(
  der: Uint8Array,
): { certificate: X509Certificate; publicKey: KeyObject } | null {
  try {
    const certificate = new X509Certificate(der);
    // The getter throws for algorithms the crypto library does not know (SM2 in some builds).
    return { certificate, publicKey: certificate.publicKey };
  } catch {
    return null;
  }
}

function findFailedRule(
  certificate: X509Certificate,
  publicKey: KeyObject,
  key: KeyEvidence,
  terms: ChoiceTerms,
): CertificateRule | null {
  if (publicKey.asymmetricKeyType !== 'rsa') return 'notRsa';
  if ((publicKey.asymmetricKeyDetails?.modulusLength ?? 0) < RSA_BITS_MIN) return 'keyTooSmall';
  if (key.state === 'absent') return 'noPrivateKey';
  if (key.state === 'present' && !matchesModulus(publicKey, key.modulus)) return 'modulusDiffers';
  if (certificate.ca) return 'isCa';
  if (!terms.anchors.some((anchor) => isIssuedBy(certificate, anchor))) return 'issuerUnknown';
  if (terms.centreTimeMs < Date.parse(certificate.validFrom)) return 'notYetValid';
  if (terms.centreTimeMs > Date.parse(certificate.validTo)) return 'expired';
  if (!namesUnit(certificate.subject, terms.unitAccount)) return 'unitMissing';
  return null;
}

function isIssuedBy(certificate: X509Certificate, anchor: X509Certificate): boolean {
  return certificate.checkIssued(anchor) && certificate.verify(anchor.publicKey);
}

/** A modulus the token would not show is no contradiction: each signature is verified anyway. */
export function matchesModulus(publicKey: KeyObject, modulus: Uint8Array | null): boolean {
  if (modulus === null) return true;
  const own = publicKey.export({ format: 'jwk' }).n;
  return own === Buffer.from(stripZeros(modulus)).toString('base64url');
}

function stripZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first <= 0 ? bytes : bytes.subarray(first);
}

/** The account stands alone in some attribute of the subject, not inside a longer number. */
function namesUnit(subject: string, unitAccount: string): boolean {
  return new RegExp(`(?<!\\d)${unitAccount}(?!\\d)`).test(subject);
}

/** Node gives one `KEY=value` per line, in UTF-8. */
function joinName(name: string): string {
  return name.split('\n').join(', ');
}

function readAttribute(name: string, key: string): string {
  const line = name.split('\n').find((part) => part.startsWith(`${key}=`));
  return line?.slice(key.length + 1) ?? '';
}
