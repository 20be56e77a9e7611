import Database from 'better-sqlite3';
import { appendFileSync } from 'node:fs';
import { ClientRequest, ServerResponse } from 'node:http';
import type { Control, ControlReader } from './control-page.ts';

type Kind = 'database' | 'commit' | 'network';

/**
 * Counts the database and network steps of this process and ends it by SIGKILL at the one ordered:
 * before the step or right after it, so that between any two statements the process may be gone.
 */
export class Steps {
  readonly #reader: ControlReader;
  readonly #killLog: string;
  #seen: number;
  #left = 0;
  #clockMs = 0;

  constructor(reader: ControlReader, killLog: string) {
    this.#reader = reader;
    this.#killLog = killLog;
    this.#seen = reader.read().kill;
    this.#watchDatabase();
    this.#watchNetwork();
    this.#moveClock();
  }

  #take(kind: Kind, name: string): Control {
    const control = this.#reader.read();
    this.#clockMs = control.clockMs;
    if (control.kill !== this.#seen) {
      this.#seen = control.kill;
      this.#left = control.steps;
    }
    const isDatabase = kind !== 'network';
    const counts =
      control.where === 'any' ||
      control.where === kind ||
      (control.where === 'database' && isDatabase);
    if (this.#left > 0 && counts) {
      this.#left -= 1;
      if (this.#left === 0) this.#die(name);
    }
    return control;
  }

  #die(name: string): void {
    appendFileSync(this.#killLog, `${process.pid} ${name.replaceAll(/\s+/g, ' ').slice(0, 80)}\n`);
    process.kill(process.pid, 'SIGKILL');
  }

  #watchDatabase(): void {
    const limits = new WeakMap<object, string>();
    surround(Database.prototype, 'exec', (call, self, [sql]) => {
      const kind = sql === 'COMMIT' ? 'commit' : 'database';
      limit(self as Database.Database, this.#take(kind, `before ${String(sql)}`), limits);
      const result = call();
      this.#take(kind, `after ${String(sql)}`);
      return result;
    });
    const memory = new Database(':memory:');
    const statements = Object.getPrototypeOf(memory.prepare('SELECT 1')) as object;
    memory.close();
    surround(statements, 'run', (call, self) => {
      const { source } = self as Database.Statement;
      const kind = source === 'COMMIT' ? 'commit' : 'database';
      this.#take(kind, `before ${source}`);
      const result = call();
      this.#take(kind, `after ${source}`);
      return result;
    });
  }

  #watchNetwork(): void {
    const sides = { request: ClientRequest.prototype, answer: ServerResponse.prototype };
    for (const [name, side] of Object.entries(sides)) {
      surround(side, 'end', (call) => {
        this.#take('network', `before the ${name} is written`);
        const result = call();
        this.#take('network', `after the ${name} is written`);
        setImmediate(() => this.#take('network', `the ${name} has left`));
        return result;
      });
    }
    surround(ClientRequest.prototype, 'emit', (call, _self, [event]) => {
      if (event === 'response') this.#take('network', 'an answer is here');
      return call();
    });
  }

  /** The program reads time by Date alone. */
  #moveClock(): void {
    const trueNow = Date.now.bind(Date);
    const TrueDate = Date;
    const offset = () => this.#clockMs;
    Date.now = () => trueNow() + offset();
    globalThis.Date = new Proxy(TrueDate, {
      construct: (target, values: unknown[], newTarget) =>
        values.length > 0
          ? (Reflect.construct(target, values, newTarget) as object)
          : new TrueDate(trueNow() + offset()),
    });
  }
}

type Around = (call: () => unknown, self: unknown, values: readonly unknown[]) => unknown;

function surround(target: object, name: string, around: Around): void {
  const original = Reflect.get(target, name) as (...values: unknown[]) => unknown;
  Reflect.set(target, name, function surrounded(this: unknown, ...values: unknown[]) {
    return around(() => Reflect.apply(original, this, values), this, values);
  });
}

/** A disk without room, or one that refuses, as SQLite itself would say it. */
function limit(handle: Database.Database, control: Control, limits: WeakMap<object, string>): void {
  const wanted = `${control.full} ${control.readOnly}`;
  if (handle.inTransaction || (limits.get(handle) ?? 'false false') === wanted) return;
  limits.set(handle, wanted);
  const pages = control.full
    ? Number(handle.pragma('page_count', { simple: true }))
    : 1_073_741_823;
  handle.pragma(`max_page_count = ${pages}`);
  handle.pragma(`query_only = ${control.readOnly ? 'ON' : 'OFF'}`);
}
