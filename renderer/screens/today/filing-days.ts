import { addDays } from '../../../shared/rules/dates.ts';
import type { CivilDate } from '../../../shared/rules/dates.ts';
import { monthOfYear, previousMonth, yearOf } from '../../../shared/rules/months.ts';
import { FILING_FIRST_DAY, isWorkday } from '../../../shared/rules/window.ts';
import type { FilingRules, FilingWindow } from '../../../shared/rules/window.ts';

export interface FilingDay {
  readonly date: CivilDate;
  readonly isWorkday: boolean;
}

/** Every day of a month's window, from the 21st of the month before to the closing day. */
export function filingDays(window: FilingWindow, rules: FilingRules): FilingDay[] {
  const before = previousMonth(window.businessMonth);
  const month = String(monthOfYear(before)).padStart(2, '0');
  const days: FilingDay[] = [];
  let date: CivilDate = `${yearOf(before)}-${month}-${FILING_FIRST_DAY}`;
  while (date <= window.closesOn) {
    days.push({ date, isWorkday: isWorkday(date, rules.calendar) });
    date = addDays(date, 1);
  }
  return days;
}
