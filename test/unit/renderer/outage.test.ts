import { describe, expect, it } from 'vitest';
import { chooseNotice } from '../../../renderer/screens/frame/notice.ts';
import {
  heldByOutage,
  outageAt,
  outageState,
  pressingOutage,
} from '../../../renderer/screens/notices/outage.ts';
import { unreadOf } from '../../../renderer/state/notices.ts';
import { outageText } from '../../../renderer/text/notices.ts';
import { instantAt } from '../../../shared/rules/dates.ts';
import { filingWindow } from '../../../shared/rules/window.ts';
import { parametersSchema } from '../../../shared/wire/parameters.ts';
import type { CentreNotice } from '../../../shared/wire/parameters.ts';
import { orderWith, statusWith, unitWith } from './samples.ts';

const HOUR_MS = 3_600_000;
const at = (day: string, time: string) => instantAt(day, time);
const iso = (ms: number) => new Date(ms).toISOString();

function noticeAt(fromMs: number, untilMs: number, id = 'one'): CentreNotice {
  const outage = { from: iso(fromMs), until: iso(untilMs) };
  return { id, title: '停机维护', text: '', publishedAt: '2026-11-01T01:00:00.000Z', outage };
}

const parameters = parametersSchema.parse({
  version: 1,
  source: 'demo',
  terms: {
    ...{ ratioPolicy: 'uniform', ratio: 12, fundTypes: ['10'], policies: [], nameLimit: 5 },
    ...{ ratioMin: 5, ratioMax: 12, subsidyRatioMin: 1, subsidyRatioMax: 25 },
  },
  filing: { openTime: '09:00', closeTime: '16:30', calendar: [], calendarThrough: '2026' },
  ...{ businessMonth: 202611, reductionReasons: [], idTypes: [], notices: [] },
  resultsPollSeconds: 30,
});
const windowAt = (nowMs: number) => filingWindow(nowMs, parameters.filing);
const isRead = () => true;
const unread = () => false;

/** An ordinary day in the middle of a month. */
const from = at('2026-11-11', '12:00');
const until = at('2026-11-11', '13:00');
const ordinary = [noticeAt(from, until)];
const pressing = (notices: CentreNotice[], nowMs: number, known = isRead) =>
  pressingOutage(notices, known, windowAt(nowMs), nowMs);

describe('an outage', () => {
  it('is ahead, on from its first instant, over from its last', () => {
    const { outage } = noticeAt(from, until);
    if (!outage) throw new Error('no outage');
    expect(outageState(outage, from - 1)).toBe('ahead');
    expect(outageState(outage, from)).toBe('on');
    expect(outageState(outage, until - 1)).toBe('on');
    expect(outageState(outage, until)).toBe('over');
  });

  it.each([
    ['two hours before, though it was read', 2, isRead, 'ahead'],
    ['earlier than that once it was read', 2.1, isRead, undefined],
    ['a day before while it is unread', 24, unread, 'ahead'],
    ['earlier than a day', 24.1, unread, undefined],
  ] as const)('is told %s', (_name, hours, known, state) => {
    expect(pressing(ordinary, from - hours * HOUR_MS, known)?.state).toBe(state);
  });

  it('is told while it is on, and no longer when it is over', () => {
    expect(pressing(ordinary, from)?.state).toBe('on');
    expect(pressing(ordinary, until)).toBeNull();
  });

  it('is told two days before, read or not, when it takes of the last day before the closing', () => {
    const noon = at('2026-11-20', '12:00');
    const last = [noticeAt(noon, noon + HOUR_MS)];
    expect(pressing(last, noon - 48 * HOUR_MS)?.closing).toBe('before');
    expect(pressing(last, noon - 48.1 * HOUR_MS)).toBeNull();
    const late = at('2026-11-20', '16:00');
    expect(pressing([noticeAt(late, late + HOUR_MS)], late - HOUR_MS)?.closing).toBe('into');
    const evening = at('2026-11-20', '16:30');
    expect(pressing([noticeAt(evening, evening + HOUR_MS)], evening - HOUR_MS)?.closing).toBe('no');
  });

  it('that comes first is told first', () => {
    const later = noticeAt(from + HOUR_MS, until + HOUR_MS, 'later');
    expect(pressing([later, ...ordinary], from - HOUR_MS)?.outage.from).toBe(iso(from));
  });

  it('is found for an order that goes out within it', () => {
    const opens = (ms: number) => iso(ms);
    expect(outageAt(ordinary, opens(from))).toBeDefined();
    expect(outageAt(ordinary, opens(until))).toBeUndefined();
    expect(outageAt(ordinary, null)).toBeUndefined();
    const waiting = [opens(from), opens(from + 1), opens(until)].map((opensAt) =>
      orderWith({ state: 'draft', opensAt }),
    );
    expect(heldByOutage(ordinary, waiting)?.count).toBe(2);
    expect(heldByOutage(ordinary, waiting.slice(2))).toBeNull();
  });

  it('is written with the second day only where it is another one', () => {
    const night = at('2026-11-11', '23:00');
    expect(outageText({ from: iso(from), until: iso(until) })).toBe('11月11日 12:00 至 13:00');
    expect(outageText({ from: iso(night), until: iso(night + 2 * HOUR_MS) })).toBe(
      '11月11日 23:00 至 11月12日 1:00',
    );
  });
});

describe('the bar of an outage', () => {
  const facts = {
    ...{ status: statusWith({}), unit: unitWith({ parameters }), unlockedOnce: true },
    ...{ waiting: [], syncing: false },
  };
  const outage = { from: iso(from), until: iso(until) };

  it('says that it is on before what it causes, and lets other matters pass while it is ahead', () => {
    const unit = unitWith({ parameters, openOrders: 1 });
    const on = chooseNotice({ ...facts, unit, outage: { outage, state: 'on', closing: 'no' } });
    expect(on).toMatchObject({ tone: 'warn', action: 'seeNotices' });
    expect(on?.text).toMatch(/正在停机维护.*11月11日 13:00.*已录入的数据都在/);
    const ahead = { outage, state: 'ahead', closing: 'no' } as const;
    expect(chooseNotice({ ...facts, unit, outage: ahead })?.action).toBe('seeResults');
    expect(chooseNotice({ ...facts, outage: ahead })?.text).toContain('11月11日 12:00 至 13:00');
  });

  it('names the closing it comes before, and says to confirm earlier when it lasts beyond it', () => {
    const noon = at('2026-11-20', '12:00');
    const last = { from: iso(noon), until: iso(noon + HOUR_MS) };
    const text = (closing: 'before' | 'into') =>
      chooseNotice({ ...facts, outage: { outage: last, state: 'ahead', closing } })?.text;
    expect(text('before')).toMatch(/11月20日 16:30 截止.*之前或之后/);
    expect(text('into')).toMatch(/11月20日 16:30 截止.*之前确认/);
  });

  it('tells an order that waits for an opening within it until when', () => {
    const unit = unitWith({ parameters: { ...parameters, notices: ordinary } });
    const waiting = [orderWith({ state: 'draft', opensAt: iso(from), reason: '' })];
    expect(chooseNotice({ ...facts, unit, waiting })?.text).toMatch(/停机维护到 11月11日 13:00/);
  });
});

it('calls nothing unread while the marks are not known', () => {
  const notices = [noticeAt(from, until, 'a'), noticeAt(from, until, 'b')];
  expect(unreadOf(notices, undefined)).toEqual([]);
  expect(unreadOf(notices, new Set(['a'])).map(({ id }) => id)).toEqual(['b']);
});
