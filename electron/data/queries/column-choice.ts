import { type Result, succeed } from '../../../shared/errors/result.ts';
import { type RosterColumn, rosterColumnSchema } from '../../../shared/ipc/queries.ts';
import type { UnitDatabase } from '../ports.ts';

/** Key in `meta`: names of columns, separated by spaces; absent while none were chosen. */
const KEPT = 'rosterQuery.columns';

/** Which columns of 职工缴存明细查询 the clerks of this computer look at. */
export class ColumnChoice {
  readonly #database: UnitDatabase;

  constructor(database: UnitDatabase) {
    this.#database = database;
  }

  /** null while none were chosen; a name this program does not know is left out. */
  read(): RosterColumn[] | null {
    const kept = this.#database.meta.get(KEPT);
    if (kept === undefined) return null;
    return kept.split(' ').flatMap((name) => {
      const known = rosterColumnSchema.safeParse(name);
      return known.success ? [known.data] : [];
    });
  }

  keep(columns: readonly RosterColumn[]): Result<Record<string, never>> {
    return this.#database.write(() => {
      this.#database.meta.set(KEPT, columns.join(' '));
      return succeed({});
    });
  }
}
