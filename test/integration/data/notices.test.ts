import { afterEach, beforeEach, expect, it } from 'vitest';
import { addNoticeMarks } from '../../../electron/data/db/migrations/0008-notice-marks.ts';
import { migrations } from '../../../electron/data/db/migrations/list.ts';
import { openUnitDatabase } from '../../../electron/data/db/open.ts';
import { NoticeMarks } from '../../../electron/data/notices/marks.ts';
import type { UnitContext } from '../../../electron/data/ports.ts';
import { KEY, makeFolder, openUnit, UNIT } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => {
  folder.remove();
});

const AT = '2026-11-17T02:20:00.000Z';

function marksOf(database: ReturnType<typeof openUnit>) {
  const changes: string[][] = [];
  const context = {
    database,
    clock: { offsetMs: 0, nowMs: () => Date.parse(AT), now: () => AT, measure: () => undefined },
    changed: (...what: string[]) => {
      changes.push(what);
    },
  };
  return { marks: new NoticeMarks(context as unknown as UnitContext), changes };
}

it('a notice is read once, also after the program was closed; only the first time is told', () => {
  let database = openUnit(folder.path);
  const { marks, changes } = marksOf(database);
  expect(marks.list({})).toEqual({ ok: true, value: { marks: [] } });
  expect(marks.mark({ ids: ['a', 'b'] })).toEqual({ ok: true, value: {} });
  expect(marks.mark({ ids: ['a'] })).toEqual({ ok: true, value: {} });
  expect(changes).toEqual([['status']]);
  database.close();

  database = openUnit(folder.path);
  expect(marksOf(database).marks.list({})).toEqual({
    ok: true,
    value: {
      marks: [
        { id: 'a', at: AT },
        { id: 'b', at: AT },
      ],
    },
  });
  database.close();
});

it('a file of the version before gets the table, with its rows as they were', () => {
  const opened = openUnitDatabase({
    folder: folder.path,
    unitAccount: UNIT,
    databaseKey: KEY,
    clientVersion: '0.0.0',
    migrations: migrations.slice(0, migrations.indexOf(addNoticeMarks)),
  });
  if (!opened.ok) throw new Error(opened.detail);
  opened.value.handle.exec("UPDATE unit SET unit_name = '示例科技有限公司'");
  opened.value.close();

  const database = openUnit(folder.path);
  expect(database.handle.prepare('SELECT unit_name FROM unit').pluck().get()).toBe(
    '示例科技有限公司',
  );
  const { marks } = marksOf(database);
  expect(marks.mark({ ids: ['welcome'] })).toEqual({ ok: true, value: {} });
  database.close();
});
