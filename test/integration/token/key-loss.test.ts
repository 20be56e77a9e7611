import { verify, X509Certificate } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type KeyAndCertificate, makeAuthority } from '../../../electron/demo/certificates.ts';
import { DEMO_KEY_LABEL, makeDemoKey } from '../../../electron/demo/key/demo-key.ts';
import type { TokenLogin } from '../../../shared/ipc/token.ts';
import { HostBench, lacksFaultModule, TokenBench, waitFor } from './token-bench.ts';

const reason = lacksFaultModule();
const PIN = '246810';
const UNIT_ACCOUNT = '9900000001';
const input = Buffer.from('签名属性 SET OF');

let bank: KeyAndCertificate;
let bench: TokenBench;
let host: HostBench;

async function logIn(): Promise<TokenLogin> {
  const listing = await host.call.list({
    bankAnchorsPem: [bank.certificatePem],
    unitAccount: UNIT_ACCOUNT,
    centreTimeMs: Date.parse('2026-11-21T02:00:00Z'),
  });
  if (!listing.ok) throw new Error(`list: ${listing.code} ${listing.detail}`);
  const [certificate] = listing.value.certificates;
  if (!certificate) throw new Error('no certificate');
  const { tokenSerial, fingerprint } = certificate;
  const entry = { tokenSerial, fingerprint, pin: PIN, confirmLastTry: false };
  const login = await host.call.login(entry);
  if (!login.ok) throw new Error(`login: ${login.code} ${login.detail}`);
  return login.value;
}

async function signCode(): Promise<string> {
  const signed = await host.signSoon(input);
  return signed.ok ? 'signed' : signed.code;
}

describe('the key or its driver is lost', () => {
  beforeAll(async () => {
    bank = await makeAuthority({ C: 'CN', O: '演示银行', CN: '演示网银盾根证书' });
  });

  beforeEach(async (context) => {
    context.skip(reason !== null, reason ?? '');
    bench = new TokenBench();
    await makeDemoKey(
      {
        bank,
        holder: { unitAccount: UNIT_ACCOUNT, unitName: '示例机械制造有限公司', userName: '经办员' },
        pin: PIN,
        soPin: '87654321',
        label: DEMO_KEY_LABEL,
      },
      { kind: 'pkcs11', modulePath: bench.softHsm },
    );
    bench.setFaults('');
    host = await new HostBench(bench, bench.provider('faulty')).start();
    const { value } = (await host.call.info({})) as { value: { driver: { modulePath: string } } };
    console.info(`token ${DEMO_KEY_LABEL} through ${value.driver.modulePath}`);
  });

  afterEach(async () => {
    if (reason !== null) return;
    await host.stop();
    bench.remove();
  });

  it('signs what verifies with the certificate that was logged in', async () => {
    const { certificateDer } = await logIn();
    const signed = await host.call.sign({ toBeSigned: input });
    if (!signed.ok) throw new Error(signed.code);
    const { publicKey } = new X509Certificate(certificateDer);
    expect(verify('sha256', input, publicKey, signed.value.signature)).toBe(true);
  });

  it('pulled between login and sign: told, ended by itself, and a fresh process works', async () => {
    const before = await logIn();
    bench.setFaults('removed 1');
    expect(await signCode()).toBe('KEY_REMOVED');
    await waitFor('the intended exit', () => host.log.includes('token: ended with 71'));
    bench.setFaults('');
    const after = await logIn();
    expect(after.serial).toBe(before.serial);
    expect(await signCode()).toBe('signed');
    expect(host.presences.slice(0, 2)).toEqual([
      { present: true, tokens: [{ label: DEMO_KEY_LABEL, serial: before.serial }] },
      { present: false, tokens: [] },
    ]);
  });

  it('a pull is noticed within the poll, without any call, and no login follows in that process', async () => {
    await logIn();
    const logins = bench.countCalls('C_Login');
    bench.setFaults('removed 1');
    await waitFor('the event', () => host.presences.at(-1)?.present === false, 3_000);
    await waitFor('the intended exit', () => host.log.includes('token: ended with 71'));
    expect(bench.countCalls('C_Login')).toBe(logins);
  });

  it('pulled and put back within a moment is still a removal', async () => {
    const { serial } = await logIn();
    expect(await signCode()).toBe('signed');
    bench.setFaults('removed 1', 'C_SignInit delay 400');
    const underWay = signCode();
    await new Promise((resolve) => setTimeout(resolve, 200));
    bench.setFaults('');
    expect(await underWay).toBe('KEY_REMOVED');
    await waitFor('the intended exit', () => host.log.includes('token: ended with 71'));
    expect(host.presences.slice(0, 2)).toEqual([
      { present: true, tokens: [{ label: DEMO_KEY_LABEL, serial }] },
      expect.objectContaining({ present: false }),
    ]);
    await logIn();
    expect(await signCode()).toBe('signed');
  });

  it('a process that has seen a removal answers every call with it until it ends', async () => {
    await logIn();
    bench.setFaults('C_SignInit rv 0x32');
    expect(await signCode()).toBe('KEY_REMOVED');
    expect(await host.call.presence({})).toMatchObject({ code: 'KEY_REMOVED' });
    expect(await signCode()).toBe('KEY_REMOVED');
  });

  it('no key yet is an empty list, and plugging it in is told', async () => {
    bench.setFaults('removed 1');
    await waitFor('the intended exit', () => host.log.includes('token: ended with 71'));
    const absent = await host.call.presence({});
    expect(absent).toEqual({ ok: true, value: { present: false, tokens: [] } });
    bench.setFaults('');
    await waitFor('the event', () => host.presences.at(-1)?.present === true, 3_000);
    await logIn();
    expect(await signCode()).toBe('signed');
  });

  it('a driver that hangs is killed at the deadline and a fresh process signs', async () => {
    await logIn();
    bench.setFaults('C_Sign hang 1');
    expect(await signCode()).toBe('HOST_LATE');
    bench.setFaults('');
    await logIn();
    expect(await signCode()).toBe('signed');
    expect(host.log.join(' ')).toContain('sign was late');
  });

  it('a driver that crashes in C_Sign takes only its own process along', async () => {
    await logIn();
    bench.setFaults('C_Sign crash 1');
    expect(await signCode()).toBe('HOST_DIED');
    bench.setFaults('');
    await logIn();
    expect(await signCode()).toBe('signed');
  });

  it('a signature with one bit wrong is not handed out', async () => {
    await logIn();
    bench.setFaults('C_Sign flip 1');
    expect(await signCode()).toBe('KEY_SIGNATURE_BAD');
    bench.setFaults('');
    expect(await signCode()).toBe('signed');
  });

  it('an operation the driver kept is cleared without another PIN', async () => {
    await logIn();
    // The failed C_Sign leaves SoftHSM's operation open, as CKR_OPERATION_ACTIVE would tell.
    bench.setFaults('C_Sign rv 0x54 1');
    expect(await signCode()).toBe('KEY_DRIVER_FAILED');
    bench.setFaults('C_SignInit rv 0x90 1');
    expect(await signCode()).toBe('signed');
    expect(bench.countCalls('C_Login')).toBe(1);
  });

  it('a driver that fails while the key is there ends with the code that counts as a crash', async () => {
    await logIn();
    bench.setFaults('C_Sign rv 0x30');
    expect(await signCode()).toBe('KEY_DRIVER_FAILED');
    await waitFor('the exit', () => host.log.includes('token: ended with 72'));
    bench.setFaults('');
    await logIn();
    expect(await signCode()).toBe('signed');
  });

  it('a slow driver is waited for', async () => {
    await logIn();
    bench.setFaults('C_Sign delay 400');
    expect(await signCode()).toBe('signed');
  });
});
