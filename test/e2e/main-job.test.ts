import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { askWindow, readWindow } from '../../build/tour/ask.ts';
import type { Accepted, Clerk } from '../../build/tour/clerk.ts';
import { verifySigned } from '../../electron/cms/verify.ts';
import { rosterQuery } from '../../renderer/text/roster-query.ts';
import { receiptSchema } from '../../shared/wire/orders.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { openUnitFile, verifyWithOpenssl } from './support/evidence.ts';
import { identityNumber } from './support/people.ts';
import { firstRows } from './support/roster.ts';

const UNIT = '9900000500';
const PEOPLE = 500;
const newcomer = { name: '买买提·艾力', idNumber: identityNumber(1), base: '8000.00' };

let desk: Desk;
let clerk: Clerk;
let accepted: Accepted;

beforeAll(async () => {
  desk = await Desk.setUp(UNIT);
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
});

it('starts the program, unlocks the real token and proves the gateway', async () => {
  clerk = await desk.openProgram();
  await clerk.startPlatform(desk.secrets.pin);
  const electron = await desk.program.app.evaluate(() => process.versions.electron);
  const { key, platform } = await readWindow(clerk.page, 'app.status', {});
  console.log(`Electron of the window: ${electron}`);
  console.log(`PKCS#11 module: ${key.driver}; token label: ${key.label}, serial ${key.serial}`);
  console.log(`TLS: ${platform.tlsProtocol}; gateway certificate: ${platform.gatewaySubject}`);
  expect(electron).toMatch(/^\d+\./);
  expect(key.state).toBe('unlocked');
  expect(key.driver).toMatch(/softhsm/i);
  expect(key.label).not.toBe('');
  expect(platform).toMatchObject({ state: 'ready', tlsProtocol: 'TLSv1.3' });
  expect(platform.gatewaySubject).toMatch(/CN=/);
});

it('insists on a sync at the first sign-in on this computer', async () => {
  const refused = await askWindow(clerk.page, 'session.signIn', {
    unitAccount: UNIT,
    password: desk.secrets.transactionPassword,
    sync: false,
  });
  expect(refused).toMatchObject({ ok: false, code: 'SYNC_REQUIRED' });
  await clerk.signIn(desk.secrets.transactionPassword, { sync: true });
  await clerk.open('roster-sync');
  await clerk.waitForSync();
});

it('finds an employee of the synced roster', async () => {
  await clerk.open('roster-query');
  const first = await readWindow(clerk.page, 'roster.query', firstRows(1));
  expect(first.total).toBeGreaterThanOrEqual(PEOPLE);
  const [person] = first.rows;
  await clerk.search(person?.personalAccount ?? '');
  await clerk.page
    .getByText(person?.name ?? '', { exact: true })
    .first()
    .waitFor();
  await clerk.page.getByText(rosterQuery.count('1', '1')).waitFor();
});

it('enters a 职工登记 and holds the signed receipt for it', async () => {
  await clerk.open('registration');
  await clerk.enter(newcomer);
  await clerk.queueRow(newcomer.name).waitFor();
  await clerk.confirm();
  accepted = await clerk.waitForReceipt();
  console.log(`业务流水号 ${accepted.serialNumber}, 回执号 ${accepted.receiptNumber}`);
  expect(accepted.serialNumber).toMatch(/^\d{8,}$/);
  expect(accepted.receiptNumber).toBe('1');
  expect(accepted.text).toContain('1,920.00');
});

it('shows 成功 once the centre has reviewed it', async () => {
  await clerk.leaveDialogue();
  await clerk.open('registration-results');
  await clerk.page.getByText(accepted.serialNumber).first().waitFor();
  await clerk.page
    .getByRole('row')
    .filter({ hasText: accepted.serialNumber })
    .getByRole('button', { name: /全部/ })
    .click();
  await clerk.page
    .getByRole('row')
    .filter({ hasText: newcomer.name })
    .getByText('成功')
    .waitFor({ timeout: 60_000 });
});

it('keeps order and receipt so that another program accepts them, and refuses a flipped byte', async () => {
  await desk.closeProgram();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jiaocuntong-cms-'));
  const file = openUnitFile(desk.userFolder, UNIT);
  const order = file.prepare<[], Buffer>('SELECT signed FROM submission').pluck().get();
  const receipt = file.prepare<[], Buffer>('SELECT bytes FROM receipt').pluck().get();
  file.close();
  if (!order || !receipt) throw new Error('order or receipt is not stored');
  const { bankCaPem, centreCaPem } = desk.centre.configuration.gateway;
  expectProven(order, bankCaPem[0] ?? '', folder, newcomer.idNumber);
  const content = expectProven(receipt, centreCaPem[0] ?? '', folder, accepted.serialNumber);
  expect(receiptSchema.parse(JSON.parse(content))).toMatchObject({ rno: 1, state: 'applied' });
  fs.rmSync(folder, { recursive: true });
});

function expectProven(message: Buffer, caPem: string, folder: string, holds: string): string {
  const content = verifyWithOpenssl(message, caPem, folder)?.toString('utf8') ?? '';
  expect(content).toContain(holds);
  const flipped = Buffer.from(message);
  const at = flipped.indexOf(holds);
  flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
  expect(verifyWithOpenssl(flipped, caPem, folder)).toBeUndefined();
  const trust = { anchors: [new X509Certificate(caPem)], atMs: Date.now() };
  expect(verifySigned(message, trust).ok).toBe(true);
  expect(verifySigned(flipped, trust).ok).toBe(false);
  return content;
}

it('is the program as a clerk gets it, whoever has built it', () => {
  const assets = path.resolve(import.meta.dirname, '../../out/renderer/assets');
  const scripts = fs.readdirSync(assets).filter((file) => file.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(0);
  for (const file of scripts) {
    // what a library calls every dialogue where NODE_ENV is `test`
    expect(fs.readFileSync(path.join(assets, file), 'utf8')).not.toContain('test-id');
  }
});
