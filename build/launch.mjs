// How Electron is started: its arguments, its display and its environment, for `npm start` and
// for the end-to-end tests alike.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { root } from './setup/place.mjs';

/** Below this Chromium runs out of shared memory; containers often have 64 MB. */
const SHARED_MEMORY_ENOUGH_BYTES = 256 * 1024 * 1024;
const SCREEN = '1920x1080x24';

/**
 * Everything before the program's own arguments.
 *
 * @returns {string[]}
 */
export function electronArguments() {
  const args = [];
  if (!canSandbox()) args.push('--no-sandbox');
  if (hasLittleSharedMemory()) args.push('--disable-dev-shm-usage');
  return [...args, root];
}

/**
 * Chromium refuses its sandbox to root, and needs user namespaces, which some distributions
 * forbid to unpacked programs. On a clerk's Windows it is always there.
 */
function canSandbox() {
  if (process.platform !== 'linux') return true;
  if (process.getuid?.() === 0) return false;
  return (
    readSwitch('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') !== '1' &&
    readSwitch('/proc/sys/kernel/unprivileged_userns_clone') !== '0'
  );
}

function readSwitch(/** @type {string} */ file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : null;
}

function hasLittleSharedMemory() {
  if (process.platform !== 'linux') return false;
  if (!fs.existsSync('/dev/shm')) return true;
  const { bsize, blocks } = fs.statfsSync('/dev/shm');
  return bsize * blocks < SHARED_MEMORY_ENOUGH_BYTES;
}

/** @returns {boolean} */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

/**
 * @typedef {object} Display
 * @property {Record<string, string>} env what a program needs to find it
 * @property {() => void} stop
 */

/**
 * A private screen of a known size that ends with this process: an Xvfb that picks its own number.
 * Where there is no X at all (Windows, macOS) the machine's own screen.
 *
 * @returns {Promise<Display>}
 */
export async function openPrivateDisplay() {
  if (process.platform !== 'linux') return { env: {}, stop: () => undefined };
  // however this process ends, also when it is killed, the screen does not outlive it
  const withUs = ['--pdeathsig', 'TERM', 'Xvfb'];
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'];
  const server = spawn('setpriv', [...withUs, ...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const stop = () => {
    server.kill();
  };
  process.once('exit', stop);
  /** @type {Promise<string>} */
  const number = new Promise((resolve, reject) => {
    let text = '';
    server.once('error', reject);
    server.once('exit', (code) => {
      reject(new Error(`Xvfb ended with ${code}`));
    });
    server.stdio[3]?.on('data', (/** @type {Buffer} */ chunk) => {
      text += chunk.toString();
      if (text.endsWith('\n')) resolve(text.trim());
    });
  });
  return { env: { DISPLAY: `:${await number}`, WAYLAND_DISPLAY: '' }, stop };
}

/**
 * The environment of the program: the reader's own, without what would turn Electron into Node.
 *
 * @param {{ sqliteBinding: string | null }} runtime
 * @param {Record<string, string>} [extra]
 * @returns {Record<string, string>}
 */
export function electronEnvironment(runtime, extra = {}) {
  const binding =
    runtime.sqliteBinding === null ? {} : { JIAOCUNTONG_SQLITE_BINDING: runtime.sqliteBinding };
  const inherited = Object.entries(process.env).filter(
    /** @returns {entry is [string, string]} */ (entry) =>
      entry[1] !== undefined && !['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS'].includes(entry[0]),
  );
  return { ...Object.fromEntries(inherited), ...binding, ...extra };
}
