// node_modules as package-lock.json says, made by `npm ci` only when it is not so already.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { withFolderLock } from './folder-lock.mjs';
import { hasPinnedNode, pathWithoutProject, pinnedNodeFolder } from './node.mjs';
import { SetupStop, localCache, nodeModules, root, say } from './place.mjs';

/** Raised when the way of installing changes. */
const RECIPE = 1;
const lockFile = path.join(root, 'package-lock.json');
const stampFile = path.join(nodeModules, '.cache', 'jiaocuntong', 'installed');
const tokenAddon = path.join(nodeModules, 'pkcs11js', 'build', 'Release', 'pkcs11.node');

/** Installs the project's packages unless they are already as the lock says. */
export async function ensureDependencies() {
  if (isStamped()) return;
  await withFolderLock(path.join(localCache, 'install.lock'), 'node_modules', () => {
    if (isStamped()) return;
    if (!matchesLock()) install();
    fs.mkdirSync(path.dirname(stampFile), { recursive: true });
    fs.writeFileSync(stampFile, wantedStamp());
  });
}

function wantedStamp() {
  return `${RECIPE} ${createHash('sha256').update(fs.readFileSync(lockFile)).digest('hex')}\n`;
}

function isStamped() {
  return fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === wantedStamp();
}

/** True after an `npm ci` by hand: npm's own record of what it installed equals the lock. */
function matchesLock() {
  const record = path.join(nodeModules, '.package-lock.json');
  if (!fs.existsSync(record) || !fs.existsSync(tokenAddon)) return false;
  const installed = packagesIn(record);
  return Object.entries(packagesIn(lockFile)).every(([where, wanted]) => {
    if (where === '') return true;
    const got = installed[where];
    if (got === undefined) return wanted.optional === true;
    return got.version === wanted.version && got.integrity === wanted.integrity;
  });
}

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage */

function packagesIn(/** @type {string} */ file) {
  const lock = /** @type {{ packages: Record<string, LockedPackage> }} */ (
    JSON.parse(fs.readFileSync(file, 'utf8'))
  );
  return lock.packages;
}

function install() {
  say('about to install the packages of package-lock.json into node_modules (npm ci, a minute)');
  const { command, args } = npm();
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PATH: pathWithoutProject() };
  // the token driver's addon is compiled at install: with these headers it needs no download
  if (hasPinnedNode()) env.npm_config_nodedir = pinnedNodeFolder;
  const run = spawnSync(command, [...args, 'ci', '--include=optional', '--loglevel=error'], {
    cwd: root,
    env,
    stdio: ['ignore', process.stderr.fd, 'inherit'],
    shell: command.endsWith('.cmd'),
  });
  if (run.status !== 0) throw new SetupStop(`npm ci failed (${run.error ?? `exit ${run.status}`})`);
  if (!fs.existsSync(tokenAddon)) throw new SetupStop('npm ci did not compile pkcs11js');
}

/**
 * npm, run by a Node that lives outside node_modules: `npm ci` removes that folder first, and a
 * Node running out of it could start no compiler afterwards.
 */
function npm() {
  const cli = process.env.npm_execpath;
  const node = process.env.npm_node_execpath ?? process.execPath;
  if (cli?.endsWith('npm-cli.js') === true && !node.startsWith(nodeModules + path.sep))
    return { command: node, args: [cli] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}
