import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import exceljs from 'exceljs';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { askWindow, readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { batch as words, sending } from '../../renderer/text/batch.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { ERROR_COLUMN_HEADING } from '../../shared/batch/columns.ts';
import type { RosterRow } from '../../shared/wire/roster.ts';
import { hostileFiles } from '../fixtures/import/hostile-files.ts';
import { oddBooks } from '../fixtures/import/odd-books.ts';
import { oddTexts } from '../fixtures/import/odd-texts.ts';
import {
  OFFICE_MISSING,
  convertWithOffice,
  hasOffice,
} from '../fixtures/import/office-conversion.ts';
import { BatchClerk } from './support/batch-clerk.ts';
import { writeTable } from './support/clerk-files.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { keepPicture } from './support/kept-picture.ts';
import { identityNumber } from './support/people.ts';
import { firstRows } from './support/roster.ts';

/** Uniform 12 %, funds 10 and 11. */
const UNIT = '9900000500';
/** Long enough to send a second batch meanwhile. */
const BATCH_SECONDS = 20;

let desk: Desk;
let clerk: Clerk;
let registrations: BatchClerk;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jiaocuntong-clerk-'));

beforeAll(async () => {
  desk = await Desk.setUp(UNIT, { batchSeconds: BATCH_SECONDS });
  clerk = await desk.openAndSignIn();
  registrations = new BatchClerk(desk, clerk, 'registration');
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
  fs.rmSync(folder, { recursive: true, force: true });
});

const file = (name: string) => path.join(folder, name);

/** The clerk's own table: a title, other headings in another order, and one thing wrong a row. */
const faulty: readonly (readonly (string | number)[])[] = [
  ['二〇二六年十一月新进职工'],
  ['部门', '月平均工资', '身份证号', '职工姓名'],
  ['一车间', '8000', identityNumber(51), '示例一'],
  ['一车间', '8000', `${identityNumber(52).slice(0, 17)}A`, '示例二'],
  ['一车间', '八千', identityNumber(53), '示例三'],
  ['二车间', 7000, identityNumber(54), ''],
  ['二车间', '6000', 990199199102031546, '示例五'],
  ['二车间', '6000', identityNumber(56), '示例六'],
  ['三车间', '6000', identityNumber(56), '示例七'],
  ['三车间', '5000', identityNumber(58), '示例八'],
];

/** Where the window must say what of it. */
const faults: readonly (readonly [cell: string, code: ErrorCode])[] = [
  ['C4', 'ID_CHARACTERS'],
  ['B5', 'BASE_FORMAT'],
  ['D6', 'NAME_EMPTY'],
  ['C7', 'CELL_NUMBER_CUT'],
  ['C8', 'DUPLICATE_IN_FILE'],
  ['C9', 'DUPLICATE_IN_FILE'],
];

let id: string;

it('lists all faults with their cells, marks them in the grid and sends nothing', async () => {
  await writeTable(file('新进职工.xlsx'), faulty);
  const batch = await registrations.bringIn(file('新进职工.xlsx'));
  ({ id } = batch);
  expect(batch).toMatchObject({ open: 8, good: 2, bad: 6 });
  const lines = await registrations.readIssues();
  await keepPicture(clerk.page, 'faults-1-listed');
  expect(lines).toHaveLength(faults.length);
  for (const [index, [cell, code]] of faults.entries()) {
    expect(lines[index]).toMatch(new RegExp(`^${cell}\\b`));
    expect(lines[index]).toContain(catalogue[code].text);
  }
  // both places are named
  expect(lines[4]).toContain('第9行');
  expect(lines[5]).toContain('第8行');
  await expect.poll(() => registrations.grid().locator('.cell-error').count()).toBe(faults.length);
  await registrations.press(words.send);
  await clerk.dialogue().getByText(sending.issuesTitle).waitFor();
  await keepPicture(clerk.page, 'faults-2-all-or-nothing');
  await clerk.answer(sending.toIssues);
  await registrations.cell().and(clerk.page.locator(':focus')).waitFor();
  const asked = { id, which: 'all' as const, differing: 0, waitForOpening: false };
  const expected = { count: batch.open, fen: batch.goodFen };
  const refused = await askWindow(clerk.page, 'batches.send', { ...asked, expected });
  expect(refused).toMatchObject({ ok: false, code: 'BATCH_HAS_ISSUES' });
  expect(desk.centre.batchesTaken()).toEqual([]);
});

it('mends a cell by keyboard; the list and the counts follow', async () => {
  const { keyboard } = clerk.page;
  await clerk.page.getByRole('listbox', { name: words.issues }).focus();
  await keyboard.press('Home');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  const cell = registrations.cell().and(clerk.page.locator(':focus'));
  await cell.waitFor();
  expect(await cell.getAttribute('aria-label')).toContain('B5');
  await keyboard.type('8000');
  await keyboard.press('Enter');
  await expect.poll(async () => (await registrations.find(id)).good).toBe(3);
  await expect.poll(() => registrations.grid().locator('.cell-error').count()).toBe(5);
  expect((await registrations.readIssues()).map((line) => line.split(' ')[0])).toEqual(
    faults.map(([at]) => at).filter((at) => at !== 'B5'),
  );
  await keepPicture(clerk.page, 'faults-3-mended');
});

it('deletes the rest and undoes it', async () => {
  const { page } = clerk;
  await page.getByRole('button', { name: new RegExp(`^${words.show.issues}`) }).click();
  await expect.poll(() => registrations.rows().count()).toBe(5);
  await page.getByRole('checkbox', { name: words.selectAll }).check();
  await registrations.press(words.remove);
  await page.getByText(words.removed(5)).waitFor();
  await keepPicture(page, 'faults-4-deleted');
  await expect.poll(async () => (await registrations.find(id)).open).toBe(3);
  await registrations.press(words.undo);
  await expect.poll(async () => (await registrations.find(id)).open).toBe(8);
  await page.getByRole('button', { name: new RegExp(`^${words.show.all}`) }).click();
  await expect.poll(() => registrations.rows().count()).toBe(8);
});

it('saves a copy of the workbook with the faults marked, which another program opens', async () => {
  await registrations.dialogues.willSaveInto(folder);
  await registrations.press(words.marked);
  await clerk.page.getByText(words.markedNext.marked).waitFor();
  await keepPicture(clerk.page, 'faults-5-marked');
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(file('新进职工（标注错误）.xlsx'));
  const [sheet] = book.worksheets;
  if (!sheet) throw new Error('the copy has no sheet');
  expect(sheet.getCell('E2').text).toBe(ERROR_COLUMN_HEADING);
  const reasons = [3, 4, 5, 6, 7, 8, 9, 10].map((row) => sheet.getCell(row, 5).text);
  const codeOf = new Map(faults.map(([cell, code]) => [Number(cell.slice(1)), code]));
  codeOf.delete(5); // mended meanwhile
  for (const [index, reason] of reasons.entries()) {
    const code = codeOf.get(index + 3);
    if (code) expect(reason).toContain(catalogue[code].text.replace('。', ''));
    else expect(reason).toBe('');
  }
  // the clerk's own content stands as it was
  expect(sheet.getCell('B5').text).toBe('八千');
  expect(sheet.getCell('A1').text).toBe(faulty[0]?.[0]);
});

it('sends the good ones alone and keeps the rest, also through a restart of the program', async () => {
  await registrations.open();
  await registrations.press(words.send);
  await clerk.answer(sending.good('3 人', '5 人'));
  await clerk.dialogue().getByText(sending.kept('5 人')).waitFor();
  await keepPicture(clerk.page, 'faults-6-good-alone');
  await clerk.answer('是');
  const serialNumber = await registrations.waitForSuccess();
  await clerk.leaveDialogue();
  expect(
    desk.centre.orderedUnder(serialNumber).map(({ idNumber, unitFen }) => [idNumber, unitFen]),
  ).toEqual([
    [identityNumber(51), 960_00],
    [identityNumber(53), 960_00],
    [identityNumber(58), 600_00],
  ]);
  await desk.closeProgram();
  clerk = await desk.openProgram();
  await clerk.startPlatform(desk.secrets.pin);
  await clerk.signIn(desk.secrets.transactionPassword, { sync: false });
  registrations = new BatchClerk(desk, clerk, 'registration');
  await registrations.open();
  await clerk.page.getByRole('tab', { name: '新进职工.xlsx' }).waitFor();
  expect(await registrations.find(id)).toMatchObject({ open: 5, good: 0, bad: 5 });
  await expect.poll(() => registrations.rows().count()).toBe(5);
  await keepPicture(clerk.page, 'faults-7-rest');
});

it('says what is wrong with a file that cannot be read, and goes on', async () => {
  const refusals: readonly (readonly [name: string, bytes: Uint8Array, code: ErrorCode])[] = [
    ['有密码.xlsx', await bytesOf('encrypted.xlsx'), 'FILE_PASSWORD'],
    ['压缩过度.xlsx', await bytesOf('200 MB of spaces'), 'FILE_LIMIT'],
    ['空文件.xlsx', new Uint8Array(), 'FILE_EMPTY'],
  ];
  for (const [name, bytes, code] of refusals) {
    fs.writeFileSync(file(name), bytes);
    const said = await registrations.refused(file(name));
    await keepPicture(clerk.page, `refused-${code}`);
    expect(said).toContain(catalogue[code].text);
    expect(said).toContain(catalogue[code].next);
  }
  await writeTable(file('减少.xlsx'), [['资金性质', '个人客户号', '姓名', '减少原因']]);
  expect(await registrations.refused(file('减少.xlsx'))).toContain(
    catalogue.TEMPLATE_OTHER_KIND.text,
  );
  fs.writeFileSync(file('中文.csv'), await bytesOf('GB18030.csv'));
  const batch = await registrations.bringIn(file('中文.csv'));
  expect(batch).toMatchObject({ open: 3, bad: 0 });
  await registrations.rows().getByText('赵一一').waitFor();
  await registrations.press(words.discard);
  await clerk.page.getByText(words.discarded('中文.csv')).waitFor();
});

it('brings in an old workbook (.xls)', async ({ skip }) => {
  skip(!hasOffice, OFFICE_MISSING);
  await writeTable(file('旧表.xlsx'), [
    ['姓名', '身份证号码', '月均工资', '缴存比例(%)'],
    ['示例九', identityNumber(59), '8000', '12'],
  ]);
  const [old] = await convertWithOffice(folder, [file('旧表.xlsx')], 'xls:MS Excel 97', 'xls');
  if (old === undefined) throw new Error('nothing was converted');
  const batch = await registrations.bringIn(old);
  expect(batch).toMatchObject({ open: 1, good: 1 });
  await registrations.rows().getByText('示例九').waitFor();
});

async function bytesOf(name: string): Promise<Uint8Array> {
  const odd = [...oddBooks(), ...oddTexts()].find((one) => one.name === name);
  const bytes = odd?.bytes ?? (await hostileFiles.find((one) => one.name === name)?.make());
  if (!bytes) throw new Error(`there is no file ${name}`);
  return bytes;
}

let people: readonly RosterRow[];

async function writeLeavers(name: string, rows: readonly RosterRow[]): Promise<string> {
  const heading = ['资金性质', '个人客户号', '姓名', '身份证号码', '减少原因'];
  const cells = rows.map((row) => ['10', row.personalAccount, row.name, row.idNumber, '04']);
  await writeTable(file(name), [heading, ...cells]);
  return file(name);
}

it('核对结果: a differing name is asked about before sending, and the centre’s counts', async () => {
  const query = { ...firstRows(60), fundType: '10' as const, status: '01' as const };
  people = (await readWindow(clerk.page, 'roster.query', query)).rows;
  const [first, second] = people.slice(30, 32);
  if (!first || !second) throw new Error('the roster is too short');
  const reductions = new BatchClerk(desk, clerk, 'reduction');
  const table = await writeLeavers('减少一.xlsx', [{ ...first, name: '示例旧名' }, second]);
  const batch = await reductions.bringIn(table);
  expect(batch).toMatchObject({ open: 2, good: 2, differing: 1 });
  await keepPicture(clerk.page, 'differences-1-shown');
  await reductions.press(words.send);
  await clerk.dialogue().getByText(sending.differencesTitle).waitFor();
  const said = await clerk.dialogue().innerText();
  expect(said).toContain('示例旧名');
  expect(said).toContain(first.name);
  await keepPicture(clerk.page, 'differences-2-asked');
  await clerk.answer('否');
  await clerk.dialogue().waitFor({ state: 'hidden' });
  expect(desk.centre.ledgerOf(first.idNumber)).toEqual([]);
  await reductions.press(words.send);
  await clerk.dialogue().getByText(sending.differencesQuestion).waitFor();
  await clerk.answer('是');
  await clerk.dialogue().getByText(sending.title('reduction')).waitFor();
  await clerk.answer('是');
  const serialNumber = await reductions.waitForSuccess();
  expect(desk.centre.orderedUnder(serialNumber).map(({ name }) => name)).toEqual([
    first.name,
    second.name,
  ]);
  await clerk.leaveDialogue();
});

it('sends a second batch while the results of the first are awaited', async () => {
  const reductions = new BatchClerk(desk, clerk, 'reduction');
  const one = await sendLeavers(reductions, '减少二.xlsx', people.slice(33, 35));
  const other = await sendLeavers(reductions, '减少三.xlsx', people.slice(35, 38));
  expect(await reductions.order(one)).toMatchObject({ state: 'applied', pending: 2 });
  expect(await reductions.order(other)).toMatchObject({ state: 'applied', pending: 3 });
  await reductions.open();
  await clerk.page.getByRole('tab', { name: new RegExp(`^${words.sent}`) }).click();
  await keepPicture(clerk.page, 'two-under-way');
  await reductions.waitForResults(one);
  await reductions.waitForResults(other);
  expect(await reductions.readResults(one)).toHaveLength(2);
  expect(await reductions.readResults(other)).toHaveLength(3);
  expect(await reductions.order(one)).toMatchObject({ succeeded: 2, failed: 0 });
  expect(await reductions.order(other)).toMatchObject({ succeeded: 3, failed: 0 });
  await clerk.open('today');
  await keepPicture(clerk.page, 'today');
});

async function sendLeavers(
  reductions: BatchClerk,
  name: string,
  rows: readonly RosterRow[],
): Promise<string> {
  await reductions.bringIn(await writeLeavers(name, rows));
  const serialNumber = await reductions.send();
  await clerk.leaveDialogue();
  return serialNumber;
}
