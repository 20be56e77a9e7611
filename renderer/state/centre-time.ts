import { useEffect } from 'react';
import { addDays, dateAt, instantAt } from '../../shared/rules/dates.ts';
import { filingWindow } from '../../shared/rules/window.ts';
import type { FilingWindow } from '../../shared/rules/window.ts';
import { createStore } from './store.ts';
import { useWindowStatus } from './window-status.ts';

const TICK_MS = 10_000;
const MIDNIGHT = '00:00';

/** This computer's time as the whole window reads it: no two parts can differ. */
const clock = createStore(Date.now());
export const readClock = clock.get;

export interface Hours {
  /** Centre's clock minus this computer's, ms. */
  readonly offsetMs: number;
  /** `HH:mm` by the centre's clock at which the window opens and closes each day. */
  readonly edges: readonly string[];
}

/** How long to the next tick: ten seconds, or less where the window opens or closes or a day begins. */
export function nextTickMs(localMs: number, { offsetMs, edges }: Hours): number {
  const nowMs = localMs + offsetMs;
  const today = dateAt(nowMs);
  const next = [
    ...edges.map((time) => instantAt(today, time)),
    instantAt(addDays(today, 1), MIDNIGHT),
  ].filter((edgeMs) => edgeMs > nowMs);
  return Math.min(TICK_MS, ...next.map((edgeMs) => edgeMs - nowMs));
}

/** Ticks at once, from then on, and when the window comes into sight, until the returned function is called. */
export function followClock(hours: Hours): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tick = () => {
    clearTimeout(timer);
    const localMs = Date.now();
    clock.set(localMs);
    timer = setTimeout(tick, nextTickMs(localMs, hours));
  };
  tick();
  // timers of a hidden window are late
  document.addEventListener('visibilitychange', tick);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', tick);
  };
}

/** Keeps the one clock going; for the root of the window only. */
export function useClock(): void {
  const unit = useWindowStatus()?.unit;
  const offsetMs = unit?.clockOffsetMs ?? 0;
  const opens = unit?.parameters?.filing.openTime;
  const closes = unit?.parameters?.filing.closeTime;
  useEffect(() => {
    const edges = [opens, closes].filter((time) => time !== undefined);
    return followClock({ offsetMs, edges });
  }, [offsetMs, opens, closes]);
}

/** The centre's clock, ms since 1970. */
export function useCentreTime(): number {
  const offset = useWindowStatus()?.unit?.clockOffsetMs ?? 0;
  return clock.use() + offset;
}

/** undefined until the centre's rules are here. */
export function useFilingWindow(): FilingWindow | undefined {
  const rules = useWindowStatus()?.unit?.parameters?.filing;
  const now = useCentreTime();
  return rules && filingWindow(now, rules);
}
