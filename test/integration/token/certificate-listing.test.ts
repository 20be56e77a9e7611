import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CertificateDescription } from '../../../shared/ipc/token.ts';
import {
  createAuthority,
  createUnitLeaf,
  UNIT_ACCOUNT,
  UNIT_NAME,
  VALID_AT,
  type TestAuthority,
  type TestIdentity,
} from '../../fixtures/pki.ts';
import { HostBench, lacksSoftHsm, TokenBench } from './token-bench.ts';
import { stockToken, type StockItem } from './token-stock.ts';

const reason = lacksSoftHsm();
const PIN = '123456';
const LABEL = '示例银行网银盾';

function item(id: string, identity: TestIdentity, own = identity): StockItem {
  return { id, certificateDer: identity.certificateDer, privateKey: own.privateKey };
}

async function makeStock(bank: TestAuthority, other: TestAuthority): Promise<StockItem[]> {
  const good = await createUnitLeaf(bank);
  const year = (number: number) => new Date(`${String(number)}-01-01T00:00:00Z`);
  const elliptic = await createUnitLeaf(bank, UNIT_ACCOUNT, { elliptic: true });
  return [
    item('01', good),
    { id: '02', certificateDer: Buffer.from('30820001ff', 'hex') },
    { id: '03', certificateDer: elliptic.certificateDer },
    item('04', await createUnitLeaf(bank, UNIT_ACCOUNT, { rsaBits: 1024 })),
    { id: '05', certificateDer: (await createUnitLeaf(bank)).certificateDer },
    item('06', await createUnitLeaf(bank), await createUnitLeaf(bank)),
    item('07', await createUnitLeaf(bank, UNIT_ACCOUNT, { isCa: true })),
    item('08', await createUnitLeaf(other)),
    item('09', await createUnitLeaf(bank, UNIT_ACCOUNT, { notBefore: year(2030) })),
    item('0a', await createUnitLeaf(bank, UNIT_ACCOUNT, { notAfter: year(2026) })),
    item('0b', await createUnitLeaf(bank, `${UNIT_ACCOUNT}7`)),
  ];
}

beforeEach((context) => {
  context.skip(reason !== null, reason ?? '');
});

describe('certificates on a real token', () => {
  let bench: TokenBench;
  let host: HostBench;
  let bank: TestAuthority;
  let serial: string;
  let certificates: readonly CertificateDescription[];

  beforeAll(async () => {
    if (reason !== null) return;
    bench = new TokenBench();
    bank = await createAuthority();
    // The foreign authority bears the same name: only the signature tells the two apart.
    const items = await makeStock(bank, await createAuthority());
    serial = stockToken(bench.softHsm, { label: LABEL, pin: PIN, items });
    host = await new HostBench(bench, bench.provider('plain')).start();
    const listing = await host.call.list({
      bankAnchorsPem: [bank.certificate.toString()],
      unitAccount: UNIT_ACCOUNT,
      centreTimeMs: VALID_AT.getTime(),
    });
    if (!listing.ok) throw new Error(listing.code);
    certificates = listing.value.certificates;
    console.info(`token ${listing.value.tokens[0]?.label ?? ''} of ${bench.softHsm}`);
  });

  afterAll(async () => {
    if (reason !== null) return;
    await host.stop();
    bench.remove();
  });

  it.each([
    ['01', true],
    ['02', 'unreadable'],
    ['03', 'notRsa'],
    ['04', 'keyTooSmall'],
    ['05', 'noPrivateKey'],
    ['06', 'modulusDiffers'],
    ['07', 'isCa'],
    ['08', 'issuerUnknown'],
    ['09', 'notYetValid'],
    ['0a', 'expired'],
    ['0b', 'unitMissing'],
  ] as const)('certificate %s is judged %s', (id, usable) => {
    expect(certificates.filter((one) => one.id === id).map((one) => one.usable)).toEqual([usable]);
  });

  it('reads Chinese names, dates and the bytes as they are', () => {
    const good = certificates.find((one) => one.id === '01');
    expect(good).toMatchObject({
      tokenSerial: serial,
      commonName: `${UNIT_NAME}@${UNIT_ACCOUNT}`,
      notBefore: '2025-01-01T00:00:00.000Z',
      notAfter: '2035-01-01T00:00:00.000Z',
    });
    expect(good?.subject).toContain(UNIT_NAME);
    expect(good?.issuer).toContain('示例银行股份有限公司');
    const certificate = new X509Certificate(good?.certificateDer ?? new Uint8Array());
    expect(good?.fingerprint).toBe(certificate.fingerprint256.replaceAll(':', '').toLowerCase());
  });

  it('names the token and leaves the uninitialised slot out', async () => {
    const info = await host.call.info({});
    expect(info).toMatchObject({
      ok: true,
      value: {
        driver: { kind: 'pkcs11', modulePath: bench.softHsm, library: 'Implementation of PKCS11' },
        tokens: [{ label: LABEL, serial, failedTries: 0, pinAdvice: 'ask' }],
        loggedIn: null,
      },
    });
  });

  it('logs in with the usable certificate only, and signs what verifies', async () => {
    const choose = (id: string) => certificates.find((one) => one.id === id)?.fingerprint ?? '';
    const entry = { tokenSerial: serial, pin: PIN, confirmLastTry: false };
    for (const { id } of certificates.filter((one) => one.usable !== true)) {
      expect(await host.call.login({ ...entry, fingerprint: choose(id) })).toMatchObject({
        code: 'KEY_NO_CERTIFICATE',
      });
    }
    expect(await host.call.sign({ toBeSigned: new Uint8Array([1]) })).toMatchObject({
      code: 'KEY_NOT_LOGGED_IN',
    });
    const login = await host.call.login({ ...entry, fingerprint: choose('01') });
    expect(login).toMatchObject({ ok: true, value: { label: LABEL, serial } });
    const signed = await host.call.sign({ toBeSigned: Buffer.from('示例内容') });
    expect(signed.ok && signed.value.signature.byteLength).toBe(256);
    expect(await host.call.logout({})).toEqual({ ok: true, value: null });
    expect(await host.call.sign({ toBeSigned: new Uint8Array([1]) })).toMatchObject({
      code: 'KEY_NOT_LOGGED_IN',
    });
  });

  it('refuses bytes over the limit before they reach the key', async () => {
    const large = await host.call.sign({ toBeSigned: new Uint8Array(65_537) });
    expect(large).toMatchObject({ ok: false, code: 'REQUEST_INVALID' });
  });
});

describe('a token that shows no key before the login', () => {
  it('checks the private key at the login instead', async () => {
    const bench = new TokenBench();
    const bank = await createAuthority();
    const [own, foreign] = [await createUnitLeaf(bank), await createUnitLeaf(bank)];
    const hidden = { hidePublicKey: true } as const;
    const serial = stockToken(bench.softHsm, {
      label: LABEL,
      pin: PIN,
      items: [
        { id: '01', certificateDer: own.certificateDer, privateKey: own.privateKey, ...hidden },
        {
          id: '02',
          certificateDer: foreign.certificateDer,
          privateKey: own.privateKey,
          ...hidden,
        },
        { id: '03', certificateDer: (await createUnitLeaf(bank)).certificateDer },
      ],
    });
    const host = await new HostBench(bench, bench.provider('plain')).start();
    try {
      const listing = await host.call.list({
        bankAnchorsPem: [bank.certificate.toString()],
        unitAccount: UNIT_ACCOUNT,
        centreTimeMs: VALID_AT.getTime(),
      });
      const certificates = listing.ok ? listing.value.certificates : [];
      expect(certificates.map((one) => one.usable)).toEqual([true, true, true]);
      const outcomes = new Map<string, string>();
      for (const { id, fingerprint } of certificates) {
        const login = await host.call.login({
          tokenSerial: serial,
          fingerprint,
          pin: PIN,
          confirmLastTry: false,
        });
        outcomes.set(id, login.ok ? 'in' : `${login.code} ${login.detail}`);
      }
      expect(Object.fromEntries(outcomes)).toEqual({
        '01': 'in',
        '02': 'KEY_PRIVATE_MISSING modulusDiffers',
        '03': 'KEY_PRIVATE_MISSING noPrivateKey',
      });
    } finally {
      await host.stop();
      bench.remove();
    }
  });
});
