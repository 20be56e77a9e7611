import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../electron/data/db/connection.ts';
import { databaseFileOf, openUnitDatabase } from '../../../electron/data/db/open.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import { KEY, makeFolder, openUnit, UNIT } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

let folder: TemporaryFolder;
let file: string;
beforeEach(() => {
  folder = makeFolder();
  file = databaseFileOf(folder.path, UNIT);
});
afterEach(() => {
  folder.remove();
});

const options = (more: object = {}) => ({
  folder: folder.path,
  unitAccount: UNIT,
  databaseKey: KEY,
  clientVersion: '0.0.0',
  ...more,
});

/** Every file in the folder with its content's hash; SQLite's shared memory holds no data. */
function fingerprint(): Record<string, string> {
  const names = readdirSync(folder.path).filter((name) => !name.endsWith('-shm'));
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder.path, name)))
        .digest('hex'),
    ]),
  );
}

function codeOf(more: object = {}): string {
  const opened = openUnitDatabase(options(more));
  if (!opened.ok) return opened.code;
  opened.value.close();
  return 'opened';
}

/** Leaves a log behind, as a process that was killed does. */
function leaveLog(change: string): void {
  const database = openUnit(folder.path);
  database.handle.exec(change);
  copyFileSync(file, `${file}.kept`);
  copyFileSync(`${file}-wal`, `${file}.kept-wal`);
  database.close();
  copyFileSync(`${file}.kept`, file);
  copyFileSync(`${file}.kept-wal`, `${file}-wal`);
}

describe('a new file', () => {
  it('has the settings that keep an answered entry, read back from SQLite', () => {
    const database = openUnit(folder.path);
    const read = (name: string): unknown => database.handle.pragma(name, { simple: true });
    expect(read('journal_mode')).toBe('wal');
    expect(read('synchronous')).toBe(2);
    expect(read('foreign_keys')).toBe(1);
    expect(read('recursive_triggers')).toBe(1);
    expect(read('temp_store')).toBe(2);
    expect(read('busy_timeout')).toBe(5_000);
    expect(read('cipher')).toBe('sqlcipher');
    database.close();
  });

  it('holds no plain text, neither in the file nor in its log', () => {
    const database = openUnit(folder.path);
    database.write(() => {
      database.meta.set('test', '示例姓名-PLAINTEXT-MARKER');
      return succeed(undefined);
    });
    const seen = Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)]);
    expect(seen.includes('PLAINTEXT-MARKER')).toBe(false);
    expect(seen.includes('CREATE TABLE')).toBe(false);
    expect(seen.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
    database.close();
    expect(readFileSync(file).includes('PLAINTEXT-MARKER')).toBe(false);
  });

  it('is one file once closed', () => {
    openUnit(folder.path).close();
    expect(readdirSync(folder.path)).toEqual([`${UNIT}.db`]);
  });

  it('is made again where its making was cut short', () => {
    writeFileSync(file, '');
    expect(codeOf()).toBe('opened');
    expect(codeOf()).toBe('opened');
  });
});

describe('a file whose making was cut off by a power cut', () => {
  it('is made anew: half a first page and its journal', () => {
    const maker = connect({ file, key: KEY });
    maker.pragma('cache_size = 1');
    maker.exec('BEGIN; CREATE TABLE half (text TEXT)');
    const insert = maker.prepare('INSERT INTO half VALUES (?)');
    for (let row = 0; row < 400; row += 1) insert.run('x'.repeat(1_000));
    // as the disk has it in the middle of the first transaction
    const cut = makeFolder();
    const cutFile = databaseFileOf(cut.path, UNIT);
    for (const end of ['', '-journal']) copyFileSync(`${file}${end}`, `${cutFile}${end}`);
    maker.close();
    expect(statSync(cutFile).size).toBeGreaterThan(0);
    const opened = openUnitDatabase({ ...options(), folder: cut.path });
    expect(opened.ok).toBe(true);
    if (opened.ok) opened.value.close();
    expect(existsSync(`${cutFile}-journal`)).toBe(false);
    cut.remove();
  });
});

describe('a file that is refused is not touched', () => {
  it.each([
    [
      'after a clean end',
      () => {
        const database = openUnit(folder.path);
        database.handle.pragma('user_version = 99');
        database.close();
      },
    ],
    [
      'with a log left behind',
      () => {
        leaveLog('PRAGMA user_version = 99');
      },
    ],
  ])('DB_NEWER for one that a newer program made, %s', (_name, prepare) => {
    prepare();
    const before = fingerprint();
    expect(codeOf()).toBe('DB_NEWER');
    expect(fingerprint()).toEqual(before);
  });

  it('DB_DAMAGED for a wrong key', () => {
    openUnit(folder.path).close();
    const before = fingerprint();
    expect(codeOf({ databaseKey: 'f'.repeat(64) })).toBe('DB_DAMAGED');
    expect(fingerprint()).toEqual(before);
    expect(codeOf()).toBe('opened');
  });

  it('DB_DAMAGED for something else, and for another database with the same key', () => {
    writeFileSync(file, 'not a database, but long enough to be taken for one'.repeat(100));
    expect(codeOf()).toBe('DB_DAMAGED');
    folder.remove();
    folder = makeFolder();
    file = databaseFileOf(folder.path, UNIT);
    const other = connect({ file, key: KEY });
    other.exec('CREATE TABLE something (x)');
    other.close();
    const before = fingerprint();
    expect(codeOf()).toBe('DB_DAMAGED');
    expect(fingerprint()).toEqual(before);
  });

  it('DB_DAMAGED for one flipped bit on the first page, or on any page after a crash', () => {
    openUnit(folder.path).close();
    const sound = readFileSync(file);
    flipBit(1_000);
    expect(codeOf()).toBe('DB_DAMAGED');
    writeFileSync(file, sound);
    leaveLog("INSERT INTO meta (key, value) VALUES ('a', 'b')");
    flipBit(sound.length - 5_000);
    expect(codeOf()).toBe('DB_DAMAGED');
  });

  it('DB_NOT_WRITABLE for a write that the file refuses; what is there can be read, and written later', () => {
    const database = openUnit(folder.path);
    const write = () =>
      database.write(() => {
        database.meta.set('test.word', '示例');
        return succeed(undefined);
      });
    database.handle.pragma('query_only = ON');
    expect(write()).toMatchObject({ ok: false, code: 'DB_NOT_WRITABLE' });
    expect(database.meta.get('test.word')).toBeUndefined();
    database.handle.pragma('query_only = OFF');
    expect(write()).toMatchObject({ ok: true });
    expect(database.meta.get('test.word')).toBe('示例');
    database.close();
  });

  it('DB_UNIT_MISMATCH for another unit', () => {
    openUnit(folder.path).close();
    copyFileSync(file, databaseFileOf(folder.path, '9900000002'));
    const before = fingerprint();
    expect(codeOf({ unitAccount: '9900000002' })).toBe('DB_UNIT_MISMATCH');
    expect(fingerprint()).toEqual(before);
  });

  function flipBit(at: number): void {
    const bytes = readFileSync(file);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  }
});

describe('writing', () => {
  it('keeps a log left by a killed process', () => {
    leaveLog("INSERT INTO meta (key, value) VALUES ('kept', 'yes')");
    expect(existsSync(`${file}-wal`)).toBe(true);
    const database = openUnit(folder.path);
    expect(database.meta.get('kept')).toBe('yes');
    database.close();
  });

  it('takes back everything when the work fails or throws, inside another write too', () => {
    const database = openUnit(folder.path);
    const set = (key: string) => {
      database.meta.set(key, 'x');
    };
    const failed = database.write(() => {
      set('a');
      return fail('NO_RECORD');
    });
    expect(failed).toEqual(fail('NO_RECORD'));
    expect(() =>
      database.write(() => {
        set('b');
        throw new Error('a bug');
      }),
    ).toThrow('a bug');
    database.write(() => {
      set('c');
      database.write(() => {
        set('d');
        return fail('NO_RECORD');
      });
      return succeed(undefined);
    });
    expect(['a', 'b', 'c', 'd'].map((key) => database.meta.get(key))).toEqual([
      undefined,
      undefined,
      'x',
      undefined,
    ]);
    database.close();
  });

  it('answers DB_FULL on a full disk and keeps what was there', () => {
    const database = openUnit(folder.path);
    const pages = database.handle.pragma('page_count', { simple: true }) as number;
    database.handle.pragma(`max_page_count = ${pages + 4}`);
    const fill = (key: string, bytes: number) =>
      database.write(() => {
        database.meta.set(key, 'x'.repeat(bytes));
        return succeed(undefined);
      });
    expect(fill('fits', 1_000).ok).toBe(true);
    const full = database.write(() => fill('does not', 1_000_000));
    expect(full.ok ? '' : full.code).toBe('DB_FULL');
    expect(database.meta.get('fits')).toHaveLength(1_000);
    expect(database.meta.get('does not')).toBeUndefined();
    expect(fill('fits too', 100).ok).toBe(true);
    database.close();
  });
});
