import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askWindow, readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { bar } from '../../renderer/text/frame.ts';
import { platform } from '../../renderer/text/platform.ts';
import { queue } from '../../renderer/text/queue.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { openUnitFile } from './support/evidence.ts';
import { identityNumber } from './support/people.ts';
import { keyMissing, PullableKey } from './support/pullable-key.ts';

const UNIT = '9900000030';
const li = { name: '李吉', idNumber: identityNumber(21), base: '6500.00' };

describe('a key that is pulled, and a wrong PIN', () => {
  let desk: Desk;
  let clerk: Clerk;
  let key: PullableKey;

  beforeAll(async () => {
    if (keyMissing) return;
    desk = await Desk.setUp(UNIT);
    key = new PullableKey(desk.centre);
  });
  beforeEach(() => {
    pictureOnFailure(() => clerk);
  });
  afterAll(async () => {
    if (!keyMissing) await desk.clear();
  });

  it('tells a wrong PIN, spends one try for it, and takes the right one after it', async (context) => {
    context.skip(keyMissing !== '', keyMissing);
    clerk = await desk.openProgram();
    await clerk.typePin('00000000');
    await clerk.page.getByText(catalogue.PIN_WRONG.text).first().waitFor();
    expect(key.triesLeft).toBe(key.triesAtFirst - 1);
    await clerk.page.getByText(platform.pinLow).waitFor();
    await clerk.startPlatform(desk.secrets.pin);
    expect(key.triesLeft).toBe(key.triesAtFirst);
    await clerk.signIn(desk.secrets.transactionPassword, { sync: true });
  });

  it('says that the key was pulled, sends nothing, and goes on after it is back', async (context) => {
    context.skip(keyMissing !== '', keyMissing);
    await clerk.open('registration');
    await clerk.enter(li);
    await clerk.queueRow(li.name).waitFor();
    key.pull();
    await clerk.page.getByText(bar.keyPulled).waitFor();
    const refused = await confirmBehindTheScreen(clerk);
    expect(refused).toMatchObject({ ok: false, code: 'KEY_REMOVED' });
    expect(submissionsThatLeft(desk)).toBe(0);
    await clerk.queueRow(li.name).waitFor();

    key.plugIn();
    await clerk.button(bar.startPlatform).first().click();
    await clerk.typePin(desk.secrets.pin);
    await clerk.open('registration');
    await clerk.queueRow(li.name).waitFor();
    await expect.poll(() => clerk.button(queue.confirm).isEnabled()).toBe(true);
    await clerk.confirm();
    expect((await clerk.waitForReceipt()).receiptNumber).toBe('1');
  });
});

/** The screen does not offer 确认 without a key; main must refuse it all the same. */
async function confirmBehindTheScreen({ page }: Clerk): Promise<unknown> {
  const { drafts, count, totalFen } = await readWindow(page, 'queue.list', {
    kind: 'registration',
  });
  return askWindow(page, 'orders.confirm', {
    kind: 'registration',
    ids: drafts.map((draft) => draft.id),
    expected: { count, fen: totalFen },
    waitForOpening: false,
  });
}

function submissionsThatLeft(desk: Desk): number {
  const file = openUnitFile(desk.userFolder, UNIT);
  const count = file
    .prepare<[], number>("SELECT count(*) FROM submission WHERE state NOT IN ('draft', 'void')")
    .pluck()
    .get();
  file.close();
  return count ?? 0;
}
