import { createHmac, scrypt } from 'node:crypto';
import { PASSWORD_SCRYPT, passwordSalt } from '../../../shared/wire/session.ts';

/** scrypt needs 128 · N · r bytes and a little; Node's own cap is just too small. */
const SCRYPT_MEMORY_BYTES = 256 * PASSWORD_SCRYPT.N * PASSWORD_SCRYPT.r;

/** What the centre keeps of the 交易密码, and the key of every proof. Memory only. */
export function derivePasswordKey(unit: string, user: string, password: string): Promise<Buffer> {
  const { N, r, p, keyBytes } = PASSWORD_SCRYPT;
  const options = { N, r, p, maxmem: SCRYPT_MEMORY_BYTES };
  const salt = Buffer.from(passwordSalt(unit, user), 'utf8');
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyBytes, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** Proves the password for one challenge without giving it away. */
export function provePassword(passwordKey: Uint8Array, challenge: string): string {
  return createHmac('sha256', passwordKey).update(Buffer.from(challenge, 'hex')).digest('hex');
}
