import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const stored = z.strictObject({
  version: z.literal(1),
  failed: z.record(z.string(), z.int().min(0)),
});

function readStored(file: string): Map<string, number> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
  const parsed = stored.safeParse(parseJson(text));
  if (parsed.success) return new Map(Object.entries(parsed.data.failed));
  // A record that cannot be read must not shut the clerk out; it is kept aside for the help desk.
  renameSync(file, `${file}.damaged`);
  return new Map();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Our own count of spent PIN tries per token serial, kept across processes.
 * A try is written as spent before the driver sees the PIN and taken back only by a success or
 * by the driver's word that the PIN was not compared; so a process that dies in between has spent it.
 */
export class TriesRecord {
  readonly #file: string;
  readonly #failed: Map<string, number>;

  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    this.#failed = readStored(file);
  }

  failedTries(serial: string): number {
    return this.#failed.get(serial) ?? 0;
  }

  spend(serial: string): void {
    this.#write(serial, this.failedTries(serial) + 1);
  }

  giveBack(serial: string): void {
    this.#write(serial, Math.max(0, this.failedTries(serial) - 1));
  }

  clear(serial: string): void {
    if (this.failedTries(serial) > 0) this.#write(serial, 0);
  }

  /** Whole file to the side, flushed, then renamed over: after a crash either count stands. */
  #write(serial: string, count: number): void {
    const failed = Object.fromEntries(new Map(this.#failed).set(serial, count));
    const aside = `${this.#file}.new`;
    const handle = openSync(aside, 'w', 0o600);
    try {
      writeSync(handle, JSON.stringify({ version: 1, failed }));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(aside, this.#file);
    this.#failed.set(serial, count);
  }
}
