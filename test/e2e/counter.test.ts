import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { counter } from '../../renderer/text/counter.ts';
import { entry } from '../../renderer/text/entry.ts';
import { today } from '../../renderer/text/today.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { identityNumber } from './support/people.ts';

const UNIT = '9900000500';
const long = { name: '欧阳买买提艾力江', idNumber: identityNumber(43), base: '6000' };
const misread = { name: '杨帆', idNumber: misreadNumber(84), base: '7000' };

/** The last character is not what the others ask for. */
function misreadNumber(order: number): string {
  const right = identityNumber(order);
  return right.slice(0, -1) + (right.endsWith('1') ? '2' : '1');
}

let desk: Desk;
let clerk: Clerk;

beforeAll(async () => {
  desk = await Desk.setUp(UNIT);
  clerk = await desk.openAndSignIn();
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
});

it('keeps what only the counter can settle out of the queue and in its list', async () => {
  await clerk.open('registration');
  for (const person of [long, misread]) {
    await clerk.enter(person);
    await clerk.button(entry.toCounter).click();
    await clerk.page.getByText(entry.counterMoved(person.name)).waitFor();
  }
  const { drafts } = await readWindow(clerk.page, 'queue.list', { kind: 'registration' });
  expect(drafts).toEqual([]);
  await clerk.open('today');
  await clerk.page.getByText(today.counterCount(counter.count(2))).waitFor();
  await clerk.open('counter');
  for (const { name } of [long, misread]) await clerk.queueRow(name).first().waitFor();
  await clerk.queueRow(long.name).getByText(catalogue.NAME_TOO_LONG.text).first().waitFor();
  await clerk.queueRow(misread.name).getByText(catalogue.ID_CHECK.text).first().waitFor();
});

it('survives a restart, and a row is struck off only after the question', async () => {
  await desk.killProgram();
  clerk = await desk.openProgram();
  await clerk.startPlatform(desk.secrets.pin);
  await clerk.signIn(desk.secrets.transactionPassword, { sync: false });
  await clerk.open('counter');
  await clerk.queueRow(long.name).getByRole('checkbox').check();
  await clerk.button(counter.done).click();
  const dialogue = clerk.dialogue();
  await dialogue.getByText(counter.doneWarning).waitFor();
  await clerk.answer(counter.strike);
  await clerk.queueRow(long.name).waitFor({ state: 'detached' });
  await clerk.queueRow(misread.name).first().waitFor();
});
