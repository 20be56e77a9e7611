import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { currentScreen } from '../../../renderer/state/navigation.ts';
import { openResults, resultsView } from '../../../renderer/screens/results/shown.ts';
import {
  listedOrders,
  statePartsOf,
  troubleOf,
} from '../../../renderer/screens/today/order-lines.ts';
import { OrderTable } from '../../../renderer/screens/today/order-list.tsx';
import { toMonth } from '../../../shared/rules/months.ts';
import { orderWith } from './samples.ts';

const month = toMonth(202611);
const window = { businessMonth: month };
const idOf = (n: number) => `019a8f7e-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`;
const gone = orderWith({
  oid: idOf(1),
  kind: 'reduction',
  ...{ count: 4, acceptedCount: 4, fen: 1_406_000, acceptedFen: 1_406_000, pending: 0 },
  ...{ serialNumber: '2026111800000077', receiptNumber: 31, sentAt: '2026-11-18T01:00:00.000Z' },
});
const waiting = orderWith({
  oid: idOf(2),
  ...{ kind: 'missedBackPay', state: 'draft', opensAt: '2026-11-19T01:00:00.000Z', count: 2 },
  ...{ serialNumber: '', receiptNumber: 0, pending: 0, reason: '没有检测到网银盾。' },
});
const unanswered = orderWith({ oid: idOf(3), state: 'sent', sentAt: '2026-11-17T02:00:00.000Z' });
const texts = (order: Parameters<typeof statePartsOf>[0]) =>
  statePartsOf(order).map(({ text }) => text);
const html = (orders: Parameters<typeof OrderTable>[0]['orders']) =>
  renderToStaticMarkup(createElement(OrderTable, { orders, month }));

describe('the orders on 今日', () => {
  it('show 业务流水号 and 回执号 of one that went by itself, with what was accepted and when', () => {
    const row = html([gone]);
    for (const part of ['职工减少', '4 人', '14,060.00', '成功 4', '2026111800000077', '>31<']) {
      expect(row).toContain(part);
    }
    expect(row).toContain('11月18日 9:00');
    expect(html([waiting])).toContain('没有检测到网银盾。');
  });

  it('are newest first, those under way on top, those that wait before those sent', () => {
    const older = orderWith({ oid: idOf(4), sentAt: '2026-11-16T02:00:00.000Z' });
    const ids = listedOrders([older, gone, unanswered, waiting], window).map(({ oid }) => oid);
    expect(ids).toEqual([idOf(2), idOf(3), idOf(1), idOf(4)]);
  });

  it('are those of the month, of the month before only under way, or all once it has closed', () => {
    const before = { ...gone, businessMonth: 202610 };
    const open = { ...unanswered, businessMonth: 202610 };
    expect(listedOrders([before, open], window)).toEqual([open]);
    const closed = { month: toMonth(202610), on: '2026-10-20', atMs: 0 };
    expect(listedOrders([before, open], { ...window, closed })).toEqual([open, before]);
    expect(html([before])).toContain('（202610）');
    expect(html([gone])).not.toContain('（202611）');
  });

  it('say how far they are', () => {
    expect(texts(waiting)).toEqual(['等待发送']);
    expect(texts({ ...gone, state: 'signed' })).toEqual(['等待发送']);
    expect(texts(unanswered)).toEqual(['等待中心答复']);
    expect(texts({ ...gone, failed: 1 })).toEqual(['成功 3', '失败 1']);
    const registration = orderWith({ count: 6, acceptedCount: 6, pending: 6 });
    expect(texts(registration)).toEqual(['已受理']);
    const reviewed = { ...registration, succeeded: 3, failed: 1, pending: 2 };
    expect(texts(reviewed)).toEqual(['成功 3', '失败 1', '审核中 2']);
    expect(texts({ ...gone, state: 'rejected' })).toEqual(['未受理']);
    expect(texts({ ...gone, state: 'void' })).toEqual(['没有生效']);
  });

  it('say why one was not taken, and when the centre took something else than was sent', () => {
    const refused = orderWith({
      state: 'rejected',
      reason: '存在正常缴存账户。',
      serialNumber: '',
    });
    expect(html([refused])).toContain('存在正常缴存账户。');
    expect(troubleOf(gone)).toBe('');
    expect(troubleOf({ ...gone, acceptedFen: 1_400_000 })).toContain('不一致');
    expect(html([{ ...gone, acceptedFen: 1_400_000 }])).toContain('14,000.00');
  });

  it('are eight at first, with a way to all of them', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ ...gone, oid: idOf(10 + n) }));
    expect(html(many(8))).not.toContain('全部');
    expect(html(many(9))).toContain('全部 9 批');
    expect(html(many(9)).match(/2026111800000077/g)).toHaveLength(8);
    expect(html([])).toContain('本期没有提交过业务');
  });
});

describe('a click on what was filed', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('opens its people in the query of its kind and the month it was filed for', () => {
    expect(html([unanswered])).toMatch(/>职工登记<\/button>/);
    expect(html([gone])).toMatch(/>职工减少<\/button>/);
    // the story of each is one click away
    expect(html([gone])).toContain('>经过</button>');
    openResults(unanswered, 202611);
    expect(resultsView('registration')).toEqual({
      month: undefined,
      items: { oid: unanswered.oid, month: unanswered.businessMonth, choice: 'all' },
    });
    openResults(unanswered, 202612);
    expect(resultsView('registration').month).toBe(202611);
    expect(currentScreen()).toBe('registration-results');
    openResults({ ...gone, kind: 'shortfallBackPay' }, 202611);
    expect(currentScreen()).toBe('back-pay-results');
    expect(resultsView('backPay').items?.oid).toBe(gone.oid);
    expect(resultsView('reduction').items).toBeUndefined();
  });
});
