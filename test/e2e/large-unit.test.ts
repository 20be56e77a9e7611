import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readWindow } from '../../build/tour/ask.ts';
import type { Clerk } from '../../build/tour/clerk.ts';
import { rosterSync } from '../../renderer/text/roster-sync.ts';
import type { WindowBridge } from '../../shared/ipc/window.ts';
import { Desk } from './support/desk.ts';
import { pictureOnFailure } from './support/failure-picture.ts';
import { longestFrameGap, watchFrames } from './support/frames.ts';
import { firstRows } from './support/roster.ts';

const UNIT = '9900100000';
const PEOPLE = 100_000;
const LOOKUPS = 1_000;
const LOOKUP_P99_AIM_MS = 16;
/** The window has stopped answering when a frame takes longer than this. */
const FRAME_GAP_MAX_MS = 1_000;

let desk: Desk;
let clerk: Clerk;

beforeAll(async () => {
  desk = await Desk.setUp(UNIT);
});
beforeEach(() => {
  pictureOnFailure(() => clerk);
});
afterAll(async () => {
  await desk.clear();
});

it('cancels the sync of 100,000 people and leaves the roster as it was', async () => {
  clerk = await desk.openProgram();
  await clerk.startPlatform(desk.secrets.pin);
  await watchFrames(clerk.page);
  await clerk.signIn(desk.secrets.transactionPassword, { sync: true });
  await clerk.open('roster-sync');
  await clerk.button(rosterSync.cancel).click();
  await clerk.page.getByText(rosterSync.phase.cancelled).first().waitFor({ timeout: 60_000 });
  const left = await readWindow(clerk.page, 'roster.query', firstRows(10));
  expect(left.total).toBe(0);
});

it(
  'syncs 100,000 people with progress while the window answers',
  { timeout: 400_000 },
  async () => {
    const started = Date.now();
    await clerk.button(rosterSync.start).click();
    await clerk.page.getByRole('progressbar').waitFor();
    await clerk.waitForSync();
    const gap = await longestFrameGap(clerk.page);
    const all = await readWindow(clerk.page, 'roster.query', firstRows(10));
    console.log(
      `sync of ${all.total} rows: ${((Date.now() - started) / 1000).toFixed(1)} s; ` +
        `longest gap between two frames of the window ${gap.toFixed(0)} ms`,
    );
    expect(all.total).toBeGreaterThanOrEqual(PEOPLE);
    expect(gap).toBeLessThan(FRAME_GAP_MAX_MS);
  },
);

it('answers 1,000 mixed lookups', async () => {
  const times = await clerk.page.evaluate(async (lookups) => {
    const { jiaocuntong } = globalThis as unknown as { jiaocuntong: WindowBridge };
    const query = (over: object, offset = 0) =>
      jiaocuntong.invoke('roster.query', {
        ...{ text: '', sort: 'personalAccount' as const, descending: false, offset, limit: 50 },
        ...over,
      });
    const sample = await query({}, 40_000);
    if (!sample.ok) throw new Error(sample.code);
    const people = sample.value.rows;
    const kinds = [
      (n: number) => ({ text: people[n % 50]?.name ?? '' }),
      (n: number) => ({ text: people[n % 50]?.name.slice(0, 1) ?? '' }),
      (n: number) => ({ personalAccount: people[n % 50]?.personalAccount ?? '' }),
      (n: number) => ({ text: people[n % 50]?.personalAccount.slice(0, 8) ?? '' }),
      (n: number) => ({ idNumber: people[n % 50]?.idNumber.slice(6, 14) ?? '' }),
      (n: number) => ({ text: people[n % 50]?.idNumber.slice(-4) ?? '' }),
      (n: number) => ({ text: ['w', 'zw', 'lm', 'zhang', 'wangl'][n % 5] ?? '' }),
      () => ({ status: '02' as const, sort: 'base' as const, descending: true }),
      () => ({ fundType: '11' as const, sort: 'name' as const }),
      (n: number) => ({ text: people[n % 50]?.name.slice(0, 1) ?? '', status: '01' as const }),
    ];
    const measured: number[] = [];
    for (let n = 0; n < lookups; n += 1) {
      const started = performance.now();
      const answer = await query(kinds[n % kinds.length]?.(n) ?? {}, (n % 7) * 50);
      measured.push(performance.now() - started);
      if (!answer.ok) throw new Error(answer.code);
    }
    return measured;
  }, LOOKUPS);
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Infinity;
  const floor = await emptyRoundTrip(clerk);
  console.log(
    `${LOOKUPS} mixed lookups over ${PEOPLE} people, asked in the window: ` +
      `p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms ` +
      `(aim p99 under ${LOOKUP_P99_AIM_MS} ms; an empty call: ${floor.toFixed(1)} ms)`,
  );
  // The machine that runs the tests is shared: twice the aim is a fault, a little over it may be load.
  expect(at(0.99)).toBeLessThan(LOOKUP_P99_AIM_MS * 2);
});

async function emptyRoundTrip(clerk: Clerk): Promise<number> {
  return clerk.page.evaluate(async () => {
    const { jiaocuntong } = globalThis as unknown as { jiaocuntong: WindowBridge };
    const started = performance.now();
    for (let n = 0; n < 50; n += 1) await jiaocuntong.invoke('app.describe', {});
    return (performance.now() - started) / 50;
  });
}
