/**
 * A long queue of one kind over the very classes the data host uses: entering, listing with its
 * sums, checking all of it again, removing and restoring it. `node test/bench/draft-queue.ts [drafts]`
 * prints the times.
 */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';
import { findRegistered } from '../../electron/data/orders/registered.ts';
import { PendingQueue } from '../../electron/data/queue/queue.ts';
import { Roster } from '../../electron/data/roster/roster.ts';
import { succeed } from '../../shared/errors/result.ts';
import type { RosterRow } from '../../shared/wire/roster.ts';
import { makeParameters } from '../integration/data/practice-parameters.ts';
import { RosterCentre } from '../integration/data/roster-centre.ts';
import { makeRoster } from '../integration/data/synthetic-roster.ts';
import { contextOf, makeFolder, openRoster, openUnit } from '../integration/data/unit-folder.ts';

export interface QueueTimes {
  readonly drafts: number;
  /** One entry, checked and on the disk. */
  readonly addMs: number;
  readonly listMs: number;
  readonly sumMs: number;
  /** All of them against roster and parameters, as after a sync. */
  readonly recheckMs: number;
  readonly removeMs: number;
  readonly restoreMs: number;
}

const NOW_MS = Date.parse('2026-11-25T02:00:00.000Z');

export async function measureQueue(count: number): Promise<QueueTimes> {
  const folder = makeFolder();
  const database = openUnit(folder.path);
  const people = makeRoster(Math.ceil(count * 1.3)).map(withFundTen);
  const { sync } = openRoster(database, new RosterCentre(people));
  const synced = await sync.run();
  if (!synced.ok) throw new Error(`${synced.code}: ${synced.detail}`);
  await sync.close();
  const parameters = makeParameters();
  storeVersion(database.handle);
  const queue = new PendingQueue({
    ...contextOf(database, () => NOW_MS),
    parameters: () => parameters,
    roster: new Roster(database),
    isUnderReview: findRegistered(database),
  });
  const ids: string[] = [];
  // two accounts with one number are one person, who is reduced once
  const byNumber = new Map(people.map((row) => [row.idNumber, row]));
  const active = [...byNumber.values()].filter(({ status }) => status === '01');
  const accounts = active.slice(0, count);
  const addMs = time(() => {
    for (const { personalAccount } of accounts) {
      const id = randomUUID();
      const typed = { kind: 'reduction', fundType: '10', personalAccount, reason: '02' } as const;
      const added = queue.add({ id, typed });
      if (!added.ok || !added.value.stored) throw new Error(JSON.stringify(added));
      ids.push(id);
    }
  });
  const listed: { count: number; totalFen: number; drafts: number }[] = [];
  const listMs = time(() => {
    const found = queue.list({ kind: 'reduction' });
    if (!found.ok) throw new Error(found.code);
    listed.push({ ...found.value, drafts: found.value.drafts.length });
  });
  if (listed[0]?.drafts !== ids.length || listed[0].count !== ids.length) {
    throw new Error(`${listed[0]?.drafts ?? 0} of ${ids.length} listed`);
  }
  const sumMs = time(() => queue.counts());
  const recheckMs = time(() =>
    database.write(() => {
      queue.recheck(parameters);
      return succeed(undefined);
    }),
  );
  const removeMs = time(() => queue.remove({ ids }));
  const restoreMs = time(() => {
    const restored = queue.restore({ ids });
    if (!restored.ok || restored.value.restored !== ids.length) throw new Error('not restored');
  });
  database.close();
  folder.remove();
  const perAdd = addMs / ids.length;
  return { drafts: ids.length, addMs: perAdd, listMs, sumMs, recheckMs, removeMs, restoreMs };
}

function withFundTen(row: RosterRow): RosterRow {
  return { ...row, fundType: '10' };
}

function storeVersion(handle: Database): void {
  handle.exec('UPDATE unit SET parameter_version = 1');
}

function time(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(await measureQueue(Number(process.argv[2] ?? 10_000)));
}
