import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EntryTyped } from '../../../shared/rules/entry.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { submitTransactions } from '../../../shared/wire/orders.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { Books } from './books.ts';
import { Clerk, makePerson, makeUnitKey, signWith, type UnitKey, valueOf } from './clerk.ts';
import { DemoCentre } from './demo-centre.ts';

/** Months before the business month that nobody of the practice unit is paid for at 5,000 yuan. */
const SHORT_MONTH = '202608';

let root: string;
let centre: DemoCentre;
let key: UnitKey;
let clerk: Clerk;
let books: Books;
let folder: string;
let people: RosterRow[];
let clerks = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'each-kind-'));
  centre = await DemoCentre.prepare(join(root, 'practice'));
  key = await makeUnitKey(centre.folder);
  await centre.start('2026-11-24T10:00:00+08:00');
});
afterAll(async () => {
  await centre.stop();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(async () => {
  centre.strike();
  clerks += 1;
  folder = join(root, `clerk-${clerks}`);
  clerk = new Clerk(folder, centre.gateway, key);
  books = new Books(folder);
  await clerk.openAndSignIn();
  await clerk.sync();
  people = await clerk.people();
});
afterEach(async () => {
  await clerk.close();
});

/** Someone no earlier test has touched. */
function takePerson(): RosterRow {
  const found = people.find((row) => !taken.has(row.personalAccount));
  if (!found) throw new Error('nobody is left');
  taken.add(found.personalAccount);
  return found;
}
const taken = new Set<string>();

async function typedOf(kind: EntryKind): Promise<EntryTyped> {
  switch (kind) {
    case 'registration':
      return makePerson();
    case 'reduction': {
      const { personalAccount } = takePerson();
      return { kind, fundType: '10', personalAccount, reason: '02' };
    }
    case 'missedBackPay': {
      const { personalAccount } = takePerson();
      centre.setPaid(personalAccount, [
        [202507, 202605],
        [202609, 202610],
      ]);
      await clerk.sync();
      // three months over the change of the bounds on 1 July
      const months = { from: '202606', to: '202608' };
      return { kind, fundType: '10', personalAccount, ...months, base: '8000', ratio: '12' };
    }
    case 'shortfallBackPay': {
      const { personalAccount } = takePerson();
      const months = { from: SHORT_MONTH, to: '202610' };
      const wages = { paidBase: '5000', dueBase: '8000.00', paidRatio: '8', dueRatio: '8' };
      return { kind, fundType: '10', personalAccount, ...months, ...wages };
    }
  }
}

describe.each(['registration', 'reduction', 'missedBackPay', 'shortfallBackPay'] as const)(
  '%s',
  (kind) => {
    test('is confirmed once: one signature, its own transaction, one line in the ledger', async () => {
      const draft = await clerk.enterPerson(await typedOf(kind));
      expect(draft).toMatchObject({ kind, holds: true, orderId: null });
      expect(draft.totalFen).toBeGreaterThan(0);
      const right = signWith(key);
      let signatures = 0;
      clerk.keySign = (toBeSigned) => {
        signatures += 1;
        return right(toBeSigned);
      };
      const order = valueOf(await clerk.confirm([draft]));
      expect(signatures).toBe(1);
      const isImmediate = kind !== 'registration';
      expect(order).toMatchObject({
        kind,
        state: 'applied',
        opensAt: null,
        count: 1,
        fen: draft.totalFen,
        acceptedCount: 1,
        acceptedFen: draft.totalFen,
        // effective at once (manual 七 to 九), a registration is reviewed first
        succeeded: isImmediate ? 1 : 0,
        pending: isImmediate ? 0 : 1,
      });
      const { line, items } = centre.readLedger(order.oid);
      expect(line).toEqual({
        kind,
        origin: 'single',
        businessMonth: 202612,
        count: 1,
        fen: draft.totalFen,
        serialNumber: order.serialNumber,
      });
      const { fundType, name, idNumber, unitFen, personalFen } = draft;
      expect(items).toEqual([
        expect.objectContaining({ seq: 1, fundType, name, idNumber, unitFen, personalFen }),
      ]);
      const [item] = await clerk.items(order.oid);
      expect(item).toMatchObject({
        ...{ fundType, name, idNumber, unitFen, personalFen, totalFen: draft.totalFen },
        ...{ from: draft.from, to: draft.to, reductionReason: draft.reason },
        ...(isImmediate ? { state: 'succeeded', personalAccount: draft.personalAccount } : {}),
      });
      expect(await clerk.queue(kind)).toEqual([]);
      expect(books.submissions(order.oid)).toHaveLength(1);
    });

    test('whose answer is lost is cleared up by itself: once in the ledger', async () => {
      const draft = await clerk.enterPerson(await typedOf(kind));
      centre.strike({ do: 'dropAfter', tx: submitTransactions[kind] });
      const order = valueOf(await clerk.confirm([draft]));
      expect(order.state).toBe('sent');
      const settled = await clerk.orderWhen(order.oid, (each) => each.state !== 'sent', kind);
      expect(settled.state).toBe('applied');
      expect(centre.countApplied(order.oid)).toEqual({ orders: 1, items: 1 });
    });

    test('whose session ended between sign and send goes out once under a new serial', async () => {
      const draft = await clerk.enterPerson(await typedOf(kind));
      const right = signWith(key);
      let isFirst = true;
      clerk.keySign = (toBeSigned) => {
        if (isFirst) centre.endSessions();
        isFirst = false;
        return right(toBeSigned);
      };
      const order = valueOf(await clerk.confirm([draft]));
      expect(order.state).toBe('applied');
      expect(books.submissions(order.oid).map((each) => each.state)).toEqual(['void', 'applied']);
      expect(centre.countApplied(order.oid)).toEqual({ orders: 1, items: 1 });
    });
  },
);

test('several of one kind are one order with one item each, in the order of entry', async () => {
  const drafts = [];
  for (let i = 0; i < 3; i += 1) drafts.push(await clerk.enterPerson(await typedOf('reduction')));
  const order = valueOf(await clerk.confirm([...drafts].reverse()));
  expect(order).toMatchObject({ state: 'applied', count: 3, succeeded: 3 });
  const { line, items } = centre.readLedger(order.oid);
  expect(line).toMatchObject({ count: 3, fen: drafts.reduce((sum, d) => sum + d.totalFen, 0) });
  expect(items).toMatchObject(
    drafts.map(({ personalAccount }, i) => ({ seq: i + 1, personalAccount })),
  );
});

describe('the roster here', () => {
  test('answers for one person under one fund', async () => {
    const [person] = people;
    if (!person) throw new Error('nobody');
    const ask = async (personalAccount: string, fundType: '10' | '11') =>
      valueOf(await clerk.host.handlers['roster.person']({ personalAccount, fundType }));
    expect(await ask(person.personalAccount, '10')).toEqual({ person });
    expect(person.paid.length).toBeGreaterThan(0);
    expect(await ask(person.personalAccount, '11')).toEqual({ person: null });
    expect(await ask('999999999999', '10')).toEqual({ person: null });
  });
});

describe('a sync', () => {
  test('marks what no longer holds with the reason, alters nothing, and frees it when it holds again', async () => {
    const person = takePerson();
    const { personalAccount } = person;
    const typed = { kind: 'reduction', fundType: '10', personalAccount, reason: '04' } as const;
    const draft = await clerk.enterPerson(typed);
    const other = await clerk.enterPerson(await typedOf('reduction'));

    // another computer of the unit reduces the same person
    const colleague = new Clerk(join(root, `colleague-${clerks}`), centre.gateway, key);
    await colleague.openAndSignIn();
    await colleague.sync();
    const theirs = valueOf(await colleague.confirm([await colleague.enterPerson(typed)]));
    expect(theirs.state).toBe('applied');
    await colleague.close();

    expect(await clerk.queue('reduction')).toEqual([draft, other]);
    await clerk.sync();
    const [marked, untouched] = await clerk.queue('reduction');
    expect(marked).toEqual({ ...draft, holds: false, issues: marked?.issues });
    expect(marked?.issues.map(({ code }) => code)).toEqual(['ACCOUNT_STOPPED']);
    expect(untouched).toEqual(other);
    const serials = centre.countSerials();
    expect(await clerk.confirm([draft])).toMatchObject({ ok: false, code: 'DRAFT_NOT_HOLDING' });
    expect(await clerk.confirm([draft, other])).toMatchObject({ code: 'DRAFT_NOT_HOLDING' });
    expect(centre.countSerials()).toBe(serials);
    // the totals count it as long as it stands in the queue
    const listed = valueOf(await clerk.host.handlers['queue.list']({ kind: 'reduction' }));
    expect(listed).toMatchObject({ count: 2, totalFen: draft.totalFen + other.totalFen });

    centre.setStatus(personalAccount, '01');
    await clerk.sync();
    expect(await clerk.queue('reduction')).toEqual([{ ...draft, issues: [] }, other]);
    expect(valueOf(await clerk.confirm([other])).state).toBe('applied');
    valueOf(await clerk.host.handlers['queue.remove']({ ids: [draft.id] }));
  });

  test('that changes an amount marks the draft and leaves it; entering it again takes the new one', async () => {
    const { personalAccount } = takePerson();
    const typed = { kind: 'reduction', fundType: '10', personalAccount, reason: '04' } as const;
    const draft = await clerk.enterPerson(typed);
    centre.setMonthly(personalAccount, 12_300);
    await clerk.sync();
    const [marked] = await clerk.queue('reduction');
    expect(marked).toEqual({ ...draft, holds: false, issues: marked?.issues });
    expect(marked?.issues.map(({ code }) => code)).toEqual(['DRAFT_OUTDATED', 'DRAFT_OUTDATED']);
    const edited = valueOf(await clerk.host.handlers['queue.edit']({ id: draft.id, typed }));
    if (!edited.stored) throw new Error('not stored');
    expect(edited.draft).toMatchObject({ holds: true, issues: [], totalFen: 24_600 });
    const order = valueOf(await clerk.confirm([edited.draft]));
    expect(order).toMatchObject({ state: 'applied', acceptedFen: 24_600 });
  });
});

test('the queue of one kind stands against entries of another: the months of a 漏缴 against a 少缴', async () => {
  const missed = await typedOf('missedBackPay');
  if (missed.kind !== 'missedBackPay') throw new Error(missed.kind);
  await clerk.enterPerson(missed);
  const { personalAccount, from, to } = missed;
  const wages = { paidBase: '5000', dueBase: '8000', paidRatio: '8', dueRatio: '8' };
  const typed = { kind: 'shortfallBackPay' as const, fundType: '10', personalAccount, from, to };
  const refused = valueOf(
    await clerk.host.handlers['queue.add']({ id: randomUUID(), typed: { ...typed, ...wages } }),
  );
  expect(refused).toMatchObject({
    stored: false,
    counter: false,
    issues: [{ code: 'MONTHS_REPEATED' }],
  });
});
