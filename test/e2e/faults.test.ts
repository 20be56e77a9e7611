import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { signIn } from '../../renderer/text/sign-in.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { identityNumber } from './support/people.ts';

const UNIT = '9900000030';
const wu = { name: '吴文博', idNumber: identityNumber(31), base: '8000.00' };

let desk: Desk;
let clerk: Clerk;

beforeAll(async () => {
  desk = await Desk.setUp(UNIT);
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
});

it('ends with its window, hosts and all, and starts again', async () => {
  clerk = await desk.openAndSignIn();
  const pids = await hostPids();
  expect(pids.length).toBeGreaterThanOrEqual(2);
  expect(await desk.closeWindow()).toBe(0);
  await expect.poll(() => pids.filter(isAlive), { timeout: 5_000 }).toEqual([]);
  clerk = await desk.openProgram();
  await clerk.startPlatform(desk.secrets.pin);
  await clerk.signIn(desk.secrets.transactionPassword, { sync: false });
});

it('says that the data host died, keeps the queue, and goes on after signing in again', async () => {
  await clerk.open('registration');
  await clerk.enter(wu);
  await clerk.queueRow(wu.name).waitFor();
  const [data] = await hostPids('jiaocuntong-data');
  if (data === undefined) throw new Error('the data host is not among the processes');
  process.kill(data, 'SIGKILL');
  await clerk.page.getByText(signIn.interrupted).waitFor();
  await clerk.page.getByText(signIn.online, { exact: true }).waitFor({ timeout: 30_000 });
  await clerk.signIn(desk.secrets.transactionPassword, { sync: false });
  await clerk.open('registration');
  await clerk.queueRow(wu.name).waitFor();
});

it('answers no page but its own', async () => {
  const refused: unknown = await desk.program.app.evaluate(
    async ({ app, BrowserWindow }, preload) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { preload: `${app.getAppPath()}/${preload}`, sandbox: true },
      });
      await stranger.loadURL('data:text/html,<title>stranger</title>');
      const answer: unknown = await stranger.webContents.executeJavaScript(
        "window.jiaocuntong.invoke('app.describe', {})",
      );
      stranger.destroy();
      return answer;
    },
    path.posix.join('out', 'preload', 'preload.cjs'),
  );
  expect(refused).toMatchObject({ ok: false, code: 'SENDER_REFUSED' });
  const described = await readWindow(clerk.page, 'app.describe', {});
  expect(described.accounts[0]?.unitAccount).toBe(UNIT);
});

/** Data and token host of this desk's program, or the one named. */
async function hostPids(name = 'jiaocuntong-'): Promise<number[]> {
  return desk.program.app.evaluate(
    ({ app }, wanted) =>
      app
        .getAppMetrics()
        .filter((metric) => `${metric.name ?? ''} ${metric.serviceName ?? ''}`.includes(wanted))
        .map((metric) => metric.pid),
    name,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
