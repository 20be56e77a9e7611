import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ckr } from '../../../electron/token/ckr.ts';
import {
  DriverFault,
  type KeyDriver,
  type KeyEvidence,
  type TokenFound,
} from '../../../electron/token/key-driver.ts';
import { sign as signBytes, type KeyObject } from 'node:crypto';
import { TokenService } from '../../../electron/token/token-service.ts';
import { succeed } from '../../../shared/errors/result.ts';
import {
  PRESENCE_POLL_MS,
  RETIRE_DELAY_MS,
  tokenExitCodes,
  type TokenPresence,
} from '../../../shared/ipc/token.ts';
import { createAuthority, createUnitLeaf, UNIT_ACCOUNT, VALID_AT } from '../../fixtures/pki.ts';

/** A driver that does what a test says; for what SoftHSM cannot show, such as two keys. */
class ScriptedDriver implements KeyDriver {
  serials: string[] = ['A1', 'B2'];
  pollFault: number | null = null;
  certificateDer = new Uint8Array();
  privateKey: KeyObject | null = null;
  readonly calls: string[] = [];

  describe() {
    const [kind, text] = ['pkcs11' as const, 'scripted'];
    return { kind, modulePath: text, library: text, manufacturer: text, version: '1.0' };
  }

  readTokens(): TokenFound[] {
    if (this.pollFault !== null) throw new DriverFault('C_GetSlotList', this.pollFault);
    return this.serials.map((serial) => ({
      label: `网银盾${serial}`,
      serial,
      manufacturer: '',
      model: '',
      flags: {
        initialized: true,
        loginRequired: true,
        pinCountLow: false,
        pinFinalTry: false,
        pinLocked: false,
      },
      pinLength: { min: 4, max: 8 },
    }));
  }

  readReader(): string {
    return '读卡器';
  }

  readCertificates(serial: string) {
    if (serial !== 'A1') return [];
    return [{ id: '01', der: this.certificateDer, key: { state: 'hidden' as const } }];
  }

  openSession(): void {
    this.calls.push('openSession');
  }

  enterPin(): void {
    this.calls.push('enterPin');
  }

  bindKey(): KeyEvidence {
    return { state: 'present', modulus: null };
  }

  sign(data: Uint8Array): Uint8Array {
    if (!this.privateKey) throw new DriverFault('C_Sign', ckr.USER_NOT_LOGGED_IN);
    return signBytes('sha256', data, this.privateKey);
  }

  renewSigning(): void {
    this.calls.push('renewSigning');
  }

  checkSession(): void {
    this.calls.push('checkSession');
  }

  closeSession(): void {
    this.calls.push('closeSession');
  }
}

let folder: string;
let driver: ScriptedDriver;
let service: TokenService;
let presences: TokenPresence[];
let exits: number[];
let anchorPem: string;

beforeEach(async () => {
  const bank = await createAuthority();
  const leaf = await createUnitLeaf(bank);
  anchorPem = bank.certificate.toString();
  folder = mkdtempSync(join(tmpdir(), 'service-'));
  driver = new ScriptedDriver();
  driver.certificateDer = Uint8Array.from(leaf.certificateDer);
  driver.privateKey = leaf.privateKey;
  presences = [];
  exits = [];
  vi.useFakeTimers();
  service = new TokenService({
    loadDriver: () => Promise.resolve(succeed(driver)),
    emitPresence: (presence) => presences.push(presence),
    exit: (code) => exits.push(code),
  });
  await service.open({
    provider: { kind: 'pkcs11', modulePath: 'scripted' },
    stateFile: join(folder, 'tries.json'),
    triesAssumed: 6,
  });
});

afterEach(() => {
  service.close();
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

function list(pem = anchorPem) {
  return service.list({
    bankAnchorsPem: [pem],
    unitAccount: UNIT_ACCOUNT,
    centreTimeMs: VALID_AT.getTime(),
  });
}

function logIn() {
  const listing = list();
  const fingerprint = listing.ok ? (listing.value.certificates[0]?.fingerprint ?? '') : '';
  return service.login({ tokenSerial: 'A1', fingerprint, pin: '1234', confirmLastTry: false });
}

function sign() {
  const signed = service.sign({ toBeSigned: new Uint8Array([1, 2, 3]) });
  return signed.ok ? 'signed' : signed.code;
}

describe('two keys in the computer', () => {
  it('pulling the other one leaves the session alone, but no login follows in this process', () => {
    expect(logIn().ok).toBe(true);
    driver.serials = ['A1'];
    vi.advanceTimersByTime(PRESENCE_POLL_MS);
    expect(presences.at(-1)).toEqual({
      present: true,
      tokens: [{ label: '网银盾A1', serial: 'A1' }],
    });
    expect(sign()).toBe('signed');
    expect(exits).toEqual([]);
    expect(logIn()).toMatchObject({ code: 'KEY_REMOVED' });
    expect(driver.calls.filter((call) => call === 'enterPin')).toHaveLength(1);
    vi.advanceTimersByTime(RETIRE_DELAY_MS);
    expect(exits).toEqual([tokenExitCodes.removed]);
  });

  it('pulling the one in use ends the process', () => {
    expect(logIn().ok).toBe(true);
    driver.serials = ['B2'];
    vi.advanceTimersByTime(PRESENCE_POLL_MS);
    expect(presences.at(-1)).toEqual({
      present: false,
      tokens: [{ label: '网银盾B2', serial: 'B2' }],
    });
    expect(sign()).toBe('KEY_REMOVED');
    vi.advanceTimersByTime(RETIRE_DELAY_MS);
    expect(exits).toEqual([tokenExitCodes.removed]);
  });
});

describe('the watch', () => {
  it('tells presence once, then only changes', () => {
    vi.advanceTimersByTime(5 * PRESENCE_POLL_MS);
    expect(presences).toHaveLength(1);
    driver.serials = ['A1', 'B2', 'C3'];
    vi.advanceTimersByTime(2 * PRESENCE_POLL_MS);
    expect(presences.map(({ tokens }) => tokens.length)).toEqual([2, 3]);
  });

  it('bears two failed looks and gives up at the third', () => {
    driver.pollFault = 0x54;
    vi.advanceTimersByTime(2 * PRESENCE_POLL_MS);
    driver.pollFault = null;
    vi.advanceTimersByTime(PRESENCE_POLL_MS);
    driver.pollFault = 0x54;
    vi.advanceTimersByTime(2 * PRESENCE_POLL_MS + RETIRE_DELAY_MS);
    expect(exits).toEqual([]);
    vi.advanceTimersByTime(PRESENCE_POLL_MS + RETIRE_DELAY_MS);
    expect(exits).toEqual([tokenExitCodes.driverFailed]);
  });

  it('a general error while the key is there is not called a removal', () => {
    driver.pollFault = ckr.GENERAL_ERROR;
    expect(list()).toMatchObject({ code: 'KEY_DRIVER_FAILED' });
    vi.advanceTimersByTime(RETIRE_DELAY_MS);
    expect(exits).toEqual([tokenExitCodes.driverFailed]);
  });
});

describe('what it does not accept', () => {
  it('a second open, and work before the first, are bugs and throw', async () => {
    const request = {
      provider: { kind: 'pkcs11' as const, modulePath: 'scripted' },
      stateFile: join(folder, 'tries.json'),
      triesAssumed: 6,
    };
    await expect(service.open(request)).rejects.toThrow('already open');
    const fresh = new TokenService({
      loadDriver: () => Promise.resolve(succeed(driver)),
      emitPresence: () => undefined,
      exit: () => undefined,
    });
    expect(() => fresh.presence()).toThrow('not open');
  });

  it('anchors that are no certificates are a wrong configuration', () => {
    expect(list('-----BEGIN CERTIFICATE-----')).toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('a signature of another key is not handed out', async () => {
    expect(logIn().ok).toBe(true);
    vi.useRealTimers();
    driver.privateKey = (await createUnitLeaf(await createAuthority())).privateKey;
    expect(sign()).toBe('KEY_SIGNATURE_BAD');
    expect(driver.calls.at(-1)).toBe('renewSigning');
  });
});
