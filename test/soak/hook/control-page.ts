import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * What the harness tells a process under test, in one small file that the process reads at every
 * database and network step: a system call of about two microseconds, and nothing to be late for.
 */
const PAGE_BYTES = 48;
const AT = {
  kill: 0,
  steps: 4,
  where: 8,
  full: 12,
  readOnly: 16,
  snapshots: 20,
  clock: 24,
} as const;

/** Which steps a kill counts down on. */
export const killPlaces = ['any', 'database', 'commit', 'network'] as const;
export type KillPlace = (typeof killPlaces)[number];

export interface Control {
  /** Rises with every order to die. */
  readonly kill: number;
  /** Dies at this step of `where`, counted from the moment the order was read. */
  readonly steps: number;
  readonly where: KillPlace;
  /** The database may not grow by another page. */
  readonly full: boolean;
  /** The database refuses every write. */
  readonly readOnly: boolean;
  /** This computer's clock less the true time. */
  readonly clockMs: number;
}

const quiet: Control = {
  ...{ kill: 0, steps: 0, where: 'any', full: false },
  ...{ readOnly: false, clockMs: 0 },
};

/** The harness's side. */
export class ControlPage {
  readonly file: string;
  readonly #descriptor: number;
  #control = quiet;

  constructor(file: string) {
    this.file = file;
    this.#descriptor = openSync(file, 'w+');
    this.#write();
  }

  killAfter(steps: number, where: KillPlace): void {
    this.set({ kill: this.#control.kill + 1, steps, where });
  }

  /** An order to die that has not been carried out is taken back. */
  spare(): void {
    this.set({ kill: this.#control.kill + 1, steps: 0 });
  }

  set(change: Partial<Control>): void {
    this.#control = { ...this.#control, ...change };
    this.#write();
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #write(): void {
    const page = Buffer.alloc(PAGE_BYTES);
    const { kill, steps, where, full, readOnly, clockMs } = this.#control;
    page.writeUInt32LE(kill, AT.kill);
    page.writeUInt32LE(steps, AT.steps);
    page.writeUInt32LE(killPlaces.indexOf(where), AT.where);
    page.writeUInt32LE(Number(full), AT.full);
    page.writeUInt32LE(Number(readOnly), AT.readOnly);
    page.writeDoubleLE(clockMs, AT.clock);
    writeSync(this.#descriptor, page, 0, PAGE_BYTES, 0);
  }
}

/** The side of the process under test. */
export class ControlReader {
  readonly #descriptor: number;
  readonly #page = Buffer.alloc(PAGE_BYTES);

  constructor(file: string) {
    this.#descriptor = openSync(file, 'r');
  }

  read(): Control {
    const page = this.#page;
    readSync(this.#descriptor, page, 0, PAGE_BYTES, 0);
    return {
      kill: page.readUInt32LE(AT.kill),
      steps: page.readUInt32LE(AT.steps),
      where: killPlaces[page.readUInt32LE(AT.where)] ?? 'any',
      full: page.readUInt32LE(AT.full) === 1,
      readOnly: page.readUInt32LE(AT.readOnly) === 1,
      clockMs: page.readDoubleLE(AT.clock),
    };
  }
}
