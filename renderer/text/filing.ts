import { catalogue } from '../../shared/errors/catalogue.ts';
import type { FilingWindow } from '../../shared/rules/window.ts';
import { clockText, dayText } from './time.ts';

/** When the month at hand can still be filed and from when on, for the top bar. */
export function closingText(window: FilingWindow): string {
  if (window.state === 'betweenMonths') {
    const { closed } = window;
    const closedOn = closed
      ? `${dayText(closed.atMs)}已截止${reasonText(closed.reason)}`
      : '已截止';
    return `本期${closedOn}，${openingText(window)}开始办理 ${window.businessMonth}`;
  }
  const when = `${dayText(window.closesAtMs)} ${clockText(window.closesAtMs)}`;
  const why = window.reason === undefined ? '' : `，${window.reason}`;
  const left = window.daysLeft === 0 ? '今天截止' : `距截止 ${window.daysLeft} 天`;
  return `${stateText(window)}${left}（${when}${why}）`;
}

/** Said before the closing day while nothing is taken: when it goes on. */
function stateText(window: FilingWindow): string {
  if (window.state === 'open') return '';
  const { opensAtMs } = window;
  if (opensAtMs === undefined) return '';
  return window.state === 'beforeHours'
    ? `今天 ${clockText(opensAtMs)} 开始办理，`
    : `今天已停止，${openingText(window)}继续，`;
}

function reasonText(reason: string | undefined): string {
  return reason === undefined ? '' : `（${reason}）`;
}

function openingText(window: FilingWindow): string {
  const at = window.opensAtMs;
  return at === undefined ? '' : `${dayText(at)} ${clockText(at)} `;
}

/** Why nothing can be sent now and from when on it can; empty while the window is open. */
export function closedText(window: FilingWindow): string {
  if (window.state === 'open') return '';
  return `${whyClosed(window)}，${openingText(window)}起可以确认。`;
}

function whyClosed({ state, closed }: FilingWindow): string {
  if (state === 'beforeHours') return '还没有到今天的办理时间';
  if (state === 'afterHours') return '今天的办理时间已过';
  return `本期已截止${reasonText(closed?.reason)}`;
}

/** That a 登记 may land in the next month, and the 漏缴补缴 that follows (manual 六.10). */
export function landingText(): string {
  const { text, next } = catalogue.LANDS_NEXT_MONTH;
  return text + next;
}

export const filing = {
  businessMonth: '业务年月',
  calendarUnknown: '节假日安排未知，截止日只按周末推算。',
} as const;
