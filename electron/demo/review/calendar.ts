import type { FilingRules } from '../../../shared/rules/window.ts';

/** The centre's own walk through its calendar, apart from shared/rules. All by UTC arithmetic on +08:00. */
const ZONE_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DAYS_AHEAD_MAX = 40;

export interface CentreDay {
  /** yyyyMMdd */
  readonly date: string;
  /** HH:mm */
  readonly time: string;
  /** Month that is filed on this day, also between months (the one just closed). */
  readonly businessMonth: number;
  readonly isFilingDay: boolean;
}

export function readDay(nowMs: number, rules: Pick<FilingRules, 'calendar'>): CentreDay {
  const local = new Date(nowMs + ZONE_MS);
  const iso = local.toISOString();
  const day = local.getUTCDate();
  const filed = new Date(
    Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + (day > 20 ? 1 : 0)),
  );
  return {
    date: iso.slice(0, 10).replaceAll('-', ''),
    time: iso.slice(11, 16),
    businessMonth: filed.getUTCFullYear() * 100 + filed.getUTCMonth() + 1,
    isFilingDay: day > 20 || day <= lastFilingDay(local, rules),
  };
}

/** The 20th, or the last workday before it (manual 一(二)). */
function lastFilingDay(local: Date, rules: Pick<FilingRules, 'calendar'>): number {
  const kinds = new Map(rules.calendar.map((day) => [day.date, day.kind]));
  for (let day = 20; day >= 1; day -= 1) {
    const date = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), day));
    const kind = kinds.get(date.toISOString().slice(0, 10));
    const isWeekend = date.getUTCDay() % 6 === 0;
    if (kind === 'makeup' || (kind === undefined && !isWeekend)) return day;
  }
  return 20;
}

/** Whether an order is taken at this instant. */
export function isOpen(nowMs: number, rules: FilingRules): boolean {
  const { isFilingDay, time } = readDay(nowMs, rules);
  return isFilingDay && time >= rules.openTime && time < rules.closeTime;
}

/** This instant if the window is open, else the first later day's same time of day at which it is. */
export function nextOpenMs(nowMs: number, rules: FilingRules): number {
  if (isOpen(nowMs, rules)) return nowMs;
  for (let days = 0; days <= DAYS_AHEAD_MAX; days += 1) {
    const sameTime = nowMs + days * DAY_MS;
    const midnight = Math.floor((sameTime + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
    const opening = midnight + minutesOf(rules.openTime) * MINUTE_MS;
    const found = [sameTime, opening].find((ms) => ms >= nowMs && isOpen(ms, rules));
    if (found !== undefined) return found;
  }
  throw new Error('a calendar without any filing day');
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
