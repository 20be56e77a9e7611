import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import { SyncDifference } from '../../../electron/data/roster/difference.ts';
import { SyncRecords } from '../../../electron/data/roster/sync-records.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { valueOf } from '../channel/clerk.ts';
import { RosterCentre } from './roster-centre.ts';
import { makeRoster } from './synthetic-roster.ts';
import { makeFolder, openRoster, openUnit } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

const PEOPLE = 100_000;
const DEADLINE_MS = 300_000;

let folder: TemporaryFolder;
let database: OpenUnitDatabase;
beforeEach(() => {
  folder = makeFolder();
  database = openUnit(folder.path);
});
afterEach(() => {
  database.close();
  folder.remove();
});

/** Time inside the difference alone, in the very run it is a part of: a busy machine slows both. */
function watchDifference(): { spentMs: () => number; stop: () => void } {
  let spentMs = 0;
  const { prototype } = SyncDifference;
  const own = (name: 'push' | 'finish') => {
    const found = Object.getOwnPropertyDescriptor(prototype, name);
    if (!found) throw new Error(`a difference has no ${name}`);
    return found;
  };
  const as = { push: own('push'), finish: own('finish') };
  const timed = <T>(work: () => T): T => {
    const startMs = performance.now();
    const result = work();
    spentMs += performance.now() - startMs;
    return result;
  };
  const watched = (name: 'push' | 'finish') => {
    const value = as[name].value as (this: SyncDifference, ...given: unknown[]) => unknown;
    Object.defineProperty(prototype, name, {
      ...as[name],
      value(this: SyncDifference, ...given: unknown[]) {
        return timed(() => value.apply(this, given));
      },
    });
  };
  watched('push');
  watched('finish');
  return { spentMs: () => spentMs, stop: () => Object.defineProperties(prototype, as) };
}

const changed = (row: RosterRow): RosterRow => ({ ...row, base: row.base + 100 });

it.each([
  { what: 'of whom 1,000 changed, by a delta', mode: 'delta', every: 100, most: 20 },
  { what: 'of whom 1,000 changed, all sent again', mode: 'full', every: 100, most: 20 },
  { what: 'who all changed, as each July', mode: 'full', every: 1, most: 40 },
] as const)(
  `a sync of ${PEOPLE} people $what is at most $most % slower with the difference (docs/month-close.md)`,
  async ({ what, mode, every, most }) => {
    const rows = makeRoster(PEOPLE);
    const centre = new RosterCentre(rows);
    const { sync } = openRoster(database, centre);
    valueOf(await sync.run());
    if (mode === 'full') database.handle.exec('UPDATE unit SET roster_version = 0');
    centre.publish(rows.map((row, at) => (at % every === 0 ? changed(row) : row)));
    const { spentMs, stop } = watchDifference();
    const startMs = performance.now();
    expect(valueOf(await sync.run())).toMatchObject({ mode, changed: PEOPLE / every });
    const allMs = performance.now() - startMs;
    stop();
    await sync.close();
    const share = spentMs() / (allMs - spentMs());
    console.info(
      `${PEOPLE} people ${what}: ${Math.round(allMs)} ms, the difference ${Math.round(spentMs())} ms, +${(share * 100).toFixed(1)} %`,
    );
    expect(share * 100).toBeLessThan(most);
    const listed = new SyncRecords(database).list({ limit: 1 });
    if (listed instanceof Promise || !listed.ok) throw new Error('no syncs');
    expect(listed.value.syncs[0]?.listed).toBe(Math.min(PEOPLE / every, 20_000));
  },
  DEADLINE_MS,
);
