import { createHmac, scrypt, type ScryptOptions } from 'node:crypto';
import { PASSWORD_SCRYPT, passwordSalt } from '../../../shared/wire/session.ts';

/** scrypt needs 128 · N · r bytes and a little; Node's own cap is just too small. */
const SCRYPT_MEMORY_FACTOR = 256;

export interface ScryptTerms {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly keyBytes: number;
}

export function deriveKey(
  password: string,
  salt: string | Uint8Array,
  terms: ScryptTerms,
): Promise<Buffer> {
  const { N, r, p, keyBytes } = terms;
  const options: ScryptOptions = { N, r, p, maxmem: SCRYPT_MEMORY_FACTOR * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyBytes, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** What the centre keeps of the 交易密码, and the key of every proof. Memory only. */
export function derivePasswordKey(unit: string, user: string, password: string): Promise<Buffer> {
  return deriveKey(password, Buffer.from(passwordSalt(unit, user), 'utf8'), PASSWORD_SCRYPT);
}

/** Proves the password for one challenge without giving it away. */
export function provePassword(passwordKey: Uint8Array, challenge: string): string {
  return createHmac('sha256', passwordKey).update(Buffer.from(challenge, 'hex')).digest('hex');
}
