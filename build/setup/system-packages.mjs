// The system's own packages that Electron, the token driver and the tests stand on.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { SetupStop, say } from './place.mjs';
import { findSoftHsmModule } from '../softhsm.mjs';

/** @typedef {'compile' | 'window' | 'display' | 'verify'} Need */

/**
 * `packages`: names of the same thing in different releases, newest first.
 *
 * @type {readonly { need: Need, packages: readonly string[], present: () => boolean }[]}
 */
const WANTED = [
  { need: 'compile', packages: ['g++'], present: () => hasCommand('g++') },
  { need: 'compile', packages: ['make'], present: () => hasCommand('make') },
  { need: 'compile', packages: ['python3'], present: () => hasCommand('python3') },
  {
    need: 'window',
    packages: ['libgtk-3-0t64', 'libgtk-3-0'],
    present: () => hasLibrary('libgtk-3.so.0'),
  },
  { need: 'window', packages: ['libnss3'], present: () => hasLibrary('libnss3.so') },
  {
    need: 'window',
    packages: ['libasound2t64', 'libasound2'],
    present: () => hasLibrary('libasound.so.2'),
  },
  { need: 'window', packages: ['libgbm1'], present: () => hasLibrary('libgbm.so.1') },
  { need: 'window', packages: ['fonts-noto-cjk'], present: hasChineseFont },
  { need: 'display', packages: ['xvfb'], present: () => hasCommand('Xvfb') },
  { need: 'verify', packages: ['softhsm2'], present: hasSoftHsm },
  { need: 'verify', packages: ['openssl'], present: () => hasCommand('openssl') },
  // reads documents back
  { need: 'verify', packages: ['poppler-utils'], present: () => hasCommand('pdftotext') },
  // makes and opens the tables that the import of files is tried with
  { need: 'verify', packages: ['libreoffice-calc-nogui'], present: () => hasCommand('soffice') },
];

/**
 * Sees that everything `needs` names is on this machine. On Debian and Ubuntu as root it is
 * installed; anywhere else the one line to run is printed and the command stops.
 *
 * @param {readonly Need[]} needs
 */
export function ensureSystemPackages(needs) {
  if (process.platform !== 'linux') return;
  const missing = missingFor(needs);
  if (missing.length === 0) return;
  if (!hasCommand('apt-get'))
    throw new SetupStop(
      `Missing on this system: ${missing.map((w) => w.packages.at(-1)).join(' ')}\n` +
        'Those are the Debian names: install the same things with the package manager here.',
    );
  if (process.getuid?.() !== 0) {
    const names = missing.map(pickCandidate).join(' ');
    throw new SetupStop(
      `System packages are missing. Run this once, then the command again:\n\n` +
        `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}\n`,
    );
  }
  install(missing);
  const still = missingFor(needs).map((w) => w.packages.at(-1));
  if (still.length > 0) throw new SetupStop(`installed, but still not found: ${still.join(' ')}`);
}

/** @param {readonly Need[]} needs */
function missingFor(needs) {
  return WANTED.filter((w) => needs.includes(w.need) && !w.present());
}

/** @param {readonly { packages: readonly string[] }[]} missing */
function install(missing) {
  say(`about to install system packages: ${missing.map((w) => w.packages.at(-1)).join(' ')}`);
  apt(['update', '-qq']);
  apt(['install', '-y', '-qq', '--no-install-recommends', ...missing.map(pickCandidate)]);
}

function apt(/** @type {string[]} */ args) {
  const run = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=600', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (run.status === 0) return;
  throw new SetupStop(`apt-get ${args.join(' ')} failed:\n${run.stdout}${run.stderr}`);
}

/** The first name this release can install: 64-bit time renamed some libraries. */
function pickCandidate(/** @type {{ packages: readonly string[] }} */ { packages }) {
  const known = packages.find((name) => {
    const policy = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout;
    return /Candidate: (?!\(none\))\S/.test(policy);
  });
  return known ?? packages.at(-1) ?? '';
}

function hasCommand(/** @type {string} */ name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.some((folder) => fs.existsSync(path.join(folder, name)));
}

/** @type {string | undefined} */
let libraries;

function hasLibrary(/** @type {string} */ name) {
  if (libraries?.includes(name) !== true) libraries = listLibraries();
  return libraries.includes(name);
}

function listLibraries() {
  for (const command of ['ldconfig', '/sbin/ldconfig', '/usr/sbin/ldconfig']) {
    const run = spawnSync(command, ['-p'], { encoding: 'utf8' });
    if (run.status === 0) return run.stdout;
  }
  return '';
}

/** A window full of empty boxes is not a working window. */
function hasChineseFont() {
  const run = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  if (run.status === 0) return run.stdout.trim() !== '';
  return fs.existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc');
}

function hasSoftHsm() {
  return hasCommand('softhsm2-util') && findSoftHsmModule() !== null;
}
