import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Clerk } from '../../build/tour/clerk.ts';
import { results } from '../../renderer/text/results.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { identityNumber } from './support/people.ts';

// A query that stands open while the business month ends, with the centre's clock at its real hours.
const UNIT = '9900000030';
const TURN_DEADLINE_MS = 90_000;
const newcomer = { name: '秦月', idNumber: identityNumber(61), base: '6500' };

let desk: Desk;
let clerk: Clerk;

beforeAll(async () => {
  desk = await Desk.setUp(UNIT, { clock: '2026-11-20T10:30:00+08:00' });
  clerk = await desk.openAndSignIn();
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
});

it('keeps the batch that is looked at, and offers the new month', async () => {
  await clerk.open('registration');
  await clerk.enter(newcomer);
  await clerk.queueRow(newcomer.name).waitFor();
  await clerk.confirm();
  const { serialNumber } = await clerk.waitForReceipt();
  await clerk.leaveDialogue();
  await clerk.open('registration-results');
  const batch = clerk.page
    .getByRole('table', { name: results.batches.registration, exact: true })
    .getByRole('row')
    .filter({ hasText: serialNumber });
  await batch.getByRole('button', { name: results.all, exact: true }).click();
  const item = clerk.page
    .getByRole('table', { name: results.items.registration, exact: true })
    .getByRole('row')
    .filter({ hasText: newcomer.name });
  await item.getByText(results.itemState.succeeded).waitFor({ timeout: TURN_DEADLINE_MS });

  await desk.centre.startAt('2026-11-20T16:29:50+08:00');
  const onward = clerk.button(results.monthTurned(202612));
  await onward.waitFor({ timeout: TURN_DEADLINE_MS });
  await item.waitFor();
  await batch.getByText(results.orderState.applied).waitFor();
  await onward.click();
  await clerk.page.getByText(results.batchesEmpty.registration, { exact: true }).waitFor();
  expect(await onward.count()).toBe(0);

  // and back by the list of months, where it is counted
  await clerk.page.getByLabel(results.month, { exact: true }).click();
  await clerk.page.getByTitle(results.monthOf(202611, 1), { exact: true }).click();
  await batch.waitFor();
});
