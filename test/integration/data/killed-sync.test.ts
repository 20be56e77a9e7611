import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readUnit } from '../../../electron/data/db/unit-row.ts';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import { SyncRecords } from '../../../electron/data/roster/sync-records.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { RosterCentre } from './roster-centre.ts';
import { after, before, newcomer } from './two-rosters.ts';
import { makeFolder, openRoster, openUnit } from './unit-folder.ts';

const program = fileURLToPath(new URL('syncing-program.ts', import.meta.url));
const KILLS = 12;
const BEYOND = 1.3;
/** Each kill has a program started, a file copied and a sync made whole. */
const DEADLINE_MS = 600_000;
const CHANGED = after.length - 1 - Math.ceil((before.length - 1) / 10);

const folder = makeFolder();
const prepared = join(folder.path, 'prepared');
beforeAll(async () => {
  const database = openUnit(prepared);
  const { sync } = openRoster(database, new RosterCentre(before));
  expect((await sync.run()).ok).toBe(true);
  await sync.close();
  database.close();
});
afterAll(() => {
  folder.remove();
});

/** Milliseconds from the start of the sync to its end; killed after `killMs` where that is earlier. */
async function runProgram(at: string, killMs?: number): Promise<number> {
  const child = fork(program, [at]);
  const exit = once(child, 'exit');
  const [started] = (await once(child, 'message')) as [unknown];
  expect(started).toBe('started');
  const startMs = performance.now();
  if (killMs === undefined) {
    expect((await once(child, 'message'))[0]).toBe('done');
    const tookMs = performance.now() - startMs;
    await exit;
    return tookMs;
  }
  await wait(killMs);
  child.kill('SIGKILL');
  await exit;
  return killMs;
}

function valueOf<T>(result: Result<T> | Promise<Result<T>>): T {
  if (result instanceof Promise || !result.ok) throw new Error('no value');
  return result.value;
}

/** What is in the file of a sync that never came to its end. */
function remainsOf(database: OpenUnitDatabase): number {
  const { rosterGeneration } = readUnit(database);
  const rows = database.handle
    .prepare<[number], number>(
      `SELECT (SELECT count(*) FROM employee WHERE generation > ?)
         + (SELECT count(*) FROM sync_change WHERE sync NOT IN (SELECT number FROM sync))`,
    )
    .pluck()
    .get(rosterGeneration);
  return rows ?? 0;
}

/** Roster and difference are of one sync: both of the first, or both of the second. */
function expectOneState(database: OpenUnitDatabase): 'before' | 'after' {
  const { rosterVersion, rosterCount, rosterGeneration } = readUnit(database);
  const held = rosterVersion === 1 ? before : after;
  const rows = database.handle
    .prepare<[number], { account: string; fund: string; base: number }>(
      `SELECT personal_account AS account, fund_type AS fund, base FROM employee
       WHERE generation = ? ORDER BY 1, 2`,
    )
    .all(rosterGeneration);
  const due = held
    .map(({ personalAccount: account, fundType: fund, base }) => ({ account, fund, base }))
    .sort((a, b) => (a.account + a.fund < b.account + b.fund ? -1 : 1));
  expect(rows).toEqual(due);
  expect(rosterCount).toBe(held.length);
  const records = new SyncRecords(database);
  const { syncs } = valueOf(records.list({ limit: 50 }));
  expect(syncs.map(({ version }) => version)).toEqual(rosterVersion === 1 ? [1] : [2, 1]);
  for (let number = 1; number <= 4; number += 1) {
    const count = (change: 'added' | 'changed' | 'removed') =>
      valueOf(records.changes({ number, change, offset: 0, limit: 1 })).total;
    const isSecond = syncs.some((sync) => sync.number === number && !sync.first);
    const due = isSecond ? [1, CHANGED, 1] : [0, 0, 0];
    expect([count('added'), count('changed'), count('removed')]).toEqual(due);
  }
  return rosterVersion === 1 ? 'before' : 'after';
}

it(
  'a program killed at any moment of a sync has the roster before and no difference, or both of the new one',
  async () => {
    const whole = join(folder.path, 'whole');
    cpSync(prepared, whole, { recursive: true });
    const tookMs = await runProgram(whole);
    let midway = 0;
    const states = { before: 0, after: 0 };
    for (let kill = 0; kill < KILLS; kill += 1) {
      const at = join(folder.path, `killed-${kill}`);
      cpSync(prepared, at, { recursive: true });
      // also just before and after the end
      await runProgram(at, (tookMs * BEYOND * (kill + 0.5)) / KILLS);
      const database = openUnit(at);
      const remains = remainsOf(database);
      const state = expectOneState(database);
      states[state] += 1;
      if (state === 'before' && remains > 0) midway += 1;
      // and the next sync brings both, whatever lay there
      const centre = new RosterCentre(before);
      centre.publish(after);
      const { sync } = openRoster(database, centre);
      expect((await sync.run()).ok).toBe(true);
      await expect.poll(() => remainsOf(database)).toBe(0);
      await sync.close();
      expect(expectOneState(database)).toBe('after');
      const [last] = valueOf(new SyncRecords(database).list({ limit: 1 })).syncs;
      const page = { number: last?.number ?? 0, change: 'added', offset: 0, limit: 5 } as const;
      const { changes } = valueOf(new SyncRecords(database).changes(page));
      expect(changes.map(({ personalAccount }) => personalAccount)).toEqual([
        newcomer.personalAccount,
      ]);
      database.close();
    }
    console.info(
      `sync of ${Math.round(tookMs)} ms killed ${KILLS} times: ${JSON.stringify(states)}, ${midway} of them with a half-made roster in the file`,
    );
    expect(midway).toBeGreaterThan(2);
  },
  DEADLINE_MS,
);
