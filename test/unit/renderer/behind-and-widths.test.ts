import { expect, it } from 'vitest';
import { leastWidth } from '../../../renderer/parts/grid-window.ts';
import { countUnsynced } from '../../../renderer/screens/today/unsynced.ts';
import { itemWith } from './samples.ts';

it('a table is never narrower than its columns at their least', () => {
  expect(leastWidth(['40px', 'minmax(100px, 1fr)', '88px'])).toBe(228);
  expect(leastWidth(['1fr', '40px'])).toBe(40);
});

it('only those who succeeded after the last sync are missing on this computer', () => {
  const items = [
    itemWith({ state: 'succeeded', changedAt: '2026-11-17T03:00:00.000Z' }),
    itemWith({ state: 'succeeded', changedAt: '2026-11-16T03:00:00.000Z' }),
    itemWith({ state: 'failed', changedAt: '2026-11-17T03:00:00.000Z' }),
    itemWith({ state: 'succeeded', changedAt: null }),
  ];
  expect(countUnsynced(items, '2026-11-17T00:10:00.000Z')).toBe(1);
});
