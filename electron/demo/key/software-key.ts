import {
  createCipheriv,
  generateKeyPairSync,
  randomBytes,
  scryptSync,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  softwareKeyFiles,
  softwareToken,
  type SoftwareSealedKey,
  type SoftwareToken,
} from '../../../shared/ipc/software-key.ts';
import { isReusable, issueKeyCertificate } from './key-certificate.ts';
import type { DemoKey, DemoKeyOrder } from './key-order.ts';

const RSA_BITS = 2_048;
const SCRYPT_COST = 32_768;
const SCRYPT_MEMORY_BYTES_MAX = 256 * 1024 * 1024;
const NONCE_BYTES = 12;

/** Makes the software key of a folder, or finds the one made before. */
export async function makeSoftwareKey(order: DemoKeyOrder, folder: string): Promise<DemoKey> {
  const existing = readExisting(order, folder);
  if (existing !== null) return existing;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pair = generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
  const spki = pair.publicKey.export({ format: 'der', type: 'spki' });
  const certificatePem = (await issueKeyCertificate(order.bank, order.holder, spki)).toString();
  const token: SoftwareToken = {
    version: 1,
    label: order.label,
    serial: randomBytes(8).toString('hex').toUpperCase(),
    keyId: randomBytes(16).toString('hex'),
  };
  rmSync(join(folder, softwareKeyFiles.tries), { force: true });
  writePrivate(join(folder, softwareKeyFiles.key), sealKey(pair.privateKey, order.pin));
  writeFileSync(join(folder, softwareKeyFiles.certificate), certificatePem);
  // Last, because a folder without it is no key.
  writePrivate(join(folder, softwareKeyFiles.token), token);
  return { label: token.label, serial: token.serial, certificatePem, isNew: true };
}

function readExisting(order: DemoKeyOrder, folder: string): DemoKey | null {
  const tokenFile = join(folder, softwareKeyFiles.token);
  if (!existsSync(tokenFile)) return null;
  const token = softwareToken.parse(JSON.parse(readFileSync(tokenFile, 'utf8')));
  const certificatePem = readFileSync(join(folder, softwareKeyFiles.certificate), 'utf8');
  const der = new X509Certificate(certificatePem).raw;
  if (token.label !== order.label || !isReusable(der, order.bank, order.holder)) {
    return null;
  }
  return { label: token.label, serial: token.serial, certificatePem, isNew: false };
}

function sealKey(key: KeyObject, pin: string): SoftwareSealedKey {
  const salt = randomBytes(16);
  const nonce = randomBytes(NONCE_BYTES);
  const secret = scryptSync(pin, salt, 32, {
    N: SCRYPT_COST,
    r: 8,
    p: 1,
    maxmem: SCRYPT_MEMORY_BYTES_MAX,
  });
  const cipher = createCipheriv('aes-256-gcm', secret, nonce);
  const der = key.export({ format: 'der', type: 'pkcs8' });
  const sealed = Buffer.concat([cipher.update(der), cipher.final()]);
  return {
    version: 1,
    scrypt: { cost: SCRYPT_COST, blockSize: 8, parallelization: 1, salt: salt.toString('base64') },
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    sealed: sealed.toString('base64'),
  };
}

function writePrivate(file: string, content: unknown): void {
  writeFileSync(file, JSON.stringify(content), { mode: 0o600, flush: true });
}
