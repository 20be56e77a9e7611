// One at a time: two commands started together must not install into the same folder.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './place.mjs';

const POLL_MS = 500;
const OWNERLESS_STALE_MS = 10_000;

/**
 * Runs `work` while holding the lock folder `dir`; waits for another live holder.
 * A holder that died leaves its process id behind and is cleared away.
 *
 * @template T
 * @param {string} dir
 * @param {string} what named to the reader while waiting
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function withFolderLock(dir, what, work) {
  await take(dir, what);
  try {
    return await work();
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

/** @param {string} dir @param {string} what */
async function take(dir, what) {
  fs.mkdirSync(path.dirname(dir), { recursive: true });
  let told = false;
  while (!tryTake(dir)) {
    if (isStale(dir)) {
      clearStale(dir);
      continue;
    }
    if (!told) say(`another command is at work on ${what}: waiting for it`);
    told = true;
    await sleep(POLL_MS);
  }
}

/** Moved aside first: of two that see the same dead holder only one gets to remove it. */
function clearStale(/** @type {string} */ dir) {
  const aside = `${dir}.stale-${process.pid}`;
  try {
    fs.renameSync(dir, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  fs.rmSync(aside, { recursive: true, force: true });
}

function tryTake(/** @type {string} */ dir) {
  try {
    fs.mkdirSync(dir);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  fs.writeFileSync(path.join(dir, 'pid'), String(process.pid));
  return true;
}

function isStale(/** @type {string} */ dir) {
  try {
    const text = fs.readFileSync(path.join(dir, 'pid'), 'utf8');
    return text !== '' && !isAlive(Number(text));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    const age = fs.statSync(dir, { throwIfNoEntry: false })?.mtimeMs;
    return age !== undefined && Date.now() - age > OWNERLESS_STALE_MS;
  }
}

function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error @returns {unknown} */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
