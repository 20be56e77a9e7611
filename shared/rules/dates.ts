/** Calendar dates as `YYYY-MM-DD` text and the centre's time zone. No time zone data is needed. */
export type CivilDate = string;

/** Asia/Shanghai has had no summer time since 1991: fixed +08:00. */
export const CENTRE_UTC_OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

export function isRealDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}

/** The centre's date at an instant. */
export function dateAt(instantMs: number): CivilDate {
  return new Date(instantMs + CENTRE_UTC_OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant at which the centre's clock shows `HH:mm` on a date. */
export function instantAt(date: CivilDate, time: string): number {
  return Date.parse(`${date}T${time}:00.000Z`) - CENTRE_UTC_OFFSET_MS;
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round(
    (Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / DAY_MS,
  );
}

/** 0 Sunday to 6 Saturday. */
export function weekdayOf(date: CivilDate): number {
  return new Date(`${date}T00:00:00.000Z`).getUTCDay();
}

export function dayOfMonth(date: CivilDate): number {
  return Number(date.slice(8, 10));
}
