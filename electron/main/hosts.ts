import { app, utilityProcess } from 'electron';
import path from 'node:path';
import { client } from '../host/contract.ts';
import type { Client, Deadlines } from '../host/contract.ts';
import type { Caller } from '../host/peer.ts';
import { dataContract } from '../../shared/ipc/data.ts';
import { tokenContract, tokenDeadlinesMs, tokenExitCodes } from '../../shared/ipc/token.ts';
import { writeLog } from './log.ts';
import { utilityHost } from './supervisor/host-process.ts';
import type { HostProcess } from './supervisor/host-process.ts';
import { Supervisor } from './supervisor/supervisor.ts';

const READY_DEADLINE_MS = 20_000;
const STOP_GRACE_MS = 5_000;

/** How long main waits for the data host; a signature by hand-held key and a batch are inside. */
const dataDeadlinesMs: Deadlines<typeof dataContract> = {
  'unit.open': 60_000,
  'unit.status': 10_000,
  'unit.close': 10_000,
  'channel.hello': 45_000,
  'session.signIn': 120_000,
  'session.goOnline': 120_000,
  'session.signOut': 20_000,
  'roster.sync': 3_600_000,
  'roster.cancelSync': 10_000,
  'roster.query': 10_000,
  'queue.list': 10_000,
  'queue.addRegistration': 10_000,
  'queue.remove': 10_000,
  'orders.confirm': 300_000,
  'orders.list': 10_000,
  'orders.items': 10_000,
  'orders.evidence': 10_000,
  'orders.refresh': 120_000,
};

export type DataClient = Client<typeof dataContract>;
export type TokenClient = Client<typeof tokenContract>;

export function dataClient(caller: Caller): DataClient {
  return client(caller, dataContract, dataDeadlinesMs);
}

export function tokenClient(caller: Caller): TokenClient {
  return client(caller, tokenContract, tokenDeadlinesMs);
}

export function superviseData(outFolder: string): Supervisor {
  return new Supervisor({
    name: 'data',
    spawn: () => spawnHost(outFolder, 'data', {}),
    readyDeadlineMs: READY_DEADLINE_MS,
    stopGraceMs: STOP_GRACE_MS,
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

function logLine(line: string): void {
  writeLog('supervisor', line);
}

function spawnHost(
  outFolder: string,
  name: 'data' | 'token',
  environment: Readonly<Record<string, string>>,
): HostProcess {
  const child = utilityProcess.fork(path.join(outFolder, 'hosts', `${name}.cjs`), [], {
    serviceName: `jiaocuntong-${name}`,
    stdio: 'pipe',
    env: { ...process.env, ...environment, JIAOCUNTONG_PACKAGED: app.isPackaged ? '1' : '' },
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      writeLog(name, chunk.toString('utf8'));
    });
  return utilityHost(child);
}
