import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import { hashSchema } from '../../../shared/wire/primitives.ts';
import type { UnitDatabase } from '../ports.ts';
import type { Unlocking } from '../session/unlocking.ts';
import { type SealedKey, sealedKeySchema } from './end-mark.ts';

/**
 * How a backup opens on another computer (docs/adr/0007): its database key travels in it, sealed
 * under a secret that takes two things to make again: the transaction password, and a signature of
 * the USB key over words that are used for nothing else. RSA with PKCS #1 v1.5 padding always gives
 * the same signature, and only the key gives it.
 */
const SECRET_BYTES = 32;
const SALT_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const META_PREFIX = 'backup.sealedKey.';

const storedSchema = z.strictObject({
  key: sealedKeySchema,
  certificateHash: hashSchema,
  /** Inside the encrypted file alone: outside it would let passwords be tried. */
  passwordCheck: hashSchema,
});

/**
 * What the key signs. Signed messages are DER and begin with 0x31; these words do not, so that no
 * signature of one can ever pass for the other.
 */
function sealWords(unitAccount: string, user: string, salt: string): Buffer {
  return Buffer.from(`jiaocuntong backup key 1|${unitAccount}|${user}|${salt}`, 'utf8');
}

/** All that are stored in a unit's file, one per clerk. */
export function readSealedKeys(handle: Database): SealedKey[] {
  return handle
    .prepare<[string], string>('SELECT value FROM meta WHERE key LIKE ? ORDER BY key')
    .pluck()
    .all(`${META_PREFIX}%`)
    .map((text) => storedSchema.parse(JSON.parse(text)).key);
}

/** Whether what is stored was sealed with these very two. */
export function isSealedWith(
  { meta }: UnitDatabase,
  user: string,
  { passwordKey, certificateHash }: Omit<Unlocking, 'sign'>,
): boolean {
  const text = meta.get(META_PREFIX + user);
  if (text === undefined) return false;
  const stored = storedSchema.parse(JSON.parse(text));
  const check = checkOf(passwordKey, stored.key.salt);
  return stored.certificateHash === certificateHash && stored.passwordCheck === check;
}

/** Takes one signature. Stored, so that every backup from now on carries it. */
export async function sealKey(
  database: UnitDatabase,
  user: string,
  databaseKey: string,
  parts: Unlocking,
): Promise<Result<void>> {
  const salt = randomBytes(SALT_BYTES).toString('hex');
  const signature = await parts.sign(sealWords(database.unitAccount, user, salt));
  if (!signature.ok) return signature;
  const secret = secretOf(parts.passwordKey, signature.value, salt);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce);
  cipher.setAAD(sealWords(database.unitAccount, user, salt));
  const sealed = Buffer.concat([cipher.update(Buffer.from(databaseKey, 'hex')), cipher.final()]);
  const key: SealedKey = {
    user,
    salt,
    nonce: nonce.toString('base64'),
    sealed: sealed.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    signatureCheck: checkOf(signature.value, salt),
  };
  const { certificateHash } = parts;
  const passwordCheck = checkOf(parts.passwordKey, salt);
  return database.write(() => {
    const stored = { key, certificateHash, passwordCheck };
    database.meta.set(META_PREFIX + user, JSON.stringify(stored));
    return succeed(undefined);
  });
}

/** The database key, 64 hex digits. BACKUP_OTHER_KEY, BACKUP_PASSWORD, or the key's own failures. */
export async function openSealedKey(
  unitAccount: string,
  key: SealedKey,
  { passwordKey, sign }: Omit<Unlocking, 'certificateHash'>,
): Promise<Result<string>> {
  const words = sealWords(unitAccount, key.user, key.salt);
  const signature = await sign(words);
  if (!signature.ok) return signature;
  const check = Buffer.from(checkOf(signature.value, key.salt), 'hex');
  if (!timingSafeEqual(check, Buffer.from(key.signatureCheck, 'hex'))) {
    return fail('BACKUP_OTHER_KEY');
  }
  const secret = secretOf(passwordKey, signature.value, key.salt);
  const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(key.nonce, 'base64'), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(words);
  decipher.setAuthTag(Buffer.from(key.tag, 'base64'));
  try {
    const opened = [decipher.update(Buffer.from(key.sealed, 'base64')), decipher.final()];
    return succeed(Buffer.concat(opened).toString('hex'));
  } catch (error) {
    return fail('BACKUP_PASSWORD', error instanceof Error ? error.message : String(error));
  }
}

function secretOf(passwordKey: Uint8Array, signature: Uint8Array, salt: string): Buffer {
  const both = Buffer.concat([passwordKey, signature]);
  const info = Buffer.from('jiaocuntong backup', 'ascii');
  return Buffer.from(hkdfSync('sha256', both, Buffer.from(salt, 'hex'), info, SECRET_BYTES));
}

function checkOf(secret: Uint8Array, salt: string): string {
  return createHmac('sha256', secret).update(`check|${salt}`).digest('hex');
}
