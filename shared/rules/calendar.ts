import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import type { CalendarDay, FilingRules } from './window.ts';

/**
 * The bundled calendar: holidays and make-up workdays as the State Council announced them. Only the
 * fallback until the centre has sent its own. The package's data are used, never its functions: those
 * (1.5.7) take the computer's time zone into account and call workdays wrong west of Greenwich.
 */
function listDays(): CalendarDay[] {
  const holidays = Object.keys(published.holidays).map(
    (date) => ({ date, kind: 'holiday' }) as const,
  );
  const makeups = Object.keys(published.workdays).map(
    (date) => ({ date, kind: 'makeup' }) as const,
  );
  return [...holidays, ...makeups].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** A year is known once its National Day is: January alone comes with the year before. */
function lastKnownYear(days: readonly CalendarDay[]): string {
  const years = days
    .filter((day) => day.date.endsWith('-10-01'))
    .map((day) => day.date.slice(0, 4));
  return years.at(-1) ?? '';
}

const calendar = listDays();

export const bundledCalendar: Pick<FilingRules, 'calendar' | 'calendarThrough'> = {
  calendar,
  calendarThrough: lastKnownYear(calendar),
};
