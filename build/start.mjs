// npm start: opens the program. Where there is no screen it is shown a private one and the guided
// tour walks it through the main job, leaves pictures in out/tour and ends by itself.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureBundle } from './bundle.mjs';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { electronArguments, electronEnvironment, hasDisplay } from './launch.mjs';
import { root, say } from './setup/place.mjs';

const TOUR_DEADLINE_MS = 5 * 60_000;
const TIDY_UP_MS = 10_000;

const own = process.argv.slice(2);
const runtime = await ensureElectronRuntime();
await ensureBundle();

if (hasDisplay()) {
  const isConfigured = own.some((argument) => /^--(?:config|demo)(?:=|$)/.test(argument));
  say(`opening the program in Electron ${runtime.electron} (${runtime.kind})`);
  const demo = isConfigured ? [] : ['--demo'];
  start(runtime.program, [...electronArguments(), ...demo, ...own], electronEnvironment(runtime));
} else {
  const pictures = path.join(root, 'out', 'tour');
  say(`no screen here: a tour of the program in Electron ${runtime.electron} (${runtime.kind})`);
  say(`on a private screen; its pictures go to ${pictures}`);
  const script = path.join(root, 'build', 'tour', 'tour.ts');
  const tour = start(process.execPath, [script, pictures, ...own], process.env);
  setTimeout(() => {
    say(`the tour did not end in ${TOUR_DEADLINE_MS / 1000} s: ending it`);
    // asked first, so that it takes the program along
    tour.kill('SIGTERM');
    setTimeout(() => {
      tour.kill('SIGKILL');
    }, TIDY_UP_MS).unref();
    process.exitCode = 1;
  }, TOUR_DEADLINE_MS).unref();
}

/**
 * Runs `program` to its end and ends with its exit code; signals are passed on.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function start(program, args, env) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    throw error;
  });
  child.once('exit', (code, signal) => {
    if (signal !== null) say(`ended by ${signal}`);
    process.exitCode ??= code ?? 1;
  });
  return child;
}
