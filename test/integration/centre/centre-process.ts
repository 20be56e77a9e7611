import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { centreReadySchema } from '../../../shared/ipc/configuration.ts';
import type { FaultAction } from '../../../electron/demo/faults.ts';

const MAIN = fileURLToPath(new URL('../../../electron/demo/main.ts', import.meta.url));

/** A Wednesday in the middle of a filing window, business month 2026-12. */
export const OPEN_HOUR = '2026-11-25T10:00:00+08:00';

export interface FaultEntry {
  readonly id: string;
  readonly tx?: string;
  readonly do: FaultAction;
  readonly times?: number;
  readonly skip?: number;
  readonly ms?: number;
}

/** The real centre as a child process with a folder of its own. */
export class CentreProcess {
  readonly folder: string;
  port = 0;
  output = '';
  #child: ChildProcess | undefined;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'jct-centre-'));
  }

  /** `--now OPEN_HOUR` unless told otherwise; `--clock-goes-on` leaves the clock alone. */
  async start(...options: string[]): Promise<this> {
    const extra = options.filter((option) => option !== '--clock-goes-on');
    const isTimed = options.includes('--now') || extra.length < options.length;
    const now = isTimed ? [] : ['--now', OPEN_HOUR];
    const args = ['--folder', this.folder, '--port', '0', '--key', 'software', ...now, ...extra];
    const child = fork(MAIN, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString('utf8');
      });
    }
    const ready = await Promise.race([
      once(child, 'message').then(([message]) => message as unknown),
      once(child, 'exit').then(([code]) => {
        throw new Error(`the centre ended with ${String(code)}: ${this.output}`);
      }),
    ]);
    this.port = centreReadySchema.parse(ready).port;
    return this;
  }

  get faultFile(): string {
    return join(this.folder, 'faults.json');
  }

  setFaults(...faults: FaultEntry[]): void {
    writeFileSync(this.faultFile, JSON.stringify({ faults }));
  }

  pki(name: string): string {
    return readFileSync(join(this.folder, 'centre', 'pki', name), 'utf8');
  }

  /** Ends it and gives the exit code, or the signal's name. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    const child = this.#child;
    if (child?.exitCode !== null) return child?.exitCode ?? 0;
    const ended = once(child, 'exit');
    child.kill(signal);
    const [code, by] = (await ended) as [number | null, string | null];
    return code ?? by ?? '';
  }

  async ended(): Promise<number | null> {
    const child = this.#child;
    if (!child) throw new Error('not started');
    if (child.exitCode !== null) return child.exitCode;
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
