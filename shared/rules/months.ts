import { z } from 'zod';
import { fail, succeed } from '../errors/result.ts';
import type { Result } from '../errors/result.ts';

/** 业务年月 as the integer yyyyMM. */
export type BusinessMonth = number & { readonly __brand: 'BusinessMonth' };

export const MONTH_YEAR_MIN = 1990;
export const MONTH_YEAR_MAX = 2100;

function isMonth(n: unknown): n is BusinessMonth {
  if (typeof n !== 'number' || !Number.isSafeInteger(n)) return false;
  const year = Math.trunc(n / 100);
  const month = n % 100;
  return year >= MONTH_YEAR_MIN && year <= MONTH_YEAR_MAX && month >= 1 && month <= 12;
}

export const businessMonthSchema = z.custom<BusinessMonth>(isMonth, 'must be a month yyyyMM');

/** Brands a month known to be right. Throws on anything else. */
export function toMonth(n: number): BusinessMonth {
  if (!isMonth(n)) throw new RangeError(`not a month yyyyMM: ${n}`);
  return n;
}

/** Reads `201008` (manual 十一(一)9); fails with MONTH_FORMAT. */
export function parseMonth(text: string): Result<BusinessMonth> {
  const month = /^\d{6}$/.test(text) ? Number(text) : Number.NaN;
  return isMonth(month) ? succeed(month) : fail('MONTH_FORMAT', text);
}

export function yearOf(month: BusinessMonth): number {
  return Math.trunc(month / 100);
}

/** 1 to 12. */
export function monthOfYear(month: BusinessMonth): number {
  return month % 100;
}

/** Negative, 0 or positive, as for `sort`. */
export function compareMonths(a: BusinessMonth, b: BusinessMonth): number {
  return a - b;
}

export function nextMonth(month: BusinessMonth): BusinessMonth {
  return toMonth(monthOfYear(month) === 12 ? month + 89 : month + 1);
}

export function previousMonth(month: BusinessMonth): BusinessMonth {
  return toMonth(monthOfYear(month) === 1 ? month - 89 : month - 1);
}

/** Every month from `from` to `to`, both included; empty when `from` is later. */
export function listMonths(from: BusinessMonth, to: BusinessMonth): BusinessMonth[] {
  const months: BusinessMonth[] = [];
  const span = (yearOf(to) - yearOf(from)) * 12 + monthOfYear(to) - monthOfYear(from) + 1;
  for (let month = from, i = 0; i < span; i += 1) {
    months.push(month);
    if (i + 1 < span) month = nextMonth(month);
  }
  return months;
}

/** `2026年11月` */
export function formatMonth(month: BusinessMonth): string {
  return `${yearOf(month)}年${monthOfYear(month)}月`;
}
