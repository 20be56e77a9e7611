import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../shared/ipc/batches.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { BatchStage, faulty } from './batch-stage.ts';
import { Books } from './books.ts';
import { Clerk, signWith, valueOf } from './clerk.ts';

const stage = new BatchStage();

describe('sent', () => {
  test('all or nothing: with a faulty row nothing is sent, and nothing has changed', async () => {
    const batch = await stage.desk.bringIn('registration', [
      ...stage.newOnes(2),
      ...stage.newOnes(1, faulty),
    ]);
    const serials = stage.centre.countSerials();
    expect(await stage.desk.send(batch)).toMatchObject({ code: 'BATCH_HAS_ISSUES' });
    expect(await stage.desk.find('registration', batch.id)).toEqual(batch);
    expect(stage.centre.countSerials()).toBe(serials);
  });

  test('one signature, one line in the ledger of origin batch; results come by themselves', async () => {
    const batch = await stage.desk.bringIn('registration', stage.newOnes(30));
    const right = signWith(stage.key);
    let signatures = 0;
    stage.clerk.keySign = (toBeSigned) => {
      signatures += 1;
      return right(toBeSigned);
    };
    const sent = valueOf(await stage.desk.send(batch));
    expect(signatures).toBe(1);
    expect(sent).toMatchObject({
      ...{ kind: 'registration', origin: 'batch', state: 'applied', count: 30 },
      ...{ fen: batch.goodFen, acceptedCount: 30, pending: 30 },
    });
    const { line, items } = stage.centre.readLedger(sent.oid);
    expect(line).toMatchObject({ origin: 'batch', count: 30, fen: batch.goodFen });
    expect(items).toHaveLength(30);
    const settled = await stage.clerk.orderWhen(sent.oid, ({ pending }) => pending === 0);
    expect(settled).toMatchObject({ succeeded: 30, failed: 0 });
    expect(await stage.desk.find('registration', batch.id)).toMatchObject({
      ...{ open: 0, good: 0, removed: 0, oids: [sent.oid] },
    });
    expect((await stage.desk.rows(batch.id)).every(({ state }) => state === 'settled')).toBe(true);
    expect(await stage.clerk.queue()).toEqual([]);
    // nothing is left to correct
    expect(await stage.desk.handlers['batches.marks']({ id: batch.id })).toMatchObject({
      code: 'NO_RECORD',
    });
    expect(
      await stage.desk.handlers['batches.edit']({
        id: batch.id,
        seq: 1,
        column: 'base',
        text: '1',
      }),
    ).toMatchObject({ code: 'NO_RECORD' });
  });

  test('a batch of 减少 is under way until its results, each with its reason', async () => {
    const cells = stage.leavers(3);
    const batch = await stage.desk.bringIn('reduction', cells);
    const sent = valueOf(await stage.desk.send(batch));
    expect(sent).toMatchObject({ state: 'applied', succeeded: 0, pending: 3 });
    stage.centre.setStatus(cells[1]?.personalAccount ?? '', '02');
    const settled = await stage.clerk.orderWhen(
      sent.oid,
      ({ pending }) => pending === 0,
      'reduction',
    );
    expect(settled).toMatchObject({ succeeded: 2, failed: 1 });
    const items = await stage.clerk.items(sent.oid);
    expect(items.map(({ state, reason }) => [state, reason])).toEqual([
      ['succeeded', ''],
      ['failed', '该职工已停缴。'],
      ['succeeded', ''],
    ]);
  });

  test('the good ones alone: the rest stays as the same batch and goes later', async () => {
    const batch = await stage.desk.bringIn('registration', [
      ...stage.newOnes(2),
      ...stage.newOnes(1, faulty),
    ]);
    const sent = valueOf(await stage.desk.send(batch, { which: 'good' }));
    expect(sent).toMatchObject({ state: 'applied', count: 2 });
    const rest = await stage.desk.find('registration', batch.id);
    expect(rest).toMatchObject({ open: 1, good: 0, bad: 1, name: '示例.xlsx', oids: [sent.oid] });
    expect((await stage.desk.rows(batch.id)).map(({ row, state }) => [row, state])).toEqual([
      [4, 'open'],
    ]);
    const mended = await stage.desk.edit(batch.id, 3, 'base', '8000');
    const later = valueOf(await stage.desk.send(mended.batch));
    expect(later).toMatchObject({ state: 'applied', count: 1 });
    expect((await stage.desk.find('registration', batch.id)).oids).toEqual([sent.oid, later.oid]);
  });

  test('what differs from the roster has to be agreed to, in its number', async () => {
    const [first, second] = stage.leavers(2);
    const batch = await stage.desk.bringIn('reduction', [
      { ...first, name: '示例旧名' },
      second ?? {},
    ]);
    expect(batch).toMatchObject({ good: 2, differing: 1 });
    const [row] = await stage.desk.rows(batch.id);
    expect(row?.differences.join()).toContain('示例旧名');
    expect(row).toMatchObject({ rosterName: first?.name, rosterIdNumber: first?.idNumber });
    expect(await stage.desk.send(batch, { differing: 0 })).toMatchObject({
      code: 'DIFFERENCES_UNCONFIRMED',
    });
    const sent = valueOf(await stage.desk.send(batch));
    // the roster's identity is what is sent
    expect(stage.centre.readLedger(sent.oid).items[0]).toMatchObject({ name: first?.name });
  });

  test('other totals than those seen are refused; the same send twice is one order', async () => {
    const batch = await stage.desk.bringIn('registration', stage.newOnes(2));
    const expected = { count: 2, fen: batch.goodFen + 1 };
    expect(await stage.desk.send(batch, { expected })).toMatchObject({ code: 'TOTALS_CHANGED' });
    const twice = await Promise.all([stage.desk.send(batch), stage.desk.send(batch)]);
    expect(twice.map((result) => (result.ok ? 'sent' : result.code))).toEqual([
      'sent',
      'TOTALS_CHANGED',
    ]);
    expect((await stage.desk.find('registration', batch.id)).oids).toHaveLength(1);
  });

  test('without a connection nothing is sent and nothing has changed', async () => {
    const batch = await stage.desk.bringIn('registration', stage.newOnes(2));
    await stage.clerk.close();
    await stage.startClerk({ ...stage.centre.gateway, port: 1 });
    valueOf(await stage.clerk.signInOffline());
    expect(await stage.desk.send(batch)).toMatchObject({ ok: false });
    expect(await stage.desk.find('registration', batch.id)).toMatchObject({ good: 2, oids: [] });
    expect((await stage.desk.rows(batch.id)).map(({ state }) => state)).toEqual(['open', 'open']);
  });

  test('without a signature the rows are open again, and the order leaves no trace', async () => {
    const batch = await stage.desk.bringIn('registration', stage.newOnes(2));
    stage.clerk.keySign = () => Promise.resolve({ ok: false, code: 'KEY_REMOVED', detail: '' });
    expect(await stage.desk.send(batch)).toMatchObject({ code: 'KEY_REMOVED' });
    stage.clerk.keySign = signWith(stage.key);
    const after = await stage.desk.find('registration', batch.id);
    expect(after).toMatchObject({ open: 2, oids: [] });
    expect(await stage.clerk.queue()).toEqual([]);
    const again = valueOf(await stage.desk.send(await stage.desk.recheck(batch.id)));
    expect(again.state).toBe('applied');
    expect(stage.centre.countApplied(again.oid)).toEqual({ orders: 1, items: 2 });
  });

  test('rejected by the centre: rows open again, with its words at the cell; the others may go', async () => {
    const [known, other] = stage.newOnes(2);
    const colleague = new Clerk(join(stage.root, 'colleague'), stage.centre.gateway, stage.key);
    await colleague.openAndSignIn();
    const draft = await colleague.enterPerson({
      ...{ kind: 'registration', fundType: '10', idType: '01', name: '示例新人', base: '8000' },
      idNumber: known?.idNumber ?? '',
    });
    valueOf(await colleague.confirm([draft]));
    await colleague.close();
    const batch = await stage.desk.bringIn('registration', [known ?? {}, other ?? {}]);
    const refused = valueOf(await stage.desk.send(batch));
    expect(refused).toMatchObject({ state: 'rejected', count: 2 });
    const after = await stage.desk.find('registration', batch.id);
    expect(after).toMatchObject({ open: 2, good: 1, bad: 1, oids: [refused.oid] });
    const [row] = await stage.desk.rows(batch.id);
    expect(row?.issues).toMatchObject([{ field: 'idNumber', severity: 'error' }]);
    expect(row?.issues[0]?.rule).not.toBe('');
    expect(await stage.clerk.queue()).toEqual([]);
    expect((await stage.clerk.status()).queueCounts.registration).toBe(0);
    // still said after a restart, until it is edited or checked again by the stage.clerk
    await stage.clerk.close();
    await stage.startClerk();
    await stage.desk.rows(batch.id);
    await expect.poll(async () => (await stage.desk.find('registration', batch.id)).bad).toBe(1);
    const rest = await stage.desk.find('registration', batch.id);
    const sent = valueOf(await stage.desk.send(rest, { which: 'good' }));
    expect(sent).toMatchObject({ state: 'applied', count: 1 });
    expect(await stage.desk.recheck(batch.id)).toMatchObject({ open: 1, good: 1 });
  });

  test('an answer that is lost: the program ends, and the order is cleared up at the next start', async () => {
    const batch = await stage.desk.bringIn('registration', stage.newOnes(3));
    stage.centre.strike({ do: 'dropAfter', tx: 'WL1001', times: 9 });
    const sent = valueOf(await stage.desk.send(batch));
    expect(sent.state).toBe('sent');
    const bound = await stage.desk.rows(batch.id);
    expect(bound.map(({ state }) => state)).toEqual(['ordered', 'ordered', 'ordered']);
    const { id } = batch;
    for (const refused of [
      await stage.desk.handlers['batches.remove']({ id, seqs: [1] }),
      await stage.desk.handlers['batches.edit']({ id, seq: 1, column: 'base', text: '1' }),
    ]) {
      expect(refused).toMatchObject({ code: 'ORDER_IN_FLIGHT' });
    }
    const another = await stage.desk.bringIn('registration', stage.newOnes(1));
    expect(await stage.desk.send(another)).toMatchObject({ code: 'ORDER_IN_FLIGHT' });
    await stage.clerk.close();
    stage.centre.strike();
    await stage.startClerk();
    const settled = await stage.clerk.orderWhen(sent.oid, ({ pending, state }) => {
      return state === 'applied' && pending === 0;
    });
    expect(settled).toMatchObject({ succeeded: 3 });
    expect(stage.centre.countApplied(sent.oid)).toEqual({ orders: 1, items: 3 });
    expect((await stage.desk.find('registration', id)).open).toBe(0);
  });

  test('a file put back from before the signature: given up here, settled by the receipt there', async () => {
    const batch = await stage.desk.bringIn('registration', stage.newOnes(3));
    const right = signWith(stage.key);
    const copy = `${stage.folder}-copy`;
    stage.clerk.keySign = (toBeSigned) => {
      cpSync(stage.folder, copy, { recursive: true });
      return right(toBeSigned);
    };
    const sent = valueOf(await stage.desk.send(batch));
    expect(sent.state).toBe('applied');
    await stage.clerk.close();
    rmSync(stage.folder, { recursive: true });
    cpSync(copy, stage.folder, { recursive: true });
    await stage.startClerk();
    // signing in fetches the receipts that are missing here
    const order = await stage.clerk.order(sent.oid);
    expect(order).toMatchObject({ state: 'applied', acceptedCount: 3 });
    const rows = await stage.desk.rows(batch.id);
    expect(rows.map(({ state }) => state)).toEqual(['settled', 'settled', 'settled']);
    expect(await stage.desk.find('registration', batch.id)).toMatchObject({ open: 0, good: 0 });
    expect(await stage.clerk.queue()).toEqual([]);
    expect(stage.centre.countApplied(sent.oid)).toEqual({ orders: 1, items: 3 });
  });

  test('what the checks could not see: nothing is sent, and the row that clashed says so', async () => {
    const [known, other] = stage.newOnes(2);
    const batch = await stage.desk.bringIn('registration', [known ?? {}, other ?? {}]);
    new Books(stage.folder).enterUnseen(known?.idNumber ?? '');
    expect(await stage.desk.send(batch)).toMatchObject({ code: 'DRAFT_NOT_HOLDING' });
    expect(await stage.desk.codes(batch.id)).toEqual([[2, 'DUPLICATE_IN_QUEUE'], [3]]);
    const after = await stage.desk.find('registration', batch.id);
    expect(after).toMatchObject({ open: 2, good: 1, bad: 1, oids: [] });
    expect(await stage.desk.send(after, { which: 'good' })).toMatchObject({ ok: true });
  });

  test('several batches are under way at the stage.centre at once', async () => {
    const batches: Batch[] = [];
    for (let i = 0; i < 3; i += 1)
      batches.push(await stage.desk.bringIn('reduction', stage.leavers(2)));
    const oids: string[] = [];
    for (const batch of batches) {
      oids.push(valueOf(await stage.desk.send(await stage.desk.recheck(batch.id))).oid);
    }
    for (const oid of oids) {
      const settled = await stage.clerk.orderWhen(oid, ({ pending }) => pending === 0, 'reduction');
      expect(settled).toMatchObject({ succeeded: 2, failed: 0 });
    }
  });

  test('singles and batches do not mix in a confirmation', async () => {
    const drafts = await stage.clerk.enter(1);
    const batch = await stage.desk.bringIn('registration', stage.newOnes(2));
    const sent = valueOf(await stage.desk.send(batch));
    const own = valueOf(await stage.clerk.confirm(drafts));
    expect(own).toMatchObject({ origin: 'single', count: 1, state: 'applied' });
    expect(await stage.clerk.order(sent.oid)).toMatchObject({ origin: 'batch', count: 2 });
  });
});

test('the other two kinds go to the stage.centre as batches', async () => {
  const [missed, short] = stage.takePeople(2);
  if (!missed || !short) throw new Error('nobody is left');
  stage.centre.setPaid(missed.personalAccount, [
    [202507, 202605],
    [202609, 202610],
  ]);
  await stage.clerk.sync();
  const about = ({ personalAccount, name }: RosterRow) => ({
    fundType: '10',
    personalAccount,
    name,
  });
  const back = await stage.desk.bringIn('missedBackPay', [
    { ...about(missed), from: '202606', to: '202608', base: '8000', ratio: '12' },
  ]);
  expect(await stage.desk.codes(back.id)).toEqual([[2]]);
  const sent = valueOf(await stage.desk.send(back));
  const wages = { paidBase: '5000', paidRatio: '8', dueBase: '8000', dueRatio: '8' };
  const span = { from: '202608', to: '202610' };
  const more = await stage.desk.bringIn('shortfallBackPay', [
    { ...about(short), ...span, ...wages },
  ]);
  const also = valueOf(await stage.desk.send(more));
  for (const [oid, kind] of [
    [sent.oid, 'missedBackPay'],
    [also.oid, 'shortfallBackPay'],
  ] as const) {
    const settled = await stage.clerk.orderWhen(oid, ({ pending }) => pending === 0, kind);
    expect(settled).toMatchObject({ origin: 'batch', state: 'applied', succeeded: 1 });
  }
});
