// What a clerk does in the window, step by step, by the words she reads.
import type { Locator, Page } from 'playwright-core';
import type { Screen } from '../../shared/ipc/screens.ts';
import { menu } from '../../renderer/text/frame.ts';
import { platform } from '../../renderer/text/platform.ts';
import { confirmation } from '../../renderer/text/confirmation.ts';
import { entry, fieldWords } from '../../renderer/text/entry.ts';
import { queue } from '../../renderer/text/queue.ts';
import { rosterSync } from '../../renderer/text/roster-sync.ts';
import { rosterQuery } from '../../renderer/text/roster-query.ts';
import { signIn } from '../../renderer/text/sign-in.ts';

const SYNC_DEADLINE_MS = 300_000;
const ANSWER_DEADLINE_MS = 60_000;

export interface NewEmployee {
  readonly name: string;
  readonly idNumber: string;
  readonly base: string;
}

/** The person by account, name, pinyin initials or part of the ID number. */
export interface Leaver {
  readonly person: string;
  /** Code of 减少原因. */
  readonly reason: string;
}

export interface MissedMonths {
  readonly person: string;
  readonly from: string;
  readonly to: string;
  readonly base: string;
  readonly ratio: string;
}

export interface Shortfall {
  readonly person: string;
  readonly from: string;
  readonly to: string;
  readonly paidBase: string;
  readonly dueBase: string;
  readonly paidRatio: string;
  readonly dueRatio: string;
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

  menuItem(name: Screen): Locator {
    return this.page.getByRole('menuitem', {
      name: new RegExp(`^${menu[name]}(?!\\p{Script=Han})`, 'u'),
    });
  }

  async open(name: Screen): Promise<void> {
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

  field(name: keyof typeof fieldWords): Locator {
    return this.page.getByLabel(fieldWords[name], { exact: true });
  }

  async enter({ name, idNumber, base }: NewEmployee): Promise<void> {
    await this.field('name').fill(name);
    await this.field('idNumber').fill(idNumber);
    await this.field('base').fill(base);
    await this.button(entry.enter).click();
  }

  /** 职工减少, by keyboard alone, as the three that follow: ends when the form is ready for the next. */
  async enterReduction({ person, reason }: Leaver): Promise<void> {
    await this.choosePerson(person);
    await this.typeOn([reason]);
  }

  async enterMissedBackPay(months: MissedMonths): Promise<void> {
    const { person, from, to, base, ratio } = months;
    await this.choosePerson(person);
    await this.typeOn([from, to, base, ratio]);
  }

  async enterShortfallBackPay(months: Shortfall): Promise<void> {
    const { person, from, to, paidBase, dueBase, paidRatio, dueRatio } = months;
    await this.choosePerson(person);
    await this.typeOn([from, to, paidBase, dueBase, dueRatio, paidRatio]);
  }

  /** Types an account, or searches and takes the first who is found; goes on to the next field. */
  async choosePerson(text: string): Promise<void> {
    const field = this.field('personalAccount');
    await field.and(this.page.locator(':focus')).waitFor();
    await this.page.keyboard.type(text);
    if (!/^\d{12}$/.test(text)) {
      await this.page.getByRole('listbox').getByRole('option').first().waitFor();
      await this.page.keyboard.press('ArrowDown');
      await this.page.keyboard.press('Enter');
    }
    await this.page.keyboard.press('Enter');
  }

  /** Each text and Enter; after the last one the first field has the focus again. */
  private async typeOn(texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      await this.page.keyboard.type(text);
      await this.page.keyboard.press('Enter');
    }
    await this.field('personalAccount').and(this.page.locator(':focus')).waitFor();
  }

  /** The row of the pending queue with this name. */
  queueRow(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }

  dialogue(): Locator {
    return this.page.getByRole('dialog');
  }

  /** Clicks in the dialogue once it stands still: while it opens, a button slips from under the pointer. */
  async answer(name: string): Promise<void> {
    const button = this.dialogue().getByRole('button', { name, exact: true });
    await button.waitFor();
    await this.page.locator('[class*="ant-zoom-"]').waitFor({ state: 'detached' });
    await button.click();
  }

  /** 确认, then 是. */
  async confirm(): Promise<void> {
    await this.button(queue.confirm).click();
    await this.answer('是');
  }

  /** Closes the dialogue as a clerk does who has read it. */
  async leaveDialogue(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.dialogue().waitFor({ state: 'hidden' });
  }

  async waitForReceipt(): Promise<Accepted> {
    const dialogue = this.dialogue();
    await dialogue
      .getByText(confirmation.serialNumber, { exact: true })
      .waitFor({ timeout: ANSWER_DEADLINE_MS });
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
