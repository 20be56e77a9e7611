import { safeStorage } from 'electron';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fail, succeed } from '../../shared/errors/result.ts';
import type { Result } from '../../shared/errors/result.ts';
import { writeLog } from './log.ts';

/** Keeps the key of a database file so that a copied disk does not give it away. */
interface KeyWrapper {
  readonly name: 'system' | 'none';
  wrap(key: string): Buffer;
  unwrap(wrapped: Buffer): string;
}

/** The operating system's own store (DPAPI on Windows): other users and a copied disk cannot read it. */
const systemWrapper: KeyWrapper = {
  name: 'system',
  wrap: (key) => encrypt(key),
  unwrap: (wrapped) => decrypt(wrapped),
};

/** Practice only: the key lies readable beside the file, it protects nothing. */
const openWrapper: KeyWrapper = {
  name: 'none',
  wrap: (key) => Buffer.from(key, 'utf8'),
  unwrap: (wrapped) => wrapped.toString('utf8'),
};

/** undefined: the system has no store; real data must not be written without one. */
export function chooseWrapper(isPractice: boolean): KeyWrapper | undefined {
  if (isPractice) {
    writeLog('data', 'practice: the key of the local data lies readable beside it');
    return openWrapper;
  }
  return canEncrypt() ? systemWrapper : undefined;
}

/**
 * The key of a unit's database, made on first use: 64 hex digits. DB_KEY_LOST where the file is
 * there without its key, or the system's store no longer gives it back: a new key would open nothing.
 */
export function databaseKey(
  wrapper: KeyWrapper,
  folder: string,
  unitAccount: string,
): Result<string> {
  const file = path.join(folder, `${unitAccount}.key`);
  if (fs.existsSync(file)) return unwrapKey(wrapper, file);
  if (fs.existsSync(path.join(folder, `${unitAccount}.db`))) return fail('DB_KEY_LOST', file);
  const key = randomBytes(32).toString('hex');
  fs.mkdirSync(folder, { recursive: true });
  writeDurably(file, wrapper.wrap(key));
  return succeed(key);
}

/** Puts a key file that gives no key aside, so that a new one can be made; never deletes it. */
export function setAsideKey(folder: string, unitAccount: string): void {
  const file = path.join(folder, `${unitAccount}.key`);
  if (!fs.existsSync(file)) return;
  const stamp = new Date().toISOString().replaceAll(/[-:.]/g, '');
  fs.renameSync(file, path.join(folder, `${unitAccount}.lost-${stamp}.key`));
}

function unwrapKey(wrapper: KeyWrapper, file: string): Result<string> {
  let key: string;
  try {
    key = wrapper.unwrap(fs.readFileSync(file));
  } catch (error) {
    return fail('DB_KEY_LOST', `${file}: ${String(error)}`);
  }
  return /^[0-9a-f]{64}$/.test(key) ? succeed(key) : fail('DB_KEY_LOST', `${file}: not a key`);
}

/** A key lost after the database was written would lose the database: it is on the disk before it is used. */
function writeDurably(file: string, bytes: Buffer): void {
  const next = `${file}.new`;
  const handle = fs.openSync(next, 'w', 0o600);
  fs.writeSync(handle, bytes);
  fs.fsyncSync(handle);
  fs.closeSync(handle);
  fs.renameSync(next, file);
}

// Electron 45 has asynchronous twins; the oldest runtime the program is run with has only these.
/* eslint-disable @typescript-eslint/no-deprecated */
function canEncrypt(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

function encrypt(text: string): Buffer {
  return safeStorage.encryptString(text);
}

function decrypt(bytes: Buffer): string {
  return safeStorage.decryptString(bytes);
}
/* eslint-enable @typescript-eslint/no-deprecated */
