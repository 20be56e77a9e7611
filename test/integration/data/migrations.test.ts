import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../electron/data/db/connection.ts';
import { openUnitDatabase } from '../../../electron/data/db/open.ts';
import { migrations } from '../../../electron/data/db/migrations/list.ts';
import type { Migration } from '../../../electron/data/db/migrations/list.ts';
import { KEY, makeFolder, openUnit, UNIT } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => {
  folder.remove();
});

const addNote: Migration = (database) => {
  database.exec("ALTER TABLE unit ADD COLUMN note TEXT NOT NULL DEFAULT 'none'");
};

function openWith(list: readonly Migration[]) {
  return openUnitDatabase({
    folder: folder.path,
    unitAccount: UNIT,
    databaseKey: KEY,
    clientVersion: '0.0.0',
    migrations: list,
    now: () => '2026-11-25T02:00:00.000Z',
  });
}

const backupFolder = () => join(folder.path, 'backups');
const backups = () => (existsSync(backupFolder()) ? readdirSync(backupFolder()) : []);

describe('the list of migrations', () => {
  it.each(migrations.map((_, index) => String(index + 1).padStart(4, '0')))(
    'is frozen: what the list makes up to %s is this, to the letter',
    async (number) => {
      const opened = openWith(migrations.slice(0, Number(number)));
      if (!opened.ok) throw new Error(opened.detail);
      const schema = opened.value.handle
        .prepare<[], string>(
          "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name",
        )
        .pluck()
        .all();
      opened.value.close();
      await expect(`${schema.join('\n\n')}\n`).toMatchFileSnapshot(`./schema-${number}.sql`);
    },
  );

  it('makes STRICT tables only', () => {
    const database = openUnit(folder.path);
    const tables = database.handle.pragma('table_list') as { name: string; strict: number }[];
    const loose = tables.filter(({ name, strict }) => !name.startsWith('sqlite_') && strict === 0);
    expect(loose).toEqual([]);
    expect(tables.length).toBeGreaterThan(10);
    database.close();
  });
});

describe('a file of the version before', () => {
  beforeEach(() => {
    const database = openUnit(folder.path);
    database.handle.exec("UPDATE unit SET unit_name = '示例科技有限公司'");
    database.close();
  });

  it('is brought up with its rows, after a backup that opens and is whole', () => {
    const opened = openWith([...migrations, addNote]);
    if (!opened.ok) throw new Error(opened.detail);
    const { handle } = opened.value;
    expect(handle.prepare('SELECT unit_name, note FROM unit').get()).toEqual({
      unit_name: '示例科技有限公司',
      note: 'none',
    });
    expect(handle.pragma('user_version', { simple: true })).toBe(migrations.length + 1);
    opened.value.close();
    expect(backups()).toEqual([`jiaocuntong-${UNIT}-20261125-100000-000.jctbak`]);
    const backup = connect({
      file: join(backupFolder(), backups()[0] ?? ''),
      key: KEY,
      readonly: true,
    });
    expect(backup.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(backup.prepare('SELECT unit_name FROM unit').pluck().get()).toBe('示例科技有限公司');
    backup.close();
  });

  it.each<[string, Migration]>([
    [
      'throws half way',
      (database) => {
        addNote(database);
        throw new Error('half way');
      },
    ],
    [
      'leaves a reference to nothing',
      (database) => {
        database.exec(`CREATE TABLE child (oid TEXT REFERENCES orders (oid)) STRICT;
          INSERT INTO child VALUES ('nowhere')`);
      },
    ],
  ])('stays as it was when a migration %s', (_name, broken) => {
    const opened = openWith([...migrations, broken]);
    expect(opened.ok ? 'opened' : opened.code).toBe('DB_MIGRATION_FAILED');
    expect(backups()).toHaveLength(1);
    const database = openUnit(folder.path);
    const columns = database.handle.prepare('SELECT * FROM unit').get() as object;
    expect(columns).not.toHaveProperty('note');
    expect(columns).toHaveProperty('unit_name', '示例科技有限公司');
    const child = database.handle
      .prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'child'")
      .pluck();
    expect(child.get()).toBe(0);
    database.close();
  });

  it('is not changed at all when no backup can be written', () => {
    let ran = false;
    writeFileSync(backupFolder(), 'in the way');
    const opened = openWith([
      ...migrations,
      () => {
        ran = true;
      },
    ]);
    expect(opened.ok ? 'opened' : opened.code).toBe('DB_MIGRATION_FAILED');
    expect(ran).toBe(false);
  });

  it('is opened as it is when there is nothing to do', () => {
    const opened = openWith(migrations);
    expect(opened.ok).toBe(true);
    if (opened.ok) opened.value.close();
    expect(backups()).toEqual([]);
  });
});
