import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/**
 * What the program keeps in a unit's file, opened by another process with the file's own key (practice
 * only); to be written only while the program is closed.
 */
export function openUnitFile(
  userFolder: string,
  unitAccount: string,
  readonly = true,
): Database.Database {
  const units = path.join(userFolder, 'units');
  const key = fs.readFileSync(path.join(units, `${unitAccount}.key`), 'utf8');
  const database = new Database(path.join(units, `${unitAccount}.db`), { readonly });
  database.pragma("cipher='sqlcipher'");
  database.pragma(`key="x'${key}'"`);
  return database;
}

/** `openssl cms -verify` over a stored message: its content, or undefined when it is refused. */
export function verifyWithOpenssl(
  message: Uint8Array,
  caPem: string,
  folder: string,
): Buffer | undefined {
  const file = path.join(folder, 'message.der');
  const ca = path.join(folder, 'ca.pem');
  const out = path.join(folder, 'content');
  fs.writeFileSync(file, message);
  fs.writeFileSync(ca, caPem);
  fs.rmSync(out, { force: true });
  const args = [
    ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', file],
    ...['-CAfile', ca, '-purpose', 'any', '-out', out],
  ];
  try {
    execFileSync('openssl', args, { stdio: 'pipe' });
  } catch (error) {
    if ((error as { status?: number }).status === undefined) throw error; // openssl itself is missing
    return undefined;
  }
  return fs.readFileSync(out);
}
