import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Accepted, Clerk } from '../../build/tour/clerk.ts';
import type { Screen } from '../../shared/ipc/screens.ts';
import { entry } from '../../renderer/text/entry.ts';
import { queue } from '../../renderer/text/queue.ts';
import { nextMonth, previousMonth, toMonth } from '../../shared/rules/months.ts';
import type { RosterRow } from '../../shared/wire/roster.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { identityNumber } from './support/people.ts';
import { firstRows } from './support/roster.ts';

const UNIT = '9900000500';

let desk: Desk;
let clerk: Clerk;
let people: RosterRow[];
/** The month before the current business month. */
let lastMonth: number;

beforeAll(async () => {
  desk = await Desk.setUp(UNIT);
  clerk = await desk.openAndSignIn();
  const query = { ...firstRows(500), fundType: '10' as const, status: '01' as const };
  people = (await readWindow(clerk.page, 'roster.query', query)).rows;
  const unit = await readWindow(clerk.page, 'unit.status', {});
  lastMonth = previousMonth(toMonth(unit.parameters?.businessMonth ?? 0));
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
});

const TABS_MAX = 150;

/** Tab until the focus is there, as somebody without a mouse would. */
async function tabTo(target: Locator): Promise<void> {
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await clerk.page.keyboard.press('Tab');
  }
  throw new Error('Tab never came there');
}

async function openByKeyboard(screen: Screen): Promise<void> {
  await tabTo(clerk.menuItem(screen));
  await clerk.page.keyboard.press('Enter');
}

/** Presses 确认 and 是 with the keyboard alone, and reads the receipt. */
async function confirmByKeyboard(): Promise<Accepted> {
  const { page } = clerk;
  await tabTo(clerk.button(queue.confirm));
  await page.keyboard.press('Enter');
  // Enter files nothing by accident: the focus begins at 否
  await clerk
    .dialogue()
    .getByRole('button', { name: '否', exact: true })
    .and(page.locator(':focus'))
    .waitFor();
  await tabTo(clerk.dialogue().getByRole('button', { name: '是', exact: true }));
  await page.keyboard.press('Enter');
  const accepted = await clerk.waitForReceipt();
  await clerk.leaveDialogue();
  return accepted;
}

it('职工登记 by keyboard, to its receipt', async () => {
  await openByKeyboard('registration');
  await clerk.field('name').and(clerk.page.locator(':focus')).waitFor();
  for (const text of ['郑思齐', identityNumber(41), '8000']) {
    await clerk.page.keyboard.type(text);
    await clerk.page.keyboard.press('Enter');
  }
  await clerk.queueRow('郑思齐').waitFor();
  expect((await confirmByKeyboard()).text).toContain('1,920.00');
});

it('职工减少 by keyboard, effective at once', async () => {
  const leaver = people[20];
  if (!leaver) throw new Error('the roster is too short');
  await openByKeyboard('reduction');
  await clerk.enterReduction({ person: leaver.personalAccount, reason: '04' });
  await clerk.queueRow(leaver.name).first().waitFor();
  const accepted = await confirmByKeyboard();
  expect(accepted.serialNumber).toMatch(/^\d{8,}$/);
  const row = desk.centre.accountOf(leaver.personalAccount, '10');
  expect(row?.status).toBe('02');
});

it('漏缴补缴 by keyboard, with the months in the centre’s books', async () => {
  const missed = people.find(({ paid }) => paid.length > 1);
  const before = missed?.paid[0]?.[1];
  if (!missed || before === undefined) throw new Error('nobody in the roster lacks a month');
  await openByKeyboard('missed-back-pay');
  const month = String(nextMonth(toMonth(before)));
  await clerk.enterMissedBackPay({
    ...{ person: missed.personalAccount, from: month, to: month },
    ...{ base: '8000', ratio: '12' },
  });
  await clerk.queueRow(missed.name).first().waitFor();
  expect((await confirmByKeyboard()).text).toContain('1,920.00');
  const row = desk.centre.accountOf(missed.personalAccount, '10');
  const ranges = JSON.parse(row?.paid ?? '[]') as [number, number][];
  expect(ranges.some(([from, to]) => from <= Number(month) && Number(month) <= to)).toBe(true);
});

it('少缴补缴 by keyboard, to its receipt', async () => {
  const short = people[40];
  if (!short) throw new Error('the roster is too short');
  await openByKeyboard('shortfall-back-pay');
  const month = String(lastMonth);
  await clerk.enterShortfallBackPay({
    ...{ person: short.personalAccount, from: month, to: month },
    ...{ paidBase: '5000', dueBase: '8000', paidRatio: '12', dueRatio: '12' },
  });
  await clerk.queueRow(short.name).first().waitFor();
  expect((await confirmByKeyboard()).text).toContain('720.00');
});

it('清除 empties what is being typed and nothing that was entered; the business month is red', async () => {
  const { page } = clerk;
  await clerk.open('missed-back-pay');
  await clerk.field('from').fill('202501');
  await clerk.button(entry.clear).click();
  expect(await clerk.field('from').inputValue()).toBe('');
  const month = String(nextMonth(toMonth(lastMonth)));
  const shown = page.getByText(month, { exact: true });
  const colours = await shown.evaluateAll((all) =>
    all.map((element) => getComputedStyle(element).color),
  );
  expect(new Set(colours)).toEqual(new Set(['rgb(212, 56, 13)']));
  await clerk.open('registration');
  await clerk.enter({ name: '蒋丽', idNumber: identityNumber(44), base: '6000' });
  await clerk.queueRow('蒋丽').waitFor();
  await clerk.field('name').fill('沈一');
  await clerk.button(entry.clear).click();
  expect(await clerk.field('name').inputValue()).toBe('');
  await clerk.queueRow('蒋丽').waitFor();
});

it('edits, deletes and undoes in the queue', async () => {
  await clerk.open('registration');
  const person = { name: '冯晓明', idNumber: identityNumber(42), base: '6000' };
  await clerk.enter(person);
  const row = clerk.queueRow(person.name);
  await row.getByText('1,440.00').waitFor();
  await row.getByRole('checkbox').check();
  await clerk.button(queue.edit).click();
  await clerk.field('base').fill('7000');
  await clerk.button(entry.save).click();
  await row.getByText('1,680.00').waitFor();
  expect(await row.getByRole('checkbox').isChecked()).toBe(false);
  await row.getByRole('checkbox').check();
  await clerk.button(queue.remove).click();
  await row.waitFor({ state: 'detached' });
  await clerk.button(queue.undo).click();
  await row.getByText('1,680.00').waitFor();
});
