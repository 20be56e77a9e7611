import { afterEach, beforeEach, expect, it, vi } from 'vitest';
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
/** What the difference may add to a sync, as a share of the sync without it (docs/month-close.md). */
const SHARE_MAX = 0.2;
const DEADLINE_MS = 300_000;

let folder: TemporaryFolder;
let database: OpenUnitDatabase;
beforeEach(() => {
  folder = makeFolder();
  database = openUnit(folder.path);
});
afterEach(() => {
  vi.restoreAllMocks();
  database.close();
  folder.remove();
});

/** Time inside the difference alone, in the very run it is a part of: a busy machine slows both. */
function watchDifference(): { spentMs: () => number } {
  let spentMs = 0;
  // as they are, to be called for the one that is watched
  const push = Reflect.get(SyncDifference.prototype, 'push');
  const finish = Reflect.get(SyncDifference.prototype, 'finish');
  vi.spyOn(SyncDifference.prototype, 'push').mockImplementation(function (
    this: SyncDifference,
    rows,
  ) {
    const startMs = performance.now();
    const result = push.call(this, rows);
    spentMs += performance.now() - startMs;
    return result;
  });
  vi.spyOn(SyncDifference.prototype, 'finish').mockImplementation(function (this: SyncDifference) {
    const startMs = performance.now();
    const result = finish.call(this);
    spentMs += performance.now() - startMs;
    return result;
  });
  return { spentMs: () => spentMs };
}

const changed = (row: RosterRow): RosterRow => ({ ...row, base: row.base + 100 });

it.each([
  { what: 'of whom 1,000 changed, by a delta', mode: 'delta', every: 100 },
  { what: 'of whom 1,000 changed, all sent again', mode: 'full', every: 100 },
  { what: 'who all changed, as each July', mode: 'full', every: 1 },
] as const)(
  `a sync of ${PEOPLE} people $what is at most a fifth slower with the difference`,
  async ({ what, mode, every }) => {
    const rows = makeRoster(PEOPLE);
    const centre = new RosterCentre(rows);
    const { sync } = openRoster(database, centre);
    valueOf(await sync.run());
    if (mode === 'full') database.handle.exec('UPDATE unit SET roster_version = 0');
    centre.publish(rows.map((row, at) => (at % every === 0 ? changed(row) : row)));
    const { spentMs } = watchDifference();
    const startMs = performance.now();
    expect(valueOf(await sync.run())).toMatchObject({ mode, changed: PEOPLE / every });
    const allMs = performance.now() - startMs;
    await sync.close();
    const share = spentMs() / (allMs - spentMs());
    console.info(
      `${PEOPLE} people ${what}: ${Math.round(allMs)} ms, the difference ${Math.round(spentMs())} ms, +${(share * 100).toFixed(1)} %`,
    );
    expect(share).toBeLessThan(SHARE_MAX);
    const listed = new SyncRecords(database).list({ limit: 1 });
    if (listed instanceof Promise || !listed.ok) throw new Error('no syncs');
    expect(listed.value.syncs[0]?.listed).toBe(Math.min(PEOPLE / every, 20_000));
  },
  DEADLINE_MS,
);
