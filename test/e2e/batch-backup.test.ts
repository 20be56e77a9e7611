import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { backup } from '../../renderer/text/backup.ts';
import { batch as words, sending } from '../../renderer/text/batch.ts';
import { confirmation } from '../../renderer/text/confirmation.ts';
import { orderStory } from '../../renderer/text/order-story.ts';
import { BatchClerk } from './support/batch-clerk.ts';
import { writeTable } from './support/clerk-files.ts';
import { Desk } from './support/desk.ts';
import { openUnitFile } from './support/evidence.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { FileDialogues } from './support/file-dialogues.ts';
import { keepPicture } from './support/kept-picture.ts';
import { identityNumber } from './support/people.ts';

const UNIT = '9900000030';
const CLEARED_DEADLINE_MS = 120_000;
const underWay = [71, 72, 73].map(identityNumber);
const faulty = identityNumber(74);
const unsent = [75, 76].map(identityNumber);

let desk: Desk;
let other: Desk;
let clerk: Clerk;
let registrations: BatchClerk;
let sentId: string;
let unsentId: string;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jiaocuntong-batch-backup-'));
const disk = path.join(folder, 'usb-disk');

beforeAll(async () => {
  fs.mkdirSync(disk);
  desk = await Desk.setUp(UNIT);
  other = desk.besides();
  clerk = await desk.openAndSignIn();
  registrations = new BatchClerk(desk, clerk, 'registration');
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await other.leave();
  await desk.clear();
  fs.rmSync(folder, { recursive: true, force: true });
});

const personOf = (idNumber: string, base = '8000') => ['示例新人', idNumber, base];
const tab = (name: string) => clerk.page.getByRole('tab', { name: new RegExp(`^${name}`) });

async function bringIn(name: string, people: readonly (readonly string[])[]): Promise<string> {
  const file = path.join(folder, name);
  await writeTable(file, [['职工姓名', '身份证号', '月均工资'], ...people]);
  return (await registrations.bringIn(file)).id;
}

it('backs up while a batch is on its way, another is not sent and a row is still to be mended', async () => {
  unsentId = await bringIn(
    '待发.xlsx',
    unsent.map((one) => personOf(one)),
  );
  const rows = [...underWay.map((one) => personOf(one)), personOf(faulty, '八千')];
  sentId = await bringIn('新进.xlsx', rows);
  // the centre takes it, its answer is lost, and then it is away
  desk.centre.breakLine([{ id: 'lost', tx: 'WL1001', do: 'exitAfter' }]);
  await registrations.press(words.send);
  await clerk.answer(sending.good('3 人', '1 人'));
  await clerk.answer('是');
  await clerk.dialogue().getByText(confirmation.waiting).first().waitFor();
  await expect.poll(() => desk.centre.batchesTaken().map(({ count }) => count)).toEqual([3]);
  await clerk.leaveDialogue();
  await clerk.open('backup');
  await new FileDialogues(desk.program.app).willChoose(disk);
  await clerk.button(backup.takeElsewhere).click();
  await clerk.page.getByText(backup.taken(disk)).waitFor();
  expect(await readWindow(clerk.page, 'unit.status', {})).toMatchObject({ openOrders: 1 });
  await clerk.button(backup.take).click();
  await clerk.page.getByRole('row').getByText(backup.batches(2, 3)).waitFor();
  await keepPicture(clerk.page, 'batch-backup-1-taken');
});

it('shows on an empty computer with the same key what comes, and brings it', async () => {
  await desk.killProgram();
  await desk.centre.kill();
  desk.centre.breakLine([]);
  await desk.centre.start();
  clerk = await other.openAndSignIn();
  registrations = new BatchClerk(other, clerk, 'registration');
  expect(await registrations.list()).toEqual([]);
  await clerk.open('backup');
  const [name = ''] = fs.readdirSync(disk);
  await new FileDialogues(other.program.app).willChoose(path.join(disk, name));
  await clerk.button(backup.restoreElsewhere).click();
  const dialogue = clerk.dialogue();
  await dialogue.getByText(backup.brings).waitFor();
  await dialogue.getByRole('listitem').getByText(backup.batches(2, 3)).waitFor();
  await keepPicture(clerk.page, 'batch-backup-2-asked');
  await clerk.answer('是');
  await dialogue.getByText(backup.done).waitFor();
  await dialogue.getByText(backup.batches(2, 3)).waitFor();
  await keepPicture(clerk.page, 'batch-backup-3-done');
  await clerk.leaveDialogue();
});

it('clears up the batch that was on its way: its receipt, its results, its story', async () => {
  const orders = async () => (await registrations.find(sentId)).oids.length;
  await registrations.open();
  await expect.poll(orders, { timeout: CLEARED_DEADLINE_MS }).toBe(1);
  await expect
    .poll(() => registrations.find(sentId), { timeout: CLEARED_DEADLINE_MS })
    .toMatchObject({ isChecked: true, open: 1, bad: 1 });
  await tab(words.sent).click();
  const [taken] = desk.centre.batchesTaken();
  if (!taken) throw new Error('the centre has no batch');
  await registrations.waitForResults(taken.serialNumber);
  expect(await registrations.readResults(taken.serialNumber)).toHaveLength(3);
  expect(await registrations.order(taken.serialNumber)).toMatchObject({ succeeded: 3, failed: 0 });
  await keepPicture(clerk.page, 'batch-backup-4-sent');
  const row = registrations.sentRow(taken.serialNumber);
  await row.getByRole('button', { name: /的经过$/ }).click();
  const story = clerk.page.getByRole('region', { name: orderStory.title });
  await story.getByText(orderStory.event.sending(1)).waitFor();
  expect(await story.getByText(orderStory.event.receipt(1)).count()).toBe(1);
  await keepPicture(clerk.page, 'batch-backup-5-story');
  await story.getByRole('button', { name: orderStory.back, exact: true }).click();
});

it('goes on with what was not sent: the marked copy, and the other batch, once', async () => {
  await registrations.open();
  await tab('新进.xlsx').click();
  await registrations.rows().getByText('八千').waitFor();
  await registrations.dialogues.willSaveInto(folder);
  await registrations.press(words.marked);
  await clerk.page.getByText(words.markedNext.marked).waitFor();
  expect(fs.existsSync(path.join(folder, '新进（标注错误）.xlsx'))).toBe(true);
  await keepPicture(clerk.page, 'batch-backup-6-marked');
  await tab('待发.xlsx').click();
  await expect
    .poll(() => registrations.find(unsentId), { timeout: CLEARED_DEADLINE_MS })
    .toMatchObject({ isChecked: true, good: 2 });
  await registrations.send();
  await keepPicture(clerk.page, 'batch-backup-7-second');
  await clerk.answer(orderStory.seeOf);
  const story = clerk.page.getByRole('region', { name: orderStory.title });
  await story.getByText(orderStory.event.receipt(2)).waitFor();
  expect(desk.centre.batchesTaken().map(({ count }) => count)).toEqual([3, 2]);
  for (const idNumber of [...underWay, ...unsent]) {
    expect(desk.centre.ledgerLinesOf(idNumber), idNumber).toBe(1);
  }
  expect(desk.centre.ledgerLinesOf(faulty)).toBe(0);
  await other.closeProgram();
  const file = openUnitFile(other.userFolder, UNIT);
  expect(file.prepare('SELECT rno, state FROM receipt ORDER BY rno').all()).toEqual(
    [1, 2].map((rno) => ({ rno, state: 'applied' })),
  );
  expect(
    file
      .prepare('SELECT state, count(*) AS rows FROM batch_row GROUP BY state ORDER BY state')
      .all(),
  ).toEqual([
    { state: 'open', rows: 1 },
    { state: 'settled', rows: 5 },
  ]);
  file.close();
});
