// Runs a program of node_modules under this Node, with a time limit.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { nodeModules, root } from '../setup/place.mjs';

const TOOL_DEADLINE_MS = 30 * 60_000;

/**
 * @param {string} script inside node_modules
 * @param {readonly string[]} args
 * @param {{ visible: boolean }} options visible: output goes straight to the reader
 * @returns {Promise<{ end: string, output: string }>} end: `exit 0` or how else it ended
 */
export function runTool(script, args, { visible }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(nodeModules, script), ...args], {
      cwd: root,
      stdio: ['ignore', visible ? 'inherit' : 'pipe', visible ? 'inherit' : 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (/** @type {Buffer} */ chunk) => {
        output += chunk.toString();
      });
    const timer = setTimeout(() => child.kill('SIGKILL'), TOOL_DEADLINE_MS);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ end: error.message, output });
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ end: code === null ? `signal ${signal}` : `exit ${code}`, output });
    });
  });
}
