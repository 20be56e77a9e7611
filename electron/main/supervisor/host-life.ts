import { type Caller, type CallHandler, type EventHandler, Peer } from '../../host/peer.ts';
import { describeError } from '../../host/report.ts';
import { READY_EVENT, STOP_EVENT } from '../../host/run.ts';
import type { Clock } from './clock.ts';
import type { HostProcess } from '../../host/host-process.ts';

/** Operations and events that are wired to every new process of a host. */
export interface Wiring {
  readonly handlers: ReadonlyMap<string, CallHandler>;
  readonly listeners: readonly { event: string; handler: EventHandler }[];
}

export interface LifeOptions {
  readonly clock: Clock;
  readonly readyDeadlineMs: number;
  readonly onReady: ((caller: Caller) => Promise<void>) | undefined;
  readonly log: (line: string) => void;
}

/** Time for a process that has closed its channel to end by itself and tell its exit code. */
const CLOSED_GRACE_MS = 2_000;

export interface LifeEvents {
  ready(): void;
  /** No call should reach this process any more; `ended` follows. */
  ending(): void;
  ended(exitCode: number | null): void;
}

/** One process of a host from its start to its end. Whatever goes wrong ends in `ended`, once. */
export class HostLife {
  readonly peer: Peer;
  readonly #process: HostProcess;
  readonly #log: (line: string) => void;
  readonly #events: LifeEvents;
  #isReady = false;
  #isRenewed = false;
  #isEnded = false;

  constructor(process: HostProcess, wiring: Wiring, options: LifeOptions, events: LifeEvents) {
    this.#process = process;
    this.#log = options.log;
    this.#events = events;
    this.peer = new Peer(process.port);
    for (const [op, handler] of wiring.handlers) this.peer.handle(op, handler);
    for (const { event, handler } of wiring.listeners) this.peer.on(event, handler);
    const cancelDeadline = options.clock.after(options.readyDeadlineMs, () => {
      this.kill(`not ready within ${options.readyDeadlineMs} ms`);
    });
    this.peer.on(READY_EVENT, () => {
      cancelDeadline();
      this.#openState(options.onReady).then(
        () => {
          if (this.#isEnded) return;
          this.#isReady = true;
          events.ready();
        },
        (error: unknown) => {
          this.kill(`re-opening its state failed: ${describeError(error)}`);
        },
      );
    });
    let cancelGrace: () => void = () => undefined;
    this.peer.onClose(() => {
      if (this.#isEnded) return;
      events.ending();
      cancelGrace = options.clock.after(CLOSED_GRACE_MS, () => {
        this.kill('its channel is closed but it still runs');
      });
    });
    process.onExit((exitCode) => {
      if (this.#isEnded) return;
      this.#isEnded = true;
      cancelDeadline();
      cancelGrace();
      events.ended(exitCode);
    });
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Ended to be replaced by a fresh process, not for a fault. */
  get isRenewed(): boolean {
    return this.#isRenewed;
  }

  kill(reason: string): void {
    if (this.#isEnded) return;
    this.#log(`killed: ${reason}`);
    this.#events.ending();
    this.#process.kill();
  }

  renew(): void {
    this.#isRenewed = true;
    this.kill('to be replaced by a fresh process');
  }

  askToStop(): void {
    this.peer.emit(STOP_EVENT, null);
  }

  async #openState(onReady: LifeOptions['onReady']): Promise<void> {
    await onReady?.(this.peer);
  }
}
