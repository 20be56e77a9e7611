import { CENTRE_UTC_OFFSET_MS, dateAt, daysBetween } from '../../shared/rules/dates.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function centreText(ms: number): string {
  return new Date(ms + CENTRE_UTC_OFFSET_MS).toISOString();
}

/** `16:30` by the centre's clock. */
export function clockText(ms: number): string {
  const text = centreText(ms);
  return `${Number(text.slice(11, 13))}:${text.slice(14, 16)}`;
}

/** `11月20日` by the centre's clock. */
export function dayText(ms: number): string {
  const text = centreText(ms);
  return `${Number(text.slice(5, 7))}月${Number(text.slice(8, 10))}日`;
}

/** `11月18日 9:00` of an instant, by the centre's clock. */
export function momentText(iso: string): string {
  const ms = Date.parse(iso);
  return `${dayText(ms)} ${clockText(ms)}`;
}

/** `2026-11-18 10:02`, for lists where people compare. */
export function stampText(iso: string): string {
  const text = centreText(Date.parse(iso));
  return `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}

/** `2026-11-18 10:02:33`, where what came first matters. */
export function secondText(iso: string): string {
  const text = centreText(Date.parse(iso));
  return `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}

/** `2026-11-18` of an instant, by the centre's calendar. */
export function dateText(iso: string): string {
  return dateAt(Date.parse(iso));
}

/** How long ago something happened: `刚刚`, `12 分钟前`, `2 小时前`, `昨天`, `5 天前`. */
export function agoText(iso: string, nowMs: number): string {
  const then = Date.parse(iso);
  const passed = nowMs - then;
  if (passed < MINUTE_MS) return '刚刚';
  if (passed < HOUR_MS) return `${Math.floor(passed / MINUTE_MS)} 分钟前`;
  const days = daysBetween(dateAt(then), dateAt(nowMs));
  if (days === 0) return `${Math.floor(passed / HOUR_MS)} 小时前`;
  return days === 1 ? '昨天' : `${days} 天前`;
}
