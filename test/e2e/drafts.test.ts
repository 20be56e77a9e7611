import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { askWindow, readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { entry } from '../../renderer/text/entry.ts';
import { queue } from '../../renderer/text/queue.ts';
import { catalogue } from '../../shared/errors/catalogue.ts';
import type { RosterRow } from '../../shared/wire/roster.ts';
import { Desk } from './support/desk.ts';
import { openUnitFile } from './support/evidence.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { identityNumber } from './support/people.ts';
import { firstRows } from './support/roster.ts';

const UNIT = '9900000030';

let desk: Desk;
let clerk: Clerk;

beforeAll(async () => {
  desk = await Desk.setUp(UNIT);
  clerk = await desk.openAndSignIn();
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
});

async function edit(name: string, change: () => Promise<void>): Promise<void> {
  await clerk.queueRow(name).getByRole('checkbox').check();
  await clerk.button(queue.edit).click();
  await clerk.page.getByRole('heading', { name: entry.editing(name) }).waitFor();
  await change();
  await clerk.button(entry.save).click();
  await clerk.button(entry.enter).waitFor();
}

const reductionDrafts = async () =>
  (await readWindow(clerk.page, 'queue.list', { kind: 'reduction' })).drafts;

it('an edited entry has new amounts, its old words are on file, and the new ones are confirmed', async () => {
  const person = { name: '严文静', idNumber: identityNumber(81), base: '6000' };
  await clerk.open('registration');
  await clerk.enter(person);
  const row = clerk.queueRow(person.name);
  await row.getByText('960.00', { exact: true }).waitFor();
  await edit(person.name, () => clerk.field('base').fill('7000'));
  await row.getByText('1,120.00', { exact: true }).waitFor();

  const file = openUnitFile(desk.userFolder, UNIT);
  const before = file
    .prepare<[], { typed: string; totalFen: number }>(
      'SELECT typed, total_fen AS totalFen FROM draft_edit ORDER BY number',
    )
    .all();
  file.close();
  expect(before).toHaveLength(1);
  expect(before[0]?.totalFen).toBe(96_000);
  expect(JSON.parse(before[0]?.typed ?? '')).toMatchObject({
    ...{ name: person.name, base: '6,000.00' },
  });

  await clerk.confirm();
  expect((await clerk.waitForReceipt()).text).toContain('1,120.00');
  await clerk.leaveDialogue();
  const lines = desk.centre.ledgerOf(person.idNumber);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    ...{ unitFen: 56_000, personalFen: 56_000, content: { base: 700_000 } },
  });
});

it('drafts that a sync finds overtaken are marked, unaltered, and stay out of 确认', async () => {
  const query = { ...firstRows(30), status: '01' as const };
  const { rows } = await readWindow(clerk.page, 'roster.query', query);
  const [first, second, third, fourth] = rows.slice(15);
  if (!first || !second || !third || !fourth) throw new Error('the roster is too short');
  await clerk.open('reduction');
  for (const { personalAccount } of [first, second, third]) {
    await clerk.enterReduction({ person: personalAccount, reason: '04' });
  }
  const entered = await reductionDrafts();
  expect(entered.map(({ holds }) => holds)).toEqual([true, true, true]);
  await reduceElsewhere([first, second]);

  await desk.sync(clerk);
  await clerk.open('reduction');
  const excluded = clerk.page.getByText(queue.excluded('2 人'));
  await excluded.waitFor();
  const marked = await reductionDrafts();
  expect(marked.map(({ holds }) => holds)).toEqual([false, false, true]);
  expect(marked.map((draft) => ({ ...draft, holds: true, issues: [] }))).toEqual(
    entered.map((draft) => ({ ...draft, holds: true, issues: [] })),
  );
  expect(marked[0]?.issues.map(({ code }) => code)).toEqual(['ACCOUNT_STOPPED']);
  const reasons = clerk.page.getByRole('list', { name: queue.refusedRows });
  for (const { name } of [first, second]) {
    await reasons
      .getByRole('listitem')
      .filter({ hasText: name })
      .getByText(catalogue.ACCOUNT_STOPPED.text)
      .waitFor();
  }
  const overtaken = marked[0]?.id ?? '';
  const forced = await askWindow(clerk.page, 'orders.confirm', {
    ...{ kind: 'reduction', ids: [overtaken], waitForOpening: false },
    expected: { count: 1, fen: marked[0]?.totalFen ?? 0 },
  });
  expect(forced).toMatchObject({ ok: false, code: 'DRAFT_NOT_HOLDING' });

  await clerk.confirm();
  expect((await clerk.waitForReceipt()).text).toMatch(/1 人/);
  await clerk.leaveDialogue();
  expect(desk.centre.ledgerLinesOf(third.idNumber)).toBe(1);
  expect((await reductionDrafts()).map(({ id }) => id)).toEqual(
    marked.slice(0, 2).map(({ id }) => id),
  );

  await edit(first.name, () => clerk.field('personalAccount').fill(fourth.personalAccount));
  await clerk.queueRow(fourth.name).waitFor();
  await clerk.queueRow(fourth.name).getByRole('checkbox').setChecked(false);
  await clerk.queueRow(second.name).getByRole('checkbox').check();
  await clerk.button(queue.remove).click();
  await excluded.waitFor({ state: 'detached' });
  expect((await reductionDrafts()).map(({ id, holds, name }) => [id, holds, name])).toEqual([
    [overtaken, true, fourth.name],
  ]);
  for (const { idNumber } of [first, second]) {
    expect(desk.centre.ledgerLinesOf(idNumber)).toBe(1);
  }
});

/** The same unit's 职工减少 at another computer, to its receipt. */
async function reduceElsewhere(people: readonly RosterRow[]): Promise<void> {
  const other = desk.besides();
  try {
    const colleague = await other.openAndSignIn();
    await colleague.open('reduction');
    for (const { personalAccount } of people) {
      await colleague.enterReduction({ person: personalAccount, reason: '01' });
    }
    await colleague.confirm();
    await colleague.waitForReceipt();
  } finally {
    await other.leave();
  }
}
