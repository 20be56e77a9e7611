import fc from 'fast-check';
import { constants, sign } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { prepareSigned, signWithSoftwareKey } from '../../../electron/cms/sign.ts';
import { verifySigned } from '../../../electron/cms/verify.ts';
import {
  createAuthority,
  createCentreSigner,
  type TestAuthority,
  type TestIdentity,
  VALID_AT,
} from '../../fixtures/pki.ts';

let authority: TestAuthority;
let centre: TestIdentity;

beforeAll(async () => {
  authority = await createAuthority();
  centre = await createCentreSigner(authority);
});

function trust() {
  return { anchors: [authority.certificate], atMs: VALID_AT.getTime() };
}

test('a signature made elsewhere over toBeSigned completes the message', () => {
  const content = Buffer.from('{"v":1,"typ":"rsp"}');
  const prepared = prepareSigned(content, centre.certificateDer, VALID_AT);
  const key = { key: centre.privateKey, padding: constants.RSA_PKCS1_PADDING };
  const cms = prepared.assemble(sign('sha256', prepared.toBeSigned, key));
  expect(verifySigned(cms, trust())).toMatchObject({ ok: true, content });
});

test('the same arguments give the same bytes, so a message can be re-made and compared', () => {
  const make = () =>
    signWithSoftwareKey(Buffer.from('回执'), centre.certificateDer, centre.privateKey, VALID_AT);
  expect(make().equals(make())).toBe(true);
});

test('a wrong signature is assembled but never verified', () => {
  const prepared = prepareSigned(Buffer.from('x'), centre.certificateDer, VALID_AT);
  const cms = prepared.assemble(Buffer.alloc(256, 1));
  expect(verifySigned(cms, trust())).toMatchObject({ ok: false, fault: 'signature' });
});

test('any content comes back byte for byte', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), (content) => {
      const cms = signWithSoftwareKey(content, centre.certificateDer, centre.privateKey, VALID_AT);
      const result = verifySigned(cms, trust());
      expect(result.ok && result.content.equals(content)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('no bytes make the verifier throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(verifySigned(bytes, trust()).ok).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('a view into a larger buffer is read as the view, not as the buffer', () => {
  const cms = signWithSoftwareKey(
    Buffer.from('视图'),
    centre.certificateDer,
    centre.privateKey,
    VALID_AT,
  );
  const padded = Buffer.concat([Buffer.alloc(7), cms, Buffer.alloc(9)]);
  const view = new Uint8Array(padded.buffer, padded.byteOffset + 7, cms.byteLength);
  expect(verifySigned(view, trust()).ok).toBe(true);
});

test('a time UTCTime cannot hold and a certificate that is not DER are refused before signing', () => {
  const certificate = centre.certificateDer;
  const content = Buffer.from('x');
  const inYear = (year: number) => new Date(Date.UTC(year, 5, 1));
  expect(() => prepareSigned(content, certificate, inYear(2050))).toThrow(RangeError);
  expect(() => prepareSigned(content, certificate, inYear(1949))).toThrow(RangeError);
  expect(() => prepareSigned(content, certificate, new Date(Number.NaN))).toThrow(RangeError);
  const twice = Buffer.concat([certificate, certificate]);
  expect(() => prepareSigned(content, twice, VALID_AT)).toThrow();
  expect(() => prepareSigned(content, Buffer.from([0x30, 0x00]), VALID_AT)).toThrow(TypeError);
});
