import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Certificate, ContentInfo, SignedData } from 'pkijs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signWithSoftwareKey } from '../../electron/cms/sign.ts';
import { createAuthority, createUnitLeaf, type TestAuthority, VALID_AT } from '../fixtures/pki.ts';
import { makeOrderContent } from '../fixtures/signed-order.ts';

const lacksOpenssl = spawnSync('openssl', ['version']).status !== 0;
const SKIP_REASON = 'openssl is not on this computer';

const content = makeOrderContent();
let folder: string;
let authority: TestAuthority;
let cms: Buffer;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cms-'));
  authority = await createAuthority();
  const unit = await createUnitLeaf(authority);
  cms = signWithSoftwareKey(content, unit.certificateDer, unit.privateKey, VALID_AT);
  writeFileSync(path.join(folder, 'ca.pem'), authority.certificate.toString());
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function runOpenssl(message: Buffer) {
  const input = path.join(folder, 'message.der');
  const output = path.join(folder, 'content');
  writeFileSync(input, message);
  rmSync(output, { force: true });
  const source = ['-verify', '-inform', 'DER', '-in', input, '-out', output];
  const trust = ['-CAfile', path.join(folder, 'ca.pem'), '-purpose', 'any'];
  const time = ['-attime', String(VALID_AT.getTime() / 1000)];
  const run = spawnSync('openssl', ['cms', ...source, ...trust, ...time], { encoding: 'utf8' });
  return { status: run.status, stderr: run.stderr, readContent: () => readFileSync(output) };
}

/** Flips one bit in the last item of the order. */
function tamper(message: Buffer): Buffer {
  const copy = Buffer.from(message);
  const at = copy.indexOf('"personalFen"', copy.indexOf('"seq":30')) + '"personalFen":'.length;
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

async function verifyWithPkijs(message: Buffer): Promise<boolean> {
  const info = ContentInfo.fromBER(new Uint8Array(message).buffer);
  const signed = new SignedData({ schema: info.content });
  const anchor = Certificate.fromBER(new Uint8Array(authority.certificateDer).buffer);
  return signed.verify({
    signer: 0,
    checkChain: true,
    trustedCerts: [anchor],
    checkDate: VALID_AT,
  });
}

describe('openssl cms -verify', () => {
  test('accepts the message and takes the same content out of it', (context) => {
    context.skip(lacksOpenssl, SKIP_REASON);
    const run = runOpenssl(cms);
    expect(run.stderr).toContain('CMS Verification successful');
    expect(run.status).toBe(0);
    expect(run.readContent().equals(content)).toBe(true);
  });

  test('refuses one flipped bit', (context) => {
    context.skip(lacksOpenssl, SKIP_REASON);
    const run = runOpenssl(tamper(cms));
    expect(run.status).not.toBe(0);
    expect(run.stderr).toMatch(/digest|verif/i);
  });

  test('writes the message out again as the very same bytes', (context) => {
    context.skip(lacksOpenssl, SKIP_REASON);
    const again = path.join(folder, 'again.der');
    const input = path.join(folder, 'message.der');
    writeFileSync(input, cms);
    const io = ['-inform', 'DER', '-in', input, '-outform', 'DER', '-out', again];
    const run = spawnSync('openssl', ['cms', '-cmsout', ...io], { encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    expect(readFileSync(again).equals(cms)).toBe(true);
  });
});

describe('pkijs', () => {
  test('accepts the message', async () => {
    expect(await verifyWithPkijs(cms)).toBe(true);
  });

  test('refuses one flipped bit', async () => {
    const verdict = await verifyWithPkijs(tamper(cms)).catch((error: unknown) => String(error));
    expect(verdict).not.toBe(true);
  });
});
