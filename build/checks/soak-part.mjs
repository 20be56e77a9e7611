// The short soak as a part of `npm test`: one check, passed when the run says so itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { root } from '../setup/place.mjs';

const ORDERS = 1_000;

/** @typedef {import('./vitest-part.mjs').Outcome} Outcome */

/**
 * @param {readonly string[]} more options of the soak, such as `--seed 7`
 * @returns {Promise<Outcome>}
 */
export async function runSoak(more) {
  const script = path.join(root, 'test', 'soak', 'soak.ts');
  const child = spawn(process.execPath, [script, '--orders', String(ORDERS), ...more], {
    cwd: root,
    stdio: 'inherit',
  });
  const [code] = /** @type {[number | null]} */ (await once(child, 'exit'));
  const faults = code === 0 ? [] : [`the soak ended with ${code ?? 'a signal'}`];
  return { passed: 1 - faults.length, failed: faults.length, skipped: 0, faults };
}
