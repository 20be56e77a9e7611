import os from 'node:os';
import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { Configuration } from '../../../shared/ipc/configuration.ts';
import type { Diagnostics } from '../../../shared/ipc/diagnostics.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import type { DataClient } from '../clients.ts';
import type { RecentFailures } from '../recent-failures.ts';
import type { Key } from './key.ts';

interface DiagnosticsSide {
  readonly configuration: Configuration;
  readonly key: Key;
  readonly failures: RecentFailures;
  readonly clientVersion: string;
  readonly dataProtected: boolean;
}

const UPTIME_UNIT_MS = 1_000;

/** Gathers 诊断信息. A part that does not answer is told with its code; the others are there. */
export async function readDiagnostics(
  { configuration, key, failures, clientVersion, dataProtected }: DiagnosticsSide,
  data: DataClient,
  status: WindowStatus,
): Promise<Result<Diagnostics>> {
  const [facts, token] = await Promise.all([data['diagnostics.data']({}), key.describe()]);
  const { electron, chrome, node } = process.versions;
  const now = Date.now();
  const { gateway } = configuration;
  return succeed({
    at: new Date(now).toISOString(),
    program: {
      version: clientVersion,
      ...{ electron, chrome, node },
      startedAt: new Date(now - process.uptime() * UPTIME_UNIT_MS).toISOString(),
      practice: configuration.practice !== undefined,
      dataProtected,
    },
    system: {
      name: process.platform,
      release: os.release(),
      architecture: process.arch,
      memoryBytes: os.totalmem(),
      freeMemoryBytes: os.freemem(),
    },
    hosts: status.hosts,
    key: { state: status.key.state, ...describeKey(token) },
    gateway: {
      host: gateway.host,
      port: gateway.port,
      serverName: gateway.serverName,
      state: status.platform.state,
      channel: status.unit?.channel ?? 'off',
      tlsProtocol: status.platform.tlsProtocol,
      failure: status.platform.failure,
    },
    data: facts.ok ? facts.value.facts : null,
    dataFailure: facts.ok ? null : facts.code,
    failures: failures.list(),
  });
}

function describeKey(token: Awaited<ReturnType<Key['describe']>>) {
  const none = { driver: '', driverVersion: '', manufacturer: '', modulePath: '' };
  if (!token.ok) return { ...none, tokens: [], loggedIn: false, failure: token.code };
  const { driver, tokens, loggedIn } = token.value;
  return {
    driver: driver.library,
    driverVersion: driver.version,
    manufacturer: driver.manufacturer,
    modulePath: driver.modulePath,
    tokens: tokens.map(({ reader, manufacturer, model, serial, failedTries, flags }) => ({
      ...{ reader, manufacturer, model, serial, failedTries },
      pinLocked: flags.pinLocked,
    })),
    loggedIn: loggedIn !== null,
    failure: null,
  };
}
