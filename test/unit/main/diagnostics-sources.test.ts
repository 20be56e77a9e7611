// the broker reads the versions of the process it runs in
import type {} from 'electron';
import { expect, it } from 'vitest';
import type { DataClient } from '../../../electron/main/clients.ts';
import { readDiagnostics } from '../../../electron/main/broker/diagnostics.ts';
import type { Key } from '../../../electron/main/broker/key.ts';
import { RecentFailures } from '../../../electron/main/recent-failures.ts';
import { fail } from '../../../shared/errors/result.ts';
import type { Configuration } from '../../../shared/ipc/configuration.ts';
import type { WindowStatus } from '../../../shared/ipc/window.ts';

// 诊断信息 is asked for when something is broken: each source may be away.
const status = {
  hosts: { data: 'givenUp', token: 'restarting' },
  key: { state: 'absent' },
  platform: { state: 'off', tlsProtocol: '', failure: 'GATEWAY_UNREACHABLE' },
} as unknown as WindowStatus;
const configuration = {
  gateway: { host: 'gateway.example.cn', port: 8443, serverName: 'gateway.example.cn' },
} as unknown as Configuration;

it('tells what it knows with no key, no driver and no data', async () => {
  const data = {
    'diagnostics.data': () => Promise.resolve(fail('HOST_GIVEN_UP', 'data')),
  } as unknown as DataClient;
  const key = {
    describe: () => Promise.resolve(fail('KEY_DRIVER_MISSING', '')),
  } as unknown as Key;
  const failures = new RecentFailures();
  failures.note('roster.sync', 'ANSWER_LATE');
  const side = { configuration, key, failures, clientVersion: '1.2.3', dataProtected: true };
  const answer = await readDiagnostics(side, data, status);
  if (!answer.ok) throw new Error(answer.code);
  const facts = answer.value;
  expect(facts.data).toBeNull();
  expect(facts.dataFailure).toBe('HOST_GIVEN_UP');
  expect(facts.key).toMatchObject({ state: 'absent', tokens: [], failure: 'KEY_DRIVER_MISSING' });
  expect(facts.gateway).toMatchObject({ channel: 'off', failure: 'GATEWAY_UNREACHABLE' });
  expect(facts.program.version).toBe('1.2.3');
  expect(facts.failures).toMatchObject([{ operation: 'roster.sync', code: 'ANSWER_LATE' }]);
});
