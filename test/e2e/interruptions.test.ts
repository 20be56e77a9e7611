import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Clerk } from '../../build/tour/clerk.ts';
import { results } from '../../renderer/text/results.ts';
import { confirmation } from '../../renderer/text/confirmation.ts';
import { queue } from '../../renderer/text/queue.ts';
import { signIn } from '../../renderer/text/sign-in.ts';
import { platform } from '../../renderer/text/platform.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { identityNumber } from './support/people.ts';

const UNIT = '9900000030';
const zhao = { name: '赵一', idNumber: identityNumber(11), base: '8000.00' };
const zhou = { name: '周𠮷', idNumber: identityNumber(14), base: '3754.17' };
const qian = { name: '钱多多', idNumber: identityNumber(12), base: '2000.00' };

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

it('keeps the queue through a power cut', async () => {
  clerk = await desk.openAndSignIn();
  await clerk.open('registration');
  await clerk.enter(zhao);
  await clerk.queueRow(zhao.name).waitFor();
  await clerk.enter(qian);
  await clerk.queueRow(qian.name).waitFor();
  await desk.killProgram();
  clerk = await desk.openProgram();
  await clerk.startPlatform(desk.secrets.pin);
  await clerk.signIn(desk.secrets.transactionPassword, { sync: false });
  await clerk.open('registration');
  await clerk.queueRow(zhao.name).waitFor();
  await clerk.queueRow(qian.name).waitFor();
});

it('keeps the drafts while the gateway is down, and sends them once it is back', async () => {
  await desk.centre.kill();
  await clerk.confirm();
  await clerk.dialogue().getByText(catalogue.GATEWAY_UNREACHABLE.text).first().waitFor();
  await clerk.leaveDialogue();
  await clerk.queueRow(zhao.name).waitFor();
  await clerk.queueRow(qian.name).waitFor();
  await desk.centre.start();
  await expect.poll(() => clerk.button(queue.confirm).isEnabled(), { timeout: 60_000 }).toBe(true);
  await clerk.confirm();
  expect((await clerk.waitForReceipt()).text).toContain('1,706.00');
  await clerk.leaveDialogue();
  await clerk.queueRow(zhao.name).waitFor({ state: 'detached' });
});

it('says that the answer is awaited when it was lost, and finds the receipt by itself', async () => {
  desk.centre.breakLine([
    { id: 'lost', tx: 'WL1001', do: 'dropAfter' },
    { id: 'slow', tx: 'WL2001', do: 'delayBefore', ms: 10_000 },
  ]);
  await clerk.enter(zhou);
  await clerk.queueRow(zhou.name).waitFor();
  await clerk.confirm();
  await clerk.dialogue().getByText(confirmation.waiting).first().waitFor();
  await clerk.leaveDialogue();
  await clerk.open('registration-results');
  await clerk.page.getByRole('row').getByText(results.orderState.sent).waitFor();
  await clerk.page
    .getByRole('row')
    .getByText(results.orderState.sent)
    .waitFor({ state: 'detached', timeout: 60_000 });
  await clerk.page.getByRole('row').getByText(results.orderState.applied).nth(1).waitFor();
  expect(desk.centre.ledgerLinesOf(zhou.idNumber)).toBe(1);
  await clerk.open('registration');
});

it('works without the gateway after a restart: sign-in, look-up and entry', async () => {
  await desk.closeProgram();
  await desk.centre.kill();
  clerk = await desk.openProgram();
  await clerk.button(platform.offline).click();
  await clerk.page.getByLabel(signIn.password, { exact: true }).fill('错误的密码');
  await clerk.button(signIn.confirm).click();
  await clerk.page.getByText(catalogue.PASSWORD_WRONG.text).first().waitFor();
  await clerk.signIn(desk.secrets.transactionPassword, { sync: false });
  await clerk.open('roster-query');
  await clerk.search('99');
  await clerk.page.getByRole('row').nth(3).waitFor();
  await clerk.open('registration');
  await clerk.enter({ name: '孙丽', idNumber: identityNumber(13), base: '12345.50' });
  await clerk.queueRow('孙丽').waitFor();
  await clerk.queueRow('孙丽').getByText('1,976.00').waitFor();
});

it('focuses the first window when the program is started a second time', async () => {
  const { app } = desk.program;
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.minimize();
  });
  const second = await desk.startSecond();
  expect(second).toBe(0);
  const state = await app.evaluate(({ BrowserWindow }) => {
    const windows = BrowserWindow.getAllWindows();
    return { count: windows.length, isMinimized: windows[0]?.isMinimized() };
  });
  expect(state).toEqual({ count: 1, isMinimized: false });
});
