import { randomBytes } from 'node:crypto';
import { CHALLENGE_LIFE_MS } from '../../../shared/wire/limits.ts';

const CHALLENGES_MAX = 10_000;

interface Issued {
  readonly unit: string;
  readonly user: string;
  readonly expiresMs: number;
}

/** Challenges of 256 bit, each good for one sign-in within its life. Kept in memory: a restart ends them. */
export class Challenges {
  readonly #issued = new Map<string, Issued>();

  issue(unit: string, user: string, nowMs: number): { challenge: string; expiresMs: number } {
    this.#dropExpired(nowMs);
    const challenge = randomBytes(32).toString('hex');
    const expiresMs = nowMs + CHALLENGE_LIFE_MS;
    this.#issued.set(challenge, { unit, user, expiresMs });
    return { challenge, expiresMs };
  }

  /** Uses it up, right or wrong: true when it was issued to this clerk and is still alive. */
  take(challenge: string, unit: string, user: string, nowMs: number): boolean {
    const found = this.#issued.get(challenge);
    this.#issued.delete(challenge);
    return found?.unit === unit && found.user === user && nowMs < found.expiresMs;
  }

  /** Oldest first; beyond the cap also live ones, so that hellos cannot fill the memory. */
  #dropExpired(nowMs: number): void {
    for (const [challenge, { expiresMs }] of this.#issued) {
      if (expiresMs > nowMs && this.#issued.size < CHALLENGES_MAX) return;
      this.#issued.delete(challenge);
    }
  }
}
