import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { batch as words } from '../../renderer/text/batch.ts';
import { orderStory } from '../../renderer/text/order-story.ts';
import { startReport } from '../../renderer/text/start-report.ts';
import { BatchClerk } from './support/batch-clerk.ts';
import { writeTable } from './support/clerk-files.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { keepPicture } from './support/kept-picture.ts';
import { identityNumber } from './support/people.ts';

const UNIT = '9900000030';
/** The centre keeps its answer for longer than the test takes: nothing waits for it. */
const NEVER_MS = 600_000;
const ofBatch = [42, 43].map(identityNumber);
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
  const note = await restartBoth();
  await keepPicture(clerk.page, 'cleared-1-today');
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
  await keepPicture(clerk.page, 'cleared-2-story');
  await page.getByRole('button', { name: orderStory.back, exact: true }).click();
  await note.getByRole('button', { name: startReport.read }).click();
  await note.waitFor({ state: 'detached' });
});

it('a batch the centre has taken, the program killed before the answer: settled, told, once', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jiaocuntong-cleared-'));
  const table = path.join(folder, '新进.xlsx');
  const rows = ofBatch.map((idNumber) => ['示例新人', idNumber, '8000']);
  await writeTable(table, [['职工姓名', '身份证号', '月均工资'], ...rows]);
  const before = new BatchClerk(desk, clerk, 'registration');
  const { id } = await before.bringIn(table);
  fs.rmSync(folder, { recursive: true });
  desk.centre.breakLine([{ id: 'held', tx: 'WL1001', do: 'delayAfter', ms: NEVER_MS }]);
  await before.press(words.send);
  await clerk.answer('是');
  await expect.poll(() => desk.centre.batchesTaken(), { timeout: 60_000 }).toHaveLength(1);
  const note = await restartBoth();
  await keepPicture(clerk.page, 'cleared-3-batch');
  const after = new BatchClerk(desk, clerk, 'registration');
  const [taken, ...others] = desk.centre.batchesTaken();
  expect(others).toEqual([]);
  const order = await after.order(taken?.serialNumber ?? '');
  expect(order).toMatchObject({ state: 'applied', origin: 'batch', acceptedCount: 2 });
  expect(await after.find(id)).toMatchObject({ open: 0, oids: [order?.oid] });
  for (const idNumber of ofBatch) expect(desk.centre.ledgerLinesOf(idNumber)).toBe(1);
  await note.getByRole('button', { name: startReport.see }).click();
  const page = clerk.page.getByRole('region', { name: orderStory.title });
  await page.getByText(orderStory.detail.applied(order?.serialNumber ?? '')).waitFor();
  expect(await page.getByText(orderStory.event.receipt(2)).count()).toBe(1);
  await keepPicture(clerk.page, 'cleared-4-batch-story');
});

/** Program and centre end as in a power cut; ends where the start tells of one order taken. */
async function restartBoth(): Promise<Locator> {
  await desk.killProgram();
  await desk.centre.kill();
  desk.centre.breakLine([]);
  await desk.centre.start();
  clerk = await desk.openProgram();
  await clerk.startPlatform(desk.secrets.pin);
  await clerk.signIn(desk.secrets.transactionPassword, { sync: false });
  const note = clerk.page.getByRole('status', { name: startReport.title });
  await note.getByText(startReport.applied(1)).waitFor({ timeout: 120_000 });
  return note;
}

async function registrations(businessMonth: number) {
  const request = { kind: 'registration', businessMonth } as const;
  return (await readWindow(clerk.page, 'orders.list', request)).orders;
}
