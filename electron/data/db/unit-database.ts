import type { Database } from 'better-sqlite3';
import { fail } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { Meta, UnitDatabase } from '../ports.ts';
import { describeDatabaseError, isDiskFull, isNotWritable } from './failure.ts';

/** The one connection to a unit's file, and its only way to write. */
export class OpenUnitDatabase implements UnitDatabase {
  readonly handle: Database;
  readonly unitAccount: string;
  readonly meta: Meta;
  /** Called when `isFull` has changed. */
  onFullChanged: () => void = () => undefined;
  #depth = 0;
  #isFull = false;
  /** Rows changed by this connection up to the failure. */
  #changesWhenFull: number | undefined;
  readonly #changes;

  constructor(handle: Database, unitAccount: string) {
    this.handle = handle;
    this.unitAccount = unitAccount;
    this.meta = metaOf(handle);
    this.#changes = handle.prepare<[], number>('SELECT total_changes()').pluck();
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  write<T>(work: () => Result<T>): Result<T> {
    const isOuter = this.#depth === 0;
    const name = `write${this.#depth}`;
    this.#depth += 1;
    try {
      this.handle.exec(isOuter ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`);
      const result = work();
      if (result.ok) this.#keep(isOuter, name);
      else this.#undo(isOuter, name);
      return result;
    } catch (error) {
      this.#undo(isOuter, name);
      // an inner write may not turn the failure into a value: its outer one would go on
      if (isOuter && isDiskFull(error)) {
        this.#noteFull(true);
        return fail('DB_FULL', describeDatabaseError(error));
      }
      if (isOuter && isNotWritable(error)) {
        return fail('DB_NOT_WRITABLE', describeDatabaseError(error));
      }
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /** Folds the log into the file; without readers the file alone then holds everything. */
  close(): void {
    this.handle.close();
  }

  #keep(isOuter: boolean, name: string): void {
    const changes = this.#isFull ? this.#changes.get() : undefined;
    this.handle.exec(isOuter ? 'COMMIT' : `RELEASE ${name}`);
    // a transaction that wrote nothing proves nothing
    if (isOuter && changes !== this.#changesWhenFull) this.#noteFull(false);
  }

  #noteFull(isFull: boolean): void {
    if (isFull) this.#changesWhenFull = this.#changes.get();
    if (isFull === this.#isFull) return;
    this.#isFull = isFull;
    this.onFullChanged();
  }

  #undo(isOuter: boolean, name: string): void {
    // a full disk makes SQLite roll back on its own
    if (!this.handle.inTransaction) return;
    this.handle.exec(isOuter ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`);
  }
}

function metaOf(handle: Database): Meta {
  const get = handle.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const set = handle.prepare<[string, string]>(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const remove = handle.prepare<[string]>('DELETE FROM meta WHERE key = ?');
  return {
    get: (key) => get.get(key),
    set: (key, value) => {
      set.run(key, value);
    },
    delete: (key) => {
      remove.run(key);
    },
  };
}
