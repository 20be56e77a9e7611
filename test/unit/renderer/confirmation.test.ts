import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask } from '../../../renderer/bridge.ts';
import {
  agree,
  closeConfirming,
  isUnclear,
  propose,
} from '../../../renderer/screens/confirm/confirmation.ts';
import type { Proposal } from '../../../renderer/screens/confirm/confirming.ts';
import { attemptFor } from '../../../renderer/screens/entry/entry-submission.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import { orderWith } from './samples.ts';

const proposal: Proposal = {
  kind: 'reduction',
  ids: ['a', 'b'],
  count: 2,
  fen: 384_000,
  excluded: 1,
  businessMonth: 202611,
  opensAt: null,
};
const invoke = vi.fn<(op: string, request: unknown) => Promise<unknown>>();

beforeEach(() => {
  vi.stubGlobal('window', { jiaocuntong: { invoke, on: () => () => undefined } });
  invoke.mockReset();
});
afterEach(() => {
  closeConfirming();
  vi.unstubAllGlobals();
});

function timesAsked(op: string): number {
  return invoke.mock.calls.filter(([asked]) => asked === op).length;
}

describe('agree', () => {
  it('sends what was proposed once, however often 是 is pressed', async () => {
    invoke.mockImplementation((op) =>
      Promise.resolve(
        op === 'orders.list' ? succeed({ orders: [], fetchedAt: null }) : succeed(orderWith({})),
      ),
    );
    propose(proposal);
    await Promise.all([agree(), agree()]);
    await agree();
    expect(timesAsked('orders.confirm')).toBe(1);
    expect(invoke).toHaveBeenCalledWith('orders.confirm', {
      kind: 'reduction',
      ids: ['a', 'b'],
      expected: { count: 2, fen: 384_000 },
      waitForOpening: false,
    });
    expect(invoke).toHaveBeenCalledWith('orders.list', {
      kind: 'reduction',
      businessMonth: 202611,
    });
  });

  it('leaves the order to the opening when that was proposed', async () => {
    const opensAt = '2026-11-18T01:00:00.000Z';
    invoke.mockImplementation((op) =>
      Promise.resolve(
        op === 'orders.list'
          ? succeed({ orders: [], fetchedAt: null })
          : succeed(orderWith({ state: 'draft', opensAt })),
      ),
    );
    propose({ ...proposal, opensAt });
    await agree();
    expect(invoke).toHaveBeenCalledWith(
      'orders.confirm',
      expect.objectContaining({ waitForOpening: true }),
    );
  });

  it('does not send again when the call comes to no answer', async () => {
    invoke.mockImplementation((op) =>
      op === 'orders.list'
        ? Promise.resolve(fail('NOT_SIGNED_IN'))
        : Promise.reject(new Error('the other side is gone')),
    );
    propose(proposal);
    await agree();
    await agree();
    expect(timesAsked('orders.confirm')).toBe(1);
  });

  it('sends nothing that was not proposed', async () => {
    await agree();
    expect(invoke).not.toHaveBeenCalled();
  });
});

describe('ask', () => {
  it('makes of a rejected call a failure whose outcome is unknown', async () => {
    invoke.mockRejectedValue(new Error('gone'));
    const answer = await ask('queue.remove', { ids: ['019a8f7e-0000-7000-8000-00000000000a'] });
    expect(answer).toMatchObject({ ok: false, code: 'INTERNAL' });
    expect(isUnclear('INTERNAL')).toBe(true);
  });
});

describe('isUnclear', () => {
  it('counts a lost host among the failures after which the centre may have the order', () => {
    expect(isUnclear('HOST_DIED')).toBe(true);
    expect(isUnclear('ANSWER_LATE')).toBe(true);
    expect(isUnclear('KEY_REMOVED')).toBe(false);
    expect(isUnclear('WINDOW_CLOSED')).toBe(false);
  });
});

describe('attemptFor', () => {
  it('keeps the id for the same content and makes one for other content', () => {
    let made = 0;
    const makeId = () => `id-${(made += 1)}`;
    const first = attemptFor({ id: '', content: '' }, 'x', makeId);
    expect(attemptFor(first, 'x', makeId).id).toBe('id-1');
    expect(attemptFor(first, 'y', makeId).id).toBe('id-2');
  });
});
