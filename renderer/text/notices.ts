import type { Outage } from '../../shared/wire/parameters.ts';
import { clockText, dayText } from './time.ts';

/** `11月20日 12:00 至 12:30`; the second day is named where it is another one. */
export function outageText({ from, until }: Outage): string {
  const [fromMs, untilMs] = [Date.parse(from), Date.parse(until)];
  const day = dayText(fromMs);
  const end = dayText(untilMs);
  return `${day} ${clockText(fromMs)} 至 ${end === day ? '' : `${end} `}${clockText(untilMs)}`;
}

/** 中心通知 */
export const notices = {
  title: '中心通知',
  about: '中心的通知，联机登录时更新。',
  list: '通知列表',
  unread: '未读',
  unreadCount: (count: number) => `${count} 条未读`,
  allRead: '全部标为已读',
  published: (date: string) => `${date} 发布`,
  outage: '停机维护',
  outageAt: (when: string) => `停机维护：${when}`,
  outageEffect: '期间不能登录、同步和确认；可以查询和录入，已录入的数据都在。',
  outageStates: { on: '正在进行', over: '已结束' },
  emptyTitle: '没有通知',
  emptyNext: '中心发布通知后，联机登录时取回，显示在这里。',
  missingNext: '还没有中心参数，联机登录后自动取得。',
  choose: '点左边的一条看全文。',
  all: (count: number) => `全部 ${count} 条`,
  bar: {
    on: (until: string) =>
      `中心正在停机维护，${until} 结束。期间不能登录、同步和确认，已录入的数据都在。`,
    ahead: (when: string) => `中心 ${when} 停机维护，期间不能登录、同步和确认。`,
    closing: (closes: string) => `本期 ${closes} 截止，请安排在维护之前或之后确认。`,
    closingBefore: (closes: string) =>
      `本期 ${closes} 截止，维护到那时还没有结束，请在维护之前确认。`,
    waiting: (until: string) => `届时中心停机维护到 ${until}，维护结束后程序自动再试。`,
  },
  quit: (batches: number, when: string) =>
    `其中 ${batches} 批等到的办理时间正值中心停机维护（${when}），下次登录后，维护结束才会自动发送。`,
} as const;
