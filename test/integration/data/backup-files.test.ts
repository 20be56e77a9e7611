import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEndMark } from '../../../electron/data/backup/end-mark.ts';
import { listBackups } from '../../../electron/data/backup/folder.ts';
import { tablePlan } from '../../../electron/data/backup/merge-tables.ts';
import { openBackup, readOwnMark } from '../../../electron/data/backup/source.ts';
import { takeBackup } from '../../../electron/data/backup/take.ts';
import { connect } from '../../../electron/data/db/connection.ts';
import { databaseFileOf, openUnitDatabase } from '../../../electron/data/db/open.ts';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import { metaKeys } from '../../../electron/data/ports.ts';
import { succeed } from '../../../shared/errors/result.ts';
import { contextOf, KEY, makeFolder, openUnit, UNIT } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

const AT = '2026-11-25T02:00:00.000Z';
const killed = fileURLToPath(new URL('./backup-forever.ts', import.meta.url));

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

const backups = () => join(folder.path, 'backups');
const files = () => (existsSync(backups()) ? readdirSync(backups()) : []);

function job(more: Partial<Parameters<typeof takeBackup>[0]> = {}) {
  return {
    ...{ source: database.handle, unitAccount: UNIT, key: KEY, folder: backups(), at: AT },
    ...{ reason: 'manual' as const, programVersion: '0.1.0' },
    ...more,
  };
}

function take(more?: Partial<Parameters<typeof takeBackup>[0]>): string {
  const taken = takeBackup(job(more));
  if (!taken.ok) throw new Error(`${taken.code}: ${taken.detail}`);
  return join(more?.folder ?? backups(), taken.value.name);
}

function openAgain(file: string, key = KEY) {
  const toOpen = { file, unitAccount: UNIT, workFolder: folder.path };
  const mark = readOwnMark(toOpen);
  if (!mark.ok) return mark.code;
  const opened = openBackup(toOpen, mark.value, key);
  if (!opened.ok) return opened.code;
  opened.value.close();
  return 'opened';
}

function write(key: string, value = 'x'): void {
  const written = database.write(() => {
    database.meta.set(key, value);
    return succeed(undefined);
  });
  if (!written.ok) throw new Error(written.code);
}

function record(count: number): void {
  const { audit } = contextOf(database);
  for (let i = 0; i < count; i += 1) {
    database.write(() => {
      audit.record('sync', { i });
      return succeed(undefined);
    });
  }
}

describe('a backup', () => {
  it('is whole, encrypted, and says what is in it to whoever has no key', () => {
    record(3);
    write('test', '示例姓名-PLAINTEXT-MARKER');
    const file = take();
    expect(openAgain(file)).toBe('opened');
    const mark = readEndMark(file);
    if (!mark.ok) throw new Error(mark.detail);
    expect(mark.value).toMatchObject({ unitAccount: UNIT, at: AT, auditSeq: 3, flaw: '' });
    expect(readFileSync(file).includes('PLAINTEXT-MARKER')).toBe(false);
    const copy = connect({ file, key: KEY, readonly: true });
    expect(copy.prepare("SELECT value FROM meta WHERE key = 'test'").pluck().get()).toBe(
      '示例姓名-PLAINTEXT-MARKER',
    );
    copy.close();
  });

  it('holds what was committed, with the log not yet folded in', () => {
    write('late');
    expect(existsSync(`${databaseFileOf(folder.path, UNIT)}-wal`)).toBe(true);
    const file = take();
    const copy = connect({ file, key: KEY, readonly: true });
    expect(copy.prepare("SELECT value FROM meta WHERE key = 'late'").pluck().get()).toBe('x');
    copy.close();
  });

  it('is not taken for whole when it is cut, lacks its mark, or a bit of a page is turned', () => {
    const file = take();
    const whole = readFileSync(file);
    const damage = (change: (broken: string) => void) => {
      const broken = `${file}.broken`;
      writeFileSync(broken, whole);
      change(broken);
      return openAgain(broken);
    };
    expect(damage(() => undefined)).toBe('opened');
    for (const size of [0, 5, whole.length - 1, whole.length - 9, whole.length / 2]) {
      expect(
        damage((broken) => {
          truncateSync(broken, Math.floor(size));
        }),
      ).toBe('BACKUP_UNREADABLE');
    }
    expect(
      damage((broken) => {
        appendFileSync(broken, 'x');
      }),
    ).toBe('BACKUP_UNREADABLE');
    for (let at = 100; at < whole.length; at += Math.floor(whole.length / 12)) {
      const turned = damage((broken) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        writeFileSync(broken, bytes);
      });
      expect(turned, `bit at ${at}`).not.toBe('opened');
    }
    expect(
      damage((broken) => {
        writeFileSync(broken, 'something else');
      }),
    ).toBe('BACKUP_UNREADABLE');
    expect(openAgain(join(backups(), 'not there'))).toBe('BACKUP_UNREADABLE');
  });

  it('is refused with another key, for another unit, and from a newer program', () => {
    const file = take();
    expect(openAgain(file, 'f'.repeat(64))).toBe('BACKUP_UNREADABLE');
    const other = readOwnMark({ file, unitAccount: '9900000002', workFolder: folder.path });
    expect(other.ok ? '' : other.code).toBe('BACKUP_OTHER_UNIT');
    database.handle.pragma('user_version = 99');
    const newer = take({ at: '2026-11-25T03:00:00.000Z' });
    expect(openAgain(newer)).toBe('BACKUP_NEWER');
    database.handle.pragma('user_version = 2');
  });

  it('of a file whose audit was tampered with is made, and says so', () => {
    record(4);
    database.handle.exec('DROP TRIGGER audit_is_fixed');
    database.handle.exec("UPDATE audit SET detail = '{}' WHERE seq = 2");
    const mark = readEndMark(take());
    expect(mark.ok && mark.value.flaw).toBe('audit 2');
  });

  it('leaves nothing of the working copy beside the database', () => {
    openAgain(take());
    expect(readdirSync(folder.path).filter((name) => name.includes('restoring'))).toEqual([]);
  });
});

describe('what goes wrong while backing up', () => {
  it('a full disk is told as such, leaves no half file, and the older backup stays', () => {
    const small = join(folder.path, 'small');
    mkdirSync(small);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', small], { stdio: 'pipe' });
    } catch (error) {
      console.log(`skipped: no small file system can be mounted here (${String(error)})`);
      return;
    }
    try {
      const first = take({ folder: small });
      write('much', 'x'.repeat(300_000));
      const full = takeBackup(job({ folder: small, at: '2026-11-25T03:00:00.000Z' }));
      expect(full.ok ? '' : full.code).toBe('BACKUP_NO_SPACE');
      expect(readdirSync(small)).toHaveLength(1);
      expect(openAgain(first)).toBe('opened');
    } finally {
      execFileSync('umount', [small]);
    }
  });

  it('a folder that cannot be written is a failed backup', () => {
    writeFileSync(backups(), 'in the way');
    const taken = takeBackup(job());
    expect(taken.ok ? '' : taken.code).toBe('BACKUP_FAILED');
  });

  it('a file with damaged pages is told as damaged, and looked at whole at the next start', () => {
    // of a table that the program does not read at its start
    database.handle.exec("INSERT INTO parameters VALUES (1, hex(zeroblob(100000)), 't')");
    database.close();
    const file = databaseFileOf(folder.path, UNIT);
    const bytes = readFileSync(file);
    // in the middle of the long value
    const at = bytes.length - 120_000;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    // closed in order, so it is believed
    database = openUnit(folder.path);
    const taken = takeBackup(job());
    expect(taken.ok ? '' : taken.code).toBe('DB_DAMAGED');
    write('backup.failed', JSON.stringify({ code: 'DB_DAMAGED', at: AT }));
    database.close();
    const again = openUnitDatabase({
      ...{ folder: folder.path, unitAccount: UNIT, databaseKey: KEY, clientVersion: '0.0.0' },
    });
    expect(again.ok ? '' : again.code).toBe('DB_DAMAGED');
    folder.remove();
    database = openUnit(folder.path);
  });

  it('killed half-way, again and again, leaves only whole backups and a sound file', async () => {
    write('much', 'x'.repeat(500_000));
    database.close();
    for (let round = 0; round < 8; round += 1) {
      const child = fork(killed, [folder.path, UNIT, KEY], { stdio: 'inherit' });
      await once(child, 'message');
      await new Promise((resolve) => setTimeout(resolve, 15 + round * 11));
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    database = openUnit(folder.path);
    const { kept, unreadable } = listBackups(backups(), UNIT);
    expect(unreadable).toBe(0);
    expect(kept.length).toBeGreaterThan(0);
    for (const { file } of kept) expect(openAgain(file)).toBe('opened');
    take({ at: '2027-01-01T00:00:00.000Z' });
    expect(files().filter((name) => name.includes('.part'))).toEqual([]);
  });
});

describe('at the first start of another version', () => {
  const openAs = (clientVersion: string) => {
    const opened = openUnitDatabase({
      ...{ folder: folder.path, unitAccount: UNIT, databaseKey: KEY, clientVersion },
    });
    if (!opened.ok) throw new Error(opened.detail);
    opened.value.close();
  };

  it('a used file is copied first, once; one nobody has signed in to is not', () => {
    database.close();
    openAs('0.1.0');
    openAs('0.2.0');
    expect(files()).toEqual([]);
    database = openUnit(folder.path);
    write(metaKeys.firstSignIn, AT);
    database.close();
    openAs('0.3.0');
    openAs('0.3.0');
    const { kept } = listBackups(backups(), UNIT);
    expect(kept.map(({ mark }) => [mark.reason, mark.programVersion])).toContainEqual([
      'update',
      '0.3.0',
    ]);
    database = openUnit(folder.path);
  });

  it('a backup that fails does not keep anybody from working, and is told', () => {
    write(metaKeys.firstSignIn, AT);
    writeFileSync(backups(), 'in the way');
    database.close();
    openAs('0.9.0');
    database = openUnit(folder.path);
    expect(JSON.parse(database.meta.get('backup.failed') ?? '{}')).toMatchObject({
      code: 'BACKUP_FAILED',
    });
  });
});

it('every table of the schema has its place in the plan of a restore', () => {
  const tables = database.handle
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all()
    .filter((name) => !name.startsWith('sqlite_'));
  expect(Object.keys(tablePlan).sort()).toEqual(tables);
});

it('a copy under another name is listed, another unit and strangers are not', () => {
  const file = take();
  copyFileSync(file, join(backups(), `我的备份-${UNIT}.jctbak`));
  writeFileSync(join(backups(), `jiaocuntong-${UNIT}-x.jctbak`), 'x');
  writeFileSync(join(backups(), 'notes.txt'), 'x');
  const { kept, unreadable } = listBackups(backups(), UNIT);
  expect([kept.length, unreadable]).toEqual([2, 1]);
  expect(listBackups(backups(), '9900000009').kept).toEqual([]);
});
