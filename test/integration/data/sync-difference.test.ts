import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenUnitDatabase } from '../../../electron/data/db/unit-database.ts';
import { readUnit } from '../../../electron/data/db/unit-row.ts';
import { SyncRecords } from '../../../electron/data/roster/sync-records.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { RosterCentre } from './roster-centre.ts';
import { makeRoster } from './synthetic-roster.ts';
import { makeFolder, openRoster, openUnit } from './unit-folder.ts';
import type { TemporaryFolder } from './unit-folder.ts';

let folder: TemporaryFolder;
let database: OpenUnitDatabase;
let records: SyncRecords;
beforeEach(() => {
  folder = makeFolder();
  database = openUnit(folder.path);
  records = new SyncRecords(database);
});
afterEach(() => {
  database.close();
  folder.remove();
});

const ROWS = makeRoster(1_500);
function row(at: number): RosterRow {
  const found = ROWS[at];
  if (!found) throw new Error(`no row ${at}`);
  return found;
}

function valueOf<T>(result: Result<T> | Promise<Result<T>>): T {
  if (result instanceof Promise || !result.ok) throw new Error('no value');
  return result.value;
}

const syncs = () => valueOf(records.list({ limit: 50 })).syncs;
const changes = (number: number, change: 'added' | 'changed' | 'removed') =>
  valueOf(records.changes({ number, change, offset: 0, limit: 500 }));
const stored = () =>
  database.handle.prepare<[], number>('SELECT count(*) FROM sync_change').pluck().get();

/** Somebody new between the others, somebody gone, and four who changed. */
const [gone, newcomer] = [row(700), { ...row(9), personalAccount: '990099999999' }];
const changed: RosterRow[] = [
  { ...row(3), status: row(3).status === '01' ? '02' : '01' },
  { ...row(999), base: row(999).base + 100, unitFen: row(999).unitFen + 1 },
  { ...row(1_200), name: '改名', paid: [...row(1_200).paid, [209901, 209903]] },
  { ...row(1_499), idNumber: `${row(1_499).idNumber.slice(0, -1)}0` },
];
const keyOf = ({ personalAccount, fundType }: RosterRow) => personalAccount + fundType;
const AFTER = [
  ...ROWS.filter((each) => each !== gone).map(
    (each) => changed.find((one) => keyOf(one) === keyOf(each)) ?? each,
  ),
  newcomer,
];

describe('after a sync', () => {
  it('nobody is named where nothing stood before', async () => {
    const { sync } = openRoster(database, new RosterCentre(ROWS));
    await sync.run();
    await sync.close();
    expect(syncs()).toMatchObject([{ first: true, added: 1_500, listed: 0, drafts: 0 }]);
    expect(stored()).toBe(0);
  });

  it.each(['delta', 'full'] as const)(
    'says who is new, gone and changed in what (%s)',
    async (mode) => {
      const centre = new RosterCentre(ROWS);
      const { sync } = openRoster(database, centre);
      await sync.run();
      if (mode === 'full') database.handle.exec('UPDATE unit SET roster_version = 0');
      centre.publish(AFTER);
      expect(await sync.run()).toMatchObject({ ok: true, value: { mode } });
      // and once more without any change: nothing to list
      await sync.run();
      await sync.close();
      const [last, first] = syncs();
      expect([last, first].map((each) => each?.first)).toEqual([false, true]);
      expect(last).toMatchObject({ mode, added: 1, changed: 4, removed: 1, listed: 6 });
      const number = last?.number ?? 0;
      expect(changes(number, 'added').changes).toMatchObject([
        { personalAccount: newcomer.personalAccount, before: null, after: { name: newcomer.name } },
      ]);
      expect(changes(number, 'removed').changes).toMatchObject([
        { personalAccount: gone.personalAccount, name: gone.name, after: null },
      ]);
      const found = changes(number, 'changed');
      expect(found.total).toBe(4);
      for (const { personalAccount, fundType, before, after } of found.changes) {
        const is = ({ personalAccount: account, fundType: fund }: RosterRow) =>
          account === personalAccount && fund === fundType;
        const fieldsOf = (one: RosterRow | undefined) =>
          one && Object.fromEntries(Object.entries(one).filter(([name]) => !isKey(name)));
        expect(before).toEqual(fieldsOf(ROWS.find(is)));
        expect(after).toEqual(fieldsOf(changed.find(is)));
      }
    },
  );

  const isKey = (name: string) => name === 'personalAccount' || name === 'fundType';

  it('names the entries in the queue it is about, and no others', async () => {
    const centre = new RosterCentre(ROWS);
    const { sync } = openRoster(database, centre);
    await sync.run();
    const touched = [
      addDraft({ personalAccount: gone.personalAccount, fundType: gone.fundType }),
      addDraft({ idKey: newcomer.idNumber, fundType: newcomer.fundType, kind: 'registration' }),
    ];
    addDraft({ personalAccount: row(5).personalAccount, fundType: row(5).fundType });
    addDraft({ personalAccount: gone.personalAccount, fundType: gone.fundType, state: 'counter' });
    centre.publish(AFTER.map((each) => (each === newcomer ? { ...each, idType: '99' } : each)));
    await sync.run();
    await sync.close();
    const [last] = syncs();
    expect(last?.drafts).toBe(2);
    const { drafts } = valueOf(records.drafts({ number: last?.number ?? 0 }));
    expect(drafts.map(({ id }) => id).sort()).toEqual(touched.sort());
    expect(drafts[0]).toMatchObject({ waits: true, holds: true });
  });
});

function addDraft(draft: {
  personalAccount?: string;
  idKey?: string;
  fundType: string;
  kind?: string;
  state?: string;
}): string {
  const id = randomUUID();
  database.handle
    .prepare(
      `INSERT INTO draft (id, kind, origin, state, typed, name, id_type, id_number, id_key,
         personal_account, fund_type, base, typed_base, unit_ratio, personal_ratio, from_month,
         to_month, reason, unit_fen, personal_fen, total_fen, issues, holds, parameter_version, user,
         created_at, changed_at)
       VALUES (@id, @kind, 'single', @state, '{}', '示例', '99', '', @idKey, @personalAccount, @fundType,
         0, 0, 0, 0, 0, 0, '', 0, 0, 0, '[]', 1, 1, 'clerk01', '2026-11-20T01:00:00.000Z',
         '2026-11-20T01:00:00.000Z')`,
    )
    .run({ id, kind: 'missedBackPay', state: 'waiting', idKey: id, personalAccount: '', ...draft });
  return id;
}

describe('a sync that is cut short', () => {
  it.each(['checking', 'storing'] as const)('while %s leaves no difference', async (phase) => {
    const centre = new RosterCentre(ROWS);
    const { sync, progress } = openRoster(database, centre);
    await sync.run();
    centre.publish(AFTER);
    const { push } = progress;
    progress.push = (...steps) => {
      if (steps.some((step) => step.phase === phase)) sync.cancel();
      return push.apply(progress, steps);
    };
    expect(await sync.run()).toMatchObject({ ok: false, code: 'SYNC_CANCELLED' });
    expect(syncs()).toHaveLength(1);
    expect(readUnit(database).rosterVersion).toBe(1);
    await sync.close();
  });

  it('in its last transaction leaves neither roster nor difference, and the next one both', async () => {
    const centre = new RosterCentre(ROWS);
    const { sync } = openRoster(database, centre);
    await sync.run();
    centre.publish(AFTER);
    database.handle.exec(
      "CREATE TEMP TRIGGER cut BEFORE INSERT ON sync BEGIN SELECT RAISE(ABORT, 'cut'); END",
    );
    await expect(sync.run()).rejects.toThrow('cut');
    expect(stored()).toBe(6);
    expect(readUnit(database).rosterVersion).toBe(1);
    expect(syncs()).toHaveLength(1);
    // what was put down under the number of a sync that never came is nobody's
    expect(changes(2, 'changed').total).toBe(0);
    await sync.close();
    database.close();

    database = openUnit(folder.path);
    records = new SyncRecords(database);
    const again = openRoster(database, centre);
    expect(await again.sync.run()).toMatchObject({ ok: true, value: { changed: 4 } });
    expect(syncs()[0]).toMatchObject({ added: 1, changed: 4, removed: 1, listed: 6 });
    // what the one that was cut short left behind goes by itself
    await expect.poll(stored).toBe(6);
    await again.sync.close();
    expect(syncs()[0]).toMatchObject({ listed: 6 });
  });
});
