import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { findSoftHsmModule } from '../../../electron/demo/key/softhsm.ts';
import { configurationSchema, practiceSetupSchema } from '../../../shared/ipc/configuration.ts';
import { parametersSchema } from '../../../shared/wire/parameters.ts';
import { CentreProcess } from './centre-process.ts';
import { makeSigner, RawClient } from './raw-client.ts';
import { sampleItem, sampleOrder } from './sample-order.ts';

const run = promisify(execFile);
const script = (name: string) =>
  fileURLToPath(new URL(`../../../electron/demo/${name}`, import.meta.url));
const UNIT = '9900000500';
const folders: string[] = [];
const centres: CentreProcess[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jct-practice-'));
  folders.push(folder);
  return folder;
}

function newCentre(): CentreProcess {
  const centre = new CentreProcess();
  centres.push(centre);
  return centre;
}

afterEach(async () => {
  for (const centre of centres.splice(0)) await centre.remove();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function setUp(folder: string, ...extra: string[]) {
  const { stdout } = await run(process.execPath, [
    script('setup-main.ts'),
    '--folder',
    folder,
    ...extra,
  ]);
  expect(stdout.trimEnd().split('\n').length).toBe(1);
  return practiceSetupSchema.parse(JSON.parse(stdout));
}

describe('practice set-up', () => {
  test('makes everything once; a second run changes no byte', async () => {
    const folder = newFolder();
    const first = await setUp(folder, '--key', 'software', '--unit', '9900005000');
    const files = ['configuration.json', 'centre/pki/centre.key.pem', 'key/certificate.pem'];
    const content = () => files.map((file) => readFileSync(join(folder, file), 'utf8'));
    const before = content();
    expect(await setUp(folder, '--key', 'software', '--unit', '9900005000')).toEqual(first);
    expect(content()).toEqual(before);
    const { configuration } = first;
    expect(configurationSchema.parse(JSON.parse(before[0] ?? ''))).toEqual(configuration);
    expect(configuration.practice?.banner).toBe('演练');
    expect(configuration.practice?.keyNote).toContain('演示钥匙');
    expect(configuration.accounts[0]?.unitName).toBe('示例纺织有限公司');
    expect(statSync(join(folder, 'centre/pki/centre.key.pem')).mode & 0o777).toBe(0o600);
  });

  test('SoftHSM where it is installed, named in the note', async (context) => {
    if (findSoftHsmModule() === null) context.skip('SoftHSM2 is not installed here');
    const folder = newFolder();
    const { configuration } = await setUp(folder);
    expect(configuration.key.kind).toBe('pkcs11');
    expect(configuration.practice?.keyNote).toContain('SoftHSM');
    expect(existsSync(configuration.keyEnvironment?.SOFTHSM2_CONF ?? '')).toBe(true);
  });

  test('posts the same to a parent process and ends', async () => {
    const folder = newFolder();
    const child = fork(script('setup-main.ts'), ['--folder', folder, '--key', 'software'], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit');
    const [message] = (await once(child, 'message')) as [unknown];
    const { configuration } = practiceSetupSchema.parse(message);
    expect(configuration.accounts[0]?.unitAccount).toBe(UNIT);
    expect((await ended)[0]).toBe(0);
  });

  test('an unknown unit ends with code 1 and a reason', async () => {
    const failed = setUp(newFolder(), '--unit', '9911111111');
    await expect(failed).rejects.toMatchObject({ code: 1 });
  });
});

describe('the centre as a program', () => {
  test('says what it is and how to get in, tells the file its port, ends on SIGTERM', async () => {
    const centre = await newCentre().start();
    const lines = centre.output.trimEnd().split('\n');
    expect(lines.length).toBe(1);
    for (const part of [String(centre.port), '9900100000', '888888', '123456', '钱在册']) {
      expect(lines[0]).toContain(part);
    }
    const file = join(centre.folder, 'configuration.json');
    const { gateway } = configurationSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(gateway.port).toBe(centre.port);
    expect(await centre.stop()).toBe(0);
  });

  test('help in two languages; a wrong option ends with code 2', async () => {
    const { stdout } = await run(process.execPath, [script('main.ts'), '--help']);
    expect(stdout).toContain('中心时钟的起点');
    expect(stdout).toContain('for tests only');
    for (const wrong of [['--hours', 'never'], ['--port', 'x'], ['--unit', '1'], ['--what']]) {
      const failed = run(process.execPath, [script('main.ts'), ...wrong]);
      await expect(failed).rejects.toMatchObject({ code: 2 });
    }
  });
});

describe('hours', () => {
  async function submitAt(now: string, ...extra: string[]) {
    const centre = await newCentre().start('--now', now, ...extra);
    const client = new RawClient(centre, UNIT, await makeSigner(centre, UNIT));
    const { businessMonth } = await client.signIn();
    const answer = await client.ask('WL4001', { have: 0 });
    const { parameters } = answer.body as { parameters: unknown };
    const { filing } = parametersSchema.parse(parameters);
    const order = sampleOrder([sampleItem(1)], { businessMonth });
    const ids = { sn: client.nextSerial(), oid: crypto.randomUUID() };
    const { code } = await client.sendSigned(client.signed('WL1001', order, ids));
    client.close();
    return { code, businessMonth, hours: `${filing.openTime}-${filing.closeTime}`, client };
  }

  test('real: an order outside the day or the month is refused with a receipt', async () => {
    const late = await submitAt('2026-11-25T16:30:00+08:00');
    expect([late.code, late.businessMonth, late.hours]).toEqual(['WLB404', 202612, '09:00-16:30']);
    // 2010-11-20 is a Saturday: the window closed on Friday the 19th
    const closed = await submitAt('2010-11-20T10:00:00+08:00');
    expect([closed.code, closed.businessMonth]).toEqual(['WLB404', 201011]);
  });

  test('real: the last minute of the last workday is open', async () => {
    const last = await submitAt('2026-11-20T16:29:30+08:00');
    expect([last.code, last.businessMonth]).toEqual(['000000', 202611]);
  });

  test('always: at night it is open; between months the clock moves on to the 21st', async () => {
    const night = await submitAt('2026-11-26T03:00:00+08:00', '--hours', 'always');
    expect([night.code, night.hours]).toEqual(['000000', '00:00-23:59']);
    const between = await submitAt('2026-12-20T12:00:00+08:00', '--hours', 'always');
    expect([between.code, between.businessMonth]).toEqual(['000000', 202701]);
    const shown = new Date(between.client.nowMs() + 8 * 3_600_000).toISOString();
    expect(shown.slice(0, 10)).toBe('2026-12-21');
  });

  test('always: the clock that was moved on does not go back at the next start', async () => {
    const centre = newCentre();
    await centre.start('--now', '2031-12-20T12:00:00+08:00', '--hours', 'always');
    await centre.stop();
    await centre.start('--hours', 'always', '--clock-goes-on');
    const client = new RawClient(centre, UNIT, await makeSigner(centre, UNIT));
    await client.hello();
    expect(new Date(client.nowMs()).getUTCFullYear()).toBe(2031);
    client.close();
  });

  test('a new month brings a new parameter version: an order on the old one is refused', async () => {
    const centre = newCentre();
    await centre.start('--now', '2026-11-20T15:00:00+08:00');
    const client = new RawClient(centre, UNIT, await makeSigner(centre, UNIT));
    const old = (await client.signIn()).parameterVersion;
    await centre.stop();
    await centre.start('--now', '2026-11-21T15:00:00+08:00');
    expect((await client.signIn()).parameterVersion).toBe(old + 1);
    const ids = { sn: client.nextSerial(), oid: crypto.randomUUID(), prm: old };
    const order = client.signed('WL1001', sampleOrder([sampleItem(1)]), ids);
    expect((await client.sendSigned(order)).code).toBe('WLB403');
    client.close();
  });
});
