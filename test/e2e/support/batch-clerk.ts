import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { readWindow } from '../../../build/tour/ask.ts';
import type { Clerk } from '../../../build/tour/clerk.ts';
import { batchScreens } from '../../../renderer/state/navigation.ts';
import { batch, batchKindWords, sending, sentBatches } from '../../../renderer/text/batch.ts';
import { confirmation } from '../../../renderer/text/confirmation.ts';
import { templates } from '../../../renderer/text/templates.ts';
import type { Batch } from '../../../shared/ipc/batches.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import type { Desk } from './desk.ts';
import { FileDialogues } from './file-dialogues.ts';

const IMPORT_DEADLINE_MS = 120_000;
const ANSWER_DEADLINE_MS = 120_000;

/** What a clerk does with batches in the window, by the words she reads. */
export class BatchClerk {
  readonly clerk: Clerk;
  readonly kind: EntryKind;
  readonly dialogues: FileDialogues;

  constructor(desk: Desk, clerk: Clerk, kind: EntryKind) {
    this.clerk = clerk;
    this.kind = kind;
    this.dialogues = new FileDialogues(desk.program.app);
  }

  get page(): Page {
    return this.clerk.page;
  }

  /** 批量业务文本格式下载; resolves with the path the window names. */
  async downloadTemplate(folder: string): Promise<string> {
    await this.dialogues.willSaveInto(folder);
    await this.clerk.open('templates');
    const name = batchKindWords[this.kind];
    const item = this.page.getByRole('listitem').filter({ hasText: templates.what[this.kind] });
    await this.clerk.button(templates.downloadOf(name)).click();
    const said = item.getByRole('status').getByText(templates.saved(folder));
    await said.waitFor();
    return (await said.innerText()).slice(templates.saved('').length);
  }

  async open(): Promise<void> {
    await this.clerk.open(batchScreens[this.kind]);
    await this.page.getByRole('heading', { name: batchKindWords[this.kind], level: 1 }).waitFor();
  }

  /** 从Excel导入 with this file; neither what comes of it nor that it ends is awaited. */
  async begin(file: string): Promise<void> {
    await this.dialogues.willChoose(file);
    await this.open();
    const names = new RegExp(`^(${batch.import}|${batch.importAnother})$`);
    await this.page.getByRole('button', { name: names }).click();
  }

  /** 从Excel导入 until its rows stand in the grid. */
  async bringIn(file: string): Promise<Batch> {
    const before = new Set((await this.list()).map(({ id }) => id));
    await this.begin(file);
    const found = async () =>
      (await this.list()).find(({ id, isChecked }) => isChecked && !before.has(id));
    await expect.poll(found, { timeout: IMPORT_DEADLINE_MS }).toBeDefined();
    const come = await found();
    if (!come) throw new Error('the batch has gone again');
    await this.page.getByRole('tab', { selected: true }).filter({ hasText: come.name }).waitFor();
    await this.rows().first().waitFor();
    return come;
  }

  /** 从Excel导入 of a file that is refused; resolves with what the window says. */
  async refused(file: string): Promise<string> {
    await this.begin(file);
    const note = this.page.getByRole('alert');
    await note.waitFor({ timeout: IMPORT_DEADLINE_MS });
    return note.innerText();
  }

  async list(): Promise<readonly Batch[]> {
    return (await readWindow(this.page, 'batches.list', { kind: this.kind })).batches;
  }

  async find(id: string): Promise<Batch> {
    const known = (await this.list()).find((one) => one.id === id);
    if (!known) throw new Error('the batch is not listed');
    return known;
  }

  grid(): Locator {
    return this.page.getByRole('table', { name: batch.grid });
  }

  /** Rows of the grid in sight. */
  rows(): Locator {
    return this.grid().locator('[data-index]');
  }

  /** The cell in hand. */
  cell(): Locator {
    return this.grid().locator('input.cell-input');
  }

  /** One line of the list of issues after the other, walked by the keyboard. */
  async readIssues(): Promise<string[]> {
    const list = this.page.getByRole('listbox', { name: batch.issues });
    await list.getByRole('option').first().waitFor();
    await list.focus();
    await this.page.keyboard.press('Home');
    const chosen = list.locator('[aria-selected=true]');
    const count = Number(await chosen.getAttribute('aria-setsize'));
    const lines: string[] = [];
    for (let at = 1; at <= count; at += 1) {
      const line = list.locator(`[aria-selected=true][aria-posinset="${at}"]`);
      await line.locator('.issue-place').waitFor();
      lines.push((await line.innerText()).replaceAll('\n', ' '));
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Home');
    return lines;
  }

  async press(name: string): Promise<void> {
    await this.clerk.button(name).click();
  }

  dialogue(): Locator {
    return this.clerk.dialogue();
  }

  /** The answer to 批量发送: 批量发送成功 and its 业务流水号. */
  async waitForSuccess(): Promise<string> {
    const dialogue = this.dialogue();
    await dialogue.getByText(sending.succeeded).waitFor({ timeout: ANSWER_DEADLINE_MS });
    const text = await dialogue.innerText();
    const serial = new RegExp(`${confirmation.serialNumber}\\s*(\\d+)`).exec(text)?.[1];
    if (serial === undefined) throw new Error(`no ${confirmation.serialNumber}: ${text}`);
    return serial;
  }

  /** 批量发送 of a batch nothing stands against; resolves with its 业务流水号. */
  async send(): Promise<string> {
    await this.press(batch.send);
    await this.clerk.answer('是');
    return this.waitForSuccess();
  }

  async seeSent(): Promise<void> {
    await this.clerk.answer(sending.seeSent);
    await this.dialogue().waitFor({ state: 'hidden' });
  }

  sentRow(serialNumber: string): Locator {
    return this.page
      .getByRole('table', { name: sentBatches.list })
      .getByRole('row')
      .filter({ hasText: serialNumber });
  }

  /** Until the window says 已处理完 of an order, without being asked to look. */
  async waitForResults(serialNumber: string, timeout = ANSWER_DEADLINE_MS): Promise<void> {
    await this.sentRow(serialNumber).getByText(sentBatches.progress.done).waitFor({ timeout });
  }

  /** What became of the rows of an order, as the window lists them. */
  async readResults(serialNumber: string): Promise<string[]> {
    await this.sentRow(serialNumber)
      .getByRole('button', { name: new RegExp(`^${sentBatches.count} `) })
      .click();
    const rows = this.page.getByRole('table', { name: sentBatches.items }).locator('[data-index]');
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map((text) => text.replaceAll('\n', ' '));
  }

  async order(serialNumber: string): Promise<Order | undefined> {
    const { parameters } = await readWindow(this.page, 'unit.status', {});
    const businessMonth = parameters?.businessMonth ?? 0;
    const { orders } = await readWindow(this.page, 'orders.list', {
      kind: this.kind,
      businessMonth,
    });
    return orders.find((one) => one.serialNumber === serialNumber);
  }
}
