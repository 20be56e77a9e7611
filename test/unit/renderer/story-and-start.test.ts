import { describe, expect, it } from 'vitest';
import { auditRequest } from '../../../renderer/screens/audit-trail/audit-filter.ts';
import { chooseNotice } from '../../../renderer/screens/frame/notice.ts';
import { storyLines, storyText } from '../../../renderer/screens/order-story/story-lines.ts';
import { isSettled, startLine } from '../../../renderer/screens/start-report/start-line.ts';
import type { FoundOrder, Story, StoryStep } from '../../../shared/ipc/story.ts';
import { orderSteps } from '../../../shared/ipc/story.ts';
import { orderWith, status, unit } from '../../fixtures/window-bridge/data.ts';

const AT = '2026-11-17T02:00:00.000Z';
const SN = '1000110000000042';

function step(event: StoryStep['event'], change: Partial<StoryStep> = {}): StoryStep {
  return { number: 1, at: AT, event, sn: SN, attempt: 0, code: '', words: '', ...change };
}

function storyOf(...steps: StoryStep[]): Story {
  return {
    enteredFrom: AT,
    enteredTo: AT,
    batchName: '',
    steps: steps.map((one, index) => ({ ...one, number: index + 1 })),
    submissions: [{ sn: SN, state: 'sent', digest: 'd'.repeat(64), bytes: 3_000, attempts: 1 }],
    receipt: null,
    results: [],
  };
}

describe('the lines of a story', () => {
  it.each([...orderSteps])('has Chinese words for %s', (event) => {
    const [, line] = storyLines(orderWith({}), storyOf(step(event, { attempt: 1 })));
    expect(line?.title).toMatch(/\p{Script=Han}/u);
  });

  it('says of a sending whose outcome nobody noted that it broke off', () => {
    const sending = (attempt: number) => step('sending', { attempt });
    const [, first, second] = storyLines(orderWith({}), storyOf(sending(1), sending(2)));
    expect(first?.text).toContain('没有记下答复');
    expect(second?.text).not.toContain('没有记下答复');
    const noted = storyOf(sending(1), step('unanswered', { attempt: 1 }), sending(2));
    expect(storyLines(orderWith({}), noted)[1]?.text).not.toContain('没有记下答复');
  });

  it('shows the centre’s codes with its words and keeps the program’s to itself', () => {
    const refused = step('answered', { code: 'WLX501', words: '中心繁忙' });
    const late = step('unanswered', { code: 'ANSWER_LATE', words: '中心没有按时答复。' });
    const [, first, second] = storyLines(orderWith({}), storyOf(refused, late));
    expect(first?.text).toBe('中心繁忙（WLX501）');
    expect(second?.text).not.toContain('ANSWER_LATE');
  });

  it('says where the entries are when nothing came of the order', () => {
    const refused = (origin: 'single' | 'batch') => {
      const order = { ...orderWith({ state: 'rejected' }), origin };
      const lines = storyLines(order, storyOf(step('receipt'), step('returned')));
      return lines.map(({ text }) => text).join();
    };
    expect(refused('single')).toContain('退回待确认队列');
    expect(refused('batch')).toContain('退回原来的批次');
    expect(refused('batch')).not.toContain('待确认队列');
  });

  it('can be copied with digest and serial', () => {
    const text = storyText(orderWith({}), storyOf(step('confirmed')));
    expect(text).toContain('d'.repeat(64));
    expect(text).toContain(SN);
    expect(text).toContain('2026-11-17 10:00:00 录入');
  });
});

const found = (change: Partial<FoundOrder>): FoundOrder => ({
  oid: '019a8f7e-0000-7000-8000-000000000042',
  kind: 'registration',
  count: 1,
  found: 'sent',
  state: 'applied',
  waits: false,
  resent: false,
  ...change,
});

describe('the line at the start', () => {
  it.each<[string, FoundOrder[], boolean, string]>([
    [
      'accepted, one of them sent again',
      [found({}), found({}), found({ resent: true })],
      true,
      '已受理 3 批，其中重新发送 1 批；待确认队列 12 条草稿都在。',
    ],
    ['unclear', [found({ state: 'sent' })], true, '1 批尚未得到回执，正在查询；待确认队列'],
    ['unclear, offline', [found({ state: 'sent' })], false, '1 批尚未得到回执，联机后自动查询'],
    ['sent again', [found({ state: 'sent', resent: true })], true, '1 批已重新发送，尚未得到回执'],
    ['refused', [found({ state: 'rejected' })], true, '1 批中心未受理'],
    ['never signed', [found({ found: 'unsigned', state: 'void' })], true, '没有签名、没有发出'],
    ['closed unused', [found({ state: 'void' })], true, '1 批没有生效'],
    ['waiting', [found({ found: 'waiting', state: 'draft', waits: true })], true, '等到办理时间'],
  ])('%s', (_what, orders, isOnline, text) => {
    const report = { at: AT, orders, drafts: 12 };
    expect(startLine(report, isOnline)).toContain(text);
    expect(isSettled(report)).toBe(!orders.some(({ state }) => state === 'sent'));
  });

  it('is a notice until read, before the orders that are open anyway', () => {
    const facts = {
      status,
      unit: { ...unit, openOrders: 1 },
      unlockedOnce: true,
      waiting: [],
    };
    expect(chooseNotice({ ...facts, startLine: '一句话' })).toMatchObject({
      text: '一句话',
      action: 'startRead',
    });
    expect(chooseNotice(facts)?.action).toBe('seeResults');
  });
});

it('says of a full disk and of a broken record what they are', () => {
  const facts = { status, unlockedOnce: true, waiting: [] };
  expect(chooseNotice({ ...facts, unit: { ...unit, diskFull: true } })?.text).toContain('磁盘');
  const broken = chooseNotice({ ...facts, unit: { ...unit, auditBrokenAt: 7 } });
  expect(broken).toMatchObject({ tone: 'bad', action: 'seeAudit' });
});

it('asks for days of the centre’s calendar and for the rows in sight', () => {
  const filter = { from: '2026-11-17', to: '2026-11-17', event: '', text: '' };
  expect(auditRequest(filter, 400, 200)).toEqual({
    from: '2026-11-16T16:00:00.000Z',
    before: '2026-11-17T16:00:00.000Z',
    text: '',
    offset: 400,
    limit: 200,
  });
});
