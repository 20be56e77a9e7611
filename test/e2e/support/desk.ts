import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, inject } from 'vitest';
import { readWindow } from '../../../build/tour/ask.ts';
import { Clerk } from '../../../build/tour/clerk.ts';
import { openProgram } from '../../../build/tour/program.ts';
import type { OpenProgram } from '../../../build/tour/program.ts';
import { rosterSync } from '../../../renderer/text/roster-sync.ts';
import { PracticeCentre } from './practice.ts';
import type { CentreOptions } from './practice.ts';

const SYNC_DEADLINE_MS = 60_000;

/** A clerk's desk: a centre of its own, a folder for the program's data, and the program when it is open. */
export class Desk {
  readonly centre: PracticeCentre;
  readonly userFolder: string;
  #program: OpenProgram | null = null;

  private constructor(centre: PracticeCentre) {
    this.centre = centre;
    this.userFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'jiaocuntong-user-'));
  }

  /** Another computer with a clerk of the same unit: the same centre and key, data of its own. */
  besides(): Desk {
    return new Desk(this.centre);
  }

  static async setUp(unitAccount: string, options: CentreOptions = {}): Promise<Desk> {
    return new Desk(await PracticeCentre.setUp(unitAccount, options));
  }

  get program(): OpenProgram {
    if (!this.#program) throw new Error('the program is not open');
    return this.#program;
  }

  get secrets(): { pin: string; transactionPassword: string } {
    const { practice } = this.centre.configuration;
    if (!practice) throw new Error('the set-up names no secrets');
    return practice;
  }

  get unitAccount(): string {
    return this.centre.configuration.accounts[0]?.unitAccount ?? '';
  }

  async openProgram(): Promise<Clerk> {
    const launch = inject('launch');
    this.#program = await openProgram(launch, this.userFolder, [
      `--config=${this.centre.configurationFile}`,
    ]);
    return new Clerk(this.#program.page);
  }

  /** Program, key and sign-in with the first sync done. */
  async openAndSignIn(): Promise<Clerk> {
    const clerk = await this.openProgram();
    await clerk.startPlatform(this.secrets.pin);
    await clerk.signIn(this.secrets.transactionPassword, { sync: true });
    await clerk.open('roster-sync');
    await clerk.waitForSync();
    return clerk;
  }

  /** 职工信息同步 as the clerk asks for it; ends when this computer has it. */
  async sync(clerk: Clerk): Promise<void> {
    const lastSync = async () => (await readWindow(clerk.page, 'unit.status', {})).lastSyncAt;
    const before = await lastSync();
    await clerk.open('roster-sync');
    await clerk.button(rosterSync.start).click();
    await expect.poll(lastSync, { timeout: SYNC_DEADLINE_MS }).not.toBe(before);
    await expect
      .poll(() => clerk.button(rosterSync.start).isEnabled(), { timeout: SYNC_DEADLINE_MS })
      .toBe(true);
  }

  /** Starts the program once more over the same data; resolves with that process's exit code. */
  async startSecond(): Promise<number | null> {
    const { executablePath, args, env } = inject('launch');
    const child = spawn(
      executablePath,
      [...args, `--user-data-dir=${this.userFolder}`, `--config=${this.centre.configurationFile}`],
      { env, stdio: 'ignore' },
    );
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
  }

  /** Closes the window as a clerk does, by its ×; resolves with the program's exit code. */
  async closeWindow(): Promise<number | null> {
    const { app } = this.program;
    const child = app.process();
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const closing = app.evaluate(({ BrowserWindow }) => {
      // a document's window has the program's for its parent
      BrowserWindow.getAllWindows()
        .find((window) => !window.getParentWindow())
        ?.close();
    });
    // the program may end before it has answered
    await Promise.allSettled([closing]);
    this.#program = null;
    return ended;
  }

  async closeProgram(): Promise<void> {
    await this.#program?.close();
    this.#program = null;
  }

  /** As a power cut ends it: main and with it every host. */
  async killProgram(): Promise<void> {
    await this.#program?.kill();
    this.#program = null;
  }

  /** Everything here ends and goes; the centre stays. */
  async leave(): Promise<void> {
    await this.closeProgram();
    fs.rmSync(this.userFolder, { recursive: true, force: true });
  }

  async clear(): Promise<void> {
    await this.leave();
    await this.centre.remove();
  }
}
