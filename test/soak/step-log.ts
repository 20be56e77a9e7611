import { closeSync, openSync, writeSync } from 'node:fs';

/** Every step of a run, one JSON line each, with the milliseconds since its start. */
export class StepLog {
  readonly file: string;
  readonly #descriptor: number;
  readonly #startMs = performance.now();

  constructor(file: string) {
    this.file = file;
    this.#descriptor = openSync(file, 'a');
  }

  write(step: string, facts: Readonly<Record<string, unknown>>): void {
    const ms = Math.round(performance.now() - this.#startMs);
    writeSync(this.#descriptor, `${JSON.stringify({ ms, step, ...facts })}\n`);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
