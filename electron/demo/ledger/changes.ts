import { type CentreDatabase, listRows } from '../centre/database.ts';

/** Numbers of the unit's changes that WL2004 reads on from; the first of `count` reserved ones. */
export function reserveChanges(db: CentreDatabase, unit: string, count: number): number {
  const row = listRows<{ change_last: number }>(
    db,
    'UPDATE unit SET change_last = change_last + ? WHERE account = ? RETURNING change_last',
    count,
    unit,
  )[0];
  if (!row) throw new Error(`no unit ${unit}`);
  return row.change_last - count + 1;
}

/** One new roster version per unit and transaction, drawn when its first row changes. */
export class RosterVersions {
  readonly #db: CentreDatabase;
  readonly #drawn = new Map<string, number>();

  constructor(db: CentreDatabase) {
    this.#db = db;
  }

  next(unit: string): number {
    const known = this.#drawn.get(unit);
    if (known !== undefined) return known;
    const row = listRows<{ roster_version: number }>(
      this.#db,
      'UPDATE unit SET roster_version = roster_version + 1 WHERE account = ? RETURNING roster_version',
      unit,
    )[0];
    if (!row) throw new Error(`no unit ${unit}`);
    this.#drawn.set(unit, row.roster_version);
    return row.roster_version;
  }
}
