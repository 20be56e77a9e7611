import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type KeyAndCertificate, makeAuthority } from '../../../electron/demo/certificates.ts';
import { DEMO_KEY_LABEL, makeDemoKey } from '../../../electron/demo/key/demo-key.ts';
import type { DemoKeyOrder } from '../../../electron/demo/key/key-order.ts';
import type { CertificateDescription, TokenProvider } from '../../../shared/ipc/token.ts';
import { HostBench, lacksFaultModule, TokenBench, waitFor } from './token-bench.ts';

const reason = lacksFaultModule();
const PIN = '246810';
const WRONG = '111111';
const UNIT_ACCOUNT = '9900000001';
const holder = { unitAccount: UNIT_ACCOUNT, unitName: '示例机械制造有限公司', userName: '经办员' };

let bank: KeyAndCertificate;
let bench: TokenBench;
let host: HostBench;
/** What a test has started; nothing when it was skipped. */
const started: { host: HostBench; bench: TokenBench }[] = [];

function orderOf(): DemoKeyOrder {
  return { bank, holder, pin: PIN, soPin: '87654321', label: DEMO_KEY_LABEL };
}

async function makeKey(kind: 'pkcs11' | 'software'): Promise<TokenProvider> {
  if (kind === 'software') {
    const folder = join(bench.folder, 'soft');
    await makeDemoKey(orderOf(), { kind, folder });
    return { kind, folder };
  }
  await makeDemoKey(orderOf(), { kind, modulePath: bench.softHsm });
  bench.setFaults('pin tries 6');
  return bench.provider('faulty');
}

async function startWith(kind: 'pkcs11' | 'software'): Promise<void> {
  bench = new TokenBench();
  host = await new HostBench(bench, await makeKey(kind)).start();
  started.push({ host, bench });
}

/** The key's only certificate, and its token as the host sees it now. */
async function look(): Promise<{ certificate: CertificateDescription; advice: string }> {
  const listing = await host.call.list({
    bankAnchorsPem: [bank.certificatePem],
    unitAccount: UNIT_ACCOUNT,
    centreTimeMs: Date.parse('2026-11-21T02:00:00Z'),
  });
  if (!listing.ok) throw new Error(`${listing.code} ${listing.detail}`);
  const [certificate] = listing.value.certificates;
  const [token] = listing.value.tokens;
  if (!certificate || !token) throw new Error('the key is not listed');
  return { certificate, advice: token.pinAdvice };
}

/** The code of the outcome, or `in`. */
async function enter(pin: string, confirmLastTry = false): Promise<string> {
  const { tokenSerial, fingerprint } = (await look()).certificate;
  const login = await host.call.login({ tokenSerial, fingerprint, pin, confirmLastTry });
  return login.ok ? 'in' : login.code;
}

function recordedTries(): number {
  const { failed } = JSON.parse(readFileSync(bench.stateFile, 'utf8')) as {
    failed: Record<string, number>;
  };
  return Object.values(failed)[0] ?? 0;
}

beforeAll(async () => {
  bank = await makeAuthority({ C: 'CN', O: '演示银行', CN: '演示网银盾根证书' });
});

afterEach(async () => {
  for (const one of started.splice(0)) {
    await one.host.stop();
    one.bench.remove();
  }
});

describe.each(['pkcs11', 'software'] as const)('PIN entry on a %s key', (kind) => {
  beforeEach((context) => {
    context.skip(kind === 'pkcs11' && reason !== null, reason ?? '');
  });

  async function start(): Promise<void> {
    await startWith(kind);
    console.info(`token ${DEMO_KEY_LABEL} by ${kind} provider`);
  }

  it('a wrong PIN is told and counted; the right one logs in and clears the count', async () => {
    await start();
    expect((await look()).advice).toBe('ask');
    expect(await enter(WRONG)).toBe('PIN_WRONG');
    expect(recordedTries()).toBe(1);
    expect((await look()).advice).toBe('warnLow');
    expect(await enter(PIN)).toBe('in');
    expect(recordedTries()).toBe(0);
    expect((await look()).advice).toBe('ask');
    const signed = await host.call.sign({ toBeSigned: Buffer.from('示例') });
    expect(signed.ok).toBe(true);
  });

  it('the last try wants a confirmation, and a wrong one locks the key', async () => {
    await start();
    for (let spent = 1; spent <= 4; spent += 1) expect(await enter(WRONG)).toBe('PIN_WRONG');
    expect(await enter(WRONG)).toBe('PIN_WRONG_LAST_TRY');
    expect((await look()).advice).toBe('confirmLastTry');
    expect(await enter(PIN)).toBe('PIN_LAST_TRY_UNCONFIRMED');
    expect(recordedTries()).toBe(5);
    expect(await enter(WRONG, true)).toBe('PIN_LOCKED');
    expect((await look()).advice).toBe('refuse');
    expect(await enter(PIN, true)).toBe('PIN_LOCKED');
  });

  it('the confirmed last try with the right PIN logs in', async () => {
    await start();
    for (let spent = 1; spent <= 5; spent += 1) await enter(WRONG);
    expect(await enter(PIN, true)).toBe('in');
    expect((await look()).advice).toBe('ask');
  });

  it('a PIN of a wrong length costs no try', async () => {
    await start();
    for (const pin of ['', '1']) expect(await enter(pin)).toBe('PIN_FORMAT');
    expect((await look()).advice).toBe('ask');
    expect(await enter(PIN)).toBe('in');
  });

  it('a wrong PIN while logged in is not taken for a right one', async () => {
    await start();
    expect(await enter(PIN)).toBe('in');
    expect(await enter(WRONG)).toBe('PIN_WRONG');
    expect(await host.call.sign({ toBeSigned: new Uint8Array([1]) })).toMatchObject({
      code: 'KEY_NOT_LOGGED_IN',
    });
  });

  it('names in Chinese come through, and a second order finds the same key', async () => {
    await start();
    const { certificate } = await look();
    expect(certificate.commonName).toBe('示例机械制造有限公司');
    expect(certificate.usable).toBe(true);
    const target =
      kind === 'software'
        ? ({ kind, folder: join(bench.folder, 'soft') } as const)
        : ({ kind, modulePath: bench.softHsm } as const);
    const again = await makeDemoKey(orderOf(), target);
    expect(again).toMatchObject({ label: DEMO_KEY_LABEL, isNew: false });
    expect(new X509Certificate(again.certificatePem).raw.equals(certificate.certificateDer)).toBe(
      true,
    );
    const otherBank = await makeAuthority({ C: 'CN', O: '演示银行', CN: '另一个根证书' });
    const other = await makeDemoKey({ ...orderOf(), bank: otherBank }, target);
    expect(other.isNew).toBe(true);
  });
});

describe('the driver and the PIN', () => {
  beforeEach((context) => {
    context.skip(reason !== null, reason ?? '');
  });

  async function start(): Promise<void> {
    await startWith('pkcs11');
  }

  it('one entry is one C_Login, and refused entries are none', async () => {
    await start();
    await enter(WRONG);
    expect(bench.countCalls('C_Login')).toBe(1);
    await enter('1');
    expect(bench.countCalls('C_Login')).toBe(1);
    await enter(PIN);
    expect(bench.countCalls('C_Login')).toBe(2);
  });

  it('"already logged in" is no proof of the PIN and costs no try', async () => {
    await start();
    bench.setFaults('pin tries 6', 'C_Login rv 0x100');
    expect(await enter(PIN)).toBe('KEY_DRIVER_FAILED');
    expect(bench.countCalls('C_Login')).toBe(1);
    expect(recordedTries()).toBe(0);
    expect(await host.call.sign({ toBeSigned: new Uint8Array([1]) })).toMatchObject({
      code: 'KEY_NOT_LOGGED_IN',
    });
  });

  it('a driver that dies inside C_Login has spent one try, and the next process knows', async () => {
    await start();
    bench.setFaults('pin tries 6', 'C_Login crash 1');
    expect(await enter(PIN)).toBe('HOST_DIED');
    bench.setFaults('pin tries 6');
    expect(recordedTries()).toBe(1);
    expect((await look()).advice).toBe('warnLow');
    expect(await enter(PIN)).toBe('in');
    expect(recordedTries()).toBe(0);
  });

  it('our own count holds the last try back when the flags stay silent', async () => {
    await start();
    bench.setFaults('C_Login rv 0xa0');
    for (let spent = 1; spent <= 5; spent += 1) await enter(WRONG);
    expect(await enter(PIN)).toBe('PIN_LAST_TRY_UNCONFIRMED');
    bench.setFaults('');
    expect(await enter(PIN, true)).toBe('in');
  });

  it('a locked key whose flags stay silent is told by its answer', async () => {
    await start();
    bench.setFaults('C_Login rv 0xa4');
    expect(await enter(PIN)).toBe('PIN_LOCKED');
  });
});

it('a software key is removed by taking its folder away', async () => {
  await startWith('software');
  expect(await enter(PIN)).toBe('in');
  const folder = join(bench.folder, 'soft');
  renameSync(folder, `${folder}.away`);
  expect(await host.call.sign({ toBeSigned: new Uint8Array([1]) })).toMatchObject({
    code: 'KEY_REMOVED',
  });
  await waitFor('a fresh process', () => host.log.includes('token: ended with 71'));
  renameSync(`${folder}.away`, folder);
  expect(await enter(PIN)).toBe('in');
  expect(host.presences.map(({ present }) => present).slice(0, 2)).toEqual([true, false]);
});
