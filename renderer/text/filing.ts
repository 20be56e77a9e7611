import type { FilingWindow } from '../../shared/rules/window.ts';
import { clockText, dayText } from './time.ts';

/** When the month at hand can still be filed, for the top bar. */
export function closingText(window: FilingWindow): string {
  const when = `${dayText(window.closesAtMs)} ${clockText(window.closesAtMs)}`;
  const why = window.reason === undefined ? '' : `，${window.reason}`;
  if (window.state === 'betweenMonths') {
    return `本期已截止，${openingText(window)}开始办理 ${window.businessMonth}`;
  }
  if (window.daysLeft === 0) return `今天截止（${when}${why}）`;
  return `距截止 ${window.daysLeft} 天（${when}${why}）`;
}

function openingText(window: FilingWindow): string {
  const at = window.opensAtMs;
  return at === undefined ? '' : `${dayText(at)} ${clockText(at)} `;
}

/** Why nothing can be sent now and from when on it can; empty while the window is open. */
export function closedText(window: FilingWindow): string {
  if (window.state === 'open') return '';
  return `现在不在办理时间内，${openingText(window)}起可以确认`;
}

export const filing = {
  businessMonth: '业务年月',
  mayLandNextMonth: '本期内已没有后续工作日：现在登记可能在下一业务年月生效，届时需办理漏缴补缴。',
  calendarUnknown: '节假日安排未知，截止日只按周末推算。',
} as const;
