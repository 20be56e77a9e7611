import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** Makes RSA keys and certificates for practice; nothing in real use is issued here. */
const SIGNING = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
};
const AUTHORITY_BITS = 3072;
const LEAF_BITS = 2048;

/**
 * Wide on purpose: the demo centre's clock may be set to any filing window since 2010, and a
 * certificate that ends in the middle of a practice would teach nothing.
 */
const VALID_FROM = new Date('2009-01-01T00:00:00Z');
const VALID_TO = new Date('2049-01-01T00:00:00Z');

export interface KeyAndCertificate {
  readonly certificatePem: string;
  /** PKCS#8. */
  readonly privateKeyPem: string;
}

/** Subject attributes, each written as UTF8String: `{ CN: '…', O: '…' }`. */
export type SubjectName = Readonly<Record<string, string>>;

export interface LeafTerms {
  readonly subject: SubjectName;
  readonly purpose: 'tlsServer' | 'signing';
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

export async function makeAuthority(subject: SubjectName): Promise<KeyAndCertificate> {
  const keys = await makeKeyPair(AUTHORITY_BITS);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: makeSerial(),
      name: nameOf(subject),
      notBefore: VALID_FROM,
      notAfter: VALID_TO,
      signingAlgorithm: SIGNING,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(
          x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
          true,
        ),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return { certificatePem: pemOf(certificate), privateKeyPem: await exportKey(keys.privateKey) };
}

/** A key pair made here with a certificate of `authority`. */
export async function makeLeaf(
  authority: KeyAndCertificate,
  terms: LeafTerms,
): Promise<KeyAndCertificate> {
  const keys = await makeKeyPair(LEAF_BITS);
  const spki = Buffer.from(await webcrypto.subtle.exportKey('spki', keys.publicKey));
  const certificatePem = await certify(authority, spki, terms);
  return { certificatePem, privateKeyPem: await exportKey(keys.privateKey) };
}

/** A certificate for a public key (SubjectPublicKeyInfo) that was made elsewhere, such as on a token. */
export async function certify(
  authority: KeyAndCertificate,
  publicKeySpki: Uint8Array,
  terms: LeafTerms,
): Promise<string> {
  const issuer = new x509.X509Certificate(authority.certificatePem);
  const spki = Uint8Array.from(publicKeySpki);
  const publicKey = await webcrypto.subtle.importKey('spki', spki, SIGNING, true, ['verify']);
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: makeSerial(),
      subject: nameOf(terms.subject),
      issuer: issuer.subjectName,
      notBefore: terms.notBefore ?? VALID_FROM,
      notAfter: terms.notAfter ?? VALID_TO,
      signingAlgorithm: SIGNING,
      publicKey,
      signingKey: await importKey(authority.privateKeyPem),
      extensions: await leafExtensions(issuer, publicKey, terms),
    },
    webcrypto,
  );
  return pemOf(certificate);
}

const secondUsage = {
  tlsServer: x509.KeyUsageFlags.keyEncipherment,
  signing: x509.KeyUsageFlags.nonRepudiation,
} as const;

async function leafExtensions(
  issuer: x509.X509Certificate,
  publicKey: webcrypto.CryptoKey,
  terms: LeafTerms,
): Promise<x509.Extension[]> {
  const extensions: x509.Extension[] = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(
      x509.KeyUsageFlags.digitalSignature | secondUsage[terms.purpose],
      true,
    ),
    await x509.SubjectKeyIdentifierExtension.create(publicKey, false, webcrypto),
    await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey, false, webcrypto),
  ];
  if (terms.purpose === 'tlsServer') {
    const names = [
      ...(terms.dnsNames ?? []).map((value) => ({ type: 'dns' as const, value })),
      ...(terms.ipAddresses ?? []).map((value) => ({ type: 'ip' as const, value })),
    ];
    extensions.push(
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names),
    );
  }
  return extensions;
}

async function makeKeyPair(modulusLength: number): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey({ ...SIGNING, modulusLength }, true, ['sign', 'verify']);
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

async function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = x509.PemConverter.decodeFirst(pem);
  return webcrypto.subtle.importKey('pkcs8', der, SIGNING, false, ['sign']);
}

function nameOf(subject: SubjectName): x509.Name {
  return new x509.Name(
    Object.entries(subject).map(([key, text]) => ({ [key]: [{ utf8String: text }] })),
  );
}

function pemOf(certificate: x509.X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}

/** 16 random bytes, positive. */
function makeSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}
