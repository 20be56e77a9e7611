import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as xlsx from '@e965/xlsx';
import { expect } from 'vitest';
import type { Locator } from 'playwright-core';
import type { Clerk } from '../../../build/tour/clerk.ts';
import { documents } from '../../../renderer/text/documents.ts';
import { output } from '../../../renderer/text/output.ts';
import type { Desk } from './desk.ts';
import { FileDialogues } from './file-dialogues.ts';

const ANSWER_DEADLINE_MS = 60_000;
const PICTURES = path.resolve(import.meta.dirname, '../../../out/e2e-pictures');
/** A4 in points, upright or lying, as the engine rounds it. */
const A4 = /Page size:\s+(59[45]|84[12])[\d.]* x (84[12]|59[45])/;

export interface Paper {
  readonly text: string;
  readonly lines: readonly string[];
  readonly pages: number;
}

export interface Sheet {
  /** Title, conditions and times above the table. */
  readonly facts: readonly string[];
  readonly heading: readonly string[];
  readonly rows: readonly unknown[][];
}

/** Without blanks: where a line breaks is the paper's affair. */
export const squeezed = (text: string) => text.replace(/\s+/g, '');

/** What a clerk puts on paper or into a workbook, by the words she reads; into a folder of its own. */
export class OutputClerk {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jiaocuntong-output-'));
  readonly dialogues: FileDialogues;
  readonly #clerk: Clerk;

  private constructor(desk: Desk, clerk: Clerk) {
    this.#clerk = clerk;
    this.dialogues = new FileDialogues(desk.program.app);
  }

  static async begin(desk: Desk, clerk: Clerk): Promise<OutputClerk> {
    const one = new OutputClerk(desk, clerk);
    await one.dialogues.willSaveInto(one.folder);
    return one;
  }

  clear(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Presses 存为 PDF and waits for the note that names the file. */
  async savePdf(title: string): Promise<string> {
    const button = this.#clerk.page.getByRole('button', {
      name: documents.saveOf(title),
      exact: true,
    });
    await button.first().click();
    return this.readPath(documents.saved(title, ''));
  }

  /** The path in the note that begins so; the note stays. */
  async readPath(said: string): Promise<string> {
    const note = this.#note(said);
    await note.waitFor({ timeout: ANSWER_DEADLINE_MS });
    const text = await note.locator('.output-text').innerText();
    return text.slice(text.indexOf('：') + 1);
  }

  async closeNote(): Promise<void> {
    const note = this.#clerk.page.locator('.work').locator('.output-note, .output-failed');
    await note.getByRole('button', { name: output.close }).click();
  }

  /** Presses 导出 Excel, the first there is in `within`, and reads the file with another library. */
  async export(title: string, within: Locator = this.#clerk.page.locator('.work')): Promise<Sheet> {
    const button = within.getByRole('button', { name: output.export, exact: true }).first();
    await button.click();
    const file = await this.readPath(`${title}已导出`);
    await this.closeNote();
    return readSheet(file);
  }

  #note(said: string): Locator {
    return this.#clerk.page.getByRole('status').filter({ hasText: said }).first();
  }
}

/** The file as another program reads it; its first and last page are kept as pictures. */
export function readPaper(file: string, picture: string): Paper {
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  const facts = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  const pages = Number(/Pages:\s+(\d+)/.exec(facts)?.[1]);
  fs.mkdirSync(PICTURES, { recursive: true });
  for (const page of new Set([1, pages])) {
    const range = ['-f', String(page), '-l', String(page), '-r', '80', '-png'];
    execFileSync('pdftoppm', [...range, file, path.join(PICTURES, `paper-${picture}`)]);
  }
  expect(facts).toMatch(A4);
  return { text: squeezed(text), lines: text.split('\n').map(squeezed), pages };
}

/** No cell may be anything but a value. */
export function readSheet(file: string): Sheet {
  const book = xlsx.read(fs.readFileSync(file), { cellFormula: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) throw new Error('no sheet');
  const cells = Object.entries(sheet).filter(([at]) => !at.startsWith('!'));
  for (const [at, cell] of cells as [string, xlsx.CellObject][]) {
    expect(cell.f, `${at} of ${path.basename(file)}`).toBeUndefined();
    expect(cell.l, `${at} of ${path.basename(file)}`).toBeUndefined();
  }
  const all = xlsx.utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true, defval: '' });
  const top = all.findIndex((row) => row.filter((cell) => cell !== '').length > 1);
  return {
    facts: all.slice(0, top).map(([fact]) => String(fact)),
    heading: (all[top] ?? []).map(String),
    rows: all.slice(top + 1),
  };
}
