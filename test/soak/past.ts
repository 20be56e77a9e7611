import { copyFileSync, rmSync } from 'node:fs';
import { connect } from '../../electron/data/db/connection.ts';
import type { SeededRandom } from '../../electron/demo/people/random.ts';
import type { Auditor } from './auditor.ts';
import { DATABASE_KEY, UNIT } from './unit.ts';
import type { SoakCentre } from './centre.ts';
import type { EntryBook } from './entries.ts';
import type { Pc } from './pc.ts';

const RATIO_MIN = 8;
const RATIO_MAX = 12;

interface Copy {
  readonly file: string;
  /** The clerk's last step before it. */
  readonly step: number;
}

/** Copies of the computers' files and of the centre's books, from earlier in the run. */
export class Copies {
  readonly #centre: SoakCentre;
  readonly #entries: EntryBook;
  readonly #auditor: Auditor;
  readonly #random: SeededRandom;
  readonly #copies = new Map<string, Copy>();
  #receiptsAtBackup = 0;
  #ratio = RATIO_MIN;

  constructor(centre: SoakCentre, entries: EntryBook, auditor: Auditor, random: SeededRandom) {
    this.#centre = centre;
    this.#entries = entries;
    this.#auditor = auditor;
    this.#random = random;
  }

  /** While the program goes on. */
  copyClient(pc: Pc): void {
    const file = `${pc.logFile}.copy.db`;
    rmSync(file, { force: true });
    const { step } = this.#entries;
    const source = connect({ file: pc.databaseFile, key: DATABASE_KEY });
    try {
      source.prepare('VACUUM INTO ?').run(file);
    } finally {
      source.close();
    }
    this.#copies.set(pc.name, { file, step });
  }

  copyCentre(): void {
    this.#centre.backUpRunning('backup');
    this.#receiptsAtBackup = this.#countReceipts();
  }

  /** Puts the computer's copy in place of its file; false where there is none. */
  async restoreClient(pc: Pc): Promise<boolean> {
    const copy = this.#copies.get(pc.name);
    if (!copy) return false;
    await pc.closeProgram();
    this.#auditor.harvest(pc);
    for (const part of ['', '-wal', '-shm']) rmSync(`${pc.databaseFile}${part}`, { force: true });
    copyFileSync(copy.file, pc.databaseFile);
    this.#entries.restored(pc.name, copy.step);
    this.#copies.delete(pc.name);
    await pc.up();
    return true;
  }

  centreHasMoved(): boolean {
    return this.#receiptsAtBackup > 0 && this.#countReceipts() > this.#receiptsAtBackup;
  }

  changeRatio(): void {
    this.#ratio += this.#random.whole(1, RATIO_MAX - RATIO_MIN);
    if (this.#ratio > RATIO_MAX) this.#ratio -= RATIO_MAX - RATIO_MIN + 1;
    this.#centre.setRatio(UNIT, this.#ratio);
  }

  #countReceipts(): number {
    return this.#centre.read(
      (db) => db.prepare<[], number>('SELECT count(*) FROM receipt').pluck().get() ?? 0,
    );
  }
}
