import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const moduleFolders = [
  '/usr/lib/softhsm',
  '/usr/lib/x86_64-linux-gnu/softhsm',
  '/usr/lib/aarch64-linux-gnu/softhsm',
  '/usr/lib64/softhsm',
  '/usr/lib64/pkcs11',
  '/usr/local/lib/softhsm',
  '/opt/homebrew/lib/softhsm',
];

/** SoftHSM2's PKCS#11 module, or null when it is not installed. SOFTHSM2_MODULE names another. */
export function findSoftHsmModule(): string | null {
  const named = process.env.SOFTHSM2_MODULE;
  const candidates = named ? [named] : moduleFolders.map((folder) => `${folder}/libsofthsm2.so`);
  return candidates.find((file) => existsSync(file)) ?? null;
}

/**
 * Prepares a folder for SoftHSM's tokens and returns the path for SOFTHSM2_CONF. The tokens of two
 * folders never meet, so a demonstration or a test has keys of its own.
 */
export function writeSoftHsmConfig(folder: string): string {
  const tokens = join(folder, 'tokens');
  mkdirSync(tokens, { recursive: true, mode: 0o700 });
  const file = join(folder, 'softhsm2.conf');
  const lines = [
    `directories.tokendir = ${tokens}`,
    'objectstore.backend = file',
    'log.level = ERROR',
    'slots.removable = true',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
