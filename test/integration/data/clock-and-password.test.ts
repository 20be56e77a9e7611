import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClock } from '../../../electron/data/clock.ts';
import {
  checkPassword,
  OFFLINE_LOCK_MS,
  OFFLINE_TRIES_MAX,
  rememberPassword,
} from '../../../electron/data/db/password-verifier.ts';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import { makeFolder, openUnit, USER } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

let folder: TemporaryFolder;
let database: OpenUnitDatabase;
beforeEach(() => {
  folder = makeFolder();
  database = openUnit(folder.path);
});
afterEach(() => {
  database.close();
  folder.remove();
});

describe("the centre's clock", () => {
  it('runs by the centre on a computer years off, also after a restart without network', () => {
    const wrong = Date.parse('2011-01-01T00:00:00.000Z');
    const clock = openClock(database, () => wrong);
    expect(clock.now()).toBe('2011-01-01T00:00:00.000Z');
    clock.measure('2026-11-25T02:00:00.000Z');
    expect(clock.now()).toBe('2026-11-25T02:00:00.000Z');
    expect(openClock(database, () => wrong + 60_000).now()).toBe('2026-11-25T02:01:00.000Z');
  });
});

describe('the transaction password without the centre', () => {
  const check = async (password: string, nowMs = 0) => {
    const result = await checkPassword(database, USER, password, nowMs);
    return result.ok ? 'right' : result.code;
  };

  it('cannot be checked before the first online sign-in', async () => {
    expect(await check('246810')).toBe('FIRST_SIGN_IN_ONLINE');
  });

  it('is right or wrong, per user, and stored only as a salted hash', async () => {
    await rememberPassword(database, USER, '246810');
    expect(await check('246810')).toBe('right');
    expect(await check('246811')).toBe('PASSWORD_WRONG');
    const other = await checkPassword(database, 'clerk02', '246810', 0);
    expect(other.ok).toBe(false);
    const stored = database.handle.prepare('SELECT group_concat(value) FROM meta').pluck().get();
    expect(stored).not.toContain('246810');
  });

  it('locks after so many wrong ones in a row, for a while, and a right one starts again', async () => {
    await rememberPassword(database, USER, '246810');
    for (let i = 1; i < OFFLINE_TRIES_MAX; i += 1) expect(await check('0')).toBe('PASSWORD_WRONG');
    expect(await check('246810')).toBe('right');
    for (let i = 1; i < OFFLINE_TRIES_MAX; i += 1) expect(await check('0')).toBe('PASSWORD_WRONG');
    expect(await check('0', 1_000)).toBe('PASSWORD_LOCKED');
    expect(await check('246810', OFFLINE_LOCK_MS)).toBe('PASSWORD_LOCKED');
    expect(await check('246810', OFFLINE_LOCK_MS + 1_000)).toBe('right');
  });
});
