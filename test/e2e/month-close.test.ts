import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { fundTypeWords } from '../../renderer/text/common.ts';
import { documents } from '../../renderer/text/documents.ts';
import { entry } from '../../renderer/text/entry.ts';
import { monthClose } from '../../renderer/text/month-close.ts';
import { rosterQuery } from '../../renderer/text/roster-query.ts';
import { syncDifference } from '../../renderer/text/sync-difference.ts';
import type { MonthView } from '../../shared/ipc/month-close.ts';
import type { RosterRow } from '../../shared/wire/roster.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { keepPicture } from './support/kept-picture.ts';
import { OutputClerk, readPaper } from './support/output-clerk.ts';
import { identityNumber } from './support/people.ts';

const UNIT = '9900000500';
const ANSWER_DEADLINE_MS = 120_000;
const newcomer = { name: '示例新', idNumber: identityNumber(61), base: '8000' };

let desk: Desk;
let clerk: Clerk;
let output: OutputClerk;
let people: readonly RosterRow[];

beforeAll(async () => {
  desk = await Desk.setUp(UNIT, { reviewSeconds: 1 });
  clerk = await desk.openAndSignIn();
  output = await OutputClerk.begin(desk, clerk);
  const query = { text: '', sort: 'personalAccount', descending: false, offset: 0 } as const;
  const active = { ...query, status: '01', fundType: '10', limit: 40 } as const;
  people = (await readWindow(clerk.page, 'roster.query', active)).rows.slice(20);
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
  output.clear();
});

async function monthOf(): Promise<number> {
  const { parameters } = await readWindow(clerk.page, 'unit.status', {});
  return parameters?.businessMonth ?? 0;
}

async function readView(): Promise<MonthView | null> {
  return (await readWindow(clerk.page, 'month.read', { businessMonth: await monthOf() })).view;
}

/** 对账, until a newer comparison stands there. */
async function compare(): Promise<MonthView> {
  const before = (await readView())?.number ?? 0;
  await clerk.open('month-close');
  await clerk.button(monthClose.compare).click();
  const numberNow = async () => (await readView())?.number ?? 0;
  await expect.poll(numberNow, { timeout: ANSWER_DEADLINE_MS }).toBeGreaterThan(before);
  const view = await readView();
  if (!view) throw new Error('no comparison');
  await clerk.page
    .locator('.month-verdict strong')
    .getByText(monthClose.verdicts[view.verdict], { exact: true })
    .waitFor();
  return view;
}

const funds = (view: MonthView) => view.comparison.funds.map(({ ours }) => ours);

it('agrees before and after a month’s business, figure by figure', async () => {
  await clerk.open('month-close');
  await clerk.page.getByText(monthClose.never, { exact: true }).waitFor();
  const before = await compare();
  expect(before.verdict).toBe('equal');
  expect(before.comparison.funds).toHaveLength(2);

  await clerk.open('registration');
  await clerk.enter(newcomer);
  await clerk.confirm();
  await clerk.waitForReceipt();
  await clerk.leaveDialogue();
  await clerk.open('reduction');
  await clerk.enterReduction({ person: people[0]?.personalAccount ?? '', reason: '04' });
  await clerk.confirm();
  await clerk.waitForReceipt();
  await clerk.leaveDialogue();
  await expect
    .poll(async () => funds(await compare())[0]?.registered.heads, { timeout: ANSWER_DEADLINE_MS })
    .toBe(1);

  const after = await readView();
  expect(after).toMatchObject({ verdict: 'equal' });
  if (!after) throw new Error('no comparison');
  const [general] = funds(after);
  expect(general?.reduced.heads).toBe(1);
  expect(general?.now.heads).toBe(funds(before)[0]?.now.heads);
  await clerk.page.getByText(monthClose.equal).waitFor();
  const row = clerk.page.getByRole('row').filter({ hasText: monthClose.rows.registered }).first();
  expect((await row.innerText()).split('\t').map((cell) => cell.trim())).toContain('1,920.00');
});

/** 存为 PDF; the file as another program reads it. */
async function saveSheet(picture: string) {
  const file = await output.savePdf(monthClose.sheet);
  await output.closeNote();
  expect(path.basename(file)).toBe(`${monthClose.sheetFileOf(await monthOf())}.pdf`);
  const paper = readPaper(file, picture);
  fs.rmSync(file);
  return paper;
}

it('puts what agrees on one sheet, to be signed', async () => {
  const view = await readView();
  const { text, pages } = await saveSheet('month');
  expect(pages).toBe(1);
  for (const part of [
    ...[monthClose.sheetTitle, UNIT, monthClose.sheetStatement, documents.clerkSigns],
    ...[view?.hash.slice(0, 16), '1,920.00', ...Object.values(fundTypeWords)],
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain(monthClose.verdicts.differs);
  const noted = { event: 'output', text: '', offset: 0, limit: 10 };
  const { rows } = await readWindow(clerk.page, 'audit.list', noted);
  expect(rows.map(({ detail }) => detail.what)).toEqual([monthClose.sheetTitle]);
});

it('a wrong figure at the centre is found and leads to the person', async () => {
  const wrong = people[1];
  if (!wrong) throw new Error('nobody');
  const books = new Database(path.join(desk.centre.folder, 'centre/centre.db'));
  books
    .prepare(
      'UPDATE employee SET unit_fen = unit_fen + 100 WHERE unit = ? AND personal_account = ?',
    )
    .run(UNIT, wrong.personalAccount);
  books.close();
  const view = await compare();
  expect(view.verdict).toBe('differs');
  const save = clerk.page.getByRole('button', { name: documents.saveOf(monthClose.sheet) });
  expect(await save.isDisabled()).toBe(true);
  const line = clerk.page
    .getByRole('table', { name: monthClose.lines })
    .locator('[data-index]')
    .filter({ hasText: wrong.personalAccount })
    .first();
  await line.getByText(monthClose.standings.onlyCentre).waitFor();
  await line.getByRole('button', { name: monthClose.lookPerson(wrong.name) }).click();
  await clerk.page.getByRole('heading', { name: rosterQuery.title, level: 1 }).waitFor();
  await clerk.queueRow(wrong.personalAccount).first().waitFor();
  // the same a second time: what was compared stays until the next comparison
  await clerk.open('month-close');
  await line.waitFor();
});

it('what the centre itself changed is listed behind the sheet once the sync has brought it', async () => {
  const at = people[2]?.personalAccount ?? '';
  const books = new Database(path.join(desk.centre.folder, 'centre/centre.db'));
  const newVersion = '(SELECT roster_version FROM unit WHERE account = employee.unit)';
  books.exec('UPDATE unit SET roster_version = roster_version + 1');
  const change = (assignment: string, account: string) =>
    books
      .prepare(
        `UPDATE employee SET ${assignment}, version = ${newVersion}
         WHERE unit = ? AND personal_account = ?`,
      )
      .run(UNIT, account);
  // what was wrong is in the roster now, and somebody else was changed at the counter
  change('name = name', people[1]?.personalAccount ?? '');
  change('personal_fen = personal_fen + 100', at);
  books.close();
  await clerk.open('reduction');
  await clerk.enterReduction({ person: at, reason: '04' });
  await clerk.queueRow(at).first().waitFor();
  const view = await compare();
  expect(view).toMatchObject({ verdict: 'explained', comparison: { found: { differences: 0 } } });
  await keepPicture(clerk.page, 'month-explained');
  const { text, pages } = await saveSheet('month-explained');
  expect(pages).toBe(2);
  expect(text).toContain(at);
});

it('the sync leads to the entry it touched', async () => {
  await clerk.open('roster-sync');
  const part = clerk.page.getByRole('region', { name: syncDifference.title });
  await part.getByText(new RegExp(`^${syncDifference.drafts} [1-9]`)).click();
  const list = part.getByRole('table', { name: syncDifference.drafts });
  // its amounts are others now
  await list.getByText(syncDifference.broken).waitFor();
  await keepPicture(clerk.page, 'sync-drafts');
  await list.getByText(syncDifference.open, { exact: true }).click();
  // the entry itself stands in the form
  await clerk.page.getByText(entry.editing(people[2]?.name ?? '')).waitFor();
});

it('the sync says who came and who changed in what', async () => {
  await clerk.open('roster-sync');
  const part = clerk.page.getByRole('region', { name: syncDifference.title });
  await part.waitFor();
  const { syncs } = await readWindow(clerk.page, 'syncs.list', { limit: 12 });
  const changes = [];
  for (const { number } of syncs) {
    for (const change of ['added', 'changed'] as const) {
      const page = { number, change, offset: 0, limit: 50 };
      changes.push(...(await readWindow(clerk.page, 'syncs.changes', page)).changes);
    }
  }
  expect(changes.find(({ name }) => name === newcomer.name)).toMatchObject({ change: 'added' });
  const left = changes.find(
    ({ personalAccount }) => personalAccount === people[0]?.personalAccount,
  );
  expect([left?.before?.status, left?.after?.status]).toEqual(['01', '02']);
  const text = await part.innerText();
  expect(text).toMatch(/新增 \d+/);
});
