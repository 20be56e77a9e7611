import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { practiceFailures } from '../../electron/demo/people/units.ts';
import { batch as words, sentBatches } from '../../renderer/text/batch.ts';
import { nextMonth, previousMonth, toMonth } from '../../shared/rules/months.ts';
import type { BusinessMonth } from '../../shared/rules/months.ts';
import type { RosterRow } from '../../shared/wire/roster.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import type { Fields } from '../fixtures/batch-files.ts';
import { BatchClerk } from './support/batch-clerk.ts';
import { fillTemplate } from './support/clerk-files.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { keepPicture } from './support/kept-picture.ts';
import { identityNumber } from './support/people.ts';
import { firstRows } from './support/roster.ts';

/** Uniform 12 %, funds 10 and 11. */
const UNIT = '9900000500';
/** Whose account is frozen, which the centre tells only as it processes a batch. */
const FROZEN_ACCOUNT = '990020000011';
const FROZEN = '个人账户已冻结';

let desk: Desk;
let clerk: Clerk;
let people: RosterRow[];
let lastMonth: BusinessMonth;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jiaocuntong-clerk-'));

beforeAll(async () => {
  desk = await Desk.setUp(UNIT);
  clerk = await desk.openAndSignIn();
  const query = { ...firstRows(500), fundType: '10' as const, status: '01' as const };
  people = (await readWindow(clerk.page, 'roster.query', query)).rows;
  const unit = await readWindow(clerk.page, 'unit.status', {});
  lastMonth = previousMonth(toMonth(unit.parameters?.businessMonth ?? 0));
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** A row of the file, with what the centre is to have of it, in fen. */
interface Expected {
  readonly cells: Fields;
  readonly person: Pick<RosterRow, 'name' | 'idNumber'>;
  readonly unitFen: number;
  readonly personalFen: number;
  /** Why the centre fails it; empty where it succeeds. */
  readonly reason: string;
}

/** Template to results for one kind. */
async function walk(kind: EntryKind, expected: readonly Expected[]): Promise<void> {
  const batches = new BatchClerk(desk, clerk, kind);
  const template = await batches.downloadTemplate(folder);
  expect(fs.statSync(template).size).toBeGreaterThan(0);
  if (kind === 'registration') await keepPicture(clerk.page, 'templates');
  const file = path.join(folder, `${kind}.xlsx`);
  const rows = expected.map(({ cells }) => cells);
  await fillTemplate(template, kind, rows, file);

  await batches.open();
  await keepPicture(clerk.page, `${kind}-1-empty`);
  const batch = await batches.bringIn(file);
  expect(batch).toMatchObject({ open: rows.length, good: rows.length, bad: 0, differing: 0 });
  await expect.poll(() => batches.rows().count()).toBe(rows.length);
  for (const [index, { cells }] of expected.entries()) {
    const shown = await batches.rows().nth(index).innerText();
    for (const text of Object.values(cells)) expect(shown).toContain(text);
  }
  await keepPicture(clerk.page, `${kind}-2-imported`);

  await batches.press(words.send);
  await clerk.dialogue().getByRole('button', { name: '是', exact: true }).waitFor();
  await keepPicture(clerk.page, `${kind}-3-question`);
  await clerk.answer('是');
  const serialNumber = await batches.waitForSuccess();
  await keepPicture(clerk.page, `${kind}-4-success`);
  await batches.seeSent();
  await batches.waitForResults(serialNumber);
  const results = await batches.readResults(serialNumber);
  await keepPicture(clerk.page, `${kind}-5-results`);
  expect(results).toHaveLength(expected.length);
  for (const [index, { person, reason }] of expected.entries()) {
    const { succeeded, failed } = sentBatches.itemState;
    expect(results[index]).toContain(person.name);
    expect(results[index]).toContain(reason === '' ? succeeded : failed);
    expect(results[index]).toContain(reason);
  }
  expect(desk.centre.orderedUnder(serialNumber)).toEqual(
    expected.map(({ person, unitFen, personalFen }) => ({
      ...{ origin: 'batch', kind, fundType: '10', name: person.name, idNumber: person.idNumber },
      ...{ unitFen, personalFen },
    })),
  );
}

function find(account: string): RosterRow {
  const found = people.find(({ personalAccount }) => personalAccount === account);
  if (!found) throw new Error(`${account} is not in the roster`);
  return found;
}

/** People nothing has been done with yet. */
function take(at: number): RosterRow {
  const one = people.filter(({ personalAccount }) => personalAccount !== FROZEN_ACCOUNT)[at];
  if (!one) throw new Error('the roster is too short');
  return one;
}

const named = ({ personalAccount, name }: RosterRow): Fields => ({
  ...{ fundType: '10', personalAccount, name },
});

it('批量职工登记: from the template to the results', async () => {
  const newcomer = (cells: Fields, unitFen: number, reason = ''): Expected => ({
    cells,
    person: { name: cells.name ?? '', idNumber: cells.idNumber ?? '' },
    ...{ unitFen, personalFen: unitFen, reason },
  });
  const amounts = { unitMonthly: '960.00', personalMonthly: '960.00', monthlyTotal: '1920.00' };
  const { name, idNumber, reason } = practiceFailures.held;
  await walk('registration', [
    newcomer(
      { name: '郑思齐', idNumber: identityNumber(41), base: '8000', ratio: '12', ...amounts },
      960_00,
    ),
    // below the lower bound of 2,660 yuan, which is what counts
    newcomer({ name: '买买提·艾力', idNumber: identityNumber(42), base: '2000' }, 319_00),
    newcomer({ name, idNumber, base: '6000.50', ratio: '12' }, 720_00, reason),
  ]);
});

it('批量职工减少: from the template to the results', async () => {
  const leaver = (row: RosterRow, reason = ''): Expected => ({
    cells: { ...named(row), idNumber: row.idNumber, reason: '04' },
    person: row,
    ...{ unitFen: row.unitFen, personalFen: row.personalFen, reason },
  });
  await walk('reduction', [
    leaver(take(20)),
    leaver(find(FROZEN_ACCOUNT), FROZEN),
    leaver(take(21)),
  ]);
});

it('批量漏缴补缴: from the template to the results', async () => {
  const lacking = (row: RosterRow, reason = ''): Expected => {
    const before = row.paid[0]?.[1];
    if (before === undefined) throw new Error(`${row.personalAccount} has never paid`);
    const month = String(nextMonth(toMonth(before)));
    return {
      cells: { ...named(row), from: month, to: month, base: '8000', ratio: '12' },
      person: row,
      ...{ unitFen: 960_00, personalFen: 960_00, reason },
    };
  };
  const missed = people.find(({ paid }) => paid.length > 1);
  if (!missed) throw new Error('nobody in the roster lacks a month');
  await walk('missedBackPay', [lacking(missed), lacking(find(FROZEN_ACCOUNT), FROZEN)]);
});

it('批量少缴补缴: from the template to the results', async () => {
  const from = previousMonth(lastMonth);
  const short = (row: RosterRow, reason = ''): Expected => ({
    cells: {
      ...named(row),
      ...{ from: `${from}`, to: `${lastMonth}` },
      ...{ paidBase: '5000', paidRatio: '12', dueBase: '8000', dueRatio: '12' },
    },
    person: row,
    // (8,000 − 5,000) × 12 % for two months
    ...{ unitFen: 720_00, personalFen: 720_00, reason },
  });
  await walk('shortfallBackPay', [short(take(40)), short(find(FROZEN_ACCOUNT), FROZEN)]);
});
