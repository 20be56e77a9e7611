import { createHash } from 'node:crypto';
import {
  type Asn1Node,
  type Bytes,
  contextTag,
  encodeDer,
  isContextTag,
  membersOf,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  smallInteger,
  utcTime,
} from './der.ts';

/**
 * The one shape of SignedData this program writes and accepts: one certificate, one signer,
 * SHA-256 with RSA (PKCS #1 v1.5), four signed attributes in DER order, content inside.
 */

const oids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
};

export type Attribute = 'contentType' | 'messageDigest' | 'signingTime' | 'signingCertificateV2';

export const versionOne = smallInteger(1);
export const dataType = objectIdentifier(oids.data);
export const signedDataType = objectIdentifier(oids.signedData);
export const digestAlgorithm = sequence(objectIdentifier(oids.sha256), nullValue());
export const signatureAlgorithm = sequence(objectIdentifier(oids.sha256WithRsa), nullValue());
export const attributeTypes: Readonly<Record<Attribute, Asn1Node>> = {
  contentType: objectIdentifier(oids.contentType),
  messageDigest: objectIdentifier(oids.messageDigest),
  signingTime: objectIdentifier(oids.signingTime),
  signingCertificateV2: objectIdentifier(oids.signingCertificateV2),
};

export function hashSha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** SigningCertificateV2 with one ESSCertIDv2; SHA-256 is its default, so DER leaves it out. */
export function certificateReference(certificateDer: Uint8Array): Asn1Node {
  return sequence(sequence(sequence(octetString(hashSha256(certificateDer)))));
}

/**
 * Issuer name and serial number exactly as they stand in the certificate, never re-encoded from
 * text. Null when `certificate` has no such parts.
 */
export function issuerAndSerial(certificate: Asn1Node): Asn1Node | null {
  const body = membersOf(membersOf(certificate, 'sequence')?.[0], 'sequence');
  if (!body) return null;
  const serialAt = isContextTag(body[0], 0) ? 1 : 0;
  const serial = body[serialAt];
  const issuer = body[serialAt + 2];
  return serial && issuer ? sequence(issuer, serial) : null;
}

/** The signed attributes in DER order (SET OF is sorted by encoding). */
export function signedAttributes(
  content: Uint8Array,
  certificateDer: Uint8Array,
  signingTime: Date,
): Asn1Node[] {
  const values: Record<Attribute, Asn1Node> = {
    contentType: dataType,
    messageDigest: octetString(hashSha256(content)),
    signingTime: utcTime(signingTime),
    signingCertificateV2: certificateReference(certificateDer),
  };
  return (Object.keys(values) as Attribute[])
    .map((name) => sequence(attributeTypes[name], setOf(values[name])))
    .map((node) => ({ node, der: encodeDer(node) }))
    .sort((a, b) => Buffer.compare(a.der, b.der))
    .map(({ node }) => node);
}

export interface SignedParts {
  readonly content: Uint8Array;
  readonly certificate: Asn1Node;
  readonly signerId: Asn1Node;
  readonly attributes: Asn1Node[];
  readonly signature: Uint8Array;
}

export function assembleSignedData(parts: SignedParts): Bytes {
  const signer = sequence(
    versionOne,
    parts.signerId,
    digestAlgorithm,
    contextTag(0, parts.attributes),
    signatureAlgorithm,
    octetString(parts.signature),
  );
  const signedData = sequence(
    versionOne,
    setOf(digestAlgorithm),
    sequence(dataType, contextTag(0, [octetString(parts.content)])),
    contextTag(0, [parts.certificate]),
    setOf(signer),
  );
  return encodeDer(sequence(signedDataType, contextTag(0, [signedData])));
}
