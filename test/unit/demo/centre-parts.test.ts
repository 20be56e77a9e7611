import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Challenges } from '../../../electron/demo/centre/challenges.ts';
import { openCentreDatabase } from '../../../electron/demo/centre/database.ts';
import { Downloads } from '../../../electron/demo/centre/downloads.ts';
import { FaultControl, strikeSchema } from '../../../electron/demo/faults.ts';
import { readOptions, UsageError } from '../../../electron/demo/options.ts';
import { ensureUnit } from '../../../electron/demo/people/seed.ts';
import { ensurePki } from '../../../electron/demo/pki.ts';
import { CHALLENGE_LIFE_MS } from '../../../shared/wire/limits.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jct-parts-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('challenges', () => {
  const unit = '9900000500';
  test('alive to the last millisecond of their minute, then not', () => {
    const challenges = new Challenges();
    const early = challenges.issue(unit, '0001', 1_000).challenge;
    const late = challenges.issue(unit, '0001', 1_000).challenge;
    expect(early).toMatch(/^[0-9a-f]{64}$/);
    expect(challenges.take(early, unit, '0001', 1_000 + CHALLENGE_LIFE_MS - 1)).toBe(true);
    expect(challenges.take(early, unit, '0001', 1_000)).toBe(false);
    expect(challenges.take(late, unit, '0001', 1_000 + CHALLENGE_LIFE_MS)).toBe(false);
  });

  test('a flood of hellos drops the oldest, not the newest', () => {
    const challenges = new Challenges();
    const first = challenges.issue(unit, '0001', 0).challenge;
    let last = '';
    for (let i = 0; i < 10_000; i += 1) last = challenges.issue(unit, '0001', 1).challenge;
    expect(challenges.take(first, unit, '0001', 2)).toBe(false);
    expect(challenges.take(last, unit, '0001', 2)).toBe(true);
  });
});

describe('roster deltas', () => {
  test('a row taken away comes as a removal; too many changes come in full', () => {
    const db = openCentreDatabase(folder);
    const unit = '9900000030';
    const terms = {
      minBase: 266_000,
      maxBase: 4_215_100,
      businessMonth: 202612,
      nowIso: '2026-11-25T02:00:00.000Z',
    };
    ensureUnit(db, unit, terms);
    const downloads = new Downloads(db);
    const asked = { unit, sid: 's', asOf: terms.nowIso };
    const gone = '990010000007';
    db.prepare('UPDATE employee SET removed = 1, version = 2 WHERE personal_account = ?').run(gone);
    const delta = downloads.begin({ ...asked, have: 1, version: 2 });
    expect([delta.mode, delta.count]).toEqual(['delta', 29]);
    expect(downloads.readPage(delta.downloadId, 's', 0)).toBe(`["-","${gone}","10"]\n`);
    const whole = downloads.begin({ ...asked, have: 0, version: 2 });
    expect(whole.digest).toBe(delta.digest);
    db.prepare('UPDATE employee SET version = 3').run();
    expect(downloads.begin({ ...asked, have: 2, version: 3 }).mode).toBe('full');
    db.close();
  });
});

describe('the books', () => {
  test('a database of a newer version is not touched', () => {
    openCentreDatabase(folder).close();
    const db = new Database(join(folder, 'centre', 'centre.db'));
    db.pragma('user_version = 99');
    db.close();
    expect(() => openCentreDatabase(folder)).toThrow(/version 99/);
  });

  test('are written through to the disk at every commit', () => {
    const db = openCentreDatabase(folder);
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    db.close();
  });
});

describe('authorities', () => {
  test('two processes that start at once end with one set', async () => {
    const [a, b] = await Promise.all([ensurePki(folder), ensurePki(folder)]);
    expect(a).toEqual(b);
    expect(await ensurePki(folder)).toEqual(a);
  });
});

describe('fault control', () => {
  test('counts per entry, re-reads its file, and lets other transactions pass', () => {
    const file = join(folder, 'faults.json');
    const control = new FaultControl(file);
    const order = Buffer.from('x{"v":1,"tx":"WL1001"}');
    expect(control.next(order)).toBeUndefined();
    const write = (...faults: object[]) => {
      writeFileSync(file, JSON.stringify({ faults }));
    };
    write({ id: 'a', tx: 'WL1001', do: 'flip', times: 2, skip: 1 });
    expect(control.next(Buffer.from('{"tx":"WL2001"}'))).toBeUndefined();
    const struck = [1, 2, 3, 4].map(() => control.next(order)?.do);
    expect(struck).toEqual([undefined, 'flip', 'flip', undefined]);
    write({ id: 'b', do: 'delayAfter', ms: 5 });
    expect(control.next(order)).toEqual({ id: 'b', do: 'delayAfter', ms: 5 });
    control.note({ id: 'b', do: 'delayAfter', tx: 'WL1001', code: '000000' });
    const lines = readFileSync(`${file}.struck`, 'utf8').trim().split('\n');
    const strikes = lines.map((line) => strikeSchema.parse(JSON.parse(line)));
    expect(strikes.map(({ id, code }) => [id, code])).toEqual([
      ['a', undefined],
      ['a', undefined],
      ['b', undefined],
      ['b', '000000'],
    ]);
    write({ id: 'c', do: 'nonsense' });
    expect(() => control.next(order)).toThrow();
  });
});

describe('options', () => {
  test('defaults are the published hours and no faults', () => {
    const options = readOptions([]);
    expect([options?.hours, options?.faults, options?.port]).toEqual(['real', null, 18_443]);
    expect(readOptions(['--help'])).toBeNull();
  });

  test.each([
    [['--review-seconds', '-1']],
    [['--now', 'noon']],
    [['--port', '65536']],
    [['--key', 'none']],
    [['stray']],
  ])('%j is refused', (args) => {
    expect(() => readOptions(args)).toThrow(UsageError);
  });
});
