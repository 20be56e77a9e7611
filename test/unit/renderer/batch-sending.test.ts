import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { batchTodosOf } from '../../../renderer/screens/batch/batch-todos.ts';
import { withImportProgress } from '../../../renderer/screens/batch/importing.ts';
import { unreadResults } from '../../../renderer/screens/batch/results-seen.ts';
import {
  agreeToSend,
  closeSending,
  proposeSending,
  readSending,
} from '../../../renderer/screens/batch/send.ts';
import { sendingAfter } from '../../../renderer/screens/batch/sending.ts';
import type { Sending } from '../../../renderer/screens/batch/sending.ts';
import { progressOf } from '../../../renderer/screens/batch/sent-columns.tsx';
import { sentenceIn } from '../../../renderer/parts/failure-note.tsx';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Batch } from '../../../shared/ipc/batches.ts';
import { batchWith, orderWith } from './samples.ts';

const proposalOf = (over: Partial<Batch>) => ({
  batch: batchWith({ open: 10, good: 10, goodFen: 1_920_000, ...over }),
  businessMonth: 202611,
  opensAt: null,
});
const closed: Sending = { kind: 'closed' };
const ask = (over: Partial<Batch>) =>
  sendingAfter(closed, { type: 'propose', proposal: proposalOf(over) });

describe('批量发送', () => {
  it('asks for the totals of a batch without faults', () => {
    expect(ask({}).kind).toBe('asking');
  });

  it('asks about differences before the totals', () => {
    const state = ask({ differing: 2 });
    expect(state.kind).toBe('differences');
    expect(sendingAfter(state, { type: 'yes' }).kind).toBe('asking');
    expect(sendingAfter(state, { type: 'close' })).toEqual(closed);
  });

  it('stops at a row that may not be sent, unless the good ones alone are chosen', () => {
    for (const held of [{ bad: 1 }, { counter: 1 }]) {
      const state = ask({ ...held, good: 9 });
      expect(state.kind).toBe('issues');
      expect(sendingAfter(state, { type: 'yes' }).kind).toBe('asking');
    }
    const differing = ask({ bad: 1, good: 9, differing: 1 });
    expect(sendingAfter(differing, { type: 'yes' }).kind).toBe('differences');
    const none = ask({ bad: 10, good: 0 });
    expect(sendingAfter(none, { type: 'yes' })).toBe(none);
  });

  it('cannot be closed or agreed to again while sending', () => {
    const sending = sendingAfter(ask({}), { type: 'yes' });
    expect(sending).toMatchObject({ kind: 'sending', stage: 'sign' });
    expect(sendingAfter(sending, { type: 'close' })).toBe(sending);
    expect(sendingAfter(sending, { type: 'yes' })).toBe(sending);
    const later = sendingAfter(sending, { type: 'reached', stage: 'wait' });
    expect(sendingAfter(later, { type: 'reached', stage: 'send' })).toBe(later);
  });

  it('ends with the order, a failure, or what the journal says afterwards', () => {
    const sending = sendingAfter(ask({}), { type: 'yes' });
    const order = orderWith({ origin: 'batch' });
    const ended = sendingAfter(sending, { type: 'answered', answer: succeed(order) });
    expect(ended).toMatchObject({ kind: 'ended', order });
    const failed = sendingAfter(sending, { type: 'answered', answer: fail('HOST_DIED') });
    expect(failed).toMatchObject({ kind: 'failed', code: 'HOST_DIED' });
    expect(sendingAfter(failed, { type: 'found', order: undefined })).toMatchObject({
      isAbsent: true,
    });
    expect(sendingAfter(failed, { type: 'found', order })).toMatchObject({ kind: 'ended' });
  });
});

describe('sending through main', () => {
  const invoke = vi.fn<(op: string, request: unknown) => Promise<unknown>>();
  beforeEach(() => {
    vi.stubGlobal('window', { jiaocuntong: { invoke, on: () => () => undefined } });
    invoke.mockReset();
    invoke.mockImplementation((op) =>
      Promise.resolve(
        op === 'orders.list' ? succeed({ orders: [], fetchedAt: null }) : succeed(orderWith({})),
      ),
    );
  });
  afterEach(() => {
    closeSending();
    vi.unstubAllGlobals();
  });
  const sent = () => invoke.mock.calls.filter(([op]) => op === 'batches.send');

  it('sends what was agreed to, exactly once', async () => {
    proposeSending(proposalOf({}));
    await Promise.all([agreeToSend(), agreeToSend()]);
    await agreeToSend();
    expect(sent()).toEqual([
      [
        'batches.send',
        {
          id: batchWith({}).id,
          which: 'all',
          expected: { count: 10, fen: 1_920_000 },
          differing: 0,
          waitForOpening: false,
        },
      ],
    ]);
    expect(readSending().kind).toBe('ended');
  });

  it('says that the good ones alone are meant, and which differences were agreed to', async () => {
    proposeSending(proposalOf({ bad: 1, good: 9, differing: 2 }));
    await agreeToSend();
    await agreeToSend();
    expect(sent()).toEqual([]);
    await agreeToSend();
    expect(sent()[0]?.[1]).toMatchObject({ which: 'good', differing: 2 });
  });
});

describe('orders made of batches', () => {
  const done = orderWith({ origin: 'batch', succeeded: 9, failed: 1, pending: 0 });

  it('are at work at the centre until the last row has a result', () => {
    expect(progressOf(orderWith({ pending: 1 }))).toBe('processing');
    expect(progressOf(done)).toBe('done');
    expect(progressOf(orderWith({ state: 'rejected' }))).toBe('rejected');
  });

  it('have results to be read once: those of batches, when all are here', () => {
    const single = orderWith({ oid: 'single', succeeded: 1, pending: 0 });
    const working = orderWith({ oid: 'working', origin: 'batch', pending: 3 });
    expect(unreadResults([done, single, working], new Set())).toEqual([done]);
    expect(unreadResults([done], new Set([`${done.oid} 9 1`]))).toEqual([]);
  });

  it('stand in 今日 with the open batches, a line each', () => {
    const open = batchWith({ kind: 'reduction', open: 1200 });
    const todos = batchTodosOf([open, batchWith({ open: 0 })], [done], new Set());
    expect(todos.map(({ screen, text }) => [screen, text])).toEqual([
      ['batch-reduction', '未发送：批量职工减少 1 批 1,200 人'],
      ['batch-registration', '有新结果：批量职工登记 成功 9、失败 1'],
    ]);
    expect(batchTodosOf([], [], new Set())).toEqual([]);
  });
});

it('a file’s own sentence is told openly, a technical detail is not', () => {
  expect(sentenceIn('HEADING_MISSING', '缺少“姓名”列。')).toBe('缺少“姓名”列。');
  expect(sentenceIn('FILE_DAMAGED', 'bad central directory')).toBe('');
  expect(sentenceIn('HOST_DIED', '后台')).toBe('');
});

it('progress that comes after the end of an import changes nothing', () => {
  const progress = { phase: 'checking', rows: 500 } as const;
  const running = { state: 'running', kind: 'registration', progress: undefined } as const;
  expect(withImportProgress(running, progress)).toEqual({ ...running, progress });
  const idle = { state: 'idle' } as const;
  expect(withImportProgress(idle, progress)).toBe(idle);
});
