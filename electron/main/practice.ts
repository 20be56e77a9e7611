import { utilityProcess } from 'electron';
import type { UtilityProcess } from 'electron';
import path from 'node:path';
import type { z } from 'zod';
import { centreReadySchema, practiceSetupSchema } from '../../shared/ipc/configuration.ts';
import type { Configuration } from '../../shared/ipc/configuration.ts';
import { writeLog } from './log.ts';

const SETUP_DEADLINE_MS = 60_000;
const CENTRE_DEADLINE_MS = 60_000;

export interface Practice {
  readonly configuration: Configuration;
  /** Ends the demo centre. */
  stop(): void;
}

/**
 * 演练: prepares a demo key and starts the demo gateway and centre on this computer, each a process
 * of its own, and gives the configuration that leads to them. From there on nothing differs from real use.
 */
export async function startPractice(outFolder: string, folder: string): Promise<Practice> {
  const hosts = path.join(outFolder, 'hosts');
  const setup = run(path.join(hosts, 'demo-setup.cjs'), ['--folder', folder], 'practice');
  const { configuration } = await firstMessage(setup, practiceSetupSchema, SETUP_DEADLINE_MS);
  const centre = run(
    path.join(hosts, 'centre.cjs'),
    ['--folder', folder, '--port', '0', '--hours', 'always'],
    'centre',
  );
  const { port } = await firstMessage(centre, centreReadySchema, CENTRE_DEADLINE_MS);
  centre.once('exit', (code) => {
    writeLog('centre', `ended with ${code}`);
  });
  return {
    configuration: { ...configuration, gateway: { ...configuration.gateway, port } },
    stop: () => {
      centre.kill();
    },
  };
}

function run(file: string, args: string[], name: string): UtilityProcess {
  const child = utilityProcess.fork(file, args, {
    serviceName: `jiaocuntong-${name}`,
    stdio: 'pipe',
  });
  // What it prints for people and scripts is not for the log; what goes wrong is.
  child.stdout?.resume();
  child.stderr?.on('data', (chunk: Buffer) => {
    writeLog(name, chunk.toString('utf8'));
  });
  return child;
}

/** What the process says first; throws when it ends or stays silent instead. */
function firstMessage<T>(child: UtilityProcess, schema: z.ZodType<T>, deadlineMs: number) {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill();
      reject(new Error(`the practice process said nothing within ${deadlineMs} ms`));
    }, deadlineMs);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the practice process ended with ${code}`));
    });
    child.once('message', (message: unknown) => {
      clearTimeout(timer);
      const parsed = schema.safeParse(message);
      if (parsed.success) resolve(parsed.data);
      else reject(new Error(`the practice process said something else: ${parsed.error.message}`));
    });
  });
}
