import { constants, verify, X509Certificate } from 'node:crypto';
import {
  type Asn1Node,
  type Bytes,
  encodeDer,
  membersOf,
  octetsOf,
  parseDer,
  setOf,
  utcTimeOf,
} from './der.ts';
import {
  assembleSignedData,
  type Attribute,
  attributeTypes,
  certificateReference,
  dataType,
  digestAlgorithm,
  hashSha256,
  issuerAndSerial,
  signatureAlgorithm,
  signedAttributes,
  signedDataType,
  versionOne,
} from './profile.ts';

const CMS_BYTES_MAX = 16 * 1024 * 1024;
const RSA_BITS_MIN = 2048;
const RSA_EXPONENT_MIN = 65537n;

export interface CmsTrust {
  /** The pinned authorities; a signer must be issued by one of them directly. */
  readonly anchors: readonly X509Certificate[];
  /** The centre's time, never this computer's. */
  readonly atMs: number;
  /** Last word on the signer: the pinned centre, or the unit account in the subject. */
  readonly acceptSigner?: (certificate: X509Certificate) => boolean;
  readonly sizeMaxBytes?: number;
  /** How far the signing time may lie from `atMs`; unlimited when left out. */
  readonly skewMaxMs?: number;
}

export interface VerifiedCms {
  readonly ok: true;
  readonly content: Bytes;
  readonly signingTime: Date;
  readonly certificate: X509Certificate;
}

export type CmsFaultReason =
  | 'size' // larger than allowed, not even parsed
  | 'encoding' // not DER, or not the bytes this content and signature would have
  | 'structure' // other parts than the profile has
  | 'algorithm' // another digest or signature algorithm
  | 'attributes' // signed attributes missing, repeated, out of order, or of another certificate
  | 'digest' // the content is not the one that was signed
  | 'certificate' // unreadable, or a CA where a leaf is due
  | 'key' // not RSA of at least 2048 bits
  | 'signature'
  | 'issuer' // not issued by a pinned authority
  | 'validity' // certificate not valid at the centre's time
  | 'skew' // signing time too far from the centre's time
  | 'signer'; // a good certificate, but not the one that is due

export interface CmsFault {
  readonly ok: false;
  readonly fault: CmsFaultReason;
  /** For the help desk and the log. */
  readonly detail: string;
}

/**
 * Verifies a message of the profile in `profile.ts` and nothing else. Whatever the bytes are, the
 * answer is a value; only an `acceptSigner` that throws is let through.
 *
 * The last step rebuilds the message from what was read and requires equal bytes, so a message has
 * exactly one accepted spelling and its hash identifies it.
 */
export function verifySigned(cms: Uint8Array, trust: CmsTrust): VerifiedCms | CmsFault {
  const sizeMaxBytes = trust.sizeMaxBytes ?? CMS_BYTES_MAX;
  if (cms.byteLength > sizeMaxBytes) {
    return refuse('size', `${cms.byteLength} bytes, at most ${sizeMaxBytes}`);
  }
  const message = readMessage(cms);
  if ('fault' in message) return message;
  const fault =
    findContentFault(message) ?? findSignatureFault(message) ?? findTrustFault(message, trust);
  if (fault) return fault;
  if (!rebuild(message).equals(cms)) return refuse('encoding', 'not the canonical encoding');
  const { content, signingTime, certificate } = message;
  return { ok: true, content, signingTime, certificate };
}

/** What was read; nothing in it is believed yet. */
interface Message {
  readonly content: Bytes;
  readonly certificateNode: Asn1Node;
  readonly certificateDer: Bytes;
  readonly certificate: X509Certificate;
  readonly signerId: Asn1Node;
  readonly attributes: readonly Asn1Node[];
  readonly signingTime: Date;
  readonly signature: Bytes;
}

function refuse(fault: CmsFaultReason, detail: string): CmsFault {
  return { ok: false, fault, detail };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isSame(node: Asn1Node | undefined, expected: Asn1Node): boolean {
  return node !== undefined && encodeDer(node).equals(encodeDer(expected));
}

function readMessage(cms: Uint8Array): Message | CmsFault {
  let root: Asn1Node;
  try {
    root = parseDer(cms);
  } catch (error) {
    return refuse('encoding', describe(error));
  }
  const outer = membersOf(root, 'sequence');
  const signedData = membersOf(membersOf(outer?.[1], { contextTag: 0 })?.[0], 'sequence');
  if (!isSame(outer?.[0], signedDataType) || signedData?.length !== 5) {
    return refuse('structure', 'not SignedData of five parts');
  }
  const [version, digests, encapsulated, certificates, signers] = signedData;
  const certificateList = membersOf(certificates, { contextTag: 0 });
  if (certificateList?.length !== 1) return refuse('structure', 'not exactly one certificate');
  const signerList = membersOf(signers, 'set');
  if (signerList?.length !== 1) return refuse('structure', 'not exactly one signer');
  if (!isSame(version, versionOne)) return refuse('structure', 'version');
  if (!isSame(digests, setOf(digestAlgorithm))) return refuse('algorithm', 'digest algorithms');
  const content = readContent(encapsulated);
  if (!content) return refuse('structure', 'content is not data in one primitive OCTET STRING');
  return readSigner(content, certificateList[0], signerList[0]);
}

function readContent(encapsulated: Asn1Node | undefined): Bytes | null {
  const members = membersOf(encapsulated, 'sequence');
  const wrapped = membersOf(members?.[1], { contextTag: 0 });
  const isData = members?.length === 2 && isSame(members[0], dataType);
  return isData && wrapped?.length === 1 ? octetsOf(wrapped[0]) : null;
}

function readSigner(
  content: Bytes,
  certificateNode: Asn1Node | undefined,
  signer: Asn1Node | undefined,
): Message | CmsFault {
  const parts = membersOf(signer, 'sequence');
  if (!certificateNode || parts?.length !== 6) return refuse('structure', 'signer parts');
  const [version, signerId, digest, attributeSet, algorithm, signatureNode] = parts;
  if (!isSame(version, versionOne)) return refuse('structure', 'signer version');
  if (!isSame(digest, digestAlgorithm)) return refuse('algorithm', 'digest is not SHA-256');
  if (!isSame(algorithm, signatureAlgorithm)) return refuse('algorithm', 'not SHA-256 with RSA');
  const attributes = membersOf(attributeSet, { contextTag: 0 });
  const signature = octetsOf(signatureNode);
  const dueId = issuerAndSerial(certificateNode);
  if (!attributes || !signature || !signerId) return refuse('structure', 'signer parts');
  if (!dueId || !isSame(signerId, dueId)) {
    return refuse('structure', 'the signer named is not the certificate included');
  }
  const times = findAttribute(attributes, 'signingTime');
  const signingTime = times.length === 1 ? utcTimeOf(times[0]) : null;
  if (!signingTime) return refuse('attributes', 'not exactly one signing time');
  const certificateDer = encodeDer(certificateNode);
  try {
    const certificate = new X509Certificate(certificateDer);
    return {
      content,
      certificateNode,
      certificateDer,
      certificate,
      signerId,
      attributes,
      signingTime,
      signature,
    };
  } catch (error) {
    return refuse('certificate', describe(error));
  }
}

/** The single values of every attribute of this type. */
function findAttribute(attributes: readonly Asn1Node[], name: Attribute): (Asn1Node | undefined)[] {
  return attributes.flatMap((attribute) => {
    const parts = membersOf(attribute, 'sequence');
    if (parts?.length !== 2 || !isSame(parts[0], attributeTypes[name])) return [];
    const values = membersOf(parts[1], 'set');
    return values?.length === 1 ? [values[0]] : [];
  });
}

function findContentFault(message: Message): CmsFault | null {
  const { attributes, content, certificateDer } = message;
  const encoded = attributes.map(encodeDer);
  for (const [index, der] of encoded.entries()) {
    const before = encoded[index - 1];
    if (before && Buffer.compare(before, der) >= 0) {
      return refuse('attributes', 'not sorted, or repeated');
    }
  }
  if (encoded.length !== Object.keys(attributeTypes).length) {
    return refuse('attributes', `${encoded.length} signed attributes`);
  }
  if (!isSame(findAttribute(attributes, 'contentType')[0], dataType)) {
    return refuse('attributes', 'content type');
  }
  const reference = findAttribute(attributes, 'signingCertificateV2')[0];
  if (!isSame(reference, certificateReference(certificateDer))) {
    return refuse('attributes', 'the certificate named is not the one included');
  }
  const digest = octetsOf(findAttribute(attributes, 'messageDigest')[0]);
  if (!digest?.equals(hashSha256(content))) return refuse('digest', 'content and digest differ');
  return null;
}

function findSignatureFault(message: Message): CmsFault | null {
  let isGood: boolean;
  try {
    // A certificate may parse and still hold a key OpenSSL cannot read: then the getter throws.
    const key = message.certificate.publicKey;
    const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
    if (key.asymmetricKeyType !== 'rsa' || modulusLength < RSA_BITS_MIN) {
      return refuse('key', `${key.asymmetricKeyType ?? 'unknown'}, ${modulusLength} bits`);
    }
    if (publicExponent < RSA_EXPONENT_MIN) return refuse('key', `exponent ${publicExponent}`);
    const signedBytes = encodeDer(setOf(...message.attributes));
    const scheme = { key, padding: constants.RSA_PKCS1_PADDING };
    isGood = verify('sha256', signedBytes, scheme, message.signature);
  } catch (error) {
    return refuse('key', describe(error));
  }
  return isGood ? null : refuse('signature', 'the signature does not match');
}

function findTrustFault(message: Message, trust: CmsTrust): CmsFault | null {
  const { certificate, signingTime } = message;
  if (certificate.ca) return refuse('certificate', 'a CA certificate does not sign messages');
  if (!trust.anchors.some((anchor) => isIssuedBy(certificate, anchor))) {
    return refuse('issuer', `issued by ${certificate.issuer.replaceAll('\n', ', ')}`);
  }
  const isValid =
    trust.atMs >= Date.parse(certificate.validFrom) &&
    trust.atMs <= Date.parse(certificate.validTo);
  if (!isValid) {
    return refuse('validity', `valid ${certificate.validFrom} to ${certificate.validTo}`);
  }
  const skewMs = signingTime.getTime() - trust.atMs;
  if (trust.skewMaxMs !== undefined && Math.abs(skewMs) > trust.skewMaxMs) {
    return refuse('skew', `signing time off by ${skewMs} ms`);
  }
  if (trust.acceptSigner && !trust.acceptSigner(certificate)) {
    return refuse('signer', certificate.subject.replaceAll('\n', ', '));
  }
  return null;
}

function isIssuedBy(certificate: X509Certificate, anchor: X509Certificate): boolean {
  return anchor.ca && certificate.checkIssued(anchor) && certificate.verify(anchor.publicKey);
}

function rebuild(message: Message): Bytes {
  const { content, certificateNode, certificateDer, signerId, signature, signingTime } = message;
  const attributes = signedAttributes(content, certificateDer, signingTime);
  return assembleSignedData({
    content,
    certificate: certificateNode,
    signerId,
    attributes,
    signature,
  });
}
