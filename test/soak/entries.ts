import type { Draft } from '../../shared/ipc/entries.ts';
import type { EntryTyped } from '../../shared/rules/entry.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';

/** One way an entry was typed; an edit adds another. */
export interface Version {
  readonly typed: EntryTyped;
  /** The one wage nobody else of this run has, in fen: finds the entry in the ledger whatever order it came in. */
  readonly tag: number | null;
  /** As the program answered; null where it never did. */
  readonly totalFen: number | null;
}

/** One entry of a clerk, as the clerk knows it. */
export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly pc: string;
  /** Of a batch: its entry is named by both (electron/data/batches/row-entry.ts). */
  readonly row: RowPlace | undefined;
  readonly versions: Version[];
  /** The program has said `stored: true`. */
  isStored: boolean;
  removal: 'none' | 'asked' | 'done';
  /** Number of the last change, in the order of the clerk's doing. */
  changedAt: number;
  /** What the clerk did with it is newer than the copy that was put back: any state may be true. */
  isDoubtful: boolean;
  /** Of a batch that was not read to its end: nothing of it may be anywhere. */
  isAbandoned: boolean;
}

export interface RowPlace {
  readonly batch: string;
  readonly seq: number;
}

/** Every entry of a world, and the order in which things were done to them. */
export class EntryBook {
  readonly entries = new Map<string, Entry>();
  readonly #byTag = new Map<string, Entry>();
  #step = 0;

  get step(): number {
    return this.#step;
  }

  begin(id: string, pc: string, typed: EntryTyped, row?: RowPlace): Entry {
    this.#step += 1;
    const entry: Entry = {
      ...{ id, kind: typed.kind, pc, row, versions: [], isStored: false, removal: 'none' },
      ...{ changedAt: this.#step, isDoubtful: false, isAbandoned: false },
    };
    this.entries.set(id, entry);
    this.type(entry, typed);
    return entry;
  }

  /** Before the program is asked: its answer may get lost. */
  type(entry: Entry, typed: EntryTyped): void {
    this.touch(entry);
    const tag = tagOf(typed);
    if (tag !== null) this.#byTag.set(`${typed.kind} ${tag}`, entry);
    entry.versions.push({ typed, tag, totalFen: null });
  }

  stored(entry: Entry, { totalFen }: Pick<Draft, 'totalFen'>): void {
    entry.isStored = true;
    const at = entry.versions.length - 1;
    const last = entry.versions[at];
    if (last) entry.versions[at] = { ...last, totalFen };
  }

  /** What the program says today of the row that reads so; another ratio makes it another sum. */
  shown(entry: Entry, tag: number | null, totalFen: number): void {
    const same = entry.versions.filter((version) => version.tag === tag);
    const last = same.at(-1);
    if (!last || same.some((version) => version.totalFen === totalFen)) return;
    if (last.totalFen === null)
      entry.versions[entry.versions.lastIndexOf(last)] = { ...last, totalFen };
    else entry.versions.push({ ...last, totalFen });
  }

  /** The program has answered that it does not take the last version: the one before stands. */
  refused(entry: Entry): void {
    entry.versions.pop();
  }

  touch(entry: Entry): void {
    this.#step += 1;
    entry.changedAt = this.#step;
  }

  byTag(kind: EntryKind, tag: number): Entry | undefined {
    return this.#byTag.get(`${kind} ${tag}`);
  }

  /** A copy made at `step` is put back on this computer. */
  restored(pc: string, step: number): void {
    for (const entry of this.entries.values()) {
      if (entry.pc === pc && entry.changedAt > step) entry.isDoubtful = true;
    }
  }
}

/** The wage in fen, which is never typed twice in a run; reductions have none, nor has what is no number. */
export function tagOf(typed: EntryTyped): number | null {
  switch (typed.kind) {
    case 'registration':
    case 'missedBackPay':
      return fenOf(typed.base);
    case 'shortfallBackPay':
      return fenOf(typed.dueBase);
    case 'reduction':
      return null;
  }
}

export function fenOf(yuan: string): number | null {
  const fen = Math.round(Number(yuan) * 100);
  return Number.isNaN(fen) ? null : fen;
}
