import { cpSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Batch } from '../../../shared/ipc/batches.ts';
import { BackupBench, handlers, nothing, restore } from './backup-bench.ts';
import { BatchDesk, type Cells, FILE_BYTES, newcomer } from './batch-desk.ts';
import { faulty } from './batch-stage.ts';
import { Books } from './books.ts';
import { type Clerk, valueOf } from './clerk.ts';
import { rescueFromDamage } from './damage.ts';

let bench: BackupBench;
let newcomers = 0;

beforeAll(async () => {
  bench = await BackupBench.open();
});
afterAll(async () => {
  await bench.close();
});
beforeEach(() => {
  bench.centre.strike();
});
afterEach(async () => {
  await bench.closeClerks();
});

function newOnes(count: number, change: Cells = {}): Cells[] {
  newcomers += count;
  return Array.from({ length: count }, (_, i) => newcomer(newcomers - i, change));
}

const emptyComputer = () => bench.openAt(bench.newFolder(), { isOther: true });
const states = async (clerk: Clerk, { id }: Batch) =>
  (await new BatchDesk(clerk).rows(id)).map(({ state }) => state);
const all = (state: string, count: number) => Array<string>(count).fill(state);

/** A copy of a computer's file as it is now; the clerk signs in again there, later. */
async function copyOf(clerk: Clerk, folder: string): Promise<string> {
  await clerk.close();
  const copy = bench.newFolder();
  cpSync(folder, copy, { recursive: true });
  await clerk.openAndSignIn();
  return copy;
}

async function reopened(folder: string): Promise<Clerk> {
  const clerk = bench.clerkAt(folder);
  await clerk.openAndSignIn();
  return clerk;
}

/** One line in the ledger, and each of these people once. */
function expectOnce(oid: string, people: readonly Cells[]): void {
  expect(bench.centre.countApplied(oid)).toEqual({ orders: 1, items: people.length });
  for (const { idNumber = '' } of people) expect(bench.centre.countPerson(idNumber)).toBe(1);
}

async function settled(clerk: Clerk, oid: string) {
  return clerk.orderWhen(oid, ({ state, pending }) => state === 'applied' && pending === 0);
}

describe('brought in and corrected, not sent', () => {
  test('on an empty computer it goes on where it was: edits, removals, faults, marked copy', async () => {
    const folder = bench.newFolder();
    const first = await bench.openAt(folder);
    const desk = new BatchDesk(first);
    const people = newOnes(3);
    const batch = await desk.bringIn('registration', [...people, ...newOnes(2, faulty)]);
    await desk.edit(batch.id, 2, 'base', '9000.00');
    await desk.edit(batch.id, 2, 'base', '9500.00');
    valueOf(await desk.handlers['batches.remove']({ id: batch.id, seqs: [5] }));
    valueOf(await desk.handlers['batches.rename']({ id: batch.id, name: '十一月新进' }));
    // read on and on, and never to its end
    await desk.begin('registration', []);
    const rows = await desk.rows(batch.id);
    const issues = await desk.issues(batch.id);
    const edits = new Books(folder).batchEdits();
    const file = await bench.backUp(first);
    await first.close();

    const secondFolder = bench.newFolder();
    const second = await bench.openAt(secondFolder, { isOther: true });
    const { preview, restored } = await restore(second, file);
    expect(restored).toEqual({ ...nothing, batches: 1, batchRows: 4 });
    expect(preview.backup.holds).toMatchObject({ batches: 1, batchRows: 4 });
    const other = new BatchDesk(second);
    const found = await other.recheck(batch.id);
    expect(found).toMatchObject({ name: '十一月新进', open: 4, good: 3, bad: 1, removed: 1 });
    expect(await other.rows(batch.id)).toEqual(rows);
    expect(await other.issues(batch.id)).toEqual(issues);
    expect(edits).toHaveLength(2);
    const marks = valueOf(await other.handlers['batches.marks']({ id: batch.id }));
    expect(Buffer.from(marks.bytes)).toEqual(Buffer.from(FILE_BYTES));
    expect(marks.marks).toHaveLength(1);
    const sent = valueOf(await other.send(found, { which: 'good' }));
    await settled(second, sent.oid);
    expectOnce(sent.oid, people);
    expect(bench.centre.readLedger(sent.oid).items[1]).toMatchObject({ base: 950_000 });
    expect((await restore(second, file)).restored).toEqual(nothing);
    await second.close();
    expect(new Books(secondFolder, second.databaseKey).batchEdits()).toEqual(edits);
  });

  test('a batch that was sent after the backup is not taken twice, and the rows say why', async () => {
    const first = await bench.openAt();
    const desk = new BatchDesk(first);
    const people = newOnes(2);
    const batch = await desk.bringIn('registration', people);
    const file = await bench.backUp(first);
    // its roster is from before
    const second = await emptyComputer();
    const sent = valueOf(await desk.send(batch));
    await settled(first, sent.oid);
    await first.close();

    await restore(second, file);
    const other = new BatchDesk(second);
    const again = await other.recheck(batch.id);
    expect(again).toMatchObject({ open: 2, good: 2 });
    const refused = valueOf(await other.send(again));
    expect(refused.state).toBe('rejected');
    expect(await states(second, batch)).toEqual(all('open', 2));
    for (const [, ...codes] of await other.codes(batch.id)) {
      expect(codes).toEqual(['ENTRY_APPLIED']);
    }
    // checking again does not forget it
    expect(await other.recheck(batch.id)).toMatchObject({ open: 2, good: 0 });
    for (const [, ...codes] of await other.codes(batch.id)) {
      expect(codes).toEqual(['ENTRY_APPLIED']);
    }
    // with today's roster it is said before
    await second.sync();
    expect(await other.recheck(batch.id)).toMatchObject({ open: 2, good: 0 });
    const empty = await other.send(await other.recheck(batch.id), { which: 'good' });
    expect(empty).toMatchObject({ code: 'TOTALS_CHANGED' });
    expectOnce(sent.oid, people);
  });

  test('brought back into the computer it came from, what was done since stays', async () => {
    const first = await bench.openAt();
    const desk = new BatchDesk(first);
    const batch = await desk.bringIn('registration', newOnes(3));
    const file = await bench.backUp(first);
    await desk.edit(batch.id, 1, 'base', '9000.00');
    const newer = await desk.bringIn('registration', newOnes(1));
    const before = await desk.rows(batch.id);
    const { preview, restored } = await restore(first, file);
    expect(restored).toEqual(nothing);
    expect(preview.newerHere).toMatchObject({ batches: 1 });
    expect(await desk.rows(batch.id)).toEqual(before);
    expect((await desk.list('registration')).map(({ id }) => id)).toEqual([newer.id, batch.id]);
  });
});

describe('sent, and no answer yet', () => {
  test('taken by the centre: on an empty computer its receipt settles the rows', async () => {
    const first = await bench.openAt();
    const desk = new BatchDesk(first);
    const people = newOnes(3);
    const batch = await desk.bringIn('registration', people);
    bench.centre.strike({ do: 'dropAfter', tx: 'WL1001', times: 50 });
    const sent = valueOf(await desk.send(batch));
    expect(sent.state).toBe('sent');
    const file = await bench.backUp(first);
    await first.close();
    bench.centre.strike();
    const second = await emptyComputer();
    const { restored } = await restore(second, file);
    expect(restored).toMatchObject({ batches: 1, batchRows: 0, orders: 1, drafts: nothing.drafts });
    await settled(second, sent.oid);
    expect(await states(second, batch)).toEqual(all('settled', 3));
    expect((await second.items(sent.oid)).map(({ state }) => state)).toEqual(all('succeeded', 3));
    expect(await second.queue()).toEqual([]);
    expectOnce(sent.oid, people);
    const { story } = valueOf(await handlers(second)['story.order']({ oid: sent.oid }));
    const steps = story.steps.map(({ event }) => event);
    expect(steps.slice(0, 3)).toEqual(['confirmed', 'signed', 'sending']);
    expect(steps.filter((event) => event === 'receipt')).toHaveLength(1);
  });

  test('not arrived: the rows are bound, and the same bytes go once', async () => {
    const first = await bench.openAt();
    const desk = new BatchDesk(first);
    const people = newOnes(3);
    const rest = newOnes(1, faulty);
    const batch = await desk.bringIn('registration', [...people, ...rest]);
    bench.centre.strike({ do: 'dropBefore', tx: 'WL1001', times: 500 });
    const sent = valueOf(await desk.send(batch, { which: 'good' }));
    const file = await bench.backUp(first);
    await first.close();
    const second = await emptyComputer();
    await restore(second, file);
    expect(await states(second, batch)).toEqual([...all('ordered', 3), 'open']);
    bench.centre.endSessions();
    bench.centre.strike();
    valueOf(await second.signIn());
    await settled(second, sent.oid);
    expect(await states(second, batch)).toEqual(['open']);
    expectOnce(sent.oid, people);
    const other = new BatchDesk(second);
    expect(valueOf(await other.handlers['batches.marks']({ id: batch.id })).marks).toHaveLength(1);
    const mended = await other.edit(batch.id, 4, 'base', '8000.00');
    const last = valueOf(await other.send(mended.batch));
    await settled(second, last.oid);
    expectOnce(last.oid, rest);
  });

  test('merged into a copy that knew the batch unsent: its open rows belong to the order', async () => {
    const folder = bench.newFolder();
    const first = await bench.openAt(folder);
    const desk = new BatchDesk(first);
    const people = newOnes(3);
    const batch = await desk.bringIn('registration', people);
    const copy = await copyOf(first, folder);
    bench.centre.strike({ do: 'dropBefore', tx: 'WL1001', times: 500 });
    const sent = valueOf(await desk.send(await desk.recheck(batch.id)));
    const file = await bench.backUp(first);
    await first.close();

    const old = await reopened(copy);
    const older = new BatchDesk(old);
    valueOf(await older.handlers['batches.remove']({ id: batch.id, seqs: [3] }));
    const { restored } = await restore(old, file);
    expect(restored).toMatchObject({ ...nothing, orders: 1, openOrders: 1 });
    expect(await states(old, batch)).toEqual(all('ordered', 2));
    bench.centre.endSessions();
    bench.centre.strike();
    valueOf(await old.signIn());
    await settled(old, sent.oid);
    // also the one that was taken out here: the centre has it
    expect(await states(old, batch)).toEqual(all('settled', 3));
    expectOnce(sent.oid, people);
    expect(await old.queue()).toEqual([]);
  });
});

describe('decided, in parts', () => {
  test('applied and refused orders come with what the centre said; an older copy learns the same', async () => {
    const folder = bench.newFolder();
    const first = await bench.openAt(folder);
    const desk = new BatchDesk(first);
    const [taken] = newOnes(1);
    const [good, other] = newOnes(2);
    if (!taken || !good || !other) throw new Error('three');
    const batch = await desk.bringIn('registration', [good, { ...taken, base: '八千' }, other]);
    const copy = await copyOf(first, folder);
    const checked = await desk.recheck(batch.id);
    const applied = valueOf(await desk.send(checked, { which: 'good' }));
    await settled(first, applied.oid);
    // somebody else registers the third, and this computer does not know
    const colleague = await emptyComputer();
    const person = { kind: 'registration', fundType: '10', idType: '01', base: '8000' } as const;
    const draft = await colleague.enterPerson({
      ...{ ...person, name: '示例新人', idNumber: taken.idNumber ?? '' },
    });
    valueOf(await colleague.confirm([draft]));
    await colleague.close();
    const mended = await desk.edit(batch.id, 2, 'base', '8000.00');
    const refused = valueOf(await desk.send(mended.batch));
    expect(refused.state).toBe('rejected');
    const said = await desk.rows(batch.id);
    expect(said[0]?.issues).toMatchObject([{ field: 'idNumber' }]);
    const file = await bench.backUp(first);
    await first.close();

    const second = await emptyComputer();
    const { restored } = await restore(second, file);
    expect(restored).toMatchObject({ batches: 1, batchRows: 1, orders: 2, openOrders: 0 });
    const there = new BatchDesk(second);
    await expect
      .poll(async () => (await there.find('registration', batch.id)).isChecked)
      .toBe(true);
    expect((await there.rows(batch.id))[0]?.issues).toContainEqual(said[0]?.issues[0]);
    const found = await there.find('registration', batch.id);
    expect(found).toMatchObject({ open: 1, bad: 1, oids: [applied.oid, refused.oid] });
    expect(valueOf(await there.handlers['batches.marks']({ id: batch.id })).marks).not.toEqual([]);
    await second.close();

    const old = await reopened(copy);
    await restore(old, file);
    const older = new BatchDesk(old);
    expect(await states(old, batch)).toEqual(['open']);
    expect((await older.rows(batch.id))[0]).toMatchObject({ seq: 2 });
    expect((await older.find('registration', batch.id)).oids).toEqual([applied.oid, refused.oid]);
    expectOnce(applied.oid, [good, other]);
    expect(bench.centre.countPerson(taken.idNumber ?? '')).toBe(1);
  });
});

describe('kept for the opening, without a signature', () => {
  beforeEach(async () => {
    await bench.centre.stop();
    await bench.centre.start('2026-11-24T20:00:00+08:00', 'real');
  });
  afterEach(async () => {
    await bench.closeClerks();
    await bench.centre.stop();
    await bench.centre.start('2026-11-26T10:00:00+08:00');
  });

  async function kept() {
    const folder = bench.newFolder();
    const first = await bench.openAt(folder);
    const desk = new BatchDesk(first);
    const people = newOnes(2);
    const batch = await desk.bringIn('registration', people);
    const copy = await copyOf(first, folder);
    const checked = await desk.recheck(batch.id);
    const order = valueOf(await desk.send(checked, { waitForOpening: true }));
    expect(order.opensAt).not.toBeNull();
    return { folder, first, people, batch, order, copy, file: await bench.backUp(first) };
  }

  async function open(): Promise<void> {
    await bench.centre.stop();
    await bench.centre.start('2026-11-25T10:00:00+08:00', 'real');
  }

  test('on an empty computer its rows are the clerk’s again, and go once', async () => {
    const { first, people, batch, file } = await kept();
    await first.close();
    const second = await emptyComputer();
    const { restored } = await restore(second, file);
    expect(restored).toEqual({ ...nothing, batches: 1, batchRows: 2 });
    expect(await states(second, batch)).toEqual(all('open', 2));
    expect(await second.queue()).toEqual([]);
    expect((await second.status()).queueCounts.registration).toBe(0);
    await open();
    valueOf(await second.signIn());
    const desk = new BatchDesk(second);
    const found = await desk.recheck(batch.id);
    expect(found).toMatchObject({ open: 2, good: 2 });
    const sent = valueOf(await desk.send(found));
    await settled(second, sent.oid);
    expectOnce(sent.oid, people);
    // the first was not gone after all: what it kept is refused, and nobody is registered twice
    const again = bench.clerkAt(first.openRequest.folder);
    await again.openAndSignIn();
    await expect.poll(() => states(again, batch), { timeout: 20_000 }).toEqual(all('open', 2));
    for (const { idNumber = '' } of people) expect(bench.centre.countPerson(idNumber)).toBe(1);
  });

  test('sent by the first computer after all: its receipt settles the rows on both', async () => {
    const { first, people, batch, order, copy, file } = await kept();
    const empty = await emptyComputer();
    await restore(empty, file);
    const old = await reopened(copy);
    await restore(old, file);
    expect(await states(old, batch)).toEqual(all('open', 2));
    await open();
    valueOf(await first.signIn());
    await settled(first, order.oid);
    for (const clerk of [empty, old]) {
      valueOf(await clerk.signIn());
      expect(await states(clerk, batch)).toEqual(all('settled', 2));
      expect(await clerk.queue()).toEqual([]);
    }
    expectOnce(order.oid, people);
  });

  test('a damaged file brought back from its backup gives the rows back to the batch', async () => {
    const { folder, first, people, batch } = await kept();
    await first.close();
    await rescueFromDamage(first, folder);
    await first.open();
    valueOf(await first.signIn());
    expect(await states(first, batch)).toEqual(all('open', 2));
    expect(await first.queue()).toEqual([]);
    await open();
    valueOf(await first.signIn());
    const desk = new BatchDesk(first);
    const sent = valueOf(await desk.send(await desk.recheck(batch.id)));
    await settled(first, sent.oid);
    expectOnce(sent.oid, people);
  });
});
