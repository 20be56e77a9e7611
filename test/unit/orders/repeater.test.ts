import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Repeater } from '../../../electron/data/orders/repeater.ts';

test('runs again after the time asked for, pauses on null, and wakes', async () => {
  const delays: (number | null)[] = [20, null];
  let runs = 0;
  const repeater = new Repeater(() => {
    runs += 1;
    return Promise.resolve(delays.shift() ?? null);
  });
  repeater.wake();
  await expect.poll(() => runs).toBe(2);
  await wait(50);
  expect(runs).toBe(2);
  repeater.wake();
  await expect.poll(() => runs).toBe(3);
  await repeater.stop();
});

test('never twice at once; a wake during a run makes one more', async () => {
  let underway = 0;
  let mostUnderway = 0;
  let runs = 0;
  const repeater = new Repeater(async () => {
    underway += 1;
    runs += 1;
    mostUnderway = Math.max(mostUnderway, underway);
    await wait(200);
    underway -= 1;
    return null;
  });
  repeater.wake();
  await expect.poll(() => underway).toBe(1);
  repeater.wake();
  repeater.wake();
  await expect.poll(() => runs).toBe(2);
  await wait(400);
  expect({ runs, mostUnderway }).toEqual({ runs: 2, mostUnderway: 1 });
  await repeater.stop();
});

test('after stop nothing runs, and stop waits for what does', async () => {
  let isDone = false;
  let runs = 0;
  const repeater = new Repeater(async () => {
    runs += 1;
    await wait(50);
    isDone = true;
    return 1;
  });
  repeater.wake();
  await expect.poll(() => runs).toBe(1);
  await repeater.stop();
  expect(isDone).toBe(true);
  repeater.wake();
  await wait(30);
  expect(runs).toBe(1);
});
