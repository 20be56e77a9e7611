// SoftHSM2 is the token the tests sign with: a real PKCS#11 driver without a device.
import fs from 'node:fs';

const FOLDERS = [
  '/usr/lib/softhsm',
  '/usr/lib/x86_64-linux-gnu/softhsm',
  '/usr/lib/aarch64-linux-gnu/softhsm',
  '/usr/lib64/softhsm',
  '/usr/lib64/pkcs11',
  '/usr/local/lib/softhsm',
  '/opt/homebrew/lib/softhsm',
];

/**
 * The driver's absolute path, or null when SoftHSM2 is not installed.
 * The variable SOFTHSM2_MODULE names another one.
 *
 * @returns {string | null}
 */
export function findSoftHsmModule() {
  const named = process.env.SOFTHSM2_MODULE;
  const candidates = named ? [named] : FOLDERS.map((folder) => `${folder}/libsofthsm2.so`);
  return candidates.find((file) => fs.existsSync(file)) ?? null;
}
