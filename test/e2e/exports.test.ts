import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { entryScreens } from '../../renderer/state/navigation.ts';
import { auditTrail } from '../../renderer/text/audit-trail.ts';
import { batchKindWords, sentBatches } from '../../renderer/text/batch.ts';
import { fundTypeWords } from '../../renderer/text/common.ts';
import { counter } from '../../renderer/text/counter.ts';
import { entry } from '../../renderer/text/entry.ts';
import { kindWords, totalWords } from '../../renderer/text/kinds.ts';
import { countText } from '../../renderer/text/numbers.ts';
import { output as words } from '../../renderer/text/output.ts';
import { queue } from '../../renderer/text/queue.ts';
import { results } from '../../renderer/text/results.ts';
import { rosterQuery } from '../../renderer/text/roster-query.ts';
import { queryKinds } from '../../shared/ipc/queries.ts';
import type { QueryGroup } from '../../shared/ipc/queries.ts';
import { checkCharacter, maskIdNumber } from '../../shared/rules/identity.ts';
import { nextMonth, previousMonth, toMonth } from '../../shared/rules/months.ts';
import { entryKindSchema } from '../../shared/wire/primitives.ts';
import type { RosterRow } from '../../shared/wire/roster.ts';
import { BatchClerk } from './support/batch-clerk.ts';
import { fillTemplate } from './support/clerk-files.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { OutputClerk } from './support/output-clerk.ts';
import type { Sheet } from './support/output-clerk.ts';
import { identityNumber } from './support/people.ts';
import { firstRows } from './support/roster.ts';
import { officeMissing } from '../integration/import-writing/office.ts';

const UNIT = '9900000500';
const PEOPLE = 700;
const OFFICE_DEADLINE_MS = 120_000;
const injection = '=HYPERLINK("http://127.0.0.1/","x")';
const newcomer = { name: '郑思齐', idNumber: identityNumber(41), base: '8000' };
const forCounter = { name: '欧阳买买提艾力江', idNumber: identityNumber(62), base: '6000' };

let desk: Desk;
let clerk: Clerk;
let output: OutputClerk;
let people: readonly RosterRow[];
let businessMonth: number;

beforeAll(async () => {
  desk = await Desk.setUp(UNIT);
  clerk = await desk.openAndSignIn();
  output = await OutputClerk.begin(desk, clerk);
  const query = { ...firstRows(500), fundType: '10' as const, status: '01' as const };
  people = (await readWindow(clerk.page, 'roster.query', query)).rows;
  const { parameters } = await readWindow(clerk.page, 'unit.status', {});
  businessMonth = parameters?.businessMonth ?? 0;
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
  output.clear();
});

const yuan = (fen: number) => fen / 100;

/** The cells under these headings, row by row. */
function columnsOf({ heading, rows }: Sheet, ...titles: readonly string[]): unknown[][] {
  const places = titles.map((title) => heading.indexOf(title));
  expect(places, `${titles.join()} in ${heading.join()}`).not.toContain(-1);
  return rows.map((row) => places.map((place) => row[place]));
}

it('of the roster: the whole query, every column equal and covered as shown, its conditions in the head', async () => {
  await clerk.open('roster-query');
  const all = await readWindow(clerk.page, 'query.roster', firstRows(500));
  const sums = clerk.page.getByLabel(rosterQuery.sums, { exact: true });
  const counted = rosterQuery.count(countText(all.total), countText(all.sums.people));
  await sums.getByText(counted).waitFor();
  const { facts, heading, rows } = await output.export(rosterQuery.title);
  expect(rows).toHaveLength(all.total);
  expect(facts).toContain(words.conditions(words.all));
  expect(facts[0]).toBe(rosterQuery.title);
  expect(heading.slice(0, 3)).toEqual([
    ...[rosterQuery.name, rosterQuery.columns.personalAccount, rosterQuery.columns.idNumber],
  ]);
  expect(rows.slice(0, all.rows.length)).toEqual(
    all.rows.map((row) => [
      ...[row.name, row.personalAccount, row.maskedId, fundTypeWords[row.fundType]],
      ...[rosterQuery.statusWords[row.status], yuan(row.base), row.unitRatio],
      ...[yuan(row.unitFen), yuan(row.personalFen), yuan(row.unitFen + row.personalFen)],
    ]),
  );
  await clerk.search(all.rows[0]?.name ?? '');
  await sums.getByText(counted).waitFor({ state: 'detached' });
  const some = await output.export(rosterQuery.title);
  expect(some.facts.join()).toContain(all.rows[0]?.name);
  expect(some.rows.every((row) => row.includes(all.rows[0]?.name))).toBe(true);
});

async function enterAllKinds(): Promise<void> {
  const [leaver, short] = [people[20], people[40]];
  const missed = people.find(({ paid }) => paid.length > 1);
  const before = missed?.paid[0]?.[1];
  if (!leaver || !short || before === undefined) throw new Error('the roster is too short');
  await clerk.open('registration');
  await clerk.enter(newcomer);
  await clerk.queueRow(newcomer.name).first().waitFor();
  await clerk.enter(forCounter);
  await clerk.button(entry.toCounter).click();
  await clerk.page.getByText(entry.counterMoved(forCounter.name)).waitFor();
  await clerk.open('reduction');
  await clerk.enterReduction({ person: leaver.personalAccount, reason: '04' });
  await clerk.queueRow(leaver.name).first().waitFor();
  await clerk.open('missed-back-pay');
  const lacking = String(nextMonth(toMonth(before)));
  await clerk.enterMissedBackPay({
    ...{ person: missed?.personalAccount ?? '', from: lacking, to: lacking },
    ...{ base: '8000', ratio: '12' },
  });
  await clerk
    .queueRow(missed?.name ?? '')
    .first()
    .waitFor();
  await clerk.open('shortfall-back-pay');
  const last = String(previousMonth(toMonth(businessMonth)));
  await clerk.enterShortfallBackPay({
    ...{ person: short.personalAccount, from: last, to: last },
    ...{ paidBase: '5000', dueBase: '8000', paidRatio: '12', dueRatio: '12' },
  });
  await clerk.queueRow(short.name).first().waitFor();
}

it('of each of the four queues and of 待柜面, as they stand', async () => {
  await enterAllKinds();
  for (const kind of entryKindSchema.options) {
    await clerk.open(entryScreens[kind]);
    const { drafts } = await readWindow(clerk.page, 'queue.list', { kind });
    expect(drafts).toHaveLength(1);
    await clerk
      .queueRow(drafts[0]?.name ?? '')
      .first()
      .waitFor();
    const sheet = await output.export(queue.exportOf(kindWords[kind]));
    expect(columnsOf(sheet, queue.name, totalWords[kind])).toEqual(
      drafts.map(({ name, totalFen }) => [name, yuan(totalFen)]),
    );
  }
  await clerk.open('counter');
  const sheet = await output.export(counter.title);
  const { drafts } = await readWindow(clerk.page, 'counter.list', {});
  expect(columnsOf(sheet, counter.name, counter.idNumber)).toEqual(
    drafts.map(({ name, idNumber }) => [name, maskIdNumber(idNumber)]),
  );
});

const resultScreens = {
  registration: 'registration-results',
  backPay: 'back-pay-results',
  reduction: 'reduction-results',
} as const;

it('of each of the three queries: its batches, and the items of one', async () => {
  for (const kind of entryKindSchema.options) {
    await clerk.open(entryScreens[kind]);
    await clerk.confirm();
    await clerk.waitForReceipt();
    await clerk.leaveDialogue();
  }
  for (const group of Object.keys(queryKinds) as QueryGroup[]) {
    await clerk.open(resultScreens[group]);
    const { orders } = await readWindow(clerk.page, 'query.orders', { group, businessMonth });
    expect(orders.map(({ kind }) => kind).toSorted()).toEqual([...queryKinds[group]].toSorted());
    const [order] = orders;
    if (!order) throw new Error('no order');
    const list = clerk.page.getByRole('table', { name: results.batches[group] });
    const row = list.getByRole('row').filter({ hasText: order.serialNumber });
    await row.first().waitFor();
    const batches = await output.export(results.batches[group]);
    expect(columnsOf(batches, results.serialNumber, results.total, results.receipt)).toEqual(
      orders.map(({ serialNumber, count, receiptNumber }) => [serialNumber, count, receiptNumber]),
    );
    await row.getByRole('button', { name: results.all, exact: true }).first().click();
    const pane = clerk.page.getByRole('region', { name: results.items[group] });
    await pane.getByRole('row').nth(1).waitFor();
    const { oid } = order;
    const { rows } = await readWindow(clerk.page, 'query.items', {
      ...{ oid, choice: 'all', sort: 'seq', descending: false, offset: 0, limit: 200 },
    });
    const items = await output.export(results.items[group], pane);
    expect(
      columnsOf(items, results.seq, results.name, results.personalAccount, results.idNumber),
    ).toEqual(
      rows.map(({ seq, name, personalAccount, maskedId }) => [
        seq,
        name,
        personalAccount,
        maskedId,
      ]),
    );
    expect(items.facts.join()).toContain(order.serialNumber);
    const age = words.dataAsOf('');
    for (const { facts } of [batches, items]) expect(facts.join()).toContain(age);
  }
});

/** Person number `index` of the batch. */
function inBatch(index: number) {
  const day = String(1 + (index % 28)).padStart(2, '0');
  const head = `990199199003${day}${String(100 + Math.floor(index / 28)).padStart(3, '0')}`;
  const name = `示${String.fromCodePoint(0x4e00 + index)}`;
  return { name, idNumber: head + checkCharacter(head), base: String(5_000 + index) };
}

it('of a batch as brought in, of those sent and of what came of them, page after page', async () => {
  const batches = new BatchClerk(desk, clerk, 'registration');
  const template = await batches.downloadTemplate(output.folder);
  await output.dialogues.willSaveInto(output.folder);
  const file = path.join(output.folder, '七百人.xlsx');
  const rows = Array.from({ length: PEOPLE }, (_, index) => inBatch(index));
  await fillTemplate(template, 'registration', rows, file);
  await batches.bringIn(file);
  const grid = await output.export(batchKindWords.registration);
  const asFilled = rows.map(({ name, idNumber }) => [name, idNumber]);
  expect(columnsOf(grid, '姓名', '身份证号码')).toEqual(asFilled);
  const serialNumber = await batches.send();
  await batches.seeSent();
  await batches.waitForResults(serialNumber);
  await batches.readResults(serialNumber);
  const sent = await output.export(sentBatches.listOf(batchKindWords.registration));
  expect(columnsOf(sent, results.serialNumber)).toEqual([[serialNumber]]);
  const pane = clerk.page.locator('.work').getByRole('region', { name: sentBatches.items });
  const items = await output.export(sentBatches.items, pane);
  expect(columnsOf(items, results.name, results.idNumber, totalWords.registration)).toEqual(
    rows.map(({ name, idNumber, base }) => {
      const part = Math.round((Number(base) * 12) / 100);
      return [name, maskIdNumber(idNumber), 2 * part];
    }),
  );
});

it('of what a clerk brought in as text, whatever it begins with; LibreOffice finds nothing to compute', async (context) => {
  const batches = new BatchClerk(desk, clerk, 'registration');
  const template = await batches.downloadTemplate(output.folder);
  await output.dialogues.willSaveInto(output.folder);
  const file = path.join(output.folder, '公式.xlsx');
  await fillTemplate(template, 'registration', [{ ...inBatch(2_000), name: injection }], file);
  await batches.bringIn(file);
  const sheet = await output.export(batchKindWords.registration);
  expect(columnsOf(sheet, '姓名')).toEqual([[injection]]);
  context.skip(officeMissing !== undefined, officeMissing ?? '');
  const written = fs
    .readdirSync(output.folder)
    .filter((name) => name.startsWith(batchKindWords.registration))
    .map((name) => path.join(output.folder, name))
    .toSorted((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs);
  const profile = pathToFileURL(path.join(output.folder, 'office-profile')).href;
  const flat = path.join(output.folder, 'office');
  execFileSync(
    'soffice',
    [
      ...[`-env:UserInstallation=${profile}`, '--headless', '--convert-to', 'fods'],
      ...['--outdir', flat, written[0] ?? ''],
    ],
    { timeout: OFFICE_DEADLINE_MS, stdio: 'ignore' },
  );
  const text = fs.readFileSync(path.join(flat, fs.readdirSync(flat)[0] ?? ''), 'utf8');
  expect(text).toContain('=HYPERLINK(');
  expect(text).not.toContain('table:formula');
  expect(text).not.toContain('xlink:href="http:');
});

it('of 操作记录, where each export before it stands by name and rows', async () => {
  await clerk.open('audit-trail');
  const asked = { text: '', offset: 0, limit: 500 };
  const { total } = await readWindow(clerk.page, 'audit.list', asked);
  await clerk.page
    .getByRole('row')
    .filter({ hasText: batchKindWords.registration })
    .first()
    .waitFor();
  const sheet = await output.export(auditTrail.title);
  expect(sheet.rows).toHaveLength(total);
  const { rows } = await readWindow(clerk.page, 'audit.list', { ...asked, event: 'output' });
  const what = rows.map(({ detail }) => detail.what);
  expect(what[0]).toBe(auditTrail.title);
  for (const title of [
    ...[rosterQuery.title, counter.title, sentBatches.items],
    ...entryKindSchema.options.map((kind) => queue.exportOf(kindWords[kind])),
    ...Object.values(results.batches),
    ...Object.values(results.items),
  ]) {
    expect(what).toContain(title);
  }
});
