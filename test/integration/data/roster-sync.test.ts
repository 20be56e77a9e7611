import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import { readUnit } from '../../../electron/data/db/unit-row.ts';
import { Roster } from '../../../electron/data/roster/roster.ts';
import { rosterLine } from '../../../shared/wire/roster.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { digestOf, RosterCentre } from './roster-centre.ts';
import { makeRoster } from './synthetic-roster.ts';
import { makeFolder, openRoster, openUnit } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

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

const ROWS = makeRoster(2_500);

function allRows(roster: Roster): RosterRow[] {
  const rows: RosterRow[] = [];
  for (let offset = 0; ; offset += 500) {
    const page = roster.query({
      text: '',
      sort: 'personalAccount',
      descending: false,
      offset,
      limit: 500,
    });
    if (!page.ok || page.value.rows.length === 0) return rows;
    rows.push(...page.value.rows);
  }
}

function change(rows: readonly RosterRow[]): RosterRow[] {
  const kept = rows.filter((_, i) => i % 100 !== 7);
  const changed = kept.map((row, i): RosterRow => (i % 50 === 3 ? { ...row, status: '02' } : row));
  const account = (i: number) => `9900${String(90_000_000 + i)}`;
  const added = makeRoster(40, 9).map((row, i) => ({ ...row, personalAccount: account(i) }));
  return [...changed, ...added];
}

/** Rows of `before` and `after` by key, compared without the code under test. */
function differenceOf(before: readonly RosterRow[], after: readonly RosterRow[]) {
  const key = (row: RosterRow) => row.personalAccount + row.fundType;
  const old = new Map(before.map((row) => [key(row), rosterLine(row)]));
  const now = new Map(after.map((row) => [key(row), rosterLine(row)]));
  const count = (test: (key: string) => boolean, from: Map<string, string>) =>
    [...from.keys()].filter(test).length;
  return {
    added: count((k) => !old.has(k), now),
    removed: count((k) => !now.has(k), old),
    changed: count((k) => old.has(k) && old.get(k) !== now.get(k), now),
  };
}

describe('a sync that goes through', () => {
  it('stores every row as sent, tells the steps, and tells the centre', async () => {
    const centre = new RosterCentre(ROWS);
    const { roster, sync, progress, told } = openRoster(database, centre);
    const synced = await sync.run();
    expect(synced).toMatchObject({
      ok: true,
      value: { version: 1, count: 2_500, added: 2_500, changed: 0, removed: 0, mode: 'full' },
    });
    expect(allRows(roster)).toEqual(ROWS);
    expect(readUnit(database)).toMatchObject({ rosterVersion: 1, rosterCount: 2_500 });
    expect(centre.receipts.map(({ digest }) => digest)).toEqual([digestOf(ROWS)]);
    expect(told).toContain('roster');
    expect([...new Set(progress.map(({ phase }) => phase))]).toEqual([
      'asking',
      'downloading',
      'checking',
      'storing',
      'done',
    ]);
    const downloading = progress.filter(({ phase }) => phase === 'downloading');
    expect(downloading.map(({ rows }) => rows)).toEqual([0, 1_000, 2_000, 2_500]);
    expect(downloading.every(({ of }) => of === 2_500)).toBe(true);
    await sync.close();
  });

  it('is there after a restart, search index included', async () => {
    const first = openRoster(database, new RosterCentre(ROWS));
    await first.sync.run();
    await first.sync.close();
    database.close();
    database = openUnit(folder.path);
    const roster = new Roster(database);
    expect(allRows(roster)).toEqual(ROWS);
    const row = ROWS[1_234];
    if (!row) throw new Error('no row');
    const found = roster.query({
      text: row.idNumber,
      sort: 'name',
      descending: true,
      offset: 0,
      limit: 10,
    });
    expect(found).toMatchObject({ ok: true, value: { rows: [row], total: 1 } });
  });

  it('takes a delta, and counts what it added, changed and removed', async () => {
    const centre = new RosterCentre(ROWS);
    const { roster, sync } = openRoster(database, centre);
    await sync.run();
    const after = change(ROWS);
    centre.publish(after);
    const synced = await sync.run();
    expect(synced).toMatchObject({
      ok: true,
      value: { version: 2, mode: 'delta', count: after.length, ...differenceOf(ROWS, after) },
    });
    expect(allRows(roster)).toEqual(after);
    await sync.close();
  });

  it('notes that nothing has changed', async () => {
    const centre = new RosterCentre(ROWS);
    const { roster, sync } = openRoster(database, centre);
    await sync.run();
    const second = await sync.run();
    expect(second).toMatchObject({ ok: true, value: { mode: 'unchanged', count: 2_500 } });
    expect(allRows(roster)).toHaveLength(2_500);
    await sync.close();
  });

  it('takes an empty roster', async () => {
    const { roster, sync } = openRoster(database, new RosterCentre([]));
    expect(await sync.run()).toMatchObject({ ok: true, value: { count: 0 } });
    expect(allRows(roster)).toEqual([]);
    await sync.close();
  });

  it('removes the generation before, and nothing else', async () => {
    const centre = new RosterCentre(ROWS);
    const { roster, sync } = openRoster(database, centre);
    await sync.run();
    centre.publish(change(ROWS));
    await sync.run();
    while (generations().length > 1) await setImmediate();
    await sync.close();
    expect(generations()).toEqual([readUnit(database).rosterGeneration]);
    expect(allRows(roster)).toEqual(change(ROWS));
  });

  function generations(): number[] {
    return database.handle
      .prepare<[], number>(
        `SELECT generation FROM employee UNION SELECT generation FROM employee_person
         UNION SELECT generation FROM employee_gram UNION SELECT generation FROM employee_column`,
      )
      .pluck()
      .all();
  }
});

describe('a sync that does not', () => {
  const tampers: [string, (content: string) => string][] = [
    ['a changed character', (content) => content.replace('99010', '99011')],
    ['a missing line', (content) => content.slice(content.indexOf('\n') + 1)],
    ['a cut-off end', (content) => content.slice(0, -1)],
    ['no content', () => ''],
  ];

  it.each(tampers)('leaves the roster alone on a page with %s', async (_what, tamper) => {
    const centre = new RosterCentre(ROWS);
    const { roster, sync, progress } = openRoster(database, centre);
    centre.tamper = (tx, body) => {
      const page = body as { page: number; content: string };
      return tx === 'WL3002' && page.page === 1 ? { ...page, content: tamper(page.content) } : body;
    };
    expect(await sync.run()).toMatchObject({ ok: false, code: 'SYNC_MISMATCH' });
    expect(progress.at(-1)?.phase).toBe('failed');
    expect(readUnit(database).rosterVersion).toBe(0);
    expect(allRows(roster)).toEqual([]);
    expect(centre.receipts).toEqual([]);
    await sync.close();
  });

  it.each([
    ['digest', { digest: 'f'.repeat(64) }],
    ['count', { count: 2_499 }],
  ])('leaves it alone when the whole has another %s', async (_what, wrong) => {
    const centre = new RosterCentre(ROWS);
    const { roster, sync } = openRoster(database, centre);
    await sync.run();
    centre.publish(change(ROWS));
    centre.tamper = (tx, body) => (tx === 'WL3001' ? { ...(body as object), ...wrong } : body);
    expect(await sync.run()).toMatchObject({ ok: false, code: 'SYNC_MISMATCH' });
    expect(allRows(roster)).toEqual(ROWS);
    await sync.close();
  });

  it('leaves it alone on a page of another download, and when somebody comes twice', async () => {
    const centre = new RosterCentre(ROWS);
    const { sync } = openRoster(database, centre);
    centre.tamper = (tx, body) =>
      tx === 'WL3002'
        ? { ...(body as object), downloadId: '018f0000-0000-7000-8000-000000000000' }
        : body;
    expect(await sync.run()).toMatchObject({ ok: false, code: 'SYNC_MISMATCH' });
    await sync.close();
    const twice = openRoster(database, new RosterCentre([...ROWS, ...ROWS.slice(0, 1)]));
    expect(await twice.sync.run()).toMatchObject({ ok: false, code: 'SYNC_MISMATCH' });
    await twice.sync.close();
  });

  it('asks for all of it when a delta does not give what the centre has', async () => {
    const centre = new RosterCentre(ROWS);
    const { roster, sync } = openRoster(database, centre);
    await sync.run();
    // the roster here is no longer what the centre thinks it is
    database.handle.exec("UPDATE employee SET base = base + 100 WHERE name LIKE '王%'");
    const after = change(ROWS);
    centre.publish(after);
    centre.asked.length = 0;
    expect(await sync.run()).toMatchObject({ ok: true, value: { mode: 'full', version: 2 } });
    expect(centre.asked.filter((tx) => tx === 'WL3001')).toHaveLength(2);
    expect(allRows(roster)).toEqual(after);
    await sync.close();
  });

  it('passes on what the channel says and can be run again', async () => {
    const centre = new RosterCentre(ROWS);
    const { roster, sync } = openRoster(database, centre);
    centre.tamper = () => 'no roster';
    expect(await sync.run()).toMatchObject({ ok: false, code: 'ANSWER_UNPROVEN' });
    centre.tamper = (_tx, body) => body;
    expect(await sync.run()).toMatchObject({ ok: true });
    expect(allRows(roster)).toEqual(ROWS);
    await sync.close();
  });

  it('answers DB_FULL on a full disk, the roster before still there', async () => {
    const centre = new RosterCentre(ROWS);
    const { roster, sync } = openRoster(database, centre);
    await sync.run();
    centre.publish(change(ROWS));
    const pages = database.handle.pragma('page_count', { simple: true }) as number;
    database.handle.pragma(`max_page_count = ${pages}`);
    expect(await sync.run()).toMatchObject({ ok: false, code: 'DB_FULL' });
    expect(allRows(roster)).toEqual(ROWS);
    await sync.close();
  });

  it('runs once at a time', async () => {
    const { sync } = openRoster(database, new RosterCentre(ROWS));
    const first = sync.run();
    expect(await sync.run()).toMatchObject({ ok: false, code: 'SYNC_RUNNING' });
    expect(await first).toMatchObject({ ok: true });
    expect(sync.cancel()).toBe(false);
    await sync.close();
  });
});

describe('a cancel', () => {
  it.each(['downloading', 'checking', 'storing'] as const)(
    'while %s leaves the roster before, to the byte',
    async (phase) => {
      const centre = new RosterCentre(ROWS);
      const { roster, sync, progress } = openRoster(database, centre);
      await sync.run();
      const before = readUnit(database);
      centre.publish(makeRoster(2_500, 2));
      progress.length = 0;
      const running = sync.run();
      while (!progress.some((step) => step.phase === phase)) await setImmediate();
      expect(sync.cancel()).toBe(true);
      expect(await running).toMatchObject({ ok: false, code: 'SYNC_CANCELLED' });
      expect(progress.at(-1)?.phase).toBe('cancelled');
      expect(readUnit(database)).toEqual(before);
      expect(allRows(roster)).toEqual(ROWS);
      await sync.close();
    },
  );

  it('readers see the old roster, whole, until the new one is in', async () => {
    const centre = new RosterCentre(ROWS);
    const { roster, sync } = openRoster(database, centre);
    await sync.run();
    const after = makeRoster(2_600, 3);
    centre.publish(after);
    const running = sync.run();
    const end = { isReached: false };
    void running.then(() => {
      end.isReached = true;
    });
    const seen = new Set<string>();
    while (!end.isReached) {
      const rows = allRows(roster);
      seen.add(createHash('sha256').update(rows.map(rosterLine).join()).digest('hex'));
      await setImmediate();
    }
    expect(seen.size).toBeLessThanOrEqual(2);
    expect(allRows(roster)).toEqual(after);
    await sync.close();
  });

  it('what a killed sync left behind is gone after the next start', async () => {
    const { sync } = openRoster(database, new RosterCentre(ROWS));
    await sync.run();
    await sync.close();
    database.handle
      .exec(`INSERT INTO employee SELECT 77, personal_account, fund_type, name, id_type,
      id_number, id_key, status, base, unit_ratio, personal_ratio, unit_fen, personal_fen,
      opened_month, paid, pinyin, initials FROM employee`);
    const again = openRoster(database, new RosterCentre(ROWS));
    const count = database.handle
      .prepare<[], number>('SELECT count(*) FROM employee WHERE generation = 77')
      .pluck();
    expect(count.get()).toBe(2_500);
    while (count.get() !== 0) await setImmediate();
    expect(allRows(again.roster)).toEqual(ROWS);
    await again.sync.close();
  });
});
