// The SQLite addon for a runtime whose Node-API is older than the addon's prebuilds.
// Loading a prebuild there does not throw, it ends the process: hence the compiled copy.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { withFolderLock } from './setup/folder-lock.mjs';
import { pinnedNodeFolder } from './setup/node.mjs';
import { machineCache, nodeModules, say } from './setup/place.mjs';

/** The Node-API level the prebuilds inside the package are made for. */
const PREBUILT_NODE_API = 10;
const ADDON = 'better_sqlite3.node';
/** No patch to the package: these come after node-gyp's own definitions and undo them. */
const OLDER_NODE_API =
  '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT';

const source = path.join(nodeModules, 'better-sqlite3');

/**
 * @param {number} nodeApi the runtime's `process.versions.napi`
 * @returns {Promise<string | null>} absolute path of the addon to load, null: the package's own
 */
export async function ensureSqliteBinding(nodeApi) {
  if (nodeApi >= PREBUILT_NODE_API) return null;
  const { name, version } = /** @type {{ name: string, version: string }} */ (
    JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8'))
  );
  const platform = `${process.platform}-${process.arch}`;
  const file = path.join(
    machineCache,
    'addons',
    `${name}-${version}-napi${nodeApi}-${platform}.node`,
  );
  if (fs.existsSync(file)) return file;
  await withFolderLock(`${file}.lock`, 'the SQLite addon', () => {
    if (fs.existsSync(file)) return;
    say(`about to compile ${name} ${version} for Node-API ${nodeApi} (a minute, once)`);
    compile(file);
  });
  return file;
}

/** Compiles in a copy: a build inside node_modules would be taken instead of the prebuild. */
function compile(/** @type {string} */ file) {
  const work = fs.mkdtempSync(path.join(machineCache, '.addon-'));
  try {
    const copy = path.join(work, 'better-sqlite3');
    fs.cpSync(source, copy, {
      recursive: true,
      filter: (from) => !/[\\/](?:prebuilds|build)$/.test(from),
    });
    fs.mkdirSync(path.join(work, 'node_modules'));
    const headers = 'node-addon-api';
    fs.symlinkSync(path.join(nodeModules, headers), path.join(work, 'node_modules', headers));
    runNodeGyp(copy);
    const made = `${file}.${process.pid}`;
    fs.copyFileSync(path.join(copy, 'build', 'Release', ADDON), made);
    fs.renameSync(made, file);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function runNodeGyp(/** @type {string} */ folder) {
  const gyp = path.join(nodeModules, 'node-gyp', 'bin', 'node-gyp.js');
  const options = ['--release', '--force_build=1', `--nodedir=${pinnedNodeFolder}`, '-j', 'max'];
  const run = spawnSync(process.execPath, [gyp, 'rebuild', ...options], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, CXXFLAGS: OLDER_NODE_API },
  });
  if (run.status !== 0) throw new Error(`compiling SQLite failed:\n${run.stdout}${run.stderr}`);
}
