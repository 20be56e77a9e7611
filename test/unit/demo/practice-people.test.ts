import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CentreDatabase, openCentreDatabase } from '../../../electron/demo/centre/database.ts';
import { ensureFailures, ensureUnit } from '../../../electron/demo/people/seed.ts';
import {
  FROZEN_NUMBER,
  FROZEN_REASON,
  personalAccountOf,
  practiceFailures,
  practiceUnits,
} from '../../../electron/demo/people/units.ts';
import { joinRanges } from '../../../electron/demo/review/months.ts';
import { monthlyPart } from '../../../electron/demo/review/money.ts';
import { findIdFault, findNameFault, personOf } from '../../../electron/demo/review/person.ts';
import { rosterRowSchema } from '../../../shared/wire/roster.ts';

const terms = {
  minBase: 266_000,
  maxBase: 4_215_100,
  businessMonth: 202612,
  nowIso: '2026-11-25T02:00:00.000Z',
};
const folders: string[] = [];

function newBooks(): CentreDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'jct-people-'));
  folders.push(folder);
  return openCentreDatabase(folder);
}

interface Row {
  readonly personal_account: string;
  readonly fund_type: string;
  readonly name: string;
  readonly id_number: string;
  readonly id18: string;
  readonly status: string;
  readonly base: number;
  readonly unit_ratio: number;
  readonly personal_ratio: number;
  readonly unit_fen: number;
  readonly personal_fen: number;
  readonly opened_month: number;
  readonly paid: string;
}

const paidOf = (row: Row) => JSON.parse(row.paid) as [number, number][];

const rowsOf = (db: CentreDatabase, unit: string) =>
  db
    .prepare<unknown[], Row>(
      'SELECT * FROM employee WHERE unit = ? ORDER BY personal_account, fund_type',
    )
    .all(unit);

let db: CentreDatabase;
let rows: Row[];

beforeAll(() => {
  db = newBooks();
  for (const { account, people } of practiceUnits) {
    if (people <= 20_000) ensureUnit(db, account, terms);
  }
  rows = rowsOf(db, '9900020000');
});
afterAll(() => {
  db.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('people of a practice unit', () => {
  test('the same on every machine and in whatever order units are made', () => {
    const other = newBooks();
    ensureUnit(other, '9900005000', terms);
    ensureUnit(other, '9900000500', terms);
    expect(rowsOf(other, '9900000500')).toEqual(rowsOf(db, '9900000500'));
    other.close();
  });

  test('making a unit again changes nothing; an unknown one is not made', () => {
    const before = rowsOf(db, '9900000030');
    expect(ensureUnit(db, '9900000030', terms)).toBe(true);
    expect(rowsOf(db, '9900000030')).toEqual(before);
    expect(ensureUnit(db, '9900000001', terms)).toBe(false);
  });

  test('numbers are synthetic, well-formed and of one person each; accounts have twelve digits', () => {
    const main = rows.filter((row) => row.fund_type === '10');
    expect(main.length).toBe(20_000);
    expect(new Set(main.map((row) => row.id18)).size).toBe(20_000);
    for (const row of main) {
      expect(row.personal_account).toMatch(/^9900\d{8}$/);
      expect(row.id_number).toMatch(/^9901/);
      expect(findIdFault(row.id_number, '20261125')).toBeUndefined();
      expect(personOf(row.id_number)).toBe(row.id18);
      expect(findNameFault(row.name, 8)).toBeUndefined();
    }
  });

  test('amounts follow from base and ratio; bases keep to the bounds', () => {
    for (const row of rows) {
      expect(BigInt(row.unit_fen)).toBe(monthlyPart(row.base, row.unit_ratio, 'yuanHalfUp'));
      expect(BigInt(row.personal_fen)).toBe(
        monthlyPart(row.base, row.personal_ratio, 'yuanHalfUp'),
      );
      expect(row.base >= terms.minBase && row.base <= terms.maxBase).toBe(true);
    }
  });

  test('about 8 % 停缴, 15 % with fund 11, some at either bound, a few of fifteen digits', () => {
    const main = rows.filter((row) => row.fund_type === '10');
    const share = (count: number) => count / main.length;
    const sealed = share(main.filter((row) => row.status === '02').length);
    const subsidised = share(rows.length - main.length);
    expect([sealed > 0.07 && sealed < 0.09, subsidised > 0.14 && subsidised < 0.16]).toEqual([
      true,
      true,
    ]);
    for (const bound of [terms.minBase, terms.maxBase]) {
      expect(share(main.filter((row) => row.base === bound).length)).toBeGreaterThan(0.02);
    }
    expect(main.some((row) => row.id_number.length === 15)).toBe(true);
  });

  test('every unit has names of two, five and six characters, a dotted one and a rare one', () => {
    for (const unit of ['9900000030', '9900000500']) {
      const names = rowsOf(db, unit).map((row) => row.name);
      const lengths = new Set(names.map((name) => Array.from(name).length));
      expect([2, 3, 5, 6].every((length) => lengths.has(length))).toBe(true);
      expect(names).toContain('买买提·艾力');
      expect(names.some((name) => /[\u{20000}-\u{3ffff}]/u.test(name))).toBe(true);
    }
  });

  test('正常 people are paid to the month before the one now filed, 停缴 ones to an earlier month', () => {
    for (const row of rows) {
      const ranges = paidOf(row);
      expect(rosterRowSchema.shape.paid.parse(ranges)).toEqual(joinRanges(ranges));
      expect(ranges[0]?.[0]).toBeGreaterThanOrEqual(row.opened_month);
      const last = ranges.at(-1)?.[1] ?? 0;
      if (row.status === '01') expect(last).toBe(202611);
      else expect(last).toBeLessThan(202611);
    }
  });

  test('some people lack months in between; the third of every unit lacks three recent ones', () => {
    const main = rows.filter((row) => row.fund_type === '10');
    const share = main.filter((row) => paidOf(row).length > 1).length / main.length;
    expect(share > 0.04 && share < 0.12).toBe(true);
    for (const { account, block } of practiceUnits.filter(({ people }) => people <= 20_000)) {
      const third = rowsOf(db, account).find(
        (row) => row.personal_account === `9900${block}0000003`,
      );
      expect(third && paidOf(third).slice(-2)).toEqual([
        [third?.opened_month, 202606],
        [202610, 202611],
      ]);
    }
  });

  test('the two documented failures are in the books', () => {
    const { active, held } = practiceFailures;
    const found = db
      .prepare('SELECT unit, status FROM employee WHERE id18 = ? AND name = ?')
      .get(active.idNumber, active.name);
    expect(found).toEqual({ unit: '9900000030', status: '01' });
    ensureFailures(db, terms);
    const isHeld = db.prepare('SELECT reason FROM review_hold WHERE id18 = ?').pluck();
    expect(isHeld.get(held.idNumber)).toBe(held.reason);
    for (const { idNumber } of [active, held]) {
      expect(findIdFault(idNumber, '20261125')).toBeUndefined();
    }
  });

  test('the eleventh person of every unit is 正常 and fails when a batch is processed', () => {
    for (const unit of practiceUnits.filter(({ people }) => people <= 20_000)) {
      const account = personalAccountOf(unit, FROZEN_NUMBER);
      const row = rowsOf(db, unit.account).find((found) => found.personal_account === account);
      const reason = db.prepare('SELECT reason FROM review_hold WHERE id18 = ?').pluck();
      expect([row?.status, reason.get(row?.id18)]).toEqual(['01', FROZEN_REASON]);
    }
  });

  test('a person who became active elsewhere before the unit was made is 停缴 there', () => {
    const other = newBooks();
    ensureUnit(other, '9900000030', terms);
    const { id18 } = rowsOf(db, '9900000500').find((row) => row.status === '01') ?? { id18: '' };
    other
      .prepare('UPDATE employee SET id18 = ? WHERE personal_account = ?')
      .run(id18, '990010000003');
    ensureUnit(other, '9900000500', terms);
    const made = rowsOf(other, '9900000500').filter((row) => row.id18 === id18);
    expect(made.map((row) => row.status)).toContain('02');
    other.close();
  });
});
