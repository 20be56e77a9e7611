import { describe, expect, test } from 'vitest';
import { FILE_BYTES, rowsOf } from './batch-desk.ts';
import { BatchStage, faulty } from './batch-stage.ts';
import { Books } from './books.ts';
import { valueOf } from './clerk.ts';

const stage = new BatchStage();

describe('brought in', () => {
  test('it is listed with what stands for and against it, beside an untouched queue', async () => {
    const [single] = await stage.clerk.enter(1);
    const id = await stage.desk.begin(
      'registration',
      rowsOf([...stage.newOnes(3), ...stage.newOnes(1, faulty)]),
    );
    expect(await stage.desk.list('registration')).toEqual([]);
    const batch = await stage.desk.finish('registration', id);
    expect(batch).toMatchObject({
      ...{ id, kind: 'registration', fundType: '10', name: '示例.xlsx', fileName: '示例.xlsx' },
      ...{ open: 4, good: 3, bad: 1, counter: 0, differing: 0, goodFen: 3 * 128_000, removed: 0 },
      oids: [],
    });
    expect(await stage.desk.list('registration')).toEqual([batch]);
    expect(await stage.desk.list('reduction')).toEqual([]);
    const { issues, counts, total } = await stage.desk.issues(id);
    expect(issues).toMatchObject([
      { seq: 4, row: 5, cell: 'D5', heading: '月均工资', value: '八千' },
    ]);
    expect([total, counts]).toEqual([1, [{ code: 'BASE_FORMAT', severity: 'error', count: 1 }]]);
    const rows = await stage.desk.rows(id);
    expect(rows[0]).toMatchObject({
      ...{ seq: 1, row: 2, state: 'open', issues: [], differences: [] },
      amounts: { unitFen: 64_000, personalFen: 64_000, totalFen: 128_000 },
    });
    expect((await stage.clerk.queue()).map((draft) => draft.id)).toEqual([single?.id]);
    expect((await stage.clerk.status()).queueCounts.registration).toBe(1);
  });

  test('a template of another unit is pointed out, our own is not', async () => {
    const say = async (unit: string) => {
      const id = await stage.desk.begin('registration', rowsOf(stage.newOnes(1)));
      const { sheet } = await stage.desk.finish('registration', id, unit);
      return sheet.notices.map(({ code, value }) => [code, value]);
    };
    const { unitAccount } = await stage.clerk.status();
    expect(await say(unitAccount)).toEqual([]);
    expect(await say('9900009999')).toEqual([['TEMPLATE_OTHER_UNIT', '9900009999']]);
  });

  test('one that was never read to its end is gone at the next start; a finished one stays', async () => {
    const unread = await stage.desk.begin('registration', rowsOf(stage.newOnes(3)));
    const kept = await stage.desk.bringIn('registration', stage.newOnes(2));
    await stage.clerk.close();
    await stage.startClerk();
    expect((await stage.desk.list('registration')).map(({ id }) => id)).toEqual([kept.id]);
    const rows = rowsOf(stage.newOnes(1));
    expect(await stage.desk.handlers['batches.append']({ id: unread, rows })).toMatchObject({
      code: 'NO_RECORD',
    });
    // cancelled by the clerk: the same, at once
    const cancelled = await stage.desk.begin('registration', rows);
    valueOf(await stage.desk.handlers['batches.drop']({ id: cancelled }));
    expect(await stage.desk.handlers['batches.append']({ id: cancelled, rows })).toMatchObject({
      code: 'NO_RECORD',
    });
  });

  test('the marked copy gets the file as read and each fault at its cell', async () => {
    const { id } = await stage.desk.bringIn('registration', [
      ...stage.newOnes(1),
      ...stage.newOnes(1, faulty),
    ]);
    const marks = valueOf(await stage.desk.handlers['batches.marks']({ id }));
    expect(Buffer.from(marks.bytes)).toEqual(Buffer.from(FILE_BYTES));
    expect(marks).toMatchObject({ kind: 'registration', fileName: '示例.xlsx' });
    expect(marks.marks).toMatchObject([
      {
        row: 3,
        column: 'D',
        code: 'BASE_FORMAT',
        value: '八千',
        text: expect.stringMatching(/^月均工资：/) as string,
      },
    ]);
  });

  test('filters, search and pages show the rows that are asked for', async () => {
    const { id } = await stage.desk.bringIn('registration', [
      ...stage.newOnes(2, { name: '示例甲' }),
      ...stage.newOnes(2, { name: '示例乙', ...faulty }),
    ]);
    const ask = async (filter: object, page = { offset: 0, limit: 10 }) => {
      const request = { id, filter: { show: 'all' as const, text: '', ...filter }, ...page };
      const { rows, total } = valueOf(await stage.desk.handlers['batches.rows'](request));
      return [total, ...rows.map(({ seq }) => seq)];
    };
    expect(await ask({})).toEqual([4, 1, 2, 3, 4]);
    expect(await ask({}, { offset: 1, limit: 2 })).toEqual([4, 2, 3]);
    expect(await ask({ show: 'good' })).toEqual([2, 1, 2]);
    expect(await ask({ show: 'issues' })).toEqual([2, 3, 4]);
    expect(await ask({ code: 'BASE_FORMAT' })).toEqual([2, 3, 4]);
    expect(await ask({ text: ' 甲' })).toEqual([2, 1, 2]);
    await stage.desk.edit(id, 2, 'name', '示例丙');
    expect(await ask({ text: '丙' })).toEqual([1, 2]);
    expect(await ask({ text: '甲' })).toEqual([1, 1]);
  });
});

describe('corrected', () => {
  test('an edit checks its row and those it stands against; what was read stays on file', async () => {
    const [first, second] = stage.newOnes(2);
    const same = { ...second, idNumber: first?.idNumber ?? '' };
    const { id } = await stage.desk.bringIn('registration', [first ?? {}, same]);
    expect(await stage.desk.codes(id)).toEqual([
      [2, 'DUPLICATE_IN_FILE'],
      [3, 'DUPLICATE_IN_FILE'],
    ]);
    const edited = await stage.desk.edit(id, 2, 'idNumber', second?.idNumber ?? '');
    expect(edited.row).toMatchObject({
      issues: [],
      cells: { idNumber: { text: second?.idNumber, edited: true }, name: { edited: false } },
    });
    expect(edited.batch).toMatchObject({ good: 2, bad: 0 });
    expect(await stage.desk.codes(id)).toEqual([[2], [3]]);
    await stage.desk.edit(id, 2, 'idNumber', first?.idNumber ?? '');
    expect((await stage.desk.find('registration', id)).bad).toBe(2);
    expect(new Books(stage.folder).batchEdits()).toEqual([
      { seq: 2, number: 1, before: first?.idNumber, text: second?.idNumber },
      { seq: 2, number: 2, before: second?.idNumber, text: first?.idNumber },
    ]);
  });

  test('removed rows free those they stood against, and come back checked', async () => {
    const [first] = stage.newOnes(1);
    const { id } = await stage.desk.bringIn('registration', [
      first ?? {},
      first ?? {},
      ...stage.newOnes(1),
    ]);
    const removed = valueOf(await stage.desk.handlers['batches.remove']({ id, seqs: [2] }));
    expect(removed).toMatchObject({ open: 2, good: 2, bad: 0, removed: 1 });
    expect((await stage.desk.rows(id, 'removed')).map(({ seq }) => seq)).toEqual([2]);
    const restored = valueOf(await stage.desk.handlers['batches.restore']({ id, seqs: [2] }));
    expect(restored).toMatchObject({ open: 3, good: 1, bad: 2, removed: 0 });
  });

  test('a discarded batch is no longer listed, and all of it comes back', async () => {
    const { id, revision } = await stage.desk.bringIn('registration', stage.newOnes(150));
    const gone = valueOf(await stage.desk.handlers['batches.discard']({ id }));
    expect(gone).toMatchObject({ open: 0, good: 0, removed: 150 });
    expect(gone.revision).toBeGreaterThan(revision);
    expect(await stage.desk.list('registration')).toEqual([]);
    const seqs = Array.from({ length: 150 }, (_, i) => i + 1);
    const back = valueOf(await stage.desk.handlers['batches.restore']({ id, seqs }));
    expect(back).toMatchObject({ open: 150, good: 150, removed: 0 });
    const named = valueOf(await stage.desk.handlers['batches.rename']({ id, name: '十二月新人' }));
    expect(named).toMatchObject({ name: '十二月新人', fileName: '示例.xlsx' });
  });
});

describe('checked against what is here now', () => {
  test('a sync, the queue and another batch are seen at the next look', async () => {
    const [leaving, other] = stage.leavers(2);
    const { id } = await stage.desk.bringIn('reduction', [leaving ?? {}, other ?? {}]);
    expect(await stage.desk.codes(id)).toEqual([[2], [3]]);
    await stage.clerk.enterPerson({
      ...{ kind: 'reduction', fundType: '10', reason: '02' },
      personalAccount: leaving?.personalAccount ?? '',
    });
    stage.centre.setStatus(other?.personalAccount ?? '', '02');
    await stage.clerk.sync();
    expect(await stage.desk.recheck(id)).toMatchObject({ good: 0, bad: 2 });
    expect(await stage.desk.codes(id)).toEqual([
      [2, 'DUPLICATE_IN_QUEUE'],
      [3, 'ACCOUNT_STOPPED'],
    ]);
  });

  test('a look at old findings brings new ones by itself', async () => {
    const [cells] = stage.newOnes(1);
    const { id } = await stage.desk.bringIn('registration', [cells ?? {}]);
    const draft = await stage.clerk.enterPerson({
      ...{ kind: 'registration', fundType: '10', idType: '01', name: '示例新人', base: '8000' },
      idNumber: cells?.idNumber ?? '',
    });
    await stage.desk.rows(id);
    await expect.poll(() => stage.desk.codes(id)).toEqual([[2, 'DUPLICATE_IN_QUEUE']]);
    valueOf(await stage.clerk.host.handlers['queue.remove']({ ids: [draft.id] }));
    await stage.desk.list('registration');
    await expect.poll(() => stage.desk.codes(id)).toEqual([[2]]);
  });

  test('two batches with one person: the second is told while the first is at the centre', async () => {
    const [leaving, other] = stage.leavers(2);
    const first = await stage.desk.bringIn('reduction', [leaving ?? {}]);
    const second = await stage.desk.bringIn('reduction', [leaving ?? {}, other ?? {}]);
    expect(second).toMatchObject({ good: 2, bad: 0 });
    const sent = valueOf(await stage.desk.send(first));
    expect(sent).toMatchObject({ state: 'applied', pending: 1 });
    expect(await stage.desk.send(second)).toMatchObject({ code: 'BATCH_HAS_ISSUES' });
    expect(await stage.desk.codes(second.id)).toEqual([[2, 'DUPLICATE_IN_QUEUE'], [3]]);
    await stage.clerk.orderWhen(sent.oid, ({ pending }) => pending === 0, 'reduction');
    await stage.clerk.sync();
    await stage.desk.recheck(second.id);
    expect(await stage.desk.codes(second.id)).toEqual([[2, 'ACCOUNT_STOPPED'], [3]]);
  });
});
