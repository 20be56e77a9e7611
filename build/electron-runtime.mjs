// The Electron this machine runs: the official binary of the pinned package, or where its
// download is impossible the fallback. JIAOCUNTONG_ELECTRON=official|fallback forces one.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureFallbackElectron, hasFallbackElectron } from './fallback-electron.mjs';
import { withFolderLock } from './setup/folder-lock.mjs';
import { localCache, nodeModules, say } from './setup/place.mjs';
import { ensureSqliteBinding } from './sqlite-binding.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {'official' | 'fallback'} kind
 * @property {string} program absolute path
 * @property {string} electron version
 * @property {string} node version
 * @property {number} nodeApi
 * @property {string | null} sqliteBinding the addon to load in it, null: the package's own
 */

const packageFolder = path.join(nodeModules, 'electron');

/** @returns {Promise<ElectronRuntime>} */
export async function ensureElectronRuntime() {
  const { kind, program } = await choose(process.env.JIAOCUNTONG_ELECTRON ?? 'auto');
  const versions = probe(program);
  const nodeApi = Number(versions.napi);
  const sqliteBinding = await ensureSqliteBinding(nodeApi);
  const { electron, node } = versions;
  return { kind, program, electron, node, nodeApi, sqliteBinding };
}

/**
 * @param {string} wish
 * @returns {Promise<{ kind: 'official' | 'fallback', program: string }>}
 */
async function choose(wish) {
  const official = officialProgram();
  const fallbackIsChosen = wish === 'fallback' || (wish === 'auto' && hasFallbackElectron());
  if (!fs.existsSync(official) && !fallbackIsChosen) await download(wish === 'official');
  if (wish !== 'fallback' && fs.existsSync(official))
    return { kind: 'official', program: official };
  return { kind: 'fallback', program: await ensureFallbackElectron() };
}

function officialProgram() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(packageFolder, 'dist');
  return path.join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

/** Asks the package's own installer, which checks what it gets against its own checksums. */
async function download(/** @type {boolean} */ required) {
  await withFolderLock(path.join(localCache, 'electron.lock'), 'the Electron runtime', () => {
    if (fs.existsSync(officialProgram())) return;
    say('about to download the Electron runtime of node_modules/electron');
    const run = spawnSync(process.execPath, [path.join(packageFolder, 'install.js')], {
      encoding: 'utf8',
    });
    if (run.status === 0 && fs.existsSync(officialProgram())) return;
    const reason = run.stderr.trim().split('\n')[0] ?? '';
    if (required) throw new Error(`Electron could not be downloaded: ${reason}`);
    say(`Electron could not be downloaded (${reason})`);
  });
}

/** @param {string} program @returns {{ electron: string, node: string, napi: string }} */
function probe(program) {
  const run = spawnSync(program, ['-p', 'JSON.stringify(process.versions)'], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
  });
  if (run.status !== 0) {
    const reason = run.error?.message ?? run.stderr;
    throw new Error(`${program} does not start: ${reason}`);
  }
  return /** @type {{ electron: string, node: string, napi: string }} */ (JSON.parse(run.stdout));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(await ensureElectronRuntime(), null, 2));
