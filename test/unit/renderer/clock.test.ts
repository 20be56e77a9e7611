import { readFileSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followClock, nextTickMs, readClock } from '../../../renderer/state/centre-time.ts';
import { instantAt } from '../../../shared/rules/dates.ts';
import { filingWindow } from '../../../shared/rules/window.ts';

const rules = { openTime: '09:00', closeTime: '16:30', calendar: [], calendarThrough: '2030' };
const offsetMs = 2_345;
const hours = { offsetMs, edges: [rules.openTime, rules.closeTime] };
const stateNow = () => filingWindow(readClock() + offsetMs, rules).state;
const page = new EventTarget();
let end: () => void = () => undefined;

/** Starts the clock at an instant of the centre's clock. */
function startAt(date: string, time: string, beforeMs: number): void {
  vi.setSystemTime(instantAt(date, time) - offsetMs - beforeMs);
  end = followClock(hours);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', page);
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the window’s clock', () => {
  it('ticks at the opening and at the closing, not up to ten seconds later', () => {
    startAt('2026-11-17', '09:00', 13_000);
    vi.advanceTimersByTime(12_999);
    expect(stateNow()).toBe('beforeHours');
    vi.advanceTimersByTime(1);
    expect(stateNow()).toBe('open');
    end();
    startAt('2026-11-20', '16:30', 4);
    expect(stateNow()).toBe('open');
    vi.advanceTimersByTime(4);
    expect(stateNow()).toBe('betweenMonths');
  });

  it('ticks when the centre’s day begins, and every ten seconds in between', () => {
    startAt('2026-11-21', '00:00', 25_000);
    const first = readClock();
    vi.advanceTimersByTime(10_000);
    expect(readClock()).toBe(first + 10_000);
    vi.advanceTimersByTime(15_000);
    expect(stateNow()).toBe('beforeHours');
    expect(readClock()).toBe(first + 25_000);
  });

  it('goes on past an edge that a timer reached a moment too early', () => {
    const edge = instantAt('2026-11-17', '09:00') - offsetMs;
    expect(nextTickMs(edge - 1, hours)).toBe(1);
    expect(nextTickMs(edge, hours)).toBe(10_000);
  });

  it('is right at once when the window comes into sight again, and rests when it is ended', () => {
    startAt('2026-11-17', '09:00', 5_000);
    vi.setSystemTime(instantAt('2026-11-17', '10:00'));
    page.dispatchEvent(new Event('visibilitychange'));
    expect(readClock()).toBe(instantAt('2026-11-17', '10:00'));
    expect(vi.getTimerCount()).toBe(1);
    end();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is the only one: no other part of the window looks at the time by itself', () => {
    const folder = new URL('../../../renderer/', import.meta.url);
    const own = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .filter((file) =>
        /Date\.now|setInterval|new Date\(\)/.test(readFileSync(new URL(file, folder), 'utf8')),
      );
    expect(own).toEqual(['state/centre-time.ts']);
  });
});
