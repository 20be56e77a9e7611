import { expect, it } from 'vitest';
import { measureQueue } from '../../bench/draft-queue.ts';

/** Generous against a busy machine: what is measured stands in the output. */
const LIST_MS = 2_000;
const SUM_MS = 200;
const RECHECK_MS = 10_000;

it('10,000 drafts of one kind are listed with their sums, checked anew, removed and restored', async () => {
  const times = await measureQueue(10_000);
  console.log(JSON.stringify(times, null, 1));
  expect(times.drafts).toBe(10_000);
  expect(times.listMs).toBeLessThan(LIST_MS);
  expect(times.sumMs).toBeLessThan(SUM_MS);
  expect(times.recheckMs).toBeLessThan(RECHECK_MS);
});
