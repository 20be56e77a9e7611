// What a clerk does in the window, step by step, by the words she reads.
import type { Locator, Page } from 'playwright-core';
import { menu } from '../../renderer/text/frame.ts';
import { platform } from '../../renderer/text/platform.ts';
import { confirmation, queue, registration } from '../../renderer/text/registration.ts';
import { rosterSync } from '../../renderer/text/roster-sync.ts';
import { rosterQuery } from '../../renderer/text/roster-query.ts';
import { signIn } from '../../renderer/text/sign-in.ts';

const SYNC_DEADLINE_MS = 300_000;
const ANSWER_DEADLINE_MS = 60_000;

export type ScreenName =
  'today' | 'roster-sync' | 'registration' | 'registration-results' | 'roster-query' | 'about';

export interface NewEmployee {
  readonly name: string;
  readonly idNumber: string;
  readonly base: string;
}

export interface Accepted {
  /** The dialogue's whole text. */
  readonly text: string;
  readonly serialNumber: string;
  readonly receiptNumber: string;
}

export class Clerk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** PIN to the key, then the gateway; ends on the sign-in screen. */
  async startPlatform(pin: string): Promise<void> {
    await this.typePin(pin);
    await this.page.getByLabel(signIn.password).waitFor();
  }

  async typePin(pin: string): Promise<void> {
    await this.page.getByLabel(platform.pin, { exact: true }).fill(pin);
    await this.button(platform.start).click();
  }

  async signIn(password: string, { sync }: { sync: boolean }): Promise<void> {
    await this.page.getByLabel(signIn.password, { exact: true }).fill(password);
    const box = this.page.getByRole('checkbox', { name: signIn.sync });
    if (sync !== (await box.isChecked())) await box.setChecked(sync);
    await this.button(signIn.confirm).click();
    await this.menuItem('today').waitFor();
  }

  menuItem(name: ScreenName): Locator {
    return this.page.getByRole('menuitem', {
      name: new RegExp(`^${menu[name]}(?!\\p{Script=Han})`, 'u'),
    });
  }

  async open(name: ScreenName): Promise<void> {
    await this.menuItem(name).click();
  }

  async waitForSync(): Promise<void> {
    await this.page
      .getByText(new RegExp(`${rosterSync.done}|${rosterSync.unchanged}`))
      .first()
      .waitFor({ timeout: SYNC_DEADLINE_MS });
  }

  /** Types into the one search box of 职工缴存明细查询. */
  async search(text: string): Promise<void> {
    await this.page.getByLabel(rosterQuery.search, { exact: true }).fill(text);
  }

  async enter({ name, idNumber, base }: NewEmployee): Promise<void> {
    const field = (label: string) => this.page.getByLabel(label, { exact: true });
    await field(registration.name).fill(name);
    await field(registration.idNumber).fill(idNumber);
    await field(registration.base).fill(base);
    await this.button(registration.enter).click();
  }

  /** The row of the pending queue with this name. */
  queueRow(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }

  dialogue(): Locator {
    return this.page.getByRole('dialog');
  }

  /** 确认, then 是. */
  async confirm(): Promise<void> {
    await this.button(queue.confirm).click();
    await this.dialogue().getByRole('button', { name: '是', exact: true }).click();
  }

  /** Closes the dialogue as a clerk does who has read it. */
  async leaveDialogue(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.dialogue().waitFor({ state: 'hidden' });
  }

  async waitForReceipt(): Promise<Accepted> {
    const dialogue = this.dialogue();
    await dialogue.getByText(confirmation.applied).first().waitFor({ timeout: ANSWER_DEADLINE_MS });
    const text = await dialogue.innerText();
    const after = (label: string) =>
      new RegExp(`${label}\\s*[:：]?\\s*(\\d+)`).exec(text)?.[1] ?? '';
    return {
      text,
      serialNumber: after(confirmation.serialNumber),
      receiptNumber: after(confirmation.receipt),
    };
  }
}
