import { describe, expect, it } from 'vitest';
import { confirmingAfter, stageOf } from '../../../renderer/screens/confirm/confirming.ts';
import type { Confirming } from '../../../renderer/screens/confirm/confirming.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import { fail, succeed } from '../../../shared/errors/result.ts';
import { orderWith } from './samples.ts';

const proposal = {
  kind: 'registration',
  ids: ['a'],
  count: 1,
  people: 1,
  fen: 192_000,
  excluded: 0,
  businessMonth: 202611,
  opensAt: null,
  landsLate: false,
} as const;
const closed: Confirming = { kind: 'closed' };
const asking: Confirming = { kind: 'asking', proposal };
const sending: Confirming = { kind: 'sending', proposal, stage: 'sign' };

describe('the dialogue 确认', () => {
  it('asks, sends after 是, and ends with the order the centre took', () => {
    const order = orderWith({});
    expect(confirmingAfter(closed, { type: 'ask', proposal })).toEqual(asking);
    expect(confirmingAfter(asking, { type: 'yes' })).toEqual(sending);
    expect(confirmingAfter(sending, { type: 'answered', answer: succeed(order) })).toEqual({
      kind: 'ended',
      proposal,
      order,
    });
  });

  it('is left by 否 without sending', () => {
    expect(confirmingAfter(asking, { type: 'close' })).toEqual(closed);
  });

  it('cannot be closed, asked anew or agreed to again while sending', () => {
    expect(confirmingAfter(sending, { type: 'close' })).toBe(sending);
    expect(confirmingAfter(sending, { type: 'yes' })).toBe(sending);
    expect(confirmingAfter(sending, { type: 'ask', proposal })).toBe(sending);
  });

  it('keeps the code and the detail of a failure', () => {
    const answer = fail('KEY_REMOVED', 'CKR_TOKEN_NOT_PRESENT');
    expect(confirmingAfter(sending, { type: 'answered', answer })).toEqual({
      kind: 'failed',
      proposal,
      code: 'KEY_REMOVED',
      detail: 'CKR_TOKEN_NOT_PRESENT',
    });
  });

  it('goes forward through the stages, never back', () => {
    const waiting = confirmingAfter(sending, { type: 'reached', stage: 'wait' });
    expect(waiting).toMatchObject({ stage: 'wait' });
    expect(confirmingAfter(waiting, { type: 'reached', stage: 'send' })).toBe(waiting);
  });

  it('turns 等待中心答复 into the result of that order, and of no other', () => {
    const waiting: Confirming = { kind: 'ended', proposal, order: orderWith({ state: 'sent' }) };
    const applied = orderWith({});
    expect(confirmingAfter(waiting, { type: 'found', order: applied })).toMatchObject({
      order: { state: 'applied' },
    });
    const other = orderWith({ oid: 'other' });
    expect(confirmingAfter(waiting, { type: 'found', order: other })).toBe(waiting);
  });

  it('replaces a failure by the order that was found, or says that there is none', () => {
    const failed: Confirming = { kind: 'failed', proposal, code: 'HOST_DIED', detail: '' };
    const found = (order: Order | undefined) => confirmingAfter(failed, { type: 'found', order });
    expect(found(orderWith({}))).toMatchObject({ kind: 'ended' });
    expect(found(orderWith({ state: 'draft' }))).toBe(failed);
    const kept = orderWith({ state: 'draft', opensAt: '2026-11-18T01:00:00.000Z' });
    expect(found(kept)).toMatchObject({ kind: 'ended', proposal, order: kept });
    expect(found(undefined)).toMatchObject({ kind: 'failed', isAbsent: true });
  });

  it('ignores an answer nobody waits for', () => {
    const late = { type: 'answered', answer: succeed(orderWith({})) } as const;
    expect(confirmingAfter(closed, late)).toBe(closed);
  });
});

describe('stageOf', () => {
  it('follows the order that was not there before', () => {
    const old = orderWith({ oid: 'old', state: 'sent' });
    const before = new Set(['old']);
    expect(stageOf([old], before)).toBe('sign');
    expect(stageOf([orderWith({ oid: 'new', state: 'draft' }), old], before)).toBe('sign');
    expect(stageOf([orderWith({ oid: 'new', state: 'signed' }), old], before)).toBe('send');
    expect(stageOf([orderWith({ oid: 'new', state: 'sent' }), old], before)).toBe('wait');
  });
});
