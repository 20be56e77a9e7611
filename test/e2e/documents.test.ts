import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Accepted, Clerk } from '../../build/tour/clerk.ts';
import { application, documents } from '../../renderer/text/documents.ts';
import { entry } from '../../renderer/text/entry.ts';
import { countText } from '../../renderer/text/numbers.ts';
import { orderStory } from '../../renderer/text/order-story.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import type { Order } from '../../shared/ipc/data.ts';
import { checkCharacter, groupIdNumber } from '../../shared/rules/identity.ts';
import { formatFen, toFen } from '../../shared/rules/money.ts';
import { capitalAmount } from '../../shared/rules/money-words.ts';
import { BatchClerk } from './support/batch-clerk.ts';
import { fillTemplate } from './support/clerk-files.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { keepPicture } from './support/kept-picture.ts';
import { OutputClerk, readPaper, squeezed } from './support/output-clerk.ts';
import { identityNumber } from './support/people.ts';

const UNIT = '9900000500';
const PEOPLE = 1_000;
const ANSWER_DEADLINE_MS = 60_000;
const ROOT = path.resolve(import.meta.dirname, '../..');
/** Characters few fonts have, and a name with a dot. */
const rare = { name: '𠮷䶮·㐀', idNumber: identityNumber(61), base: '8000' };
const long = { name: '欧阳买买提艾力江', idNumber: identityNumber(62), base: '6000' };

let desk: Desk;
let clerk: Clerk;
let output: OutputClerk;

beforeAll(async () => {
  desk = await Desk.setUp(UNIT);
  clerk = await desk.openAndSignIn();
  output = await OutputClerk.begin(desk, clerk);
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
  output.clear();
});

async function ordersOf(kind: Order['kind']): Promise<readonly Order[]> {
  const { parameters } = await readWindow(clerk.page, 'unit.status', {});
  const businessMonth = parameters?.businessMonth ?? 0;
  return (await readWindow(clerk.page, 'orders.list', { kind, businessMonth })).orders;
}

let accepted: Accepted;

it('puts an order on paper from the dialogue that says it was taken, rare characters right', async () => {
  await clerk.open('registration');
  await clerk.enter(rare);
  await clerk.queueRow(rare.name).first().waitFor();
  await clerk.confirm();
  accepted = await clerk.waitForReceipt();
  const file = await output.savePdf(documents.voucher);
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
    expect(text, part).toContain(squeezed(part));
  }
  expect(order.receiptMark).toMatch(/^[0-9a-f]{16}$/);
});

it('keeps what only the counter can settle as a list, also of long names', async () => {
  await clerk.open('registration');
  await clerk.enter(long);
  await clerk.button(entry.toCounter).click();
  await clerk.page.getByText(entry.counterMoved(long.name)).waitFor();
  await clerk.open('counter');
  const { text, pages } = readPaper(await output.savePdf(documents.counterList), 'counter');
  expect(pages).toBe(1);
  for (const part of [documents.counterTitle, long.name, groupIdNumber(long.idNumber)]) {
    expect(text).toContain(squeezed(part));
  }
  expect(text).toContain(squeezed(catalogue.NAME_TOO_LONG.text));
  await keepPicture(clerk.page, 'documents-2-counter');
  await output.closeNote();
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
  const template = await batches.downloadTemplate(output.folder);
  const file = path.join(output.folder, '一千人.xlsx');
  const rows = Array.from({ length: PEOPLE }, (_, index) => newcomer(index));
  await fillTemplate(template, 'registration', rows, file);
  const batch = await batches.bringIn(file);
  expect(batch.good).toBe(PEOPLE);
  const serialNumber = await batches.send();
  await batches.seeSent();
  await batches.waitForResults(serialNumber);
  await batches.readResults(serialNumber);
  const { text, lines, pages } = readPaper(await output.savePdf(documents.voucher), 'thousand');
  await keepPicture(clerk.page, 'documents-3-sent');
  await output.closeNote();
  const order = await batches.order(serialNumber);
  if (!order) throw new Error('no order');
  const { items } = await readWindow(clerk.page, 'orders.items', { oid: order.oid });
  expect(items).toHaveLength(PEOPLE);
  for (const item of items) {
    const row = [
      ...[String(item.seq), item.name, groupIdNumber(item.idNumber)],
      ...[documents.fundShort[item.fundType], formatFen(toFen(item.base)), `${item.unitRatio}%`],
      ...[item.unitFen, item.personalFen, item.totalFen].map((fen) => formatFen(toFen(fen))),
      item.state ? documents.results[item.state] : '',
    ];
    expect(lines).toContain(squeezed(row.join('')));
  }
  for (let page = 1; page <= pages; page += 1) {
    expect(text).toContain(squeezed(documents.page(page, pages)));
  }
  const heads = lines.filter((line) => line.includes(documents.name + documents.idNumber));
  expect(heads).toHaveLength(pages);
  expect(text).toContain(squeezed(documents.capital(capitalAmount(toFen(order.acceptedFen)))));
});

it('lists what was accepted in the month', async () => {
  await clerk.open('registration-results');
  const { text, lines, pages } = readPaper(
    await output.savePdf(documents.acceptedList),
    'accepted',
  );
  expect(pages).toBe(1);
  for (const order of await ordersOf('registration')) {
    const line = lines.find((one) => one.includes(order.serialNumber));
    const sum = formatFen(toFen(order.acceptedFen));
    expect(line).toContain(
      `${order.receiptNumber}${order.receiptMark}${countText(order.acceptedCount)}${sum}`,
    );
  }
  expect(text).toContain(squeezed(documents.subtotal('registration', 2)));
  await keepPicture(clerk.page, 'documents-4-results');
  await output.closeNote();
});

it('prints the forms to begin and to end with in three parts', async () => {
  await clerk.open('applications');
  await clerk.page.getByLabel(application.fields.clerkName, { exact: true }).fill(rare.name);
  await keepPicture(clerk.page, 'documents-5-applications');
  for (const action of ['open', 'close'] as const) {
    await clerk.page.getByText(application.actions[action], { exact: true }).click();
    const file = await output.savePdf(application.fileOf[action]);
    const { text, pages } = readPaper(file, `application-${action}`);
    expect(pages).toBe(3);
    for (const part of [...application.parts, application.titleOf[action], rare.name, UNIT]) {
      expect(text).toContain(squeezed(part));
    }
    await output.closeNote();
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

  await output.dialogues.willChoose(output.folder);
  await clerk.button(orderStory.save).click();
  await clerk.page.getByText(orderStory.saved(output.folder)).waitFor();
  const receipt = path.join(output.folder, `${order.oid}-回执.p7m`);
  const sent = path.join(output.folder, `${order.oid}-业务.p7m`);
  const { gateway } = desk.centre.configuration;
  const ca = path.join(output.folder, 'centre-ca.pem');
  fs.writeFileSync(ca, gateway.centreCaPem.join('\n'));
  const good = verifyReceipt(receipt, '--ca', ca, '--order', sent);
  expect(good.exitCode).toBe(0);
  expect(good.answer).toMatchObject({
    verified: true,
    order: 'matches',
    receipt: { serialNumber: accepted.serialNumber, rno: order.receiptNumber, oid: order.oid },
  });
  expect(String(good.answer.hash).slice(0, 16)).toBe(order.receiptMark);
  const otherCa = path.join(output.folder, 'bank-ca.pem');
  fs.writeFileSync(otherCa, gateway.bankCaPem.join('\n'));
  expect(verifyReceipt(receipt, '--ca', otherCa)).toMatchObject({
    exitCode: 1,
    answer: { verified: false },
  });
  expect(verifyReceipt(sent, '--ca', ca)).toMatchObject({ exitCode: 2 });
  expect(verifyReceipt(path.join(output.folder, 'none'), '--ca', ca)).toMatchObject({
    exitCode: 2,
  });
});
