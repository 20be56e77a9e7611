import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditTrail, RECENT_ROWS } from '../../../electron/data/audit/trail.ts';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import { auditTableLine } from '../../../shared/audit/table.ts';
import { succeed } from '../../../shared/errors/result.ts';
import type { AuditRow } from '../../../shared/ipc/audit.ts';
import { contextOf, makeFolder, openUnit, USER } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const START_MS = Date.parse('2026-11-01T00:00:00Z');

let folder: TemporaryFolder;
let database: OpenUnitDatabase;
let nowMs: number;
beforeEach(() => {
  folder = makeFolder();
  database = openUnit(folder.path);
  nowMs = START_MS;
});
afterEach(() => {
  database.close();
  folder.remove();
});

function record(count: number, stepMs = 1_000): void {
  const { audit } = contextOf(database, () => nowMs);
  database.write(() => {
    for (let i = 0; i < count; i += 1) {
      audit.record(i % 10 === 0 ? 'signIn' : 'draftAdded', { id: `d${i}`, fen: i });
      nowMs += stepMs;
    }
    return succeed(undefined);
  });
}

async function list(change: object = {}) {
  const page = await new AuditTrail(database).list({ text: '', offset: 0, limit: 50, ...change });
  if (!page.ok) throw new Error(page.code);
  return page.value;
}

async function check() {
  const checked = await new AuditTrail(database).check({});
  if (!checked.ok) throw new Error(checked.code);
  return checked.value;
}

/** Past the triggers, as somebody with the key and a tool would. */
function tamper(sql: string): void {
  for (const name of ['audit_is_kept', 'audit_is_fixed', 'audit_goes_on']) {
    database.handle.exec(`DROP TRIGGER ${name}`);
  }
  database.handle.exec(sql);
}

describe('操作记录', () => {
  it.each([
    ["UPDATE audit SET detail = '{}' WHERE seq = 3", /append only/],
    ['DELETE FROM audit WHERE seq = 3', /append only/],
    [
      `INSERT OR REPLACE INTO audit SELECT seq, at, user, event, '{}', prev, '${'9'.repeat(64)}'
       FROM audit WHERE seq = 5`,
      /append only|chain would break/,
    ],
    [
      `INSERT INTO audit VALUES (9, 't', 'u', 'signIn', '{}', 'x', '${'8'.repeat(64)}')`,
      /chain would break/,
    ],
  ])('takes no change: %s', (sql, message) => {
    record(5);
    expect(() => database.handle.exec(sql)).toThrow(message);
  });

  it('lists newest first, by page, day, event and text', async () => {
    record(60, DAY_MS / 20);
    const all = await list();
    expect(all.total).toBe(60);
    expect(all.rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, i) => 60 - i));
    expect((await list({ offset: 50 })).rows).toHaveLength(10);
    const from = new Date(START_MS + DAY_MS).toISOString();
    const before = new Date(START_MS + 2 * DAY_MS).toISOString();
    const day = await list({ from, before });
    expect(day.total).toBe(20);
    expect((await list({ event: 'signIn' })).total).toBe(6);
    expect((await list({ text: '"d17"' })).rows[0]?.detail).toMatchObject({ id: 'd17' });
    expect((await list({ text: USER })).total).toBe(60);
    expect((await list({ text: '%' })).total).toBe(0);
  });

  it('answers a page of 100,000 rows at once and checks them all, others being served', async () => {
    record(100_000);
    const since = performance.now();
    const page = await list({ offset: 90_000, text: 'd12' });
    expect(page.total).toBe(1_111);
    expect(performance.now() - since).toBeLessThan(2_000);
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 5);
    expect(await check()).toMatchObject({ rows: 100_000, brokenAt: null });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it.each([
    ['changed', "UPDATE audit SET detail = '{}' WHERE seq = 3", 3],
    ['cut out', 'DELETE FROM audit WHERE seq = 3', 4],
    ['the first cut out', 'DELETE FROM audit WHERE seq = 1', 2],
  ])('finds the row that was %s', async (_how, sql, brokenAt) => {
    record(6);
    tamper(sql);
    expect((await check()).brokenAt).toBe(brokenAt);
    expect(new AuditTrail(database).findRecentBreak()).toBe(brokenAt);
  });

  it('looks at the last rows alone when it is opened', async () => {
    record(RECENT_ROWS + 50);
    tamper("UPDATE audit SET user = 'x' WHERE seq = 10");
    expect(new AuditTrail(database).findRecentBreak()).toBeNull();
    expect((await check()).brokenAt).toBe(10);
    database.handle.exec(`UPDATE audit SET user = 'x' WHERE seq = ${RECENT_ROWS + 40}`);
    expect(new AuditTrail(database).findRecentBreak()).toBe(RECENT_ROWS + 40);
  });

  it('exports rows whose hashes anybody can compute anew', async () => {
    record(3);
    const answer = await new AuditTrail(database).from({ after: 0, limit: 100 });
    if (!answer.ok) throw new Error(answer.code);
    let prev = '';
    for (const row of answer.value.rows) {
      const [at, event, detail, before, hash] = lastCells(row);
      const content = JSON.stringify([row.seq, at, row.user, event, detail, prev]);
      expect(createHash('sha256').update(content).digest('hex')).toBe(hash);
      expect(before).toBe(prev);
      prev = hash ?? '';
    }
    expect(prev).toBe((await check()).lastHash);
  });
});

/** The last five cells of the row's line: as stored. */
function lastCells(row: AuditRow): string[] {
  const cells =
    auditTableLine(row)
      .trimEnd()
      .match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [];
  return cells
    .map((cell) => cell.replace(/,$/, ''))
    .map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell))
    .filter((_cell, index) => index >= 5 && index < 10);
}
