import { describe, expect, it } from 'vitest';
import { Cancelled, pauseUnless, sortInSlices } from '../../../electron/data/roster/slices.ts';

describe('sorting in slices', () => {
  it('gives the order of a stable sort, over many runs', async () => {
    const values = Array.from({ length: 9_137 }, (_, i) => (i * 7_919) % 1_013);
    const compare = (a: number, b: number) => (values[a] ?? 0) - (values[b] ?? 0);
    const pause = pauseUnless(new AbortController().signal);
    const order = await sortInSlices(values.length, compare, pause);
    const expected = values.map((_, i) => i).sort((a, b) => compare(a, b) || a - b);
    expect([...order]).toEqual(expected);
  });

  it('sorts nothing', async () => {
    const pause = pauseUnless(new AbortController().signal);
    expect(await sortInSlices(0, () => 0, pause)).toHaveLength(0);
  });

  it('stops at a pause once cancelled', async () => {
    const controller = new AbortController();
    const sorting = sortInSlices(50_000, (a, b) => b - a, pauseUnless(controller.signal));
    controller.abort();
    await expect(sorting).rejects.toBeInstanceOf(Cancelled);
  });

  it('lets the event loop turn in between', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await sortInSlices(60_000, (a, b) => b - a, pauseUnless(new AbortController().signal));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});
