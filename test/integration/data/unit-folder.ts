import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAudit } from '../../../electron/data/audit/chain.ts';
import { openClock } from '../../../electron/data/clock.ts';
import { openUnitDatabase } from '../../../electron/data/db/open.ts';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import type { Changed, Channel } from '../../../electron/data/ports.ts';
import { Roster } from '../../../electron/data/roster/roster.ts';
import { RosterSync } from '../../../electron/data/roster/sync.ts';
import type { SyncProgress } from '../../../electron/data/roster/sync.ts';

export const UNIT = '9900000001';
export const USER = 'clerk01';
export const KEY = '0123456789abcdef'.repeat(4);

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

export function makeFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'jiaocuntong-data-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export function openUnit(folder: string): OpenUnitDatabase {
  const opened = openUnitDatabase({
    folder,
    unitAccount: UNIT,
    databaseKey: KEY,
    clientVersion: '0.0.0',
  });
  if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`);
  return opened.value;
}

export function contextOf(database: OpenUnitDatabase, localMs: () => number = Date.now) {
  const clock = openClock(database, localMs);
  const told: Changed[] = [];
  return {
    database,
    clock,
    audit: openAudit(database, clock, USER),
    unitAccount: UNIT,
    user: USER,
    clientVersion: '0.0.0',
    told,
    changed: (...what: Changed[]) => {
      told.push(...what);
    },
  };
}

export function openRoster(database: OpenUnitDatabase, channel: Channel) {
  const roster = new Roster(database);
  const progress: SyncProgress[] = [];
  const context = contextOf(database);
  const sync = new RosterSync({
    ...context,
    channel,
    roster,
    recheck: () => undefined,
    progress: (step) => {
      progress.push(step);
    },
  });
  return { roster, sync, progress, told: context.told };
}
