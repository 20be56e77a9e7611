import { expect, test } from 'vitest';
import { hasPlace, nextState } from '../../../electron/data/orders/state-change.ts';
import { orderEvents, orderStates, transition } from '../../../shared/orders/states.ts';

const pairs = orderStates.flatMap((state) => orderEvents.map((event) => [state, event] as const));

test.each(pairs)('%s + %s: the table decides, and what has no place throws', (state, event) => {
  const next = transition(state, event);
  expect(hasPlace(state, event)).toBe(next !== undefined);
  if (next === undefined) expect(() => nextState(state, event)).toThrow(/has no place/);
  else expect(nextState(state, event)).toBe(next);
});

test('what was sent is left only by a receipt or a signed void', () => {
  const leaving = orderEvents.filter((event) => {
    const next = transition('sent', event);
    return next !== undefined && next !== 'sent';
  });
  expect(leaving).toEqual(['receiptApplied', 'receiptRejected', 'voided']);
});

test('nothing that was signed goes back to draft, and no decided order is decided again', () => {
  for (const state of orderStates) {
    for (const event of orderEvents) expect(transition(state, event)).not.toBe('draft');
  }
  expect(orderEvents.map((event) => transition('applied', event)).filter(Boolean)).toEqual([
    'applied',
  ]);
  expect(orderEvents.map((event) => transition('rejected', event)).filter(Boolean)).toEqual([
    'rejected',
  ]);
});
