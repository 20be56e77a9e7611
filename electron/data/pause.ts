import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest work before others are let in, ms. */
const SLICE_MS = 12;

/** Walks through `items`; other calls are answered meanwhile. Ends early where `work` says false. */
export async function walkInSlices<Item>(
  items: Iterable<Item>,
  work: (item: Item) => boolean,
): Promise<boolean> {
  let sinceMs = performance.now();
  for (const item of items) {
    if (!work(item)) return false;
    if (performance.now() - sinceMs < SLICE_MS) continue;
    await nextTurn();
    sinceMs = performance.now();
  }
  return true;
}
