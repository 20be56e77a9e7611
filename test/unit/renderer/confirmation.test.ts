import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask } from '../../../renderer/bridge.ts';
import {
  agree,
  closeConfirming,
  isUnclear,
  lookAgain,
  propose,
  readConfirming,
} from '../../../renderer/screens/confirm/confirmation.ts';
import type { Proposal } from '../../../renderer/screens/confirm/confirming.ts';
import { attemptFor } from '../../../renderer/screens/entry/entry-submission.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import { orderWith } from './samples.ts';

const proposal: Proposal = {
  kind: 'reduction',
  ids: ['a', 'b'],
  count: 2,
  people: 2,
  fen: 384_000,
  excluded: 1,
  businessMonth: 202611,
  opensAt: null,
  landsLate: false,
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

  it('follows an order of any kind, kept or sent, by itself until the dialogue is closed', async () => {
    const opensAt = '2026-12-01T01:00:00.000Z';
    const kept = orderWith({ kind: 'reduction', state: 'draft', opensAt, businessMonth: 202612 });
    const listeners = new Set<(event: { what: string[] }) => void>();
    const on = (name: string, listener: (event: { what: string[] }) => void) => {
      if (name === 'changed') listeners.add(listener);
      return () => listeners.delete(listener);
    };
    vi.stubGlobal('window', { jiaocuntong: { invoke, on } });
    invoke.mockImplementation((op) =>
      Promise.resolve(
        op === 'orders.confirm' ? succeed(kept) : succeed({ orders: [], fetchedAt: null }),
      ),
    );
    propose({ ...proposal, opensAt });
    await agree();
    expect(readConfirming()).toMatchObject({ kind: 'ended', order: { state: 'draft', opensAt } });
    const applied = { ...kept, state: 'applied', opensAt: null };
    invoke.mockResolvedValue(succeed({ orders: [applied], fetchedAt: null }));
    for (const listener of listeners) listener({ what: ['orders'] });
    await vi.waitFor(() => {
      expect(readConfirming()).toMatchObject({ kind: 'ended', order: { state: 'applied' } });
    });
    // its own month, not the one proposed
    expect(invoke).toHaveBeenLastCalledWith('orders.list', {
      kind: 'reduction',
      businessMonth: 202612,
    });
    closeConfirming();
    expect(listeners.size).toBe(0);
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

  it('looks the order up after the data host died, and again once it is back', async () => {
    const journal = [orderWith({ oid: 'old' })];
    let isDown = false;
    invoke.mockImplementation((op) => {
      if (op === 'orders.confirm') isDown = true;
      if (isDown) return Promise.resolve(fail('HOST_DIED'));
      return Promise.resolve(succeed({ orders: journal, fetchedAt: null }));
    });
    propose(proposal);
    await agree();
    expect(readConfirming()).toEqual({ kind: 'failed', proposal, code: 'HOST_DIED', detail: '' });
    isDown = false;
    await lookAgain();
    expect(readConfirming()).toMatchObject({ kind: 'failed', isAbsent: true });
    journal.unshift(orderWith({ oid: 'new', state: 'applied' }));
    await lookAgain();
    expect(readConfirming()).toMatchObject({ kind: 'ended', order: { oid: 'new' } });
    expect(timesAsked('orders.confirm')).toBe(1);
  });

  it('takes no old order for the new one when the journal could not be read before', async () => {
    let isUp = false;
    invoke.mockImplementation((op) => {
      if (op === 'orders.confirm') isUp = true;
      if (!isUp || op === 'orders.confirm') return Promise.resolve(fail('HOST_DIED'));
      return Promise.resolve(succeed({ orders: [orderWith({})], fetchedAt: null }));
    });
    propose(proposal);
    await agree();
    await lookAgain();
    expect(readConfirming()).toMatchObject({ kind: 'failed', code: 'HOST_DIED' });
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
