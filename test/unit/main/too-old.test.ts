// the broker reads the versions of the process it runs in
import type {} from 'electron';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Broker } from '../../../electron/main/broker/broker.ts';
import type { Key } from '../../../electron/main/broker/key.ts';
import { dataClient } from '../../../electron/main/clients.ts';
import { BatchFiles } from '../../../electron/main/files/batch-files.ts';
import { ListExports } from '../../../electron/main/files/list-exports.ts';
import { RecordFiles } from '../../../electron/main/files/record-files.ts';
import { RecentFailures } from '../../../electron/main/recent-failures.ts';
import type { Supervisor } from '../../../electron/main/supervisor/supervisor.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Configuration } from '../../../shared/ipc/configuration.ts';

const UNIT = '9900001234';
const password = 'lianxi2026';

/** What the data host answers; `minimumRaised` is the centre asking for a newer program from now on. */
class DataHost {
  everSignedIn = true;
  minimumRaised = false;
  readonly state = 'ready';
  readonly handle = () => undefined;
  readonly on = () => undefined;
  readonly onState = () => () => undefined;

  readonly call = (op: string, request: { online?: boolean }): Promise<unknown> =>
    Promise.resolve(this.#answer(op, request));

  #answer(op: string, { online }: { online?: boolean }): unknown {
    const needsCentre = op === 'channel.hello' || op === 'session.goOnline' || online === true;
    if (needsCentre && this.minimumRaised) return fail('CLIENT_TOO_OLD', 'at least 9.0.0');
    switch (op) {
      case 'unit.open':
        return succeed({ everSignedIn: this.everSignedIn });
      case 'channel.hello':
        return succeed({
          ...{ tlsProtocol: 'TLSv1.3', gatewaySubject: 'CN=g', centreSubject: 'CN=c' },
          clockOffsetMs: 0,
        });
      case 'session.signIn':
        return succeed({ online, firstOnThisComputer: false });
      default:
        return fail('NOT_SIGNED_IN');
    }
  }
}

let data: DataHost;
let broker: Broker;

function makeBroker(): Broker {
  const key = {
    certificate: new Uint8Array([1]),
    ...{ status: { state: 'unlocked' }, hostState: 'ready' },
    unlock: () => Promise.resolve(succeed({})),
  };
  const supervisor = data as unknown as Supervisor;
  const client = dataClient(supervisor);
  const noFile = () => Promise.resolve(null);
  const dialogs = { chooseTable: noFile, chooseTarget: noFile, chooseFolder: noFile };
  const files = new BatchFiles({
    data: client,
    startJob: () => {
      throw new Error('no file is brought in here');
    },
    dialogs,
    progress: () => undefined,
  });
  return new Broker({
    configuration: {
      accounts: [{ unitAccount: UNIT, user: '990001', unitName: '示例机械制造有限公司' }],
    } as unknown as Configuration,
    data: supervisor,
    dataClient: client,
    files,
    records: new RecordFiles({ data: client, dialogs }),
    output: {
      ...new ListExports({
        data: client,
        startJob: () => {
          throw new Error('nothing is exported here');
        },
        dialogs,
      }).handlers,
      'document.save': () => succeed({ path: null }),
      'document.print': () => succeed({ printed: false }),
    },
    key: key as unknown as Key,
    failures: new RecentFailures(),
    ...{
      backupDialogues: {
        chooseFolder: () => Promise.resolve(undefined),
        chooseFile: () => Promise.resolve(undefined),
      },
      setAsideKey: () => undefined,
    },
    databaseKeyOf: () => succeed('0'.repeat(64)),
    ...{ unitsFolder: '/units', clientVersion: '0.1.0', dataProtected: true },
    ...{
      tell: () => undefined,
      quit: () => undefined,
    },
  });
}

beforeEach(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  data = new DataHost();
  broker = makeBroker();
  const start = { unitAccount: UNIT, fingerprint: 'a'.repeat(64), pin: '1', confirmLastTry: false };
  expect(await broker.handlers['platform.start'](start)).toMatchObject({ value: { online: true } });
  data.minimumRaised = true;
});
afterEach(() => {
  vi.restoreAllMocks();
});

const signIn = () =>
  broker.handlers['session.signIn']({ unitAccount: UNIT, password, sync: false });

async function platform() {
  const status = await broker.handlers['app.status']({});
  return status.ok ? status.value.platform : undefined;
}

it('a centre that asks for a newer program is said once, and signing in offline goes on', async () => {
  expect(await signIn()).toMatchObject({ ok: false, code: 'CLIENT_TOO_OLD' });
  expect(await platform()).toMatchObject({ state: 'keyOnly', failure: 'CLIENT_TOO_OLD' });
  expect(await signIn()).toMatchObject({ ok: true, value: { online: false } });
});

it('a computer never signed in on is told of the version, not to start the platform again', async () => {
  const first = makeBroker();
  data.everSignedIn = false;
  const answer = await first.handlers['session.signIn']({
    unitAccount: UNIT,
    password,
    sync: true,
  });
  expect(answer).toMatchObject({ ok: false, code: 'CLIENT_TOO_OLD' });
});

it('going online later with a program too old leaves the platform offline', async () => {
  data.minimumRaised = false;
  expect(await signIn()).toMatchObject({ ok: true });
  data.minimumRaised = true;
  expect(await broker.handlers['session.goOnline']({})).toMatchObject({ code: 'CLIENT_TOO_OLD' });
  expect(await platform()).toMatchObject({ state: 'keyOnly', failure: 'CLIENT_TOO_OLD' });
});
