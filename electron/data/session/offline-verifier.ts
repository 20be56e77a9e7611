import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type { Clock, UnitDatabase } from '../ports.ts';
import { deriveKey } from './password.ts';

/** Wrong passwords in a row before the offline sign-in pauses. */
export const PASSWORD_TRIES_MAX = 5;
/** The first pause; each further one is twice as long, up to the last. */
export const PASSWORD_LOCK_MS = 5 * 60_000;
export const PASSWORD_LOCK_MAX_MS = 60 * 60_000;

const SALT_BYTES = 16;
const newTerms = { N: 32_768, r: 8, p: 1, keyBytes: 32 } as const;

const verifierSchema = z.strictObject({
  salt: z.base64(),
  key: z.base64(),
  N: z.int().min(16_384).max(1_048_576),
  r: z.int().min(8).max(32),
  p: z.int().min(1).max(4),
});

const attemptsSchema = z.strictObject({
  failed: z.int().min(0),
  /** Pauses since the last success. */
  pauses: z.int().min(0),
  lockedUntilMs: z.number(),
});
type Attempts = z.output<typeof attemptsSchema>;
const noAttempts: Attempts = { failed: 0, pauses: 0, lockedUntilMs: 0 };

/**
 * Checks the 交易密码 without the centre, against what the last online sign-in proved. It has a
 * salt of its own: the stored value is no key to the centre. Wrong passwords are counted before they
 * are tried, so ending the program does not win a try back.
 */
export class OfflineVerifier {
  readonly #database: UnitDatabase;
  readonly #clock: Clock;
  readonly #verifierKey: string;
  readonly #attemptsKey: string;

  constructor(database: UnitDatabase, clock: Clock, user: string) {
    this.#database = database;
    this.#clock = clock;
    this.#verifierKey = `session.verifier.${user}`;
    this.#attemptsKey = `session.attempts.${user}`;
  }

  /** What `store` writes; apart from it because deriving takes time and a transaction must not. */
  async make(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const key = await deriveKey(password, salt, newTerms);
    const { N, r, p } = newTerms;
    return JSON.stringify({ salt: salt.toString('base64'), key: key.toString('base64'), N, r, p });
  }

  /** Inside a `write`: the centre has accepted this password. */
  store(verifier: string): void {
    this.#database.meta.set(this.#verifierKey, verifier);
    this.#database.meta.delete(this.#attemptsKey);
  }

  /** FIRST_SIGN_IN_ONLINE, PASSWORD_LOCKED or PASSWORD_WRONG; DB_FULL when the try cannot be counted. */
  async check(password: string): Promise<Result<void>> {
    const stored = this.#database.meta.get(this.#verifierKey);
    if (stored === undefined) return fail('FIRST_SIGN_IN_ONLINE');
    const attempts = this.#readAttempts();
    const remainingMs = attempts.lockedUntilMs - this.#clock.nowMs();
    // longer than any pause is a clock that was set back: minutes must not turn into years
    if (remainingMs > 0 && remainingMs <= PASSWORD_LOCK_MAX_MS) {
      return fail('PASSWORD_LOCKED', `${Math.ceil(remainingMs / 1000)} s`);
    }
    const counted = this.#write(countTry(attempts, this.#clock.nowMs()));
    if (!counted.ok) return counted;
    const { salt, key, N, r, p } = verifierSchema.parse(JSON.parse(stored));
    const expected = Buffer.from(key, 'base64');
    const terms = { N, r, p, keyBytes: expected.byteLength };
    const actual = await deriveKey(password, Buffer.from(salt, 'base64'), terms);
    if (!timingSafeEqual(actual, expected)) return fail('PASSWORD_WRONG');
    return this.#write(null);
  }

  #readAttempts(): Attempts {
    const stored = this.#database.meta.get(this.#attemptsKey);
    return stored === undefined ? noAttempts : attemptsSchema.parse(JSON.parse(stored));
  }

  #write(attempts: Attempts | null): Result<void> {
    return this.#database.write(() => {
      if (attempts) this.#database.meta.set(this.#attemptsKey, JSON.stringify(attempts));
      else this.#database.meta.delete(this.#attemptsKey);
      return succeed(undefined);
    });
  }
}

/** The record after one more try that may be wrong. */
export function countTry(attempts: Attempts, nowMs: number): Attempts {
  const failed = attempts.failed + 1;
  if (failed < PASSWORD_TRIES_MAX) return { ...attempts, failed };
  const pauseMs = Math.min(PASSWORD_LOCK_MS * 2 ** attempts.pauses, PASSWORD_LOCK_MAX_MS);
  return { failed: 0, pauses: attempts.pauses + 1, lockedUntilMs: nowMs + pauseMs };
}

if (PASSWORD_LOCK_MS > PASSWORD_LOCK_MAX_MS) throw new Error('offline verifier: lock times');
