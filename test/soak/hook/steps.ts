import Database from 'better-sqlite3';
import { appendFileSync } from 'node:fs';
import { ClientRequest, ServerResponse } from 'node:http';
import type { Control, ControlReader } from './control-page.ts';

type Kind = 'database' | 'commit' | 'network';

/** Called before a commit is asked for and after it is done: `true` once it is on the disk. */
export type CommitWatch = (file: string, isDone: boolean, control: Control) => void;

/**
 * Counts the database and network steps of this process and ends it by SIGKILL at the one ordered:
 * before the step or right after it, so that between any two statements the process may be gone.
 */
export class Steps {
  readonly #reader: ControlReader;
  readonly #killLog: string;
  readonly #onCommit: CommitWatch;
  #seen: number;
  #left = 0;
  #clockMs = 0;

  constructor(reader: ControlReader, killLog: string, onCommit: CommitWatch) {
    this.#reader = reader;
    this.#killLog = killLog;
    this.#onCommit = onCommit;
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
    const take = this.#take.bind(this);
    const onCommit = this.#onCommit;
    const limits = new WeakMap<object, string>();
    const { exec } = Database.prototype;
    Database.prototype.exec = function execWatched(this: Database.Database, sql: string) {
      const kind = sql === 'COMMIT' ? 'commit' : 'database';
      limit(this, take(kind, `before ${sql}`), limits);
      if (kind === 'commit') onCommit(this.name, false, take('database', 'commit'));
      const result = exec.call(this, sql);
      const control = take(kind, `after ${sql}`);
      if (kind === 'commit') onCommit(this.name, true, control);
      return result as typeof this;
    };
    const memory = new Database(':memory:');
    const statements = Object.getPrototypeOf(memory.prepare('SELECT 1')) as Database.Statement;
    memory.close();
    const { run } = statements;
    statements.run = function runWatched(this: Database.Statement, ...values: unknown[]) {
      const kind = this.source === 'COMMIT' ? 'commit' : 'database';
      take(kind, `before ${this.source}`);
      const result = run.apply(this, values);
      take(kind, `after ${this.source}`);
      return result;
    };
  }

  #watchNetwork(): void {
    const take = this.#take.bind(this);
    for (const [name, side] of [
      ['request', ClientRequest.prototype],
      ['answer', ServerResponse.prototype],
    ] as const) {
      const end = side.end as (...values: unknown[]) => unknown;
      side.end = function endWatched(this: typeof side, ...values: unknown[]) {
        take('network', `before ${name} is written`);
        const result = end.apply(this, values);
        take('network', `after ${name} is written`);
        setImmediate(() => take('network', `${name} has left`));
        return result;
      } as typeof side.end;
    }
    const emit = ClientRequest.prototype.emit as (...values: unknown[]) => boolean;
    ClientRequest.prototype.emit = function emitWatched(this: ClientRequest, ...values: unknown[]) {
      if (values[0] === 'response') take('network', 'an answer is here');
      return emit.apply(this, values);
    } as typeof ClientRequest.prototype.emit;
  }

  /** The program reads time by Date alone. */
  #moveClock(): void {
    const trueNow = Date.now.bind(Date);
    const TrueDate = Date;
    const offset = () => this.#clockMs;
    Date.now = () => trueNow() + offset();
    globalThis.Date = new Proxy(TrueDate, {
      construct: (target, values: [], newTarget) =>
        values.length > 0
          ? (Reflect.construct(target, values, newTarget) as object)
          : new TrueDate(trueNow() + offset()),
    });
  }
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
