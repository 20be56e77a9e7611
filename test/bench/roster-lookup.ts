/**
 * 1,000 mixed lookups in a synthetic roster, over the very classes the data host uses; each
 * includes count, sum and a page of 100. `node test/bench/roster-lookup.ts [rows]` prints the times.
 */
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { databaseFileOf } from '../../electron/data/db/open.ts';
import { Roster } from '../../electron/data/roster/roster.ts';
import type { RosterQuery } from '../../electron/data/roster/search-index.ts';
import type { RosterRow } from '../../shared/wire/roster.ts';
import { RosterCentre } from '../integration/data/roster-centre.ts';
import { makeRoster } from '../integration/data/synthetic-roster.ts';
import { makeFolder, openRoster, openUnit, UNIT } from '../integration/data/unit-folder.ts';

export interface LookupTimes {
  readonly rows: number;
  readonly syncMs: number;
  /** Longest time the event loop stood still during the sync, and half of all times. */
  readonly standstillMs: number;
  readonly fileMiB: number;
  readonly firstMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly slowest: string;
}

const LOOKUPS = 1_000;
const sorts = ['personalAccount', 'name', 'base', 'monthly', 'status'] as const;

export async function measureLookups(count: number): Promise<LookupTimes> {
  const folder = makeFolder();
  const rows = makeRoster(count);
  const database = openUnit(folder.path);
  const { sync } = openRoster(database, new RosterCentre(rows));
  const standstill = watchLoop();
  const startedMs = performance.now();
  const synced = await sync.run();
  const syncMs = performance.now() - startedMs;
  const standstillMs = standstill();
  if (!synced.ok) throw new Error(`${synced.code}: ${synced.detail}`);
  await sync.close();
  database.close();

  // a fresh start, nothing in memory
  const again = openUnit(folder.path);
  const roster = new Roster(again);
  const firstStartMs = performance.now();
  roster.query(query({}));
  const firstMs = performance.now() - firstStartMs;
  const times = mixedQueries(rows).map((asked) => {
    const startMs = performance.now();
    const found = roster.query(asked);
    const ms = performance.now() - startMs;
    if (!found.ok) throw new Error(found.code);
    return { ms, asked };
  });
  again.close();
  const fileMiB = statSync(databaseFileOf(folder.path, UNIT)).size / 2 ** 20;
  folder.remove();
  times.sort((a, b) => a.ms - b.ms);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return {
    rows: count,
    syncMs,
    standstillMs,
    fileMiB,
    firstMs,
    p50Ms: at(0.5)?.ms ?? 0,
    p99Ms: at(0.99)?.ms ?? 0,
    maxMs: at(1)?.ms ?? 0,
    slowest: JSON.stringify(at(1)?.asked),
  };
}

function query(asked: Partial<RosterQuery>): RosterQuery {
  return { text: '', sort: 'personalAccount', descending: false, offset: 0, limit: 100, ...asked };
}

/** What clerks type, and what is hard: short, common to all, deep in the list. No two the same. */
function mixedQueries(rows: readonly RosterRow[]): RosterQuery[] {
  const hard = [
    '9',
    '1',
    '0',
    '99',
    '9900',
    '990100',
    '19',
    '1990',
    '0101',
    'a',
    'an',
    'zh',
    'zhang',
  ];
  const common = ['王', '李', '伟', '明', 'wang', 'li', 'ng', 'xiao', 'zx', '00', '000', '1980'];
  const kinds: ((row: RosterRow, i: number) => Partial<RosterQuery>)[] = [
    (row) => ({ text: row.name }),
    (row) => ({ text: row.name.slice(0, 2) }),
    (row) => ({ text: row.idNumber }),
    (row) => ({ text: row.idNumber.slice(6, 14) }),
    (row) => ({ text: row.idNumber.slice(-4) }),
    (row) => ({ text: row.personalAccount }),
    (row) => ({ personalAccount: row.personalAccount.slice(-5) }),
    (row) => ({ idNumber: row.idNumber.slice(0, 10) }),
    (row) => ({ name: row.name.slice(0, 1), status: '02' }),
    (row) => ({ name: row.name.slice(0, 1), fundType: '11', status: '01' }),
    (_row, i) => ({ text: hard[i % hard.length] ?? '' }),
    (_row, i) => ({ text: common[i % common.length] ?? '' }),
    (_row, i) => ({ offset: (i * 977) % rows.length }),
    (_row, i) => ({ status: '02', offset: (i * 31) % Math.ceil(rows.length / 13) }),
  ];
  return Array.from({ length: LOOKUPS }, (_, i) => {
    const row = rows[(i * 7_919) % rows.length];
    if (!row) throw new Error('no rows');
    return query({
      ...kinds[i % kinds.length]?.(row, Math.floor(i / kinds.length)),
      sort: sorts[i % sorts.length] ?? 'name',
      descending: i % 2 === 0,
    });
  });
}

/** Starts watching; the returned function stops it and tells the longest standstill. */
function watchLoop(): () => number {
  let longestMs = 0;
  let lastMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  }, 1);
  return () => {
    clearInterval(timer);
    return longestMs;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(await measureLookups(Number(process.argv[2] ?? 100_000)));
}
