import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as xlsx from '@e965/xlsx';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Accepted, Clerk } from '../../build/tour/clerk.ts';
import { application, documents } from '../../renderer/text/documents.ts';
import { entry } from '../../renderer/text/entry.ts';
import { kindWords } from '../../renderer/text/kinds.ts';
import { countText } from '../../renderer/text/numbers.ts';
import { orderStory } from '../../renderer/text/order-story.ts';
import { output } from '../../renderer/text/output.ts';
import { rosterQuery } from '../../renderer/text/roster-query.ts';
import { results } from '../../renderer/text/results.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import type { Order } from '../../shared/ipc/data.ts';
import { checkCharacter, groupIdNumber } from '../../shared/rules/identity.ts';
import { formatFen, toFen } from '../../shared/rules/money.ts';
import { capitalAmount } from '../../shared/rules/money-words.ts';
import { BatchClerk } from './support/batch-clerk.ts';
import { fillTemplate } from './support/clerk-files.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { FileDialogues } from './support/file-dialogues.ts';
import { keepPicture } from './support/kept-picture.ts';
import { readPaper } from './support/paper.ts';
import { identityNumber } from './support/people.ts';
import { firstRows } from './support/roster.ts';

const UNIT = '9900000500';
const PEOPLE = 1_000;
const ANSWER_DEADLINE_MS = 60_000;
const ROOT = path.resolve(import.meta.dirname, '../..');
/** Characters few fonts have, and a name with a dot. */
const rare = { name: '𠮷䶮·㐀', idNumber: identityNumber(61), base: '8000' };
const long = { name: '欧阳买买提艾力江', idNumber: identityNumber(62), base: '6000' };
const injection = '=1+1';

let desk: Desk;
let clerk: Clerk;
let dialogues: FileDialogues;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jiaocuntong-paper-'));

beforeAll(async () => {
  desk = await Desk.setUp(UNIT);
  clerk = await desk.openAndSignIn();
  dialogues = new FileDialogues(desk.program.app);
  await dialogues.willSaveInto(folder);
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Presses 存为 PDF and waits for the note that names the file. */
async function savePdf(title: string): Promise<string> {
  const button = clerk.page.getByRole('button', { name: documents.saveOf(title), exact: true });
  await button.first().click();
  return readPath(documents.saved(title, ''));
}

async function readPath(said: string): Promise<string> {
  const note = clerk.page.getByRole('status').filter({ hasText: said }).first();
  await note.waitFor({ timeout: ANSWER_DEADLINE_MS });
  const text = await note.locator('.output-text').innerText();
  return text.slice(text.indexOf('：') + 1);
}

async function closeNote(): Promise<void> {
  const close = clerk.page
    .locator('.work .output-note')
    .getByRole('button', { name: output.close });
  await close.click();
}

async function ordersOf(kind: Order['kind']): Promise<readonly Order[]> {
  const { parameters } = await readWindow(clerk.page, 'unit.status', {});
  const businessMonth = parameters?.businessMonth ?? 0;
  return (await readWindow(clerk.page, 'orders.list', { kind, businessMonth })).orders;
}

const squeezed = (text: string) => text.replace(/\s+/g, '');

let accepted: Accepted;

it('puts an order on paper from the dialogue that says it was taken, rare characters right', async () => {
  await clerk.open('registration');
  await clerk.enter(rare);
  await clerk.queueRow(rare.name).first().waitFor();
  await clerk.confirm();
  accepted = await clerk.waitForReceipt();
  const file = await savePdf(documents.voucher);
  await keepPicture(clerk.page, 'documents-1-dialogue');
  await clerk.leaveDialogue();
  const { text, pages } = readPaper(file, 'one-item');
  expect(pages).toBe(1);
  const [order] = await ordersOf('registration');
  if (!order) throw new Error('no order');
  const { unitName } = await readWindow(clerk.page, 'unit.status', {});
  for (const part of [
    documents.voucherTitle,
    unitName,
    UNIT,
    accepted.serialNumber,
    order.receiptMark,
    rare.name,
    groupIdNumber(rare.idNumber),
    formatFen(toFen(order.acceptedFen)),
    documents.capital(capitalAmount(toFen(order.acceptedFen))),
    documents.page(1, 1),
  ]) {
    expect(squeezed(text), part).toContain(squeezed(part));
  }
  expect(order.receiptMark).toMatch(/^[0-9a-f]{16}$/);
});

it('keeps what only the counter can settle as a list, also of long names', async () => {
  await clerk.open('registration');
  await clerk.enter(long);
  await clerk.button(entry.toCounter).click();
  await clerk.page.getByText(entry.counterMoved(long.name)).waitFor();
  await clerk.open('counter');
  const { text, pages } = readPaper(await savePdf(documents.counterList), 'counter');
  expect(pages).toBe(1);
  for (const part of [documents.counterTitle, long.name, groupIdNumber(long.idNumber)]) {
    expect(squeezed(text)).toContain(squeezed(part));
  }
  expect(squeezed(text)).toContain(squeezed(catalogue.NAME_TOO_LONG.text));
  await keepPicture(clerk.page, 'documents-2-counter');
  await closeNote();
});

/** Person number `index` of the batch. */
function newcomer(index: number) {
  const day = String(1 + (index % 28)).padStart(2, '0');
  const head = `990199199003${day}${String(100 + Math.floor(index / 28)).padStart(3, '0')}`;
  const name = `示${String.fromCodePoint(0x4e00 + index)}`;
  return { name, idNumber: head + checkCharacter(head), base: String(5_000 + index) };
}

it('puts 1,000 items on pages that say which of how many, every row as ordered', async () => {
  const batches = new BatchClerk(desk, clerk, 'registration');
  const template = await batches.downloadTemplate(folder);
  const file = path.join(folder, '一千人.xlsx');
  const rows = Array.from({ length: PEOPLE }, (_, index) => newcomer(index));
  await fillTemplate(template, 'registration', rows, file);
  const batch = await batches.bringIn(file);
  expect(batch.good).toBe(PEOPLE);
  const serialNumber = await batches.send();
  await batches.seeSent();
  await batches.waitForResults(serialNumber);
  await batches.readResults(serialNumber);
  const { text, pages } = readPaper(await savePdf(documents.voucher), 'thousand');
  await keepPicture(clerk.page, 'documents-3-sent');
  await closeNote();
  const order = await batches.order(serialNumber);
  if (!order) throw new Error('no order');
  const { items } = await readWindow(clerk.page, 'orders.items', { oid: order.oid });
  expect(items).toHaveLength(PEOPLE);
  const lines = text.split('\n').map(squeezed);
  for (const item of items) {
    const row = [
      ...[String(item.seq), item.name, groupIdNumber(item.idNumber)],
      ...[documents.fundShort[item.fundType], formatFen(toFen(item.base)), `${item.unitRatio}%`],
      ...[item.unitFen, item.personalFen, item.totalFen].map((fen) => formatFen(toFen(fen))),
      item.state ? documents.results[item.state] : '',
    ];
    expect(lines).toContain(squeezed(row.join('')));
  }
  const whole = squeezed(text);
  for (let page = 1; page <= pages; page += 1) {
    expect(whole).toContain(squeezed(documents.page(page, pages)));
  }
  const heads = lines.filter((line) => line.includes(documents.name + documents.idNumber));
  expect(heads).toHaveLength(pages);
  expect(whole).toContain(squeezed(documents.capital(capitalAmount(toFen(order.acceptedFen)))));
});

it('lists what was accepted in the month', async () => {
  await clerk.open('registration-results');
  const { text, pages } = readPaper(await savePdf(documents.acceptedList), 'accepted');
  expect(pages).toBe(1);
  const lines = text.split('\n').map(squeezed);
  for (const order of await ordersOf('registration')) {
    const line = lines.find((one) => one.includes(order.serialNumber));
    const sum = formatFen(toFen(order.acceptedFen));
    expect(line).toContain(
      `${order.receiptNumber}${order.receiptMark}${order.acceptedCount}${sum}`,
    );
  }
  expect(squeezed(text)).toContain(squeezed(documents.subtotal('registration', 2)));
  await keepPicture(clerk.page, 'documents-4-results');
  await closeNote();
});

it('prints the forms to begin and to end with in three parts', async () => {
  await clerk.open('applications');
  await clerk.page.getByLabel(application.fields.clerkName, { exact: true }).fill(rare.name);
  await keepPicture(clerk.page, 'documents-5-applications');
  for (const action of ['open', 'close'] as const) {
    await clerk.page.getByText(application.actions[action], { exact: true }).click();
    const file = await savePdf(application.fileOf[action]);
    const { text, pages } = readPaper(file, `application-${action}`);
    expect(pages).toBe(3);
    for (const part of [...application.parts, application.titleOf[action], rare.name, UNIT]) {
      expect(squeezed(text)).toContain(squeezed(part));
    }
    await closeNote();
  }
});

/** The system's print dialogue cannot be worked from here: what answers in its place stands here. */
async function answerPrinting(printed: boolean, reason: string): Promise<void> {
  await desk.program.app.evaluate(
    ({ app }, [done, why]) => {
      app.removeAllListeners('browser-window-created');
      app.on('browser-window-created', (_event, { webContents }) => {
        webContents.print = (options, callback) => {
          Object.assign(globalThis, { printed: options });
          callback?.(done, why);
        };
      });
    },
    [printed, reason] as const,
  );
}

it('goes to the printer as A4; a printer that refuses is told, a closed dialogue is not', async () => {
  await clerk.open('counter');
  const print = clerk.button(documents.printOf(documents.counterList));
  await answerPrinting(true, '');
  await print.click();
  await clerk.page.getByText(documents.printed(documents.counterList)).waitFor();
  const options = await desk.program.app.evaluate(
    () => (globalThis as { printed?: unknown }).printed,
  );
  expect(options).toMatchObject({ silent: false, pageSize: 'A4', landscape: true });
  const failed = clerk.page.getByText(catalogue.PRINT_FAILED.text);
  await answerPrinting(false, 'Print job failed');
  await print.click();
  await failed.waitFor();
  await answerPrinting(false, 'Print job canceled');
  await print.click();
  await failed.waitFor({ state: 'detached' });
  // nothing is left open out of sight
  const countWindows = () =>
    desk.program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await expect.poll(countWindows, { timeout: ANSWER_DEADLINE_MS }).toBe(1);
});

function verifyReceipt(...args: string[]) {
  const command = ['build/verify-receipt/verify-receipt.ts', ...args];
  const run = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
  return { exitCode: run.status, answer: JSON.parse(run.stdout) as Record<string, unknown> };
}

it('verifies a stored receipt again, in the window and without it', async () => {
  await clerk.open('registration-results');
  const [order] = (await ordersOf('registration')).filter(
    ({ serialNumber }) => serialNumber === accepted.serialNumber,
  );
  if (!order) throw new Error('no order');
  const row = clerk.page.getByRole('row').filter({ hasText: accepted.serialNumber });
  await row.getByRole('button', { name: /的经过$/ }).click();
  await clerk.button(orderStory.verify).click();
  await clerk.page.getByText(`回执 ${order.receiptNumber} 验证通过`).waitFor();
  await keepPicture(clerk.page, 'documents-6-verified');

  await dialogues.willChoose(folder);
  await clerk.button(orderStory.save).click();
  await clerk.page.getByText(orderStory.saved(folder)).waitFor();
  const receipt = path.join(folder, `${order.oid}-回执.p7m`);
  const sent = path.join(folder, `${order.oid}-业务.p7m`);
  const { gateway } = desk.centre.configuration;
  const ca = path.join(folder, 'centre-ca.pem');
  fs.writeFileSync(ca, gateway.centreCaPem.join('\n'));
  const good = verifyReceipt(receipt, '--ca', ca, '--order', sent);
  expect(good.exitCode).toBe(0);
  expect(good.answer).toMatchObject({
    verified: true,
    order: 'matches',
    receipt: { serialNumber: accepted.serialNumber, rno: order.receiptNumber, oid: order.oid },
  });
  expect(String(good.answer.hash).slice(0, 16)).toBe(order.receiptMark);
  const otherCa = path.join(folder, 'bank-ca.pem');
  fs.writeFileSync(otherCa, gateway.bankCaPem.join('\n'));
  expect(verifyReceipt(receipt, '--ca', otherCa)).toMatchObject({
    exitCode: 1,
    answer: { verified: false },
  });
  expect(verifyReceipt(sent, '--ca', ca)).toMatchObject({ exitCode: 2 });
  expect(verifyReceipt(path.join(folder, 'none'), '--ca', ca)).toMatchObject({ exitCode: 2 });
});

function readSheet(file: string): { facts: string[]; heading: string[]; rows: unknown[][] } {
  const book = xlsx.read(fs.readFileSync(file), { cellFormula: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) throw new Error('no sheet');
  const all = xlsx.utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true, defval: '' });
  const top = all.findIndex((row) => row.filter((cell) => cell !== '').length > 1);
  return {
    facts: all.slice(0, top).map(([fact]) => String(fact)),
    heading: (all[top] ?? []).map(String),
    rows: all.slice(top + 1),
  };
}

async function exportShown(title: string): Promise<ReturnType<typeof readSheet>> {
  await clerk.button(output.export).first().click();
  const note = clerk.page.getByRole('status').filter({ hasText: `${title}已导出` });
  await note.waitFor({ timeout: ANSWER_DEADLINE_MS });
  const text = await note.locator('.output-text').innerText();
  await closeNote();
  return readSheet(text.slice(text.indexOf('：') + 1));
}

it('exports the whole query, equal row for row and as covered, with its conditions in the head', async () => {
  await clerk.open('roster-query');
  const all = await readWindow(clerk.page, 'query.roster', firstRows(500));
  const sums = clerk.page.getByLabel(rosterQuery.sums, { exact: true });
  const { people } = all.sums;
  const counted = rosterQuery.count(countText(all.total), countText(people));
  await sums.getByText(counted).waitFor();
  const { facts, heading, rows } = await exportShown(rosterQuery.title);
  expect(rows).toHaveLength(all.total);
  expect(facts).toContain(output.conditions(output.all));
  expect(facts[0]).toBe(rosterQuery.title);
  expect(heading.slice(0, 3)).toEqual([
    ...[rosterQuery.name, rosterQuery.columns.personalAccount, rosterQuery.columns.idNumber],
  ]);
  expect(rows.slice(0, all.rows.length)).toEqual(
    all.rows.map((row) => [
      ...[row.name, row.personalAccount, row.maskedId],
      ...[row.fundType === '10' ? '一般住房公积金' : '住房公积金补贴'],
      ...[rosterQuery.statusWords[row.status], row.base / 100, row.unitRatio],
      ...[row.unitFen / 100, row.personalFen / 100, (row.unitFen + row.personalFen) / 100],
    ]),
  );
  await clerk.search(all.rows[0]?.name ?? '');
  await sums.getByText(counted).waitFor({ state: 'detached' });
  const some = await exportShown(rosterQuery.title);
  expect(some.facts.join()).toContain(all.rows[0]?.name);
  expect(some.rows.every((row) => row.includes(all.rows[0]?.name))).toBe(true);
});

it('exports what a clerk brought in as text, whatever it begins with, and notes it', async () => {
  const batches = new BatchClerk(desk, clerk, 'registration');
  const template = await batches.downloadTemplate(folder);
  const file = path.join(folder, '公式.xlsx');
  const rows = [{ ...newcomer(2_000), name: injection }];
  await fillTemplate(template, 'registration', rows, file);
  await batches.bringIn(file);
  await clerk.page.locator('.row-actions').getByRole('button', { name: output.export }).click();
  const title = `批量${kindWords.registration}`;
  const note = clerk.page.getByRole('status').filter({ hasText: `${title}已导出` });
  await note.waitFor();
  const text = await note.locator('.output-text').innerText();
  const saved = text.slice(text.indexOf('：') + 1);
  expect(readSheet(saved).rows[0]).toContain(injection);
  const xml = execFileSync('unzip', ['-p', saved, 'xl/worksheets/sheet1.xml'], {
    encoding: 'utf8',
  });
  expect(xml).not.toContain('<f>');
  await closeNote();
  await clerk.open('audit-trail');
  await clerk.page
    .getByRole('row')
    .filter({ hasText: '导出或打印' })
    .filter({ hasText: title })
    .first()
    .waitFor();
});

it('exports results and their people', async () => {
  await clerk.open('registration-results');
  const orders = await ordersOf('registration');
  await clerk.page.getByRole('row').filter({ hasText: accepted.serialNumber }).first().waitFor();
  const { rows } = await exportShown(results.batches.registration);
  expect(rows.map(([serial]) => serial)).toEqual(orders.map(({ serialNumber }) => serialNumber));
});
