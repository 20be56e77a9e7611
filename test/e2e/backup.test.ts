import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { backup } from '../../renderer/text/backup.ts';
import { confirmation } from '../../renderer/text/confirmation.ts';
import { results } from '../../renderer/text/results.ts';
import { rosterSync } from '../../renderer/text/roster-sync.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import { Desk } from './support/desk.ts';
import { openUnitFile } from './support/evidence.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { identityNumber } from './support/people.ts';

const UNIT = '9900000030';
const filed = { name: '赵一', idNumber: identityNumber(61), base: '8000.00' };
const underWay = { name: '孙丽', idNumber: identityNumber(62), base: '9000.00' };
const waiting = { name: '周文博', idNumber: identityNumber(63), base: '7000.00' };

let desk: Desk;
let other: Desk;
let clerk: Clerk;

beforeAll(async () => {
  desk = await Desk.setUp(UNIT);
  other = desk.besides();
  clerk = await desk.openAndSignIn();
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await other.leave();
  await desk.clear();
});

const backupFolder = (of: Desk) => path.join(of.userFolder, 'units', 'backups');
const diskFolder = () => path.join(desk.centre.folder, 'usb-disk');

/** The dialogues of the system cannot be worked from here: they answer with this. */
async function answerDialogue(of: Desk, file: string): Promise<void> {
  await of.program.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
}

async function enter(person: typeof filed): Promise<void> {
  await clerk.open('registration');
  await clerk.enter(person);
  await clerk.queueRow(person.name).waitFor();
}

async function signInAgain(at: Desk): Promise<void> {
  await clerk.signIn(at.secrets.transactionPassword, { sync: false });
}

it('backs up to another disk while an order is on its way, checked and complete', async () => {
  fs.mkdirSync(diskFolder(), { recursive: true });
  await enter(filed);
  await clerk.confirm();
  await clerk.waitForReceipt();
  await clerk.leaveDialogue();
  await enter(underWay);
  // the centre takes it, its answer is lost, and then it is away
  desk.centre.breakLine([{ id: 'lost', tx: 'WL1001', do: 'exitAfter' }]);
  await clerk.confirm();
  await clerk.dialogue().getByText(confirmation.waiting).first().waitFor();
  await clerk.leaveDialogue();
  await enter(waiting);
  await clerk.open('backup');
  await answerDialogue(desk, diskFolder());
  await clerk.button(backup.takeElsewhere).click();
  await clerk.page.getByText(backup.taken(diskFolder())).waitFor();
  expect(fs.readdirSync(diskFolder())).toHaveLength(1);
  expect((await readWindow(clerk.page, 'unit.status', {})).openOrders).toBe(1);
  await clerk.button(backup.take).click();
  const row = clerk.page.getByRole('row').filter({ hasText: backup.reasons.manual });
  await row.getByText(backup.sound).waitFor();
  await row.getByText(backup.openOrders(1)).waitFor();
});

it('restores it on an empty computer with the same key: receipts complete, nothing sent twice', async () => {
  await desk.killProgram();
  await desk.centre.kill();
  desk.centre.breakLine([]);
  await desk.centre.start();
  clerk = await other.openAndSignIn();
  await clerk.open('registration');
  await clerk.page.getByText(filed.name).waitFor({ state: 'detached' });
  await clerk.open('backup');
  const [name = ''] = fs.readdirSync(diskFolder());
  await answerDialogue(other, path.join(diskFolder(), name));
  await clerk.button(backup.restoreElsewhere).click();
  const dialogue = clerk.dialogue();
  await dialogue.getByText(backup.brings).waitFor();
  await dialogue.getByText(backup.promise).waitFor();
  await dialogue.getByRole('button', { name: '是', exact: true }).click();
  await dialogue.getByText(backup.done).waitFor();
  await clerk.leaveDialogue();

  await clerk.open('registration');
  await clerk.queueRow(waiting.name).waitFor();
  expect(await clerk.queueRow(underWay.name).count()).toBe(0);
  await clerk.open('registration-results');
  await expect
    .poll(() => clerk.page.getByRole('row').getByText(results.orderState.applied).count(), {
      timeout: 60_000,
    })
    .toBe(2);
  await clerk.open('registration');
  await clerk.confirm();
  await clerk.waitForReceipt();
  await clerk.leaveDialogue();
  for (const person of [filed, underWay, waiting]) {
    expect(desk.centre.ledgerLinesOf(person.idNumber), person.name).toBe(1);
  }
  await other.closeProgram();
  const file = openUnitFile(other.userFolder, UNIT);
  const receipts = file.prepare('SELECT rno, state FROM receipt ORDER BY rno').all();
  file.close();
  expect(receipts).toEqual([1, 2, 3].map((rno) => ({ rno, state: 'applied' })));
  // closing made one of its own
  expect(fs.readdirSync(backupFolder(other))).toHaveLength(1);
});

it('leads out of a damaged file: the newest backup takes its place, and work goes on', async () => {
  clerk = await other.openProgram();
  await clerk.startPlatform(other.secrets.pin);
  await signInAgain(other);
  await enter({ name: '吴晓明', idNumber: identityNumber(64), base: '6000.00' });
  await other.closeProgram();
  const file = path.join(other.userFolder, 'units', `${UNIT}.db`);
  const damaged = fs.readFileSync(file).fill(0x5a, 0, 16_384);
  fs.writeFileSync(file, damaged);

  clerk = await other.openProgram();
  await clerk.typePin(other.secrets.pin);
  await clerk.page.getByText(catalogue.DB_DAMAGED.text).waitFor();
  await clerk.page.getByText(backup.rescueFound).waitFor();
  await clerk.button(backup.rescueRun).click();
  await clerk.page.getByText(backup.rescueRestored).waitFor();
  await clerk.button(backup.rescueOn).click();
  await signInAgain(other);
  await clerk.open('registration');
  await clerk.queueRow('吴晓明').waitFor();
  const kept = fs
    .readdirSync(path.dirname(file))
    .filter((name) => name.includes('damaged') && name.endsWith('.db'));
  expect(kept).toHaveLength(1);
  expect(fs.readFileSync(path.join(path.dirname(file), kept[0] ?? '')).equals(damaged)).toBe(true);
});

it('without any backup it begins anew, and roster and receipts come from the centre', async () => {
  await other.closeProgram();
  const units = path.join(other.userFolder, 'units');
  fs.rmSync(backupFolder(other), { recursive: true });
  fs.writeFileSync(path.join(units, `${UNIT}.db`), 'x'.repeat(40_000));
  clerk = await other.openProgram();
  await clerk.typePin(other.secrets.pin);
  await clerk.page.getByText(backup.rescueNone).waitFor();
  await clerk.button(backup.rescueAnew).click();
  await clerk.page.getByText(backup.rescueBegun).waitFor();
  await clerk.button(backup.rescueOn).click();
  await clerk.signIn(other.secrets.transactionPassword, { sync: true });
  await clerk.open('roster-sync');
  await clerk.page.getByText(rosterSync.done).waitFor({ timeout: 60_000 });
  await other.closeProgram();
  const file = openUnitFile(other.userFolder, UNIT);
  expect(file.prepare('SELECT count(*) FROM receipt').pluck().get()).toBe(3);
  file.close();
});
