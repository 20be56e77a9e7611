import { z } from 'zod';
import {
  addDays,
  dateAt,
  dayOfMonth,
  daysBetween,
  instantAt,
  isRealDate,
  weekdayOf,
} from './dates.ts';
import type { CivilDate } from './dates.ts';
import { monthOfYear, nextMonth, toMonth, yearOf } from './months.ts';
import type { BusinessMonth } from './months.ts';

/** When orders may be sent (manual 一(二)): month M from the 21st of M-1 to the 20th of M. */
export const FILING_FIRST_DAY = 21;
const FILING_LAST_DAY = 20;

const civilDateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(
    (date) =>
      isRealDate(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))),
    'must be a real date',
  );

/** A day that is not what its weekday says: a holiday, or a weekend day that is worked. */
export const calendarDaySchema = z.strictObject({
  date: civilDateSchema,
  kind: z.enum(['holiday', 'makeup']),
});
export type CalendarDay = Readonly<z.output<typeof calendarDaySchema>>;

const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const filingRulesSchema = z
  .strictObject({
    /** HH:mm by the centre's clock. */
    openTime: timeOfDaySchema,
    closeTime: timeOfDaySchema,
    calendar: z.array(calendarDaySchema).readonly(),
    /** Last year whose holidays are known. */
    calendarThrough: z.string().regex(/^\d{4}$/),
  })
  .refine((rules) => rules.openTime < rules.closeTime, 'openTime must be before closeTime');
export type FilingRules = Readonly<z.output<typeof filingRulesSchema>>;

/** Why and when one month closes. */
export interface Closing {
  readonly month: BusinessMonth;
  readonly on: CivilDate;
  /** First instant at which nothing is taken any more. */
  readonly atMs: number;
  /** Only when it is before the 20th: `20日为周六`. */
  readonly reason?: string;
}

export interface FilingWindow {
  /** `betweenMonths`: from the end of the closing day to the opening day; drafts are allowed. */
  readonly state: 'open' | 'beforeHours' | 'afterHours' | 'betweenMonths';
  /** Month that an order sent now or at the next opening belongs to. */
  readonly businessMonth: BusinessMonth;
  /** Last day of that month's window. */
  readonly closesOn: CivilDate;
  readonly closesAtMs: number;
  /** Next opening; only when not open. */
  readonly opensAtMs?: number;
  /** Why `closesOn` is before the 20th, in the clerk's words. */
  readonly reason?: string;
  /** Days from today to `closesOn`; 0 on the last day. */
  readonly daysLeft: number;
  /** Only between months: the month that has just closed. */
  readonly closed?: Closing;
  /** Day on which an order made now is taken at the earliest: today, or that of the next opening. */
  readonly takenOn: CivilDate;
  /**
   * No workday of the window is left after `takenOn`: a 登记 made now, or left to go at the next
   * opening, may land in the next month (manual 六.10).
   */
  readonly mayLandNextMonth: boolean;
  /** false past the last known year: only weekends could be taken into account. */
  readonly calendarKnown: boolean;
}

/** Weekends and holidays are not workdays, make-up days are. */
export function isWorkday(date: CivilDate, calendar: readonly CalendarDay[]): boolean {
  const known = calendar.find((day) => day.date === date);
  if (known) return known.kind === 'makeup';
  const weekday = weekdayOf(date);
  return weekday !== 0 && weekday !== 6;
}

/**
 * The last workday at or before the 20th. A calendar without any workday from the 1st to the 20th
 * cannot be right; the 20th stands then.
 */
export function closingOf(month: BusinessMonth, rules: FilingRules): Closing {
  const last = dateIn(month, FILING_LAST_DAY);
  let on = last;
  while (!isWorkday(on, rules.calendar)) {
    if (dayOfMonth(on) === 1) return { month, on: last, atMs: instantAt(last, rules.closeTime) };
    on = addDays(on, -1);
  }
  const closing = { month, on, atMs: instantAt(on, rules.closeTime) };
  return on === last ? closing : { ...closing, reason: explainEarly(last, rules.calendar) };
}

/** The state of the window at an instant of the centre's clock. */
export function filingWindow(nowMs: number, rules: FilingRules): FilingWindow {
  const today = dateAt(nowMs);
  const calendarMonth = toMonth(Number(today.slice(0, 4) + today.slice(5, 7)));
  const afterFirst = dayOfMonth(today) >= FILING_FIRST_DAY;
  const closing = closingOf(afterFirst ? nextMonth(calendarMonth) : calendarMonth, rules);
  if (nowMs < closing.atMs) return withinMonth(nowMs, today, closing, rules);
  const next = closingOf(nextMonth(closing.month), rules);
  const takenOn = dateIn(closing.month, FILING_FIRST_DAY);
  return {
    state: 'betweenMonths',
    ...describe(today, takenOn, next, rules),
    opensAtMs: instantAt(takenOn, rules.openTime),
    closed: closing,
  };
}

function withinMonth(
  nowMs: number,
  today: CivilDate,
  closing: Closing,
  rules: FilingRules,
): FilingWindow {
  const opensAtMs = instantAt(today, rules.openTime);
  if (nowMs >= instantAt(today, rules.closeTime)) {
    const tomorrow = addDays(today, 1);
    const about = describe(today, tomorrow, closing, rules);
    return { state: 'afterHours', ...about, opensAtMs: instantAt(tomorrow, rules.openTime) };
  }
  const about = describe(today, today, closing, rules);
  return nowMs < opensAtMs
    ? { state: 'beforeHours', ...about, opensAtMs }
    : { state: 'open', ...about };
}

function describe(today: CivilDate, takenOn: CivilDate, closing: Closing, rules: FilingRules) {
  return {
    businessMonth: closing.month,
    closesOn: closing.on,
    closesAtMs: closing.atMs,
    ...(closing.reason === undefined ? {} : { reason: closing.reason }),
    daysLeft: daysBetween(today, closing.on),
    takenOn,
    mayLandNextMonth: !hasWorkdayAfter(takenOn, closing.on, rules.calendar),
    calendarKnown: yearOf(closing.month) <= Number(rules.calendarThrough),
  };
}

function hasWorkdayAfter(
  first: CivilDate,
  last: CivilDate,
  calendar: readonly CalendarDay[],
): boolean {
  for (let day = addDays(first, 1); day <= last; day = addDays(day, 1)) {
    if (isWorkday(day, calendar)) return true;
  }
  return false;
}

function dateIn(month: BusinessMonth, day: number): CivilDate {
  return `${yearOf(month)}-${String(monthOfYear(month)).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function explainEarly(date: CivilDate, calendar: readonly CalendarDay[]): string {
  const holiday = calendar.some((day) => day.date === date && day.kind === 'holiday');
  const weekday = weekdayOf(date) === 6 ? '周六' : '周日';
  return `${dayOfMonth(date)}日为${holiday ? '节假日' : weekday}`;
}
