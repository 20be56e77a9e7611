// What can be wrong with package-lock.json without any command noticing on the machine it was
// made on.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../setup/place.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [resolved]
 * @property {string} [integrity]
 * @property {boolean} [link]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 */

const KINDS = /** @type {const} */ (['dependencies', 'devDependencies', 'optionalDependencies']);

/** @returns {string[]} one line for each fault, none when the lock is good */
export function findLockFaults() {
  const { packages } = /** @type {{ packages: Record<string, LockedPackage> }} */ (
    readJson('package-lock.json')
  );
  const manifest = /** @type {LockedPackage} */ (readJson('package.json'));
  return [
    ...findDrift(manifest, packages[''] ?? {}),
    ...Object.entries(packages).flatMap(([where, entry]) =>
      where === '' ? [] : findFaultsOf(where, entry),
    ),
    ...findDropped(packages),
  ];
}

/** @returns {unknown} */
function readJson(/** @type {string} */ file) {
  return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
}

/** The lock belongs to this package.json, and every version in it is exact. */
function findDrift(/** @type {LockedPackage} */ manifest, /** @type {LockedPackage} */ locked) {
  return KINDS.flatMap((kind) => {
    const wanted = Object.entries(manifest[kind] ?? {});
    const loose = wanted.filter(([, version]) => !/^(?:npm:.+@)?\d+\.\d+\.\d+$/.test(version));
    const same =
      JSON.stringify(wanted.sort()) === JSON.stringify(Object.entries(locked[kind] ?? {}).sort());
    return [
      ...loose.map(([name, version]) => `package.json: ${name} ${version} is not an exact version`),
      ...(same ? [] : [`package.json and package-lock.json differ in ${kind}`]),
    ];
  });
}

/** A host in the lock would tie every clone to one registry; without a hash nothing is checked. */
function findFaultsOf(/** @type {string} */ where, /** @type {LockedPackage} */ entry) {
  const faults = [];
  if (entry.resolved !== undefined) faults.push(`${where}: names where it came from`);
  if (entry.integrity?.startsWith('sha512-') !== true) faults.push(`${where}: has no SHA-512`);
  return faults;
}

/**
 * npm leaves out per-platform packages the registry did not have on the day, and then `npm ci`
 * refuses the lock, or another platform gets no binary.
 */
function findDropped(/** @type {Record<string, LockedPackage>} */ packages) {
  const names = Object.keys(packages);
  return Object.entries(packages).flatMap(([where, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !names.some((known) => known.endsWith(`node_modules/${name}`)))
      .map((name) => `${where || 'the project'}: ${name} is not in package-lock.json`),
  );
}
