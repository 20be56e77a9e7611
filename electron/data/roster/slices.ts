import { setImmediate } from 'node:timers/promises';

/**
 * Long work in slices: between two of them the host answers other calls. A slice is a few
 * milliseconds, so that a lookup during a sync still comes within a frame.
 */
export type Pause = () => Promise<void>;

/** Thrown at a pause once the work is no longer wanted. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
  }
}

export function pauseUnless(signal: AbortSignal): Pause {
  return async () => {
    await setImmediate();
    if (signal.aborted) throw new Cancelled();
  };
}

const RUN_LENGTH = 2_000;

/** The numbers 0 to count - 1 in the order of `compare`; equal ones keep their order. */
export async function sortInSlices(
  count: number,
  compare: (a: number, b: number) => number,
  pause: Pause,
): Promise<Uint32Array> {
  let from = Uint32Array.from({ length: count }, (_, i) => i);
  for (let start = 0; start < count; start += RUN_LENGTH) {
    from.subarray(start, start + RUN_LENGTH).sort(compareStable(compare));
    await pause();
  }
  let to = new Uint32Array(count);
  for (let width = RUN_LENGTH; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      await mergeRuns(from, to, { start, width, compare }, pause);
    }
    [from, to] = [to, from];
  }
  return from;
}

function compareStable(compare: (a: number, b: number) => number) {
  return (a: number, b: number) => compare(a, b) || a - b;
}

interface Runs {
  readonly start: number;
  readonly width: number;
  readonly compare: (a: number, b: number) => number;
}

const MERGE_STEPS_MAX = 20_000;

async function mergeRuns(from: Uint32Array, to: Uint32Array, runs: Runs, pause: Pause) {
  const { start, width, compare } = runs;
  const middle = Math.min(start + width, from.length);
  const end = Math.min(start + 2 * width, from.length);
  let left = start;
  let right = middle;
  for (let at = start; at < end; at += 1) {
    const a = from[left] ?? 0;
    const b = from[right] ?? 0;
    const takeLeft = left < middle && (right >= end || compare(a, b) <= 0);
    to[at] = takeLeft ? a : b;
    if (takeLeft) left += 1;
    else right += 1;
    if (at % MERGE_STEPS_MAX === 0) await pause();
  }
}
