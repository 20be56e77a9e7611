// Where things are. Plain Node 20 JavaScript: it is read before anything is installed.
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const nodeModules = path.join(root, 'node_modules');

/** What this checkout makes for itself; removed without loss. */
export const localCache = path.join(root, '.cache');

/** What is made once for the machine's user (the Electron runtime, compiled addons). */
export const machineCache =
  process.env.JIAOCUNTONG_CACHE ??
  path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'jiaocuntong');

/** One line about the set-up, on stderr, so that stdout stays the task's own. */
export function say(/** @type {string} */ line) {
  process.stderr.write(`[setup] ${line}\n`);
}

/** A reason to stop that the reader can act on: printed without a stack. */
export class SetupStop extends Error {}
