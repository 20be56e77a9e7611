// Before the end-to-end tests: a runtime, a fresh bundle and a private screen. A test starts the
// program itself: `electron.launch({ ...inject('launch'), args: [...args, '--demo', …] })`.
import type { TestProject } from 'vitest/node';
import { ensureBundle } from '../../build/bundle.mjs';
import { ensureElectronRuntime } from '../../build/electron-runtime.mjs';
import { electronArguments, electronEnvironment, openPrivateDisplay } from '../../build/launch.mjs';

interface Launch {
  executablePath: string;
  /** Ends with the program's folder: the program's own arguments go after it. */
  args: string[];
  env: Record<string, string>;
}

declare module 'vitest' {
  interface ProvidedContext {
    launch: Launch;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const runtime = await ensureElectronRuntime();
  await ensureBundle();
  const display = await openPrivateDisplay();
  project.provide('launch', {
    executablePath: runtime.program,
    args: electronArguments(),
    env: electronEnvironment(runtime, display.env),
  });
  return display.stop;
}
