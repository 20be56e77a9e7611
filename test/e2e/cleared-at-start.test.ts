import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { orderStory } from '../../renderer/text/order-story.ts';
import { startReport } from '../../renderer/text/start-report.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { identityNumber } from './support/people.ts';

const UNIT = '9900000030';
const sent = { name: '赵一', idNumber: identityNumber(41), base: '8000.00' };

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

it('the centre ends after its commit, the program while it sends: one receipt, told at the start', async () => {
  clerk = await desk.openAndSignIn();
  await clerk.open('registration');
  await clerk.enter(sent);
  await clerk.queueRow(sent.name).waitFor();
  // the answer is never written: the centre's process ends once the order is in its books
  desk.centre.breakLine([{ id: 'cut', tx: 'WL1001', do: 'exitAfter' }]);
  const month = (await readWindow(clerk.page, 'unit.status', {})).parameters?.businessMonth ?? 0;
  await clerk.confirm();
  await expect.poll(() => desk.centre.ledgerLinesOf(sent.idNumber), { timeout: 30_000 }).toBe(1);
  await expect.poll(async () => (await registrations(month))[0]?.state).toBe('sent');
  await desk.killProgram();
  await desk.centre.kill();
  desk.centre.breakLine([]);
  await desk.centre.start();

  clerk = await desk.openProgram();
  await clerk.startPlatform(desk.secrets.pin);
  await clerk.signIn(desk.secrets.transactionPassword, { sync: false });
  const note = clerk.page.getByRole('status', { name: startReport.title });
  await note.getByText(startReport.applied(1)).waitFor({ timeout: 60_000 });
  const [order, ...others] = await registrations(month);
  expect(others).toEqual([]);
  expect(order).toMatchObject({ state: 'applied', receiptNumber: 1, acceptedCount: 1 });
  const lines = desk.centre.ledgerOf(sent.idNumber);
  expect(lines.map(({ oid, receiptNumber }) => [oid, receiptNumber])).toEqual([[order?.oid, 1]]);

  await note.getByRole('button', { name: startReport.see }).click();
  const page = clerk.page.getByRole('region', { name: orderStory.title });
  await page.getByText(orderStory.event.receipt(1)).waitFor();
  await page.getByText(orderStory.event.sending(1)).waitFor();
  await page.getByText(orderStory.detail.applied(order?.serialNumber ?? '')).waitFor();
  expect(await page.getByText(orderStory.event.receipt(1)).count()).toBe(1);
  await page.getByRole('button', { name: orderStory.back, exact: true }).click();
  await note.getByRole('button', { name: startReport.read }).click();
  await note.waitFor({ state: 'detached' });
});

async function registrations(businessMonth: number) {
  const request = { kind: 'registration', businessMonth } as const;
  return (await readWindow(clerk.page, 'orders.list', request)).orders;
}
