import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { PASSWORD_SCRYPT } from '../../../shared/wire/session.ts';
import type { UnitDatabase } from '../ports.ts';

/**
 * Proves the transaction password without the centre, against what the last online sign-in left
 * here. The verifier has a random salt of its own: it is not the secret the centre's challenge is
 * answered with.
 */
const SALT_BYTES = 16;
/** scrypt needs 128 × N × r; twice that leaves room. */
const SCRYPT_MEMORY_BYTES = 256 * PASSWORD_SCRYPT.N * PASSWORD_SCRYPT.r;
export const OFFLINE_TRIES_MAX = 5;
export const OFFLINE_LOCK_MS = 15 * 60_000;

const verifierSchema = z.strictObject({
  salt: z.string(),
  hash: z.string(),
  tries: z.int().min(0),
  lockedUntilMs: z.int().min(0),
});
type Verifier = z.output<typeof verifierSchema>;

const keyOf = (user: string) => `session.verifier.${user}`;

/** After an online sign-in with this password. */
export async function rememberPassword(
  database: UnitDatabase,
  user: string,
  password: string,
): Promise<Result<undefined>> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt);
  const verifier: Verifier = {
    salt: salt.toString('hex'),
    hash: hash.toString('hex'),
    tries: 0,
    lockedUntilMs: 0,
  };
  return store(database, user, verifier);
}

/**
 * FIRST_SIGN_IN_ONLINE: nothing to check against yet. A try counts before it is judged, so that
 * killing the program does not buy another one.
 */
export async function checkPassword(
  database: UnitDatabase,
  user: string,
  password: string,
  nowMs: number,
): Promise<Result<undefined>> {
  const verifier = read(database, user);
  if (!verifier) return fail('FIRST_SIGN_IN_ONLINE');
  if (verifier.lockedUntilMs > nowMs) return fail('PASSWORD_LOCKED');
  const tries = verifier.tries + 1;
  const isLast = tries >= OFFLINE_TRIES_MAX;
  const counted = { ...verifier, tries, lockedUntilMs: isLast ? nowMs + OFFLINE_LOCK_MS : 0 };
  const stored = store(database, user, isLast ? { ...counted, tries: 0 } : counted);
  if (!stored.ok) return stored;
  if (await fits(verifier, password)) {
    return store(database, user, { ...verifier, tries: 0, lockedUntilMs: 0 });
  }
  return fail(isLast ? 'PASSWORD_LOCKED' : 'PASSWORD_WRONG');
}

/** Without counting the try: only for a disk that takes no count. */
export async function isPassword(
  database: UnitDatabase,
  user: string,
  password: string,
): Promise<boolean> {
  const verifier = read(database, user);
  return verifier !== undefined && fits(verifier, password);
}

async function fits(verifier: Verifier, password: string): Promise<boolean> {
  const found = await derive(password, Buffer.from(verifier.salt, 'hex'));
  return timingSafeEqual(found, Buffer.from(verifier.hash, 'hex'));
}

function read(database: UnitDatabase, user: string): Verifier | undefined {
  const text = database.meta.get(keyOf(user));
  return text === undefined ? undefined : verifierSchema.parse(JSON.parse(text));
}

function store(database: UnitDatabase, user: string, verifier: Verifier): Result<undefined> {
  return database.write(() => {
    database.meta.set(keyOf(user), JSON.stringify(verifier));
    return succeed(undefined);
  });
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  const { N, r, p, keyBytes } = PASSWORD_SCRYPT;
  const options = { N, r, p, maxmem: SCRYPT_MEMORY_BYTES };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, keyBytes, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
