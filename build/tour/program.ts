// Starts the program in a real window and gives what drives it, for the tour and for the end-to-end tests.
import { _electron } from 'playwright-core';
import type { ElectronApplication, Page } from 'playwright-core';

const START_DEADLINE_MS = 60_000;
const STEP_DEADLINE_MS = 20_000;

export interface Launch {
  readonly executablePath: string;
  /** Ends with the program's folder: the program's own arguments go after it. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface OpenProgram {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** As a clerk closes it: the hosts end in order. */
  close(): Promise<void>;
  /** As a power cut ends it. */
  kill(): Promise<void>;
}

/** `ownArguments`: the program's own, such as `--demo` or `--config=FILE`; `userFolder` holds all it writes. */
export async function openProgram(
  launch: Launch,
  userFolder: string,
  ownArguments: readonly string[],
): Promise<OpenProgram> {
  const app = await _electron.launch({
    executablePath: launch.executablePath,
    args: [...launch.args, `--user-data-dir=${userFolder}`, ...ownArguments],
    env: { ...launch.env },
    timeout: START_DEADLINE_MS,
    chromiumSandbox: !launch.args.includes('--no-sandbox'),
  });
  const page = await app.firstWindow({ timeout: START_DEADLINE_MS });
  page.setDefaultTimeout(STEP_DEADLINE_MS);
  return {
    app,
    page,
    close: () => app.close(),
    kill: async () => {
      const child = app.process();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}
