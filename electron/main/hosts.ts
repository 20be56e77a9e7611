import { app, utilityProcess } from 'electron';
import path from 'node:path';
import { importExecArgv } from '../host/import-job.ts';
import type { Caller } from '../host/peer.ts';
import { tokenExitCodes } from '../../shared/ipc/token.ts';
import { writeLog } from './log.ts';
import { utilityHost } from '../host/host-process.ts';
import type { HostProcess } from '../host/host-process.ts';
import { Supervisor } from './supervisor/supervisor.ts';

const READY_DEADLINE_MS = 20_000;
/** The data host says goodbye to the centre and makes its backup meanwhile. */
const DATA_STOP_GRACE_MS = 8_000;
const STOP_GRACE_MS = 5_000;

export function superviseData(outFolder: string): Supervisor {
  return new Supervisor({
    name: 'data',
    spawn: () => spawnHost(outFolder, 'data', {}),
    readyDeadlineMs: READY_DEADLINE_MS,
    stopGraceMs: DATA_STOP_GRACE_MS,
    log: logLine,
  });
}

/** The token host is killed when a call is late: a hung driver cannot be ended in any other way. */
export function superviseToken(
  outFolder: string,
  environment: Readonly<Record<string, string>>,
  onReady: (caller: Caller) => Promise<void>,
): Supervisor {
  return new Supervisor({
    name: 'token',
    spawn: () => spawnHost(outFolder, 'token', environment),
    readyDeadlineMs: READY_DEADLINE_MS,
    stopGraceMs: STOP_GRACE_MS,
    killWhenLate: true,
    retireExitCodes: [tokenExitCodes.removed],
    onReady,
    log: logLine,
  });
}

/** One import job; it ends with its work. */
export function startImportJob(outFolder: string): HostProcess {
  return spawnHost(outFolder, 'import', {}, importExecArgv);
}

function logLine(line: string): void {
  writeLog('supervisor', line);
}

function spawnHost(
  outFolder: string,
  name: 'data' | 'token' | 'import',
  environment: Readonly<Record<string, string>>,
  execArgv: readonly string[] = [],
): HostProcess {
  const child = utilityProcess.fork(path.join(outFolder, 'hosts', `${name}.cjs`), [], {
    serviceName: `jiaocuntong-${name}`,
    stdio: 'pipe',
    execArgv: [...execArgv],
    env: { ...process.env, ...environment, JIAOCUNTONG_PACKAGED: app.isPackaged ? '1' : '' },
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      writeLog(name, chunk.toString('utf8'));
    });
  return utilityHost(child);
}
