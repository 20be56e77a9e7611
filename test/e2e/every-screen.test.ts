import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { documents } from '../../renderer/text/documents.ts';
import { monthClose } from '../../renderer/text/month-close.ts';
import { platform } from '../../renderer/text/platform.ts';
import { results } from '../../renderer/text/results.ts';
import { rosterQuery } from '../../renderer/text/roster-query.ts';
import { signIn } from '../../renderer/text/sign-in.ts';
import { screenSchema } from '../../shared/ipc/screens.ts';
import type { Screen } from '../../shared/ipc/screens.ts';
import { previousMonth, toMonth } from '../../shared/rules/months.ts';
import { entryKindSchema } from '../../shared/wire/primitives.ts';
import { Desk } from './support/desk.ts';
import { openUnitFile } from './support/evidence.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { keepPicture } from './support/kept-picture.ts';
import { OutputClerk, readPaper, squeezed } from './support/output-clerk.ts';
import { addPastOrders, monthsBack } from './support/past-orders.ts';
import { firstRows } from './support/roster.ts';

/** A unit of 20,000 people, and the two years of orders of its file. */
const UNIT = '9900020000';
const PAST_MONTHS = 24;
const PAST_ITEMS = 1_000;
const COMPARED_DEADLINE_MS = 120_000;
/** From the click to the heading, on a machine that others use too. */
const OPENED_MAX_MS = 5_000;

let desk: Desk;
let clerk: Clerk;
let output: OutputClerk;
let month: number;

beforeAll(async () => {
  desk = await Desk.setUp(UNIT);
  clerk = await desk.openAndSignIn();
  output = await OutputClerk.begin(desk, clerk);
  month = (await readWindow(clerk.page, 'unit.status', {})).parameters?.businessMonth ?? 0;
}, 240_000);
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
  output.clear();
});

it('compares the month of 20,000 people, figure by figure and one by one', async () => {
  await clerk.open('month-close');
  const started = Date.now();
  await clerk.button(monthClose.compare).click();
  await clerk.page.getByText(monthClose.equal).waitFor({ timeout: COMPARED_DEADLINE_MS });
  console.log(`the month of 20,000 people compared in ${Date.now() - started} ms`);
  const { view } = await readWindow(clerk.page, 'month.read', { businessMonth: month });
  const heads = view?.comparison.funds.map(({ centre }) => centre.now.heads) ?? [];
  expect(heads).toEqual(
    ['10', '11'].map(
      (fund) => desk.centre.sumsOf(UNIT, `status = '01' AND fund_type = '${fund}'`).total,
    ),
  );
  await keepPicture(clerk.page, 'every-month-compared');
});

it('exports the whole roster, as many rows as the centre has', async () => {
  await clerk.open('roster-query');
  const { total } = await readWindow(clerk.page, 'query.roster', firstRows(1));
  const { rows } = await output.export(rosterQuery.title);
  expect(rows).toHaveLength(total);
  expect(total).toBe(desk.centre.sumsOf(UNIT).total);
});

it('opens each screen over two years of orders, without the centre', async () => {
  await desk.closeProgram();
  const past = openUnitFile(desk.userFolder, UNIT, false);
  addPastOrders(past, {
    before: previousMonth(toMonth(month)),
    ...{ months: PAST_MONTHS, items: PAST_ITEMS },
  });
  past.close();
  await desk.centre.kill();
  clerk = await desk.openProgram();
  output.clear();
  output = await OutputClerk.begin(desk, clerk);
  await clerk.button(platform.offline).click();
  await clerk.page
    .getByLabel(signIn.password, { exact: true })
    .fill(desk.secrets.transactionPassword);
  await clerk.button(signIn.confirm).click();
  await clerk.menuItem('today').waitFor();
  for (const screen of screenSchema.options.filter((name) => name !== 'order-story')) {
    const openedMs = await openAndWait(screen);
    expect(openedMs, screen).toBeLessThan(OPENED_MAX_MS);
    expect(await clerk.page.locator('.work .failure-note').count(), screen).toBe(0);
    await keepPicture(clerk.page, `every-${screen}`);
  }
});

async function openAndWait(screen: Screen): Promise<number> {
  const started = Date.now();
  await clerk.open(screen);
  await clerk.page.locator('.work h1').first().waitFor();
  await expect.poll(() => clerk.menuItem(screen).getAttribute('aria-current')).toBe('page');
  return Date.now() - started;
}

it('puts a month of two years ago on paper and into a workbook', async () => {
  const oldest = monthsBack(month, PAST_MONTHS);
  await clerk.open('registration-results');
  await clerk.page.getByLabel(results.month, { exact: true }).fill(String(oldest));
  await clerk.page.getByTitle(results.monthOf(oldest, 1), { exact: true }).click();
  const { text, pages } = readPaper(await output.savePdf(documents.acceptedList), 'two-years-ago');
  await output.closeNote();
  expect(pages).toBe(1);
  expect(text).toContain(squeezed(documents.acceptedMark(oldest)));
  for (const kind of entryKindSchema.options) {
    expect(text).toContain(squeezed(documents.subtotal(kind, 1)));
  }
  const batch = clerk.page
    .getByRole('table', { name: results.batches.registration })
    .getByRole('row');
  await batch.nth(1).getByRole('button', { name: results.all, exact: true }).click();
  const pane = clerk.page.getByRole('region', { name: results.items.registration });
  await pane.getByRole('row').nth(1).waitFor();
  await keepPicture(clerk.page, 'every-two-years-ago');
  const { rows } = await output.export(results.items.registration, pane);
  expect(rows).toHaveLength(PAST_ITEMS);
});
