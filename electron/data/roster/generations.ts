import { succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { readUnit } from '../db/unit-row.ts';
import type { UnitDatabase } from '../ports.ts';
import type { Pause } from './slices.ts';

const DELETE_ROWS = 1_000;
const DELETE_GRAMS = 200;

/** A number no generation in the file has, in use or left over. */
export function nextGeneration(database: UnitDatabase): number {
  const newest = database.handle
    .prepare<[], number | null>('SELECT max(generation) FROM employee')
    .pluck()
    .get();
  return Math.max(newest ?? 0, readUnit(database).rosterGeneration) + 1;
}

/** Removes what belongs to no reader: the roster before a sync, or a sync that was cut short. */
export async function removeOtherGenerations(
  database: UnitDatabase,
  keep: number,
  pause: Pause,
): Promise<Result<undefined>> {
  const { handle } = database;
  const deletions = [
    handle.prepare<[number, number]>(
      `DELETE FROM employee WHERE (generation, personal_account, fund_type) IN (
         SELECT generation, personal_account, fund_type FROM employee WHERE generation = ? LIMIT ?)`,
    ),
    handle.prepare<[number, number]>(
      `DELETE FROM employee_person WHERE (generation, id_key, fund_type, personal_account) IN (
         SELECT generation, id_key, fund_type, personal_account FROM employee_person
         WHERE generation = ? LIMIT ?)`,
    ),
    handle.prepare<[number, number]>(
      `DELETE FROM employee_gram WHERE (generation, field, gram) IN (
         SELECT generation, field, gram FROM employee_gram WHERE generation = ? LIMIT ?)`,
    ),
    handle.prepare<[number, number]>(
      `DELETE FROM employee_column WHERE (generation, name) IN (
         SELECT generation, name FROM employee_column WHERE generation = ? LIMIT ?)`,
    ),
  ];
  const limits = [DELETE_ROWS, DELETE_ROWS, DELETE_GRAMS, 1];
  for (const generation of otherGenerations(database, keep)) {
    for (const [i, deletion] of deletions.entries()) {
      for (let removed = 1; removed > 0;) {
        const result = database.write(() =>
          succeed(deletion.run(generation, limits[i] ?? 1).changes),
        );
        if (!result.ok) return result;
        removed = result.value;
        await pause();
      }
    }
  }
  return succeed(undefined);
}

/** One step along the index for each generation there is, not a walk over its rows. */
function otherGenerations({ handle }: UnitDatabase, keep: number): number[] {
  const found = new Set<number>();
  for (const table of ['employee', 'employee_person', 'employee_gram', 'employee_column']) {
    const next = handle
      .prepare<[number], number>(
        `SELECT generation FROM ${table} WHERE generation > ? ORDER BY generation LIMIT 1`,
      )
      .pluck();
    for (let at = next.get(0); at !== undefined; at = next.get(at)) found.add(at);
  }
  found.delete(keep);
  return [...found];
}
