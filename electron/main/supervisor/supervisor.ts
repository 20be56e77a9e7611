import { assertNever, fail, type Result, succeed } from '../../../shared/errors/result.ts';
import type {
  Caller,
  CallHandler,
  CallOptions,
  CallTarget,
  EventHandler,
  EventSource,
} from '../../host/peer.ts';
import { type Clock, systemClock } from './clock.ts';
import { HostLife } from './host-life.ts';
import type { HostProcess } from '../../host/host-process.ts';
import { RestartBudget } from './restart-budget.ts';

export type HostState = 'starting' | 'ready' | 'restarting' | 'givenUp' | 'stopped';

export interface SupervisorOptions {
  /** As it stands in the log. */
  readonly name: string;
  readonly spawn: () => HostProcess;
  readonly readyDeadlineMs: number;
  readonly stopGraceMs: number;
  /** For a host whose calls can hang it: a call that is late ends the process, a fresh one follows. */
  readonly killWhenLate?: boolean;
  /** Exit codes a host that was ready chooses itself to be replaced; not counted as crashes. */
  readonly retireExitCodes?: readonly number[];
  /** Runs in every new process before any other call reaches it. A throw ends that process. */
  readonly onReady?: (caller: Caller) => Promise<void>;
  readonly log?: (line: string) => void;
  readonly clock?: Clock;
}

/**
 * Keeps one host running. Calls made while it starts wait for it within their deadline; calls under
 * way when it dies answer HOST_DIED and are never repeated here, because they may have taken effect.
 * After too many crashes every call answers HOST_GIVEN_UP until `start` is called again.
 */
export class Supervisor implements Caller, CallTarget, EventSource {
  readonly #options: SupervisorOptions;
  readonly #clock: Clock;
  readonly #budget = new RestartBudget();
  readonly #handlers = new Map<string, CallHandler>();
  readonly #listeners: { event: string; handler: EventHandler }[] = [];
  readonly #stateListeners = new Set<(state: HostState) => void>();
  #state: HostState = 'stopped';
  #life: HostLife | null = null;
  #cancelRestart: (() => void) | null = null;
  #stopping: Promise<void> | null = null;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  get state(): HostState {
    return this.#state;
  }

  /** Resolves when the host is ready, or when it is certain that it will not be. */
  async start(): Promise<Result<null>> {
    // Without a stop under way the launch is synchronous, so that calls made next find it starting.
    if (this.#stopping) await this.#stopping;
    if (this.#state === 'stopped' || this.#state === 'givenUp') {
      this.#budget.reset();
      this.#launch('starting');
    }
    await this.#settled();
    return this.#state === 'ready' ? succeed(null) : this.#refusal();
  }

  async call(op: string, request: unknown, { deadlineMs }: CallOptions): Promise<Result<unknown>> {
    const sinceMs = this.#clock.nowMs();
    await this.#settled(deadlineMs);
    const life = this.#life;
    if (this.#state !== 'ready' || !life) return this.#refusal();
    const leftMs = Math.max(1, Math.round(deadlineMs - (this.#clock.nowMs() - sinceMs)));
    const result = await life.peer.call(op, request, { deadlineMs: leftMs });
    const isLate = !result.ok && result.code === 'HOST_LATE';
    if (isLate && this.#options.killWhenLate) life.kill(`${op} was late`);
    return result;
  }

  /** Operations this side answers, in every process the host will have. Register before `start`. */
  handle(op: string, handler: CallHandler): void {
    this.#handlers.set(op, handler);
    this.#life?.peer.handle(op, handler);
  }

  on(event: string, handler: EventHandler): void {
    this.#listeners.push({ event, handler });
    this.#life?.peer.on(event, handler);
  }

  /** Returns what ends the listening. */
  onState(listener: (state: HostState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => {
      this.#stateListeners.delete(listener);
    };
  }

  /** `late`: a call hangs, counted as a crash. `renew`: a fresh process is wanted, not counted. */
  kill(reason: 'late' | 'renew'): void {
    if (reason === 'renew') this.#life?.renew();
    else this.#life?.kill('a call was late');
  }

  /** Asks the host to close what it has open, waits for its end, and kills it after the grace. */
  stop(): Promise<void> {
    this.#stopping ??= this.#end().finally(() => {
      this.#stopping = null;
    });
    return this.#stopping;
  }

  async #end(): Promise<void> {
    this.#cancelRestart?.();
    this.#cancelRestart = null;
    const life = this.#life;
    if (life) {
      const cancelGrace = this.#clock.after(this.#options.stopGraceMs, () => {
        life.kill(`not stopped within ${this.#options.stopGraceMs} ms`);
      });
      const stopped = this.#reached((state) => state === 'stopped');
      life.askToStop();
      await stopped;
      cancelGrace();
    } else {
      this.#setState('stopped');
    }
  }

  #launch(state: 'starting' | 'restarting'): void {
    const { readyDeadlineMs, onReady, name, log = () => undefined } = this.#options;
    const options = {
      clock: this.#clock,
      readyDeadlineMs,
      onReady,
      log: (line: string) => {
        log(`${name}: ${line}`);
      },
    };
    const wiring = { handlers: this.#handlers, listeners: this.#listeners };
    const life: HostLife = new HostLife(this.#options.spawn(), wiring, options, {
      ready: () => {
        if (!this.#stopping) this.#setState('ready');
      },
      ending: () => {
        if (!this.#stopping) this.#setState('restarting');
      },
      ended: (exitCode) => {
        this.#life = null;
        options.log(`ended with ${exitCode ?? 'no exit code'}`);
        this.#recover(life, exitCode);
      },
    });
    this.#life = life;
    this.#setState(state);
  }

  #recover(life: HostLife, exitCode: number | null): void {
    if (this.#stopping) {
      this.#setState('stopped');
      return;
    }
    const retireCodes = this.#options.retireExitCodes ?? [];
    const isRetired = exitCode !== null && retireCodes.includes(exitCode);
    const isFault = !(life.isReady && (life.isRenewed || isRetired));
    const delayMs = isFault ? this.#budget.take(this.#clock.nowMs()) : 0;
    if (delayMs === null) {
      this.#setState('givenUp');
      return;
    }
    this.#setState('restarting');
    this.#cancelRestart = this.#clock.after(delayMs, () => {
      this.#cancelRestart = null;
      this.#launch('restarting');
    });
  }

  #refusal() {
    const name = this.#options.name;
    switch (this.#state) {
      case 'givenUp':
        return fail('HOST_GIVEN_UP', `${name} crashed too often`);
      case 'stopped':
        return fail('HOST_DIED', `${name} is not running`);
      case 'ready':
      case 'starting':
      case 'restarting':
        return fail('HOST_DIED', `${name} was not ready in time; nothing was asked of it`);
      default:
        return assertNever(this.#state);
    }
  }

  /** Waits until the host is no longer on its way up, at most so long. */
  async #settled(waitMaxMs?: number): Promise<void> {
    const isSettled = (state: HostState) => state !== 'starting' && state !== 'restarting';
    if (isSettled(this.#state)) return;
    await this.#reached(isSettled, waitMaxMs);
  }

  #reached(isReached: (state: HostState) => boolean, waitMaxMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = () => {
        forget();
        cancel?.();
        resolve();
      };
      const cancel = waitMaxMs === undefined ? null : this.#clock.after(waitMaxMs, finish);
      const forget = this.onState((state) => {
        if (isReached(state)) finish();
      });
    });
  }

  #setState(state: HostState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of [...this.#stateListeners]) listener(state);
  }
}
