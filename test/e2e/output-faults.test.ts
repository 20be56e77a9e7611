import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { askWindow, readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { entry } from '../../renderer/text/entry.ts';
import { application, documents } from '../../renderer/text/documents.ts';
import { output as words } from '../../renderer/text/output.ts';
import { rosterQuery } from '../../renderer/text/roster-query.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import type { DocumentRequest } from '../../shared/ipc/documents.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { OutputClerk, readPaper, readSheet, squeezed } from './support/output-clerk.ts';
import { identityNumber } from './support/people.ts';

const UNIT = '9900000500';
const WINDOWS_DEADLINE_MS = 20_000;
/** Hosts get 15 s to end in order; a window that is still being drawn must not add to that. */
const CLOSED_MAX_MS = 14_000;
const form = application.fileOf.open;
const request: DocumentRequest = {
  document: 'application',
  action: 'open',
  fields: {
    ...{ creditCode: '', address: '', legalPerson: '', phone: '' },
    ...{ clerkName: '', clerkIdNumber: '', clerkPhone: '', reason: '' },
  },
};

let desk: Desk;
let clerk: Clerk;
let output: OutputClerk;

beforeAll(async () => {
  desk = await Desk.setUp(UNIT);
  clerk = await desk.openAndSignIn();
  output = await OutputClerk.begin(desk, clerk);
  await clerk.open('registration');
  await clerk.enter({ name: '欧阳买买提艾力江', idNumber: identityNumber(62), base: '6000' });
  await clerk.button(entry.toCounter).click();
  await clerk.page.getByText(entry.counterMoved('欧阳买买提艾力江')).waitFor();
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
  output.clear();
});

type Manner = 'usual' | 'fails' | 'never' | 'crashes' | 'closes';

/** How the print engine answers from now on; the most windows there were at once is counted. */
async function engineWill(manner: Manner): Promise<void> {
  await desk.program.app.evaluate(({ app, BrowserWindow }, how) => {
    const seen = globalThis as { mostWindows?: number };
    seen.mostWindows = 0;
    app.removeAllListeners('browser-window-created');
    app.on('browser-window-created', (_event, window) => {
      seen.mostWindows = Math.max(seen.mostWindows ?? 0, BrowserWindow.getAllWindows().length);
      const { webContents } = window;
      if (how === 'usual') return;
      webContents.print = (_options, callback) => {
        setTimeout(() => callback?.(true, ''), 200);
      };
      webContents.printToPDF = () => {
        if (how === 'fails') return Promise.reject(new Error('the engine refused'));
        if (how === 'crashes') webContents.forcefullyCrashRenderer();
        if (how === 'closes') window.destroy();
        return new Promise(() => undefined);
      };
    });
  }, manner);
}

const windowsNow = () =>
  desk.program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

const mostWindows = () =>
  desk.program.app.evaluate(() => (globalThis as { mostWindows?: number }).mostWindows ?? 0);

const expectOneWindow = () => expect.poll(windowsNow, { timeout: WINDOWS_DEADLINE_MS }).toBe(1);

const files = () => fs.readdirSync(output.folder);

it('closes the hidden window whatever becomes of a document, and makes the next one all the same', async () => {
  await clerk.open('applications');
  for (const manner of ['fails', 'crashes', 'closes'] as const) {
    await engineWill(manner);
    await clerk.button(documents.saveOf(form)).click();
    await clerk.page.getByText(catalogue.DOCUMENT_FAILED.text).waitFor();
    await output.closeNote();
    await expectOneWindow();
    expect(files()).toEqual([]);
  }
  await engineWill('usual');
  expect(path.dirname(await output.savePdf(form))).toBe(output.folder);
  await output.closeNote();
  await expectOneWindow();
});

it('draws one document after the other when two are asked for at once', async () => {
  await engineWill('usual');
  const asked = { request, fileName: '同时.pdf' };
  const answers = await Promise.all([
    askWindow(clerk.page, 'document.save', asked),
    askWindow(clerk.page, 'document.save', { ...asked, fileName: '同时二.pdf' }),
  ]);
  expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
  expect(await mostWindows()).toBe(2);
  await expectOneWindow();
  for (const name of ['同时.pdf', '同时二.pdf']) {
    expect(fs.readFileSync(path.join(output.folder, name), 'latin1')).toMatch(
      /^%PDF-[\s\S]*%%EOF\s*$/,
    );
  }
});

it('refuses a document of what the centre has not taken, and leaves no window', async () => {
  const voucher = { document: 'voucher', oid: '01928374-5566-7788-99aa-bbccddeeff00' } as const;
  const answer = await askWindow(clerk.page, 'document.save', {
    ...{ request: voucher, fileName: '没有.pdf' },
  });
  expect(answer).toMatchObject({ ok: false, code: 'NO_RECORD' });
  await expectOneWindow();
  expect(files()).not.toContain('没有.pdf');
});

it('names on the paper what no font has, so that a box does not pass for a name', async () => {
  const { drafts } = await readWindow(clerk.page, 'counter.list', {});
  expect(drafts).toHaveLength(1);
  const noFont = '\u{3fffd}';
  await desk.program.app.evaluate(
    ({ ipcMain }, value) => {
      ipcMain.removeHandler('counter.list');
      ipcMain.handle('counter.list', () => ({ ok: true, value }));
    },
    { drafts: drafts.map((draft) => ({ ...draft, name: `王${noFont}𠮷䶮㛃` })) },
  );
  await clerk.open('counter');
  const { text } = readPaper(await output.savePdf(documents.counterList), 'no-font');
  await output.closeNote();
  expect(text).toContain(squeezed(documents.missing(['U+3FFFD'])));
});

/** A place to save into, by its full path. */
async function willSaveAs(file: string): Promise<void> {
  await desk.program.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
}

it('tells a folder that takes nothing and a place that is gone; what lay there stays', async () => {
  await clerk.open('roster-query');
  await clerk.page
    .getByRole('table', { name: rosterQuery.list })
    .locator('[data-index]')
    .first()
    .waitFor();
  const noted = { event: 'output', text: '', offset: 0, limit: 50 };
  const before = (await readWindow(clerk.page, 'audit.list', noted)).total;
  const taken = path.join(output.folder, '名单.xlsx');
  fs.mkdirSync(taken);
  fs.writeFileSync(path.join(taken, '里面'), 'x');
  // root may write anywhere: a file system that cannot be written stands for the folder without rights
  for (const [file, said] of [
    ['/proc/名单.xlsx', catalogue.FILE_WRITE_FAILED.text],
    [path.join(output.folder, 'gone', '名单.xlsx'), catalogue.FILE_WRITE_FAILED.text],
    [taken, catalogue.FILE_WRITE_FAILED.text],
  ] as const) {
    await willSaveAs(file);
    await clerk.button(words.export).first().click();
    await clerk.page.getByText(said).waitFor();
    await output.closeNote();
  }
  expect(fs.readdirSync(taken)).toEqual(['里面']);
  expect(files().filter((name) => name.endsWith('.tmp'))).toEqual([]);
  // written down before it is tried: what left the program is never missing from the record
  expect((await readWindow(clerk.page, 'audit.list', noted)).total).toBe(before + 3);
  fs.rmSync(taken, { recursive: true });
});

it('replaces a file whole: killed in the middle it is the old one still, and nothing half is left by its name', async () => {
  await clerk.open('roster-query');
  const file = path.join(output.folder, '在册.xlsx');
  await willSaveAs(file);
  await clerk.button(words.export).first().click();
  await output.readPath(`${rosterQuery.title}已导出`);
  await output.closeNote();
  const whole = fs.readFileSync(file);
  await clerk.button(words.export).first().click();
  await clerk.page.getByText(words.choosing(rosterQuery.title)).first().waitFor();
  await desk.killProgram();
  expect(fs.readFileSync(file).equals(whole)).toBe(true);
  expect(readSheet(file).rows.length).toBeGreaterThan(400);
});

it('ends in time with its window while a document is drawn, and leaves nothing half', async () => {
  clerk = await desk.openProgram();
  await clerk.startPlatform(desk.secrets.pin);
  await clerk.signIn(desk.secrets.transactionPassword, { sync: false });
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'jiaocuntong-closing-'));
  await willSaveAs(path.join(place, '申请表.pdf'));
  await engineWill('never');
  await clerk.open('applications');
  await clerk.button(documents.saveOf(form)).click();
  await expect.poll(windowsNow, { timeout: WINDOWS_DEADLINE_MS }).toBe(2);
  const started = Date.now();
  const visible = await desk.program.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isVisible()),
  );
  expect(visible.filter(Boolean)).toHaveLength(1);
  expect(await desk.closeWindow()).toBe(0);
  expect(Date.now() - started).toBeLessThan(CLOSED_MAX_MS);
  expect(fs.readdirSync(place)).toEqual([]);
  fs.rmSync(place, { recursive: true });
});
