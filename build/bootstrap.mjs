// The one way in: `node build/bootstrap.mjs <task> [arguments]`, behind every npm script.
// Works on a fresh clone with nothing but Node 20 and npm: sets up what the task needs, each part
// once, then runs the task under the project's own Node. Plain Node 20 JavaScript, no packages.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { requireUsableNode, toolNode, toolPath } from './setup/node.mjs';
import { SetupStop, root } from './setup/place.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';

/** @typedef {import('./setup/system-packages.mjs').Need} Need */

/**
 * @typedef {object} Task
 * @property {string} script
 * @property {(args: readonly string[]) => readonly Need[]} needs
 * @property {readonly string[]} [firstArguments]
 * @property {number} [stopCode] exit code when the set-up could not be done, otherwise 1
 */

/** @type {Record<string, Task>} */
const TASKS = {
  start: { script: 'build/start.mjs', needs: startNeeds },
  test: { script: 'build/test.mjs', needs: testNeeds },
  centre: { script: 'electron/demo/main.ts', needs: () => ['compile'] },
  bundle: { script: 'build/bundle.mjs', needs: () => ['compile'] },
  // their exit codes 0 to 2 are answers
  explain: { script: 'build/explain/explain.ts', needs: () => ['compile'], stopCode: 3 },
  'check-file': {
    script: 'build/check-file/check-file.ts',
    needs: () => ['compile'],
    stopCode: 3,
  },
  'verify-receipt': {
    script: 'build/verify-receipt/verify-receipt.ts',
    needs: () => ['compile'],
    stopCode: 3,
  },
  soak: { script: 'test/soak/soak.ts', needs: () => ['compile', 'verify'], stopCode: 3 },
  format: {
    script: 'node_modules/prettier/bin/prettier.cjs',
    needs: () => ['compile'],
    firstArguments: ['--write', '.'],
  },
};

/** @returns {readonly Need[]} */
function startNeeds() {
  const hasDisplay = Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
  return hasDisplay ? ['compile', 'window'] : ['compile', 'window', 'display'];
}

/** @param {readonly string[]} args @returns {readonly Need[]} */
function testNeeds([part]) {
  if (part === 'integration' || part === 'soak') return ['compile', 'verify'];
  if (part === undefined || part === 'e2e') return ['compile', 'window', 'display', 'verify'];
  return ['compile'];
}

async function setUp(/** @type {readonly Need[]} */ needs) {
  requireUsableNode();
  ensureSystemPackages(needs);
  await ensureDependencies();
}

/** @param {string} script @param {string[]} args */
function hand(script, args) {
  const child = spawn(toolNode(), [path.join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: toolPath() },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error);
    process.exitCode = 1;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

const [name = '', ...rest] = process.argv.slice(2);
const task = TASKS[name];
if (task === undefined) {
  console.error(`usage: node build/bootstrap.mjs ${Object.keys(TASKS).join('|')} [arguments]`);
  process.exitCode = 2;
} else {
  try {
    await setUp(task.needs(rest));
    hand(task.script, [...(task.firstArguments ?? []), ...rest]);
  } catch (error) {
    if (!(error instanceof SetupStop)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = task.stopCode ?? 1;
  }
}
