import { fork } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from '../../electron/data/db/connection.ts';
import { serve } from '../../electron/host/contract.ts';
import { Key } from '../../electron/main/broker/key.ts';
import { type DataClient, dataClient } from '../../electron/main/clients.ts';
import { forkedHost } from '../../electron/host/host-process.ts';
import { Supervisor } from '../../electron/main/supervisor/supervisor.ts';
import {
  PRACTICE_PASSWORD,
  PRACTICE_PIN,
  PRACTICE_USER,
} from '../../electron/demo/people/units.ts';
import { fail, type Result, succeed } from '../../shared/errors/result.ts';
import { keyContract } from '../../shared/ipc/data.ts';
import { tokenExitCodes } from '../../shared/ipc/token.ts';
import { Disk } from './disk.ts';
import { DATABASE_KEY, UNIT } from './unit.ts';
import type { SoakCentre } from './centre.ts';
import { ControlPage } from './hook/control-page.ts';
import { hookEnvironment } from './hook/hook-terms.ts';
import { countLines, openLog } from './log-file.ts';
import type { Programs } from './terms.ts';

const UP_DEADLINE_MS = 40_000;
const UP_AGAIN_MS = 30;
const READY_DEADLINE_MS = 60_000;

export interface PcTerms {
  readonly name: string;
  readonly folder: string;
  readonly centre: SoakCentre;
  /** Folder of SoftHSM's tokens. */
  readonly softHsmFolder: string;
  readonly softHsm: string;
  readonly faultModule: string;
  readonly programs: Programs;
}

/** What stands between the key's signature and the program that asked for it. */
export interface SignWatch {
  readonly before?: () => void | Promise<void>;
  readonly after?: () => void | Promise<void>;
}

/**
 * One computer of the unit: its data host and its key's host, each a process of its own, and what
 * main does between them. A host that dies is started again and the clerk signs in again.
 */
export class Pc {
  readonly name: string;
  readonly client: DataClient;
  readonly key: Key;
  readonly control: ControlPage;
  readonly disk: Disk;
  signWatch: SignWatch = {};
  /** Ends of the data host by SIGKILL. */
  dataKills = 0;
  tokenKills = 0;
  readonly #terms: PcTerms;
  readonly #data: Supervisor;
  readonly #log: number;
  readonly #killLog: string;
  #dataPid: number | undefined;
  #tokenPid: number | undefined;
  #isSignedIn = false;
  #lastCode = '';

  constructor(terms: PcTerms) {
    mkdirSync(terms.folder, { recursive: true });
    this.#terms = terms;
    this.name = terms.name;
    this.control = new ControlPage(join(terms.folder, 'data.control'));
    this.#killLog = join(terms.folder, 'data.kills');
    this.#log = openLog(join(terms.folder, 'hosts.log'));
    this.disk = new Disk(join(terms.folder, 'disk'));
    this.#data = this.#superviseData();
    this.client = dataClient(this.#data);
    this.key = new Key({
      supervise: (onReady) => this.#superviseToken(onReady),
      provider: { kind: 'pkcs11', modulePath: terms.faultModule },
      bankAnchorsPem: terms.centre.bankCaPem,
      stateFile: join(terms.folder, 'tries', 'tries.json'),
      onChange: () => undefined,
    });
    serve(this.#data, keyContract, {
      'key.sign': async ({ toBeSigned }) => {
        await this.signWatch.before?.();
        const signed = await this.key.sign(toBeSigned);
        await this.signWatch.after?.();
        return signed;
      },
    });
    this.#data.onState((state) => {
      if (state !== 'ready') this.#isSignedIn = false;
    });
  }

  get databaseFile(): string {
    return join(this.disk.folder, `${UNIT}.db`);
  }

  get stepKills(): number {
    return countLines(this.#killLog);
  }

  get logFile(): string {
    return join(this.#terms.folder, 'hosts.log');
  }

  /** Where the fault module reads what to do wrong (p11fault.c). */
  setKeyFaults(...lines: string[]): void {
    writeFileSync(this.#keyControl, lines.join('\n'));
  }

  /** The branch unlocks a key that was locked by wrong PINs. */
  unlockAtBranch(): void {
    rmSync(`${this.#keyControl}.pin`, { force: true });
  }

  async start(): Promise<void> {
    this.setKeyFaults();
    await this.key.start();
    await this.#data.start();
  }

  async stop(): Promise<void> {
    await this.#data.stop();
    await this.key.stop();
  }

  async close(): Promise<void> {
    this.killData();
    this.killToken();
    await this.stop();
    this.control.close();
    this.disk.remove();
  }

  /** Room in the file's log would hide that the disk has none. */
  emptyLog(): void {
    const handle = connect({ file: this.databaseFile, key: DATABASE_KEY });
    try {
      handle.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      handle.close();
    }
  }

  killData(): void {
    if (this.#dataPid !== undefined) process.kill(this.#dataPid, 'SIGKILL');
  }

  killToken(): void {
    if (this.#tokenPid !== undefined) process.kill(this.#tokenPid, 'SIGKILL');
  }

  /** The program is closed and the file with it. */
  async closeProgram(): Promise<void> {
    this.#isSignedIn = false;
    await this.#data.stop();
  }

  /** The PIN, with as many confirmations as it takes. */
  async unlock(pin = PRACTICE_PIN): Promise<Result<null>> {
    const centreTimeMs = Date.now();
    const read = await this.key.readCertificates(UNIT, centreTimeMs);
    if (!read.ok) return read;
    const certificate = read.value.certificates.find(({ usable }) => usable);
    if (!certificate) return fail('KEY_NO_CERTIFICATE', JSON.stringify(read.value.certificates));
    const { fingerprint } = certificate;
    const entry = { unitAccount: UNIT, centreTimeMs, fingerprint, pin, confirmLastTry: true };
    return this.key.unlock(entry);
  }

  /** Once through: file, key, sign-in. The failure is the one a clerk would read. */
  async signIn(): Promise<Result<null>> {
    if (this.#data.state === 'givenUp' || this.#data.state === 'stopped') await this.#data.start();
    const opened = await this.client['unit.open']({
      folder: this.disk.folder,
      unitAccount: UNIT,
      user: PRACTICE_USER,
      databaseKey: DATABASE_KEY,
      gateway: this.#terms.centre.gateway,
      clientVersion: '0.1.0',
    });
    if (!opened.ok) return opened;
    if (this.key.certificate === null) {
      const unlocked = await this.unlock();
      if (!unlocked.ok) return unlocked;
    }
    const { certificate } = this.key;
    if (!certificate) return fail('KEY_NOT_LOGGED_IN');
    const signedIn = await this.client['session.signIn']({
      password: PRACTICE_PASSWORD,
      online: true,
      certificate,
    });
    if (!signedIn.ok) return signedIn;
    this.#isSignedIn = true;
    return succeed(null);
  }

  /** Signed in with key and centre at hand, after however many tries; throws when nothing helps. */
  async up(): Promise<void> {
    const endMs = performance.now() + UP_DEADLINE_MS;
    while (!(await this.#isUp())) {
      await this.#terms.centre.up();
      const signedIn = await this.signIn();
      if (signedIn.ok) return;
      this.#lastCode = `${signedIn.code} ${signedIn.detail}`;
      if (performance.now() > endMs) throw new Error(`${this.name} stays away: ${this.#lastCode}`);
      await wait(UP_AGAIN_MS);
    }
  }

  async #isUp(): Promise<boolean> {
    if (!this.#isSignedIn || this.key.certificate === null) return false;
    const status = await this.client['unit.status']({});
    return status.ok && status.value.channel === 'online' && status.value.stopped === null;
  }

  get #keyControl(): string {
    return join(this.#terms.folder, 'key.faults');
  }

  #superviseData(): Supervisor {
    const { programs } = this.#terms;
    const environment = hookEnvironment({ control: this.control.file, killLog: this.#killLog });
    return new Supervisor({
      name: 'data',
      spawn: () => {
        const child = fork(programs.data, [], {
          serialization: 'advanced',
          execArgv: ['--require', programs.hook],
          env: { ...process.env, ...environment },
          stdio: ['ignore', 'ignore', this.#log, 'ipc'],
        });
        this.#dataPid = child.pid;
        child.once('exit', (_code, signal) => {
          if (this.#dataPid === child.pid) this.#dataPid = undefined;
          if (signal === 'SIGKILL') this.dataKills += 1;
        });
        return forkedHost(child);
      },
      readyDeadlineMs: READY_DEADLINE_MS,
      stopGraceMs: 5_000,
    });
  }

  #superviseToken(onReady: NonNullable<ConstructorParameters<typeof Supervisor>[0]['onReady']>) {
    const { softHsm, softHsmFolder, programs } = this.#terms;
    return new Supervisor({
      name: 'token',
      spawn: () => {
        const child = fork(programs.token, [], {
          serialization: 'advanced',
          env: {
            ...process.env,
            SOFTHSM2_CONF: join(softHsmFolder, 'softhsm2.conf'),
            P11FAULT_TARGET: softHsm,
            P11FAULT_CONTROL: this.#keyControl,
          },
          stdio: ['ignore', 'ignore', this.#log, 'ipc'],
        });
        this.#tokenPid = child.pid;
        child.once('exit', (_code, signal) => {
          if (this.#tokenPid === child.pid) this.#tokenPid = undefined;
          if (signal === 'SIGKILL') this.tokenKills += 1;
        });
        return forkedHost(child);
      },
      readyDeadlineMs: READY_DEADLINE_MS,
      stopGraceMs: 3_000,
      killWhenLate: true,
      retireExitCodes: [tokenExitCodes.removed],
      onReady,
    });
  }

  /** The last lines of what the hosts have to say. */
  tail(lines: number): string {
    if (!existsSync(this.logFile)) return '';
    return readFileSync(this.logFile, 'utf8').split('\n').slice(-lines).join('\n');
  }
}
