import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import exceljs from 'exceljs';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Clerk } from '../../build/tour/clerk.ts';
import { isChained } from '../../electron/data/audit/chain.ts';
import type { ChainedRow } from '../../electron/data/audit/chain.ts';
import { auditTrail } from '../../renderer/text/audit-trail.ts';
import { orderStory } from '../../renderer/text/order-story.ts';
import { BatchClerk } from './support/batch-clerk.ts';
import { writeTable } from './support/clerk-files.ts';
import { Desk } from './support/desk.ts';
import { openUnitFile, verifyWithOpenssl } from './support/evidence.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { FileDialogues } from './support/file-dialogues.ts';
import { keepPicture } from './support/kept-picture.ts';
import { identityNumber } from './support/people.ts';

const UNIT = '9900000030';
const single = { name: '赵一', idNumber: identityNumber(81), base: '8000.00' };
const ofBatch = identityNumber(82);

let desk: Desk;
let clerk: Clerk;
let folder: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jiaocuntong-records-'));
  desk = await Desk.setUp(UNIT);
  clerk = await desk.openAndSignIn();
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** 查看经过 in the dialogue, then 保存证据: another program accepts both files, and no other bytes. */
async function expectEvidence(name: string, serialNumber: string, holds: string): Promise<void> {
  const kept = path.join(folder, name);
  fs.mkdirSync(kept);
  await clerk.answer(orderStory.seeOf);
  const story = clerk.page.getByRole('region', { name: orderStory.title });
  await story.getByText(orderStory.detail.applied(serialNumber)).waitFor();
  await new FileDialogues(desk.program.app).willChoose(kept);
  await story.getByRole('button', { name: orderStory.save, exact: true }).click();
  await story.getByRole('status').getByText(kept).waitFor();
  await keepPicture(clerk.page, `records-${name}`);
  const { bankCaPem, centreCaPem } = desk.centre.configuration.gateway;
  const files = fs.readdirSync(kept).sort();
  expect(files.map((one) => one.replace(/^.*-/, ''))).toEqual(['业务.p7m', '回执.p7m']);
  const [order = '', receipt = ''] = files.map((one) => path.join(kept, one));
  expectVerified(order, bankCaPem[0] ?? '', holds);
  expectVerified(receipt, centreCaPem[0] ?? '', serialNumber);
  await story.getByRole('button', { name: orderStory.back, exact: true }).click();
}

function expectVerified(file: string, caPem: string, holds: string): void {
  const message = fs.readFileSync(file);
  expect(verifyWithOpenssl(message, caPem, folder)?.toString('utf8')).toContain(holds);
  const at = message.indexOf(holds);
  message.writeUInt8(message.readUInt8(at) ^ 1, at);
  expect(verifyWithOpenssl(message, caPem, folder)).toBeUndefined();
}

it('saves the evidence of a single entry from its story, and openssl verifies it', async () => {
  await clerk.open('registration');
  await clerk.enter(single);
  await clerk.queueRow(single.name).waitFor();
  await clerk.confirm();
  const { serialNumber } = await clerk.waitForReceipt();
  await expectEvidence('single', serialNumber, single.idNumber);
});

it('leads from the end of 批量发送 to the story of the batch, with its evidence', async () => {
  const table = path.join(folder, '新进.xlsx');
  await writeTable(table, [
    ['职工姓名', '身份证号', '月均工资'],
    ['示例新人', ofBatch, '8000'],
  ]);
  const registrations = new BatchClerk(desk, clerk, 'registration');
  await registrations.bringIn(table);
  const serialNumber = await registrations.send();
  await expectEvidence('batch', serialNumber, ofBatch);
});

it('exports 操作记录 whole: another program reads it, and its chain holds', async () => {
  await clerk.open('audit-trail');
  await clerk.page.getByRole('table', { name: auditTrail.list }).waitFor();
  await clerk.button(auditTrail.check).click();
  await clerk.page.getByText(/^记录完整/).waitFor();
  await new FileDialogues(desk.program.app).willSaveInto(folder);
  await clerk.button(auditTrail.export).click();
  const target = path.join(folder, `操作记录-${UNIT}.csv`);
  await clerk.page.getByText(target).waitFor();
  await keepPicture(clerk.page, 'records-audit');
  const exported = await readTable(target);
  await desk.closeProgram();
  const file = openUnitFile(desk.userFolder, UNIT);
  const stored = file
    .prepare<[number], ChainedRow>('SELECT * FROM audit WHERE seq <= ? ORDER BY seq')
    .all(exported.length);
  file.close();
  expect(exported).toEqual(stored);
  expect(exported.map(({ event }) => event)).toEqual(
    expect.arrayContaining([
      'signIn',
      'sync',
      'draftAdded',
      'orderConfirmed',
      'batchSent',
      'receipt',
    ]),
  );
  const isWhole = exported.every((row, index) => isChained(row, exported[index - 1]));
  expect(isWhole).toBe(true);
  const changed = exported.map((row) => (row.seq === 2 ? { ...row, user: 'nobody' } : row));
  expect(changed.findIndex((row, index) => !isChained(row, changed[index - 1]))).toBe(1);
});

/** As a spreadsheet program reads the file, with nothing taken for a number or a date. */
async function readTable(file: string): Promise<ChainedRow[]> {
  const book = new exceljs.Workbook();
  const sheet = await book.csv.readFile(file, { map: (value: unknown) => value });
  const rows: ChainedRow[] = [];
  sheet.eachRow((row, number) => {
    if (number === 1) return;
    const [seq, , user, , , at, event, detail, prev, hash] = Array.from(
      { length: 10 },
      (_, i) => row.getCell(i + 1).text,
    );
    rows.push({
      ...{ seq: Number(seq), at: at ?? '', user: user ?? '', event: event ?? '' },
      ...{ detail: detail ?? '', prev: prev ?? '', hash: hash ?? '' },
    });
  });
  return rows;
}
