import asn1 from 'node-forge/lib/asn1.js';
import type { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Asn1Node,
  contextTag,
  encodeDer,
  nullValue,
  objectIdentifier,
  octetString,
  parseDer,
  sequence,
  setOf,
  smallInteger,
} from '../../../electron/cms/der.ts';
import { attributeTypes, issuerAndSerial } from '../../../electron/cms/profile.ts';
import { signWithSoftwareKey } from '../../../electron/cms/sign.ts';
import { type CmsFaultReason, type CmsTrust, verifySigned } from '../../../electron/cms/verify.ts';
import {
  signVariant,
  toIndefiniteLength,
  toLongerLength,
  type Variant,
} from '../../fixtures/cms-variant.ts';
import {
  createAuthority,
  createUnitLeaf,
  NOT_AFTER,
  NOT_BEFORE,
  type TestAuthority,
  type TestIdentity,
  UNIT_ACCOUNT,
  VALID_AT,
} from '../../fixtures/pki.ts';
import { makeOrderContent } from '../../fixtures/signed-order.ts';

const SHA1_OID = '1.3.14.3.2.26';
const RSA_OID = '1.2.840.113549.1.1.1';
const SHA1_RSA_OID = '1.2.840.113549.1.1.5';
const ENVELOPED_OID = '1.2.840.113549.1.7.3';
const GENERALIZED_TIME = 24;

const content = makeOrderContent();
let authority: TestAuthority;
let stranger: TestAuthority;
let unit: TestIdentity;
let sibling: TestIdentity;
let trust: CmsTrust;
let good: Buffer;

beforeAll(async () => {
  authority = await createAuthority();
  stranger = await createAuthority();
  unit = await createUnitLeaf(authority);
  sibling = await createUnitLeaf(authority, '9900000002');
  trust = { anchors: [stranger.certificate, authority.certificate], atMs: VALID_AT.getTime() };
  good = signWithSoftwareKey(content, unit.certificateDer, unit.privateKey, VALID_AT);
});

const seen = new Set<CmsFaultReason>();

function faultOf(cms: Uint8Array, overrides: Partial<CmsTrust> = {}): string {
  const result = verifySigned(cms, { ...trust, ...overrides });
  if (result.ok) return 'accepted';
  expect(result.detail).not.toBe('');
  seen.add(result.fault);
  return result.fault;
}

function faultOfVariant(variant: Variant, signer = unit): string {
  return faultOf(signVariant(content, signer, variant));
}

function algorithm(oid: string): Asn1Node {
  return sequence(objectIdentifier(oid), nullValue());
}

/** Replaces the value of one attribute and keeps the order DER asks for. */
function withAttribute(name: keyof typeof attributeTypes, value: Asn1Node) {
  const type = encodeDer(attributeTypes[name]);
  return (attributes: Asn1Node[]) =>
    attributes
      .map((attribute) => {
        const isIt = encodeDer(attribute).includes(type);
        return isIt ? sequence(attributeTypes[name], setOf(value)) : attribute;
      })
      .sort((a, b) => Buffer.compare(encodeDer(a), encodeDer(b)));
}

test('a message of its own is accepted, with content, time and signer', () => {
  const result = verifySigned(good, trust);
  if (!result.ok) throw new Error(`${result.fault}: ${result.detail}`);
  expect(result.content.equals(content)).toBe(true);
  expect(result.signingTime).toEqual(VALID_AT);
  expect(result.certificate.subject).toContain(`serialNumber=${UNIT_ACCOUNT}`);
  expect(result.certificate.issuer).toContain('示例银行企业网银证书中心');
});

test('the variant builder without a change gives the very same bytes', () => {
  expect(signVariant(content, unit).equals(good)).toBe(true);
});

describe('other parts than the profile has', () => {
  test('a second certificate', () => {
    const certificates = [parseDer(unit.certificateDer), parseDer(authority.certificateDer)];
    expect(faultOfVariant({ certificates })).toBe('structure');
  });

  test('no certificate', () => {
    expect(faultOfVariant({ certificates: [] })).toBe('structure');
  });

  test('a second signer', () => {
    expect(faultOfVariant({ extraSigner: true })).toBe('structure');
  });

  test('unsigned attributes', () => {
    const extra = sequence(attributeTypes.contentType, setOf(octetString(Buffer.from('x'))));
    expect(faultOfVariant({ signerExtra: [contextTag(1, [extra])] })).toBe('structure');
  });

  test('content in a constructed OCTET STRING', () => {
    const halves = [content.subarray(0, 100), content.subarray(100)].map(octetString);
    const constructed = asn1.create(0x00, 4, true, halves);
    expect(faultOfVariant({ content: constructed })).toBe('structure');
  });

  test('another content type, another version, another kind of message', () => {
    const enveloped = objectIdentifier(ENVELOPED_OID);
    expect(faultOfVariant({ contentType: enveloped })).toBe('structure');
    expect(faultOfVariant({ version: 3 })).toBe('structure');
    const inner = contextTag(0, [octetString(content)]);
    expect(faultOf(encodeDer(sequence(enveloped, inner)))).toBe('structure');
  });

  test('a signer id that names another certificate', () => {
    const signerId = issuerAndSerial(parseDer(sibling.certificateDer));
    if (!signerId) throw new Error('no signer id');
    expect(faultOfVariant({ signerId })).toBe('structure');
  });
});

describe('signed attributes', () => {
  test('reordered', () => {
    expect(faultOfVariant({ attributes: (all) => [...all].reverse() })).toBe('attributes');
  });

  test('repeated', () => {
    const attributes = (all: Asn1Node[]) => [...all.slice(0, 1), ...all];
    expect(faultOfVariant({ attributes })).toBe('attributes');
  });

  test.each([0, 1, 2, 3])('number %i left out', (left) => {
    const attributes = (all: Asn1Node[]) => all.filter((_, index) => index !== left);
    expect(faultOfVariant({ attributes })).toBe('attributes');
  });

  test('one more, with another time', () => {
    const other = sequence(
      attributeTypes.signingTime,
      setOf(asn1.create(0x00, 23, false, '270101000000Z')),
    );
    const attributes = (all: Asn1Node[]) =>
      [...all, other].sort((a, b) => Buffer.compare(encodeDer(a), encodeDer(b)));
    expect(faultOfVariant({ attributes })).toBe('attributes');
  });

  test('a time in another form', () => {
    const time = asn1.create(0x00, GENERALIZED_TIME, false, '20261121020000Z');
    expect(faultOfVariant({ attributes: withAttribute('signingTime', time) })).toBe('attributes');
  });

  test('a time no calendar has', () => {
    const time = asn1.create(0x00, 23, false, '269921020000Z');
    expect(faultOfVariant({ attributes: withAttribute('signingTime', time) })).toBe('encoding');
  });

  test('the reference of another certificate', () => {
    const digest = octetString(Buffer.alloc(32, 7));
    const reference = sequence(sequence(sequence(digest)));
    const attributes = withAttribute('signingCertificateV2', reference);
    expect(faultOfVariant({ attributes })).toBe('attributes');
  });

  test('another content type', () => {
    const attributes = withAttribute('contentType', objectIdentifier(ENVELOPED_OID));
    expect(faultOfVariant({ attributes })).toBe('attributes');
  });

  test('the hash of other content', () => {
    const attributes = withAttribute('messageDigest', octetString(Buffer.alloc(32, 1)));
    expect(faultOfVariant({ attributes })).toBe('digest');
    const other = octetString(Buffer.from('{"v":1}'));
    expect(faultOfVariant({ content: other })).toBe('digest');
  });
});

describe('encoding', () => {
  test('indefinite length of BER', () => {
    expect(faultOf(toIndefiniteLength(good))).toBe('encoding');
  });

  test('a length spelled longer than DER allows', () => {
    const longer = toLongerLength(good);
    expect(faultOf(longer)).toBe('encoding');
    // Only the comparison with the rebuilt bytes can tell it: everything else about it is right.
    expect(verifySigned(longer, trust)).toHaveProperty('detail', 'not the canonical encoding');
  });

  test('trailing, missing and no bytes', () => {
    expect(faultOf(Buffer.concat([good, Buffer.from([0])]))).toBe('encoding');
    expect(faultOf(good.subarray(0, -1))).toBe('encoding');
    expect(faultOf(Buffer.alloc(0))).toBe('encoding');
  });

  test('an HTML page', () => {
    expect(faultOf(Buffer.from('<html><body>502 Bad Gateway</body></html>'))).toBe('encoding');
  });

  test('values nested deeper than any message', () => {
    let node = nullValue();
    for (let depth = 0; depth < 40; depth += 1) node = sequence(node);
    expect(faultOf(encodeDer(node))).toBe('encoding');
  });

  test('millions of empty values are refused before they cost memory', () => {
    const body = Buffer.alloc(15 * 1024 * 1024, Buffer.from([0x30, 0x00]));
    const header = Buffer.from([0x30, 0x83, 0xf0, 0x00, 0x00]);
    const startMs = performance.now();
    expect(faultOf(Buffer.concat([header, body]))).toBe('encoding');
    expect(performance.now() - startMs).toBeLessThan(500);
  });

  test('larger than allowed, before anything is parsed', () => {
    expect(faultOf(good, { sizeMaxBytes: good.byteLength - 1 })).toBe('size');
    expect(faultOf(good, { sizeMaxBytes: good.byteLength })).toBe('accepted');
  });
});

describe('algorithms and keys', () => {
  test('SHA-1', () => {
    const variant = { digest: algorithm(SHA1_OID), algorithm: algorithm(SHA1_RSA_OID) };
    expect(faultOfVariant({ ...variant, hash: 'sha1' })).toBe('algorithm');
  });

  test('plain rsaEncryption, the other name for the same signature', () => {
    expect(faultOfVariant({ algorithm: algorithm(RSA_OID) })).toBe('algorithm');
  });

  test('digest algorithm without its NULL', () => {
    const bare = sequence(objectIdentifier('2.16.840.1.101.3.4.2.1'));
    expect(faultOfVariant({ digest: bare })).toBe('algorithm');
  });

  test('RSA of 1024 bits', async () => {
    const weak = await createUnitLeaf(authority, UNIT_ACCOUNT, { rsaBits: 1024 });
    expect(faultOfVariant({}, weak)).toBe('key');
  });

  test('RSA with exponent 3', async () => {
    const publicExponent = new Uint8Array([3]);
    const weak = await createUnitLeaf(authority, UNIT_ACCOUNT, { publicExponent });
    expect(faultOfVariant({}, weak)).toBe('key');
  });

  test('an elliptic key', async () => {
    const elliptic = await createUnitLeaf(authority, UNIT_ACCOUNT, { elliptic: true });
    expect(faultOfVariant({}, elliptic)).toBe('key');
  });

  test("another key's signature", () => {
    const forged = { ...unit, privateKey: sibling.privateKey };
    expect(faultOfVariant({}, forged)).toBe('signature');
  });
});

describe('trust', () => {
  test('an issuer of the same name that is not pinned', () => {
    expect(faultOf(good, { anchors: [stranger.certificate] })).toBe('issuer');
    expect(faultOf(good, { anchors: [] })).toBe('issuer');
  });

  test('an anchor that is no CA', () => {
    expect(faultOf(good, { anchors: [unit.certificate] })).toBe('issuer');
  });

  test('a CA certificate as signer', async () => {
    const ca = await createUnitLeaf(authority, UNIT_ACCOUNT, { isCa: true });
    expect(faultOfVariant({}, ca)).toBe('certificate');
    expect(faultOfVariant({}, authority)).toBe('certificate');
  });

  test('a certificate that is not one', () => {
    const body = sequence(smallInteger(1), nullValue(), sequence(), sequence());
    const fake = sequence(body, nullValue(), octetString(Buffer.alloc(8)));
    const signerId = issuerAndSerial(fake);
    if (!signerId) throw new Error('no signer id');
    expect(faultOfVariant({ certificates: [fake], signerId })).toBe('certificate');
  });

  test("not valid at the centre's time, whatever this computer says", () => {
    const atMs = (date: Date, shiftMs: number) => ({ atMs: date.getTime() + shiftMs });
    expect(faultOf(good, atMs(NOT_BEFORE, -1_000))).toBe('validity');
    expect(faultOf(good, atMs(NOT_BEFORE, 0))).toBe('accepted');
    expect(faultOf(good, atMs(NOT_AFTER, 0))).toBe('accepted');
    expect(faultOf(good, atMs(NOT_AFTER, 1_000))).toBe('validity');
  });

  test("signed too far from the centre's time", () => {
    const atMs = VALID_AT.getTime() + 61_000;
    expect(faultOf(good, { atMs })).toBe('accepted');
    expect(faultOf(good, { atMs, skewMaxMs: 61_000 })).toBe('accepted');
    expect(faultOf(good, { atMs, skewMaxMs: 60_000 })).toBe('skew');
    expect(faultOf(good, { atMs: VALID_AT.getTime() - 61_000, skewMaxMs: 60_000 })).toBe('skew');
  });

  test('a good certificate that is not the one due', () => {
    const accept = (account: string) => (certificate: X509Certificate) =>
      certificate.subject.split('\n').includes(`serialNumber=${account}`);
    expect(faultOf(good, { acceptSigner: accept(UNIT_ACCOUNT) })).toBe('accepted');
    expect(faultOf(good, { acceptSigner: accept('9900000002') })).toBe('signer');
  });
});

test('every reason has been met by a case above', () => {
  const all: Record<CmsFaultReason, true> = {
    size: true,
    encoding: true,
    structure: true,
    algorithm: true,
    attributes: true,
    digest: true,
    certificate: true,
    key: true,
    signature: true,
    issuer: true,
    validity: true,
    skew: true,
    signer: true,
  };
  expect([...seen].sort()).toEqual(Object.keys(all).sort());
});
