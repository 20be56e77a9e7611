import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Clerk } from '../../build/tour/clerk.ts';
import { topics } from '../../renderer/help/topics.ts';
import { bar as barWords } from '../../renderer/text/frame.ts';
import { diagnostics } from '../../renderer/text/diagnostics.ts';
import { errorWords, help } from '../../renderer/text/help.ts';
import { notices } from '../../renderer/text/notices.ts';
import { platform } from '../../renderer/text/platform.ts';
import { today } from '../../renderer/text/today.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { identityNumber } from './support/people.ts';

// Help, error dictionary, diagnostics and notices in the real window, on the month's last day.
const UNIT = '9900000030';
const mao = { name: '毛晓燕', idNumber: identityNumber(71), base: '6500' };

let desk: Desk;
let clerk: Clerk;

beforeAll(async () => {
  // the demo centre announces an outage for noon
  desk = await Desk.setUp(UNIT, { clock: '2026-11-20T10:30:00+08:00' });
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
});

const overlay = () => clerk.page.getByRole('dialog', { name: help.title });

async function closeOverlay(): Promise<void> {
  await clerk.page.keyboard.press('Escape');
  await overlay().waitFor({ state: 'hidden' });
}

it('before sign-in F1 opens the help, and an error leads to its cause', async () => {
  clerk = await desk.openProgram();
  await clerk.page.getByRole('heading').first().waitFor();
  await clerk.page.keyboard.press('F1');
  await overlay().getByRole('article', { name: topics.start.title }).waitFor();
  // the dialogue's own signs have the role as well
  const picture = overlay().getByRole('article').getByRole('img').first();
  await expect
    .poll(() => picture.evaluate((image) => (image as { naturalWidth?: number }).naturalWidth ?? 0))
    .toBeGreaterThan(0);
  await picture.click();
  const large = clerk.page.locator('.help-large');
  await large.getByRole('img').last().waitFor();
  await clerk.page.keyboard.press('Escape');
  await large.waitFor({ state: 'hidden' });
  await overlay().getByRole('article', { name: topics.start.title }).waitFor();
  // nobody has signed in: no data is open, and the page says so
  await overlay().getByRole('button', { name: help.diagnostics, exact: true }).click();
  const early = overlay().getByRole('region', { name: diagnostics.title });
  await early.getByText(diagnostics.dataNone, { exact: true }).waitFor();
  expect(await early.innerText()).toMatch(/Electron \d+/);
  await closeOverlay();
  await clerk.typePin('1');
  await clerk.page.getByText(catalogue.PIN_FORMAT.text).waitFor();
  await clerk.button(errorWords.link).click();
  const entry = overlay().getByRole('region', { name: catalogue.PIN_FORMAT.text });
  await entry.getByText(errorWords.cause, { exact: true }).waitFor();
  expect(await entry.innerText()).toContain(catalogue.PIN_FORMAT.next);
  await closeOverlay();
  await clerk.page.getByLabel(platform.pin, { exact: true }).waitFor();
});

it('notices are unread until they are opened, and the bar tells of the outage', async () => {
  await clerk.startPlatform(desk.secrets.pin);
  await clerk.signIn(desk.secrets.transactionPassword, { sync: true });
  await clerk.open('roster-sync');
  await clerk.waitForSync();
  await clerk.open('today');
  const bar = clerk.page.getByRole('status', { name: '需要处理' });
  await bar.getByText(/11月20日 12:00 至 12:30/).waitFor();
  await bar.getByText(/16:30 截止/).waitFor();
  expect(await clerk.menuItem('notices').innerText()).toMatch(/2$/);
  await clerk.page.getByRole('heading', { name: today.notices }).waitFor();
  await bar.getByRole('button', { name: barWords.see }).click();
  await clerk.page.getByRole('button', { name: /午间系统维护/ }).click();
  await clerk.page
    .getByRole('article')
    .getByText(/停机维护：11月20日 12:00/)
    .waitFor();
  await expect.poll(() => clerk.menuItem('notices').innerText()).toMatch(/1$/);
  await clerk.button(notices.allRead).click();
  await expect.poll(() => clerk.menuItem('notices').innerText()).toBe(notices.title);
});

it('the help finds by words and letters, and explains the screen it was asked from', async () => {
  await clerk.open('reduction');
  await clerk.page.keyboard.press('F1');
  await overlay().getByRole('article', { name: topics.reduction.title }).waitFor();
  await closeOverlay();
  await clerk.open('help');
  const search = clerk.page.getByRole('textbox', { name: help.search });
  await search.fill('bfyhf');
  await clerk.page.getByRole('button', { name: topics.backup.title, exact: true }).nth(1).click();
  await clerk.page.getByRole('article', { name: topics.backup.title }).waitFor();
  await search.fill('PIN_LOCKED');
  await clerk.page
    .getByRole('button', { name: `${help.errors} › ${catalogue.PIN_LOCKED.text}` })
    .click();
  await clerk.page.getByRole('region', { name: catalogue.PIN_LOCKED.text }).waitFor();
});

it('the diagnostics name versions, database and queue, and nobody', async () => {
  await clerk.open('registration');
  await clerk.enter(mao);
  await clerk.queueRow(mao.name).waitFor();
  await clerk.open('diagnostics');
  const page = clerk.page.getByRole('region', { name: diagnostics.title });
  await page.getByText(diagnostics.sqlite, { exact: true }).waitFor();
  const text = await page.innerText();
  expect(text).toMatch(/SQLite 3\.\d+\.\d+/);
  expect(text).toMatch(/职工登记 1/);
  expect(text).toMatch(/TLSv1\.[23]/);
  for (const secret of [mao.name, mao.idNumber, UNIT]) expect(text).not.toContain(secret);
  await clerk.button(diagnostics.copy).click();
  await page.getByText(diagnostics.copied).waitFor();
});
