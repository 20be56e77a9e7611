import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findSoftHsmModule, writeSoftHsmConfig } from '../../../electron/demo/key/softhsm.ts';
import { client, listen, type Client } from '../../../electron/host/contract.ts';
import { forkedHost } from '../../../electron/host/host-process.ts';
import { Supervisor } from '../../../electron/main/supervisor/supervisor.ts';
import {
  PIN_TRIES_ASSUMED,
  tokenContract,
  tokenDeadlinesMs,
  tokenEvents,
  tokenExitCodes,
  type TokenContract,
  type TokenPresence,
  type TokenProvider,
} from '../../../shared/ipc/token.ts';
import { buildFaultModule } from '../../fixtures/p11fault/fault-module.ts';

const hostEntry = fileURLToPath(new URL('../../../electron/token/main.ts', import.meta.url));
const LATE_MS = 1_500;

/** Why tests with SoftHSM cannot run here, or null. The reason is also printed. */
export function lacksSoftHsm(): string | null {
  return printed(findSoftHsmModule() === null ? 'SoftHSM2 is not installed' : null);
}

/** Why tests with the fault module cannot run here, or null. */
export function lacksFaultModule(): string | null {
  const built = buildFaultModule();
  return lacksSoftHsm() ?? printed('missing' in built ? built.missing : null);
}

/** The default reporter keeps the note of a skipped test to itself. */
function printed(reason: string | null): string | null {
  if (reason !== null) console.warn(`skipped: ${reason}`);
  return reason;
}

/** A folder with SoftHSM's tokens, the tries record, and the fault module's control file. */
export class TokenBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'jiaocuntong-token-'));
  readonly stateFile = join(this.folder, 'state', 'tries.json');
  readonly #control = join(this.folder, 'faults');
  readonly #callLog = join(this.folder, 'calls');
  readonly softHsm: string;

  constructor() {
    this.softHsm = findSoftHsmModule() ?? '';
    process.env.SOFTHSM2_CONF = writeSoftHsmConfig(this.folder);
  }

  /** The real module, or with faults in front of it. */
  provider(kind: 'plain' | 'faulty'): TokenProvider {
    const built = buildFaultModule();
    const faulty = 'path' in built ? built.path : '';
    return { kind: 'pkcs11', modulePath: kind === 'plain' ? this.softHsm : faulty };
  }

  setFaults(...lines: string[]): void {
    writeFileSync(this.#control, lines.join('\n'));
  }

  /** How often the driver was really called. */
  countCalls(name: string): number {
    if (!existsSync(this.#callLog)) return 0;
    const lines = readFileSync(this.#callLog, 'utf8').split('\n');
    return lines.filter((line) => line.startsWith(`${name} `)).length;
  }

  environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      P11FAULT_TARGET: this.softHsm,
      P11FAULT_CONTROL: this.#control,
      P11FAULT_LOG: this.#callLog,
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A supervised token host, as the main process runs it; every fresh process opens the driver. */
export class HostBench {
  readonly call: Client<TokenContract>;
  readonly presences: TokenPresence[] = [];
  readonly log: string[] = [];
  readonly #supervisor: Supervisor;

  constructor(bench: TokenBench, provider: TokenProvider) {
    const request = { provider, stateFile: bench.stateFile, triesAssumed: PIN_TRIES_ASSUMED };
    this.#supervisor = new Supervisor({
      name: 'token',
      spawn: () =>
        forkedHost(fork(hostEntry, { serialization: 'advanced', env: bench.environment() })),
      readyDeadlineMs: 20_000,
      stopGraceMs: 3_000,
      killWhenLate: true,
      retireExitCodes: [tokenExitCodes.removed],
      onReady: async (caller) => {
        const opened = await client(caller, tokenContract, tokenDeadlinesMs).open(request);
        if (!opened.ok) throw new Error(`open: ${opened.code} ${opened.detail}`);
      },
      log: (line) => this.log.push(line),
    });
    listen(this.#supervisor, tokenEvents, {
      presence: (presence) => this.presences.push(presence),
    });
    this.call = client(this.#supervisor, tokenContract, tokenDeadlinesMs);
  }

  async start(): Promise<this> {
    const started = await this.#supervisor.start();
    if (!started.ok) throw new Error(`${started.code} ${started.detail} ${this.log.join(' | ')}`);
    return this;
  }

  /** Signs with a deadline short enough for a test of a hung driver. */
  signSoon(toBeSigned: Uint8Array<ArrayBuffer>) {
    return this.call.sign({ toBeSigned }, { deadlineMs: LATE_MS });
  }

  stop(): Promise<void> {
    return this.#supervisor.stop();
  }
}

/** Waits for what a process tells in its own time; fails loudly when it does not come. */
export async function waitFor(
  what: string,
  holds: () => boolean,
  atMostMs = 10_000,
): Promise<void> {
  const endMs = performance.now() + atMostMs;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`waited ${String(atMostMs)} ms for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
