// npm start: opens the program. Where there is no screen it is shown a private one, walks itself
// through the demo, leaves pictures in out/tour and ends with its own exit code.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureBundle } from './bundle.mjs';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import {
  electronArguments,
  electronEnvironment,
  hasDisplay,
  openPrivateDisplay,
} from './launch.mjs';
import { root, say } from './setup/place.mjs';

const TOUR_DEADLINE_MS = 5 * 60_000;

const own = process.argv.slice(2);
const runtime = await ensureElectronRuntime();
await ensureBundle();

if (hasDisplay()) {
  const isConfigured = own.some((argument) => /^--(?:config|demo)(?:=|$)/.test(argument));
  say(`opening the program in Electron ${runtime.electron} (${runtime.kind})`);
  run([...(isConfigured ? [] : ['--demo']), ...own], {});
} else {
  const display = await openPrivateDisplay();
  const pictures = path.join(root, 'out', 'tour');
  say(`no screen here: a tour of the program in Electron ${runtime.electron} (${runtime.kind})`);
  say(`on a private one; its pictures go to ${pictures}`);
  // Chromium's remarks about the message bus and graphics card such a machine has not
  const quiet = ['--log-level=3'];
  const child = run([...quiet, '--demo', `--tour=${pictures}`, ...own], display.env);
  setTimeout(() => {
    say(`the tour did not end within ${TOUR_DEADLINE_MS / 60_000} minutes: killed`);
    endGroup(child, 'SIGKILL');
    process.exit(1);
  }, TOUR_DEADLINE_MS).unref();
}

/**
 * @param {string[]} programArguments
 * @param {Record<string, string>} extraEnvironment
 */
function run(programArguments, extraEnvironment) {
  const child = spawn(runtime.program, [...electronArguments(), ...programArguments], {
    stdio: 'inherit',
    env: electronEnvironment(runtime, extraEnvironment),
    // a group of its own, so that ending it reaches the program's hosts too
    detached: process.platform === 'linux',
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => {
      endGroup(child, signal);
    });
  child.once('error', (error) => {
    throw error;
  });
  child.once('exit', (code, signal) => {
    if (signal !== null) say(`the program was ended by ${signal}`);
    process.exit(code ?? 1);
  });
  return child;
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function endGroup(child, signal) {
  if (child.pid === undefined) return;
  if (process.platform === 'linux') process.kill(-child.pid, signal);
  else child.kill(signal);
}
