import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Accepted, Clerk } from '../../build/tour/clerk.ts';
import { fundTypeWords } from '../../renderer/text/common.ts';
import { entry, fieldWords } from '../../renderer/text/entry.ts';
import { queue } from '../../renderer/text/queue.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import { nextMonth, toMonth } from '../../shared/rules/months.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { identityNumber } from './support/people.ts';
import type { LedgerItem } from './support/practice.ts';
import { firstRows } from './support/roster.ts';

const TWO_FUNDS_UNIT = '9900000500';
const EACH_RATIO_UNIT = '9900005000';

/** What the window said is what the centre has written down. */
function expectSame(accepted: Accepted, lines: readonly LedgerItem[]): void {
  expect(lines).toHaveLength(1);
  expect(lines[0]?.serialNumber).toBe(accepted.serialNumber);
  expect(String(lines[0]?.receiptNumber)).toBe(accepted.receiptNumber);
}

async function confirmToReceipt(clerk: Clerk): Promise<Accepted> {
  await clerk.confirm();
  const accepted = await clerk.waitForReceipt();
  await clerk.leaveDialogue();
  return accepted;
}

describe('a unit that also pays 补贴', () => {
  let desk: Desk;
  let clerk: Clerk;

  beforeEach(() => {
    pictureOnFailure(() => clerk);
  });
  afterAll(async () => {
    await desk.clear();
  });

  async function chooseSubsidy(): Promise<void> {
    await clerk.page.getByLabel(entry.fundType, { exact: true }).click();
    const option = clerk.page.locator('.ant-select-item-option');
    await option.filter({ hasText: fundTypeWords['11'] }).click();
  }

  it('职工登记 under 11: the one ratio typed, the unit alone pays', async () => {
    desk = await Desk.setUp(TWO_FUNDS_UNIT);
    clerk = await desk.openAndSignIn();
    const idNumber = identityNumber(71);
    await clerk.open('registration');
    await chooseSubsidy();
    await clerk.field('name').fill('韩露');
    await clerk.field('idNumber').fill(idNumber);
    await clerk.field('base').fill('8000');
    await clerk.page.getByLabel(fieldWords.subsidyRatio, { exact: true }).fill('10');
    await clerk.button(entry.enter).click();
    const row = clerk.queueRow('韩露');
    await row.getByText(queue.fundShort['11'], { exact: true }).waitFor();
    await row.getByText('0.00', { exact: true }).waitFor();
    expect(await row.getByText('800.00', { exact: true }).count()).toBe(2);

    const accepted = await confirmToReceipt(clerk);
    expect(accepted.text).toMatch(/800\.00 元/);
    const lines = desk.centre.ledgerOf(idNumber);
    expectSame(accepted, lines);
    expect(lines[0]).toMatchObject({
      ...{ kind: 'registration', fundType: '11', unitFen: 80_000, personalFen: 0 },
      content: { fundType: '11', base: 800_000, unitRatio: 10, personalRatio: 0 },
    });
  });

  it('漏缴补缴 under 11, with the month in the books of that fund alone', async () => {
    const query = { ...firstRows(500), fundType: '11' as const, status: '01' as const };
    const { rows } = await readWindow(clerk.page, 'roster.query', query);
    const person = rows.find(({ paid }) => paid.length > 1);
    const before = person?.paid[0]?.[1];
    if (!person || before === undefined) throw new Error('nobody with 补贴 lacks a month');
    const { personalAccount, idNumber, name } = person;
    const month = String(nextMonth(toMonth(before)));
    const ofTen = desk.centre.accountOf(personalAccount, '10');
    await clerk.open('missed-back-pay');
    await chooseSubsidy();
    await clerk.field('personalAccount').focus();
    await clerk.enterMissedBackPay({
      ...{ person: personalAccount, from: month, to: month, base: '6000', ratio: '10' },
    });
    await clerk.queueRow(name).getByText('600.00', { exact: true }).waitFor();

    const accepted = await confirmToReceipt(clerk);
    expect(accepted.text).toMatch(/600\.00 元/);
    const lines = desk.centre.ledgerOf(idNumber);
    expectSame(accepted, lines);
    expect(lines[0]).toMatchObject({
      ...{ kind: 'missedBackPay', fundType: '11', unitFen: 60_000, personalFen: 0 },
    });
    const paid = JSON.parse(desk.centre.accountOf(personalAccount, '11')?.paid ?? '[]') as [
      number,
      number,
    ][];
    expect(paid.some(([from, to]) => from <= Number(month) && Number(month) <= to)).toBe(true);
    expect(desk.centre.accountOf(personalAccount, '10')).toEqual(ofTen);
  });
});

describe('a unit whose employees have ratios of their own', () => {
  let desk: Desk;
  let clerk: Clerk;

  beforeEach(() => {
    pictureOnFailure(() => clerk);
  });
  afterAll(async () => {
    await desk.clear();
  });

  it('职工登记 at 3 %: 5 % is taken, which form, row and ledger say', async () => {
    desk = await Desk.setUp(EACH_RATIO_UNIT);
    clerk = await desk.openAndSignIn();
    const idNumber = identityNumber(72);
    await clerk.open('registration');
    await clerk.field('name').fill('曹阳');
    await clerk.field('idNumber').fill(idNumber);
    await clerk.field('base').fill('8000');
    await clerk.field('ratio').fill('3');
    // while the field is being typed in, 3 may become more
    await clerk.page.keyboard.press('Tab');
    await clerk.page.getByText(catalogue.RATIO_RANGE.text).first().waitFor();
    await clerk.button(entry.enter).click();
    await clerk.page.getByText(queue.ratioForced('3', 5)).waitFor();
    const row = clerk.queueRow('曹阳');
    await row.getByText('5%', { exact: true }).waitFor();
    await row.getByText(queue.ratioUsed(5)).waitFor();

    const accepted = await confirmToReceipt(clerk);
    expect(accepted.text).toMatch(/800\.00 元/);
    const lines = desk.centre.ledgerOf(idNumber);
    expectSame(accepted, lines);
    expect(lines[0]).toMatchObject({
      ...{ kind: 'registration', fundType: '10', unitFen: 40_000, personalFen: 40_000 },
      content: { unitRatio: 5, personalRatio: 5 },
    });
  });
});
