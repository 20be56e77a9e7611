import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ChangeTeller } from '../../../electron/data/changes.ts';

it('tells once per turn what changed in it, and forgets nothing', async () => {
  const told: string[][] = [];
  const changes = new ChangeTeller((what) => told.push(what));
  changes.tell('queue', 'status');
  changes.tell('status');
  expect(told).toEqual([]);
  await setImmediate();
  expect(told).toEqual([['queue', 'status']]);
  changes.tell('orders');
  await setImmediate();
  expect(told).toEqual([['queue', 'status'], ['orders']]);
});
