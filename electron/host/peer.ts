import { fail, type Result } from '../../shared/errors/result.ts';
import { type Frame, frameSchema } from './frame.ts';
import type { Port } from './port.ts';
import { describeError, report, traceError } from './report.ts';

export interface CallOptions {
  readonly deadlineMs: number;
}

export type CallHandler = (request: unknown) => Result<unknown> | Promise<Result<unknown>>;
export type EventHandler = (payload: unknown) => void;

/** Where calls can be made: a peer, or a supervisor in front of one that is restarted. */
export interface Caller {
  /** Never rejects: HOST_LATE after the deadline, HOST_DIED when the other side is gone. */
  call(op: string, request: unknown, options: CallOptions): Promise<Result<unknown>>;
}

/** Where events come from. */
export interface EventSource {
  on(event: string, handler: EventHandler): void;
}

/** Where events can be sent. */
export interface EventEmitter {
  /** Throws when the payload cannot be cloned. */
  emit(event: string, payload: unknown): void;
}

/** Where calls arrive. */
export interface CallTarget {
  handle(op: string, handler: CallHandler): void;
}

type Settle = (result: Result<unknown>) => void;

/**
 * One side of a conversation between two processes; both sides are alike. A call always ends in a
 * value. What the other side did with a call that ended in HOST_LATE or HOST_DIED is unknown.
 */
export class Peer implements Caller, CallTarget, EventSource, EventEmitter {
  readonly #port: Port;
  readonly #pending = new Map<number, Settle>();
  readonly #handlers = new Map<string, CallHandler>();
  readonly #listeners = new Map<string, EventHandler[]>();
  readonly #closeHandlers: (() => void)[] = [];
  #lastId = 0;
  #isClosed = false;

  constructor(port: Port) {
    this.#port = port;
    port.onMessage((message) => {
      this.#receive(message);
    });
    port.onClose(() => {
      this.#close();
    });
  }

  call(op: string, request: unknown, { deadlineMs }: CallOptions): Promise<Result<unknown>> {
    if (this.#isClosed) return Promise.resolve(fail('HOST_DIED', `${op}: not connected`));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        settle(fail('HOST_LATE', `${op}: no answer within ${deadlineMs} ms`));
      }, deadlineMs);
      const settle: Settle = (result) => {
        clearTimeout(timer);
        this.#pending.delete(id);
        resolve(result);
      };
      this.#pending.set(id, settle);
      try {
        this.#post({ kind: 'call', id, op, request });
      } catch (error) {
        settle(fail('INTERNAL', `${op}: ${describeError(error)}`));
      }
    });
  }

  /** One handler for each operation. One that throws is a bug: logged and answered as INTERNAL. */
  handle(op: string, handler: CallHandler): void {
    if (this.#handlers.has(op)) throw new Error(`operation ${op} is already handled`);
    this.#handlers.set(op, handler);
  }

  emit(event: string, payload: unknown): void {
    this.#post({ kind: 'event', event, payload });
  }

  on(event: string, handler: EventHandler): void {
    const listeners = this.#listeners.get(event);
    if (listeners) listeners.push(handler);
    else this.#listeners.set(event, [handler]);
  }

  onClose(handler: () => void): void {
    this.#closeHandlers.push(handler);
  }

  #post(frame: Frame): void {
    this.#port.post(frame);
  }

  #receive(message: unknown): void {
    const parsed = frameSchema.safeParse(message);
    if (!parsed.success) {
      report(`a message that is no frame was dropped: ${parsed.error.message}`);
      return;
    }
    const frame = parsed.data;
    switch (frame.kind) {
      case 'call':
        void this.#answer(frame.id, frame.op, frame.request);
        break;
      case 'answer':
        // An answer after its deadline finds nobody waiting; the caller was told HOST_LATE.
        this.#pending.get(frame.id)?.(frame.result);
        break;
      case 'event':
        this.#dispatch(frame.event, frame.payload);
        break;
    }
  }

  async #answer(id: number, op: string, request: unknown): Promise<void> {
    const result = await this.#run(op, request);
    try {
      this.#post({ kind: 'answer', id, result });
    } catch (error) {
      report(`${op}: the result cannot be sent: ${describeError(error)}`);
      this.#post({
        kind: 'answer',
        id,
        result: fail('INTERNAL', `${op}: ${describeError(error)}`),
      });
    }
  }

  async #run(op: string, request: unknown): Promise<Result<unknown>> {
    const handler = this.#handlers.get(op);
    if (!handler) return fail('REQUEST_INVALID', `unknown operation ${op}`);
    try {
      return await handler(request);
    } catch (error) {
      report(`${op}: ${traceError(error)}`);
      return fail('INTERNAL', `${op}: ${describeError(error)}`);
    }
  }

  #dispatch(event: string, payload: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      try {
        listener(payload);
      } catch (error) {
        report(`listener of ${event}: ${describeError(error)}`);
      }
    }
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const settle of [...this.#pending.values()]) {
      settle(fail('HOST_DIED', 'the other process ended before it answered'));
    }
    for (const handler of this.#closeHandlers) handler();
  }
}
