import { raise } from './issue.ts';
import type { Issue } from './issue.ts';
import type { MonthRange } from './month-ranges.ts';
import { MONTH_YEAR_MAX, MONTH_YEAR_MIN, listMonths, parseMonth } from './months.ts';
import type { BusinessMonth } from './months.ts';
import { normaliseTyped } from './typed.ts';
import { rule } from './wording.ts';

export const MONTH_DIGITS = 6;

type Field = 'from' | 'to';

export interface ReadSpan {
  readonly issues: readonly Issue[];
  /** Only when both months can be read and are in order. */
  readonly span?: MonthRange;
}

/**
 * Reads 起始年月 and 截止年月 of a back-payment (manual 十一(一)9): format, length, both before the
 * current business month, start no later than end. Longer than `noticeMonths` is said, not refused.
 */
export function readSpan(
  typed: { readonly from: string; readonly to: string },
  businessMonth: BusinessMonth,
  noticeMonths: number,
): ReadSpan {
  const from = readMonth('from', typed.from, businessMonth);
  const to = readMonth('to', typed.to, businessMonth);
  const issues = [...from.issues, ...to.issues];
  if (from.month === undefined || to.month === undefined) return { issues };
  const found = (met: string) => ({ field: 'to', value: typed.to, rule: met });
  if (from.month > to.month) {
    issues.push(raise('error', 'MONTH_ORDER', found(rule.monthOrder)));
    return { issues };
  }
  const count = listMonths(from.month, to.month).length;
  if (count > noticeMonths) {
    issues.push(raise('notice', 'SPAN_LONG', found(rule.spanLong(noticeMonths, count))));
  }
  return { issues, span: [from.month, to.month] };
}

function readMonth(
  field: Field,
  typed: string,
  businessMonth: BusinessMonth,
): { issues: Issue[]; month?: BusinessMonth } {
  const { text, fullWidth } = normaliseTyped(typed);
  const found = (met: string) => ({ field, value: typed, rule: met });
  const issues: Issue[] = [];
  if (fullWidth) issues.push(raise('notice', 'TYPED_FULL_WIDTH', found(rule.fullWidth)));
  if (/^\d+$/.test(text) && text.length !== MONTH_DIGITS) {
    issues.push(raise('error', 'MONTH_LENGTH', found(rule.monthLength(MONTH_DIGITS, text.length))));
    return { issues };
  }
  const parsed = parseMonth(text);
  if (!parsed.ok) {
    issues.push(raise('error', 'MONTH_FORMAT', found(formatMet(text))));
    return { issues };
  }
  if (parsed.value >= businessMonth) {
    issues.push(raise('error', 'MONTH_NOT_PAST', found(rule.monthPast(businessMonth))));
  }
  return { issues, month: parsed.value };
}

/** What is wrong with text that is no month: its form, or of six digits the month or the year. */
function formatMet(text: string): string {
  if (!/^\d{6}$/.test(text)) return rule.monthFormat;
  const [year, month] = [text.slice(0, 4), text.slice(4)];
  const isMonth = Number(month) >= 1 && Number(month) <= 12;
  return isMonth ? rule.monthYear(MONTH_YEAR_MIN, MONTH_YEAR_MAX, year) : rule.monthNumber(month);
}
