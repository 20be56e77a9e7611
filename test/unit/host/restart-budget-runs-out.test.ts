import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  RESTART_WINDOW_MS,
  RestartBudget,
  RESTARTS_MAX,
} from '../../../electron/main/supervisor/restart-budget.ts';

test('three restarts with growing delays, then none', () => {
  const budget = new RestartBudget();
  const delays = [0, 1, 2, 3].map((atMs) => budget.take(atMs));
  expect(delays).toEqual([100, 1_000, 5_000, null]);
});

test('a restart is forgotten when the window has passed', () => {
  const budget = new RestartBudget();
  for (const atMs of [0, 10, 20]) expect(budget.take(atMs)).not.toBeNull();
  expect(budget.take(RESTART_WINDOW_MS - 1)).toBeNull();
  expect(budget.take(RESTART_WINDOW_MS)).toBe(5_000);
  expect(budget.take(RESTART_WINDOW_MS + 1)).toBeNull();
});

test('reset gives a full budget again', () => {
  const budget = new RestartBudget();
  for (const atMs of [0, 1, 2]) budget.take(atMs);
  budget.reset();
  expect(budget.take(3)).toBe(100);
});

test('no window ever holds more restarts than allowed', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(120_000), { maxLength: 60 }), (gapsMs) => {
      const budget = new RestartBudget();
      const grantedMs: number[] = [];
      let nowMs = 0;
      for (const gapMs of gapsMs) {
        nowMs += gapMs;
        if (budget.take(nowMs) !== null) grantedMs.push(nowMs);
      }
      for (const fromMs of grantedMs) {
        const within = grantedMs.filter((ms) => ms >= fromMs && ms < fromMs + RESTART_WINDOW_MS);
        expect(within.length).toBeLessThanOrEqual(RESTARTS_MAX);
      }
    }),
  );
});
