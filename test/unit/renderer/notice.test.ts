import { describe, expect, it } from 'vitest';
import { chooseNotice } from '../../../renderer/screens/frame/notice.ts';
import { channelState, syncState } from '../../../renderer/screens/frame/states.ts';
import { findHindrance } from '../../../renderer/screens/queue/hindrance.ts';
import { instantAt } from '../../../shared/rules/dates.ts';
import { filingWindow } from '../../../shared/rules/window.ts';
import { orderWith, statusWith, unitWith } from './samples.ts';

const absent = { ...statusWith({}).key, state: 'absent' as const };
const tooOld = statusWith({
  platform: { ...statusWith({}).platform, state: 'keyOnly', failure: 'CLIENT_TOO_OLD' },
});
const queued = { ...unitWith({}).queueCounts, registration: 4 };

describe('chooseNotice', () => {
  const facts = {
    ...{ status: statusWith({}), unit: unitWith({}), unlockedOnce: true },
    ...{ waiting: [], syncing: false },
  };

  it('shows no bar when nothing needs the clerk', () => {
    expect(chooseNotice(facts)).toBeNull();
    expect(chooseNotice({ ...facts, unit: unitWith({ channel: 'waiting' }) })).toBeNull();
  });

  it('does not complain of a key that was never there', () => {
    const offline = { ...facts, status: statusWith({ key: absent }), unlockedOnce: false };
    expect(chooseNotice(offline)).toBeNull();
    expect(chooseNotice({ ...offline, unlockedOnce: true })?.action).toBe('startPlatform');
  });

  it('speaks of a lost gateway only when drafts wait for it', () => {
    const unit = unitWith({ channel: 'waiting', queueCounts: queued });
    expect(chooseNotice({ ...facts, unit })?.action).toBe('reconnect');
  });

  it('puts a dead host before everything, and a stopped ledger before the key', () => {
    const unit = unitWith({ stopped: 'LEDGER_FORKED', openOrders: 1 });
    const hosts = { data: 'restarting', token: 'ready' } as const;
    expect(chooseNotice({ ...facts, unit, status: statusWith({ hosts }) })?.tone).toBe('busy');
    const stopped = chooseNotice({ ...facts, unit, status: statusWith({ key: absent }) });
    expect(stopped).toMatchObject({ tone: 'bad', action: null });
  });

  it('says of a program too old whom to ask, and offers nothing that cannot help', () => {
    const unit = unitWith({ channel: 'off' });
    const notice = chooseNotice({ ...facts, status: tooOld, unit });
    expect(notice?.action).toBeNull();
    expect(notice?.text).toMatch(/版本过低.*已录入的数据都在.*技术支持/);
  });

  it('asks for the key again after its driver failed', () => {
    const status = statusWith({ key: { ...statusWith({}).key, interrupted: true } });
    const notice = chooseNotice({ ...facts, status });
    expect(notice).toMatchObject({ action: 'startPlatform' });
    expect(notice?.text).toContain('驱动出错');
  });

  it('asks for the first sync until it is under way or done', () => {
    const unit = unitWith({ lastSyncAt: null, openOrders: 1 });
    expect(chooseNotice({ ...facts, unit })?.action).toBe('sync');
    expect(chooseNotice({ ...facts, unit: { ...unit, channel: 'waiting' } })?.action).toBe(
      'reconnect',
    );
    expect(chooseNotice({ ...facts, unit, syncing: true })?.action).toBe('seeResults');
  });

  it('says of an unanswered order that it must not be entered again', () => {
    const unit = unitWith({ openOrders: 2 });
    expect(chooseNotice({ ...facts, unit })?.text).toMatch(/2 批.*请勿重新录入/);
  });
});

describe('orders left to the opening', () => {
  const facts = { status: statusWith({}), unit: unitWith({}), unlockedOnce: true };
  const kept = orderWith({ state: 'draft', opensAt: '2026-11-18T01:00:00.000Z' });
  const other = { ...kept, oid: '019a8f7e-0000-7000-8000-0000000000bb' };

  it('stand in the bar with their moment, one with its own way back', () => {
    const one = chooseNotice({ ...facts, waiting: [kept] });
    expect(one).toMatchObject({ tone: 'busy', action: 'cancelWaiting' });
    expect(one?.text).toContain('11月18日 9:00');
    expect(chooseNotice({ ...facts, waiting: [kept, other] })?.action).toBe('seeToday');
  });

  it('say what they lack once the opening has come', () => {
    const held = { ...kept, reason: '没有检测到网银盾。' };
    const notice = chooseNotice({
      ...facts,
      status: statusWith({ key: absent }),
      unlockedOnce: false,
      waiting: [held],
    });
    expect(notice).toMatchObject({ tone: 'warn', action: 'startPlatform' });
    expect(notice?.text).toContain('没有检测到网银盾');
  });

  it('come after an order whose outcome is not known', () => {
    const unit = unitWith({ openOrders: 1 });
    expect(chooseNotice({ ...facts, unit, waiting: [kept] })?.action).toBe('seeResults');
  });
});

describe('findHindrance', () => {
  const rules = { openTime: '09:00', closeTime: '16:30', calendar: [], calendarThrough: '2026' };
  const open = filingWindow(instantAt('2026-11-17', '10:20'), rules);
  const evening = filingWindow(instantAt('2026-11-17', '18:00'), rules);

  it('offers nothing to a program that is too old', () => {
    const hindrance = findHindrance(tooOld, unitWith({ channel: 'off' }), open);
    expect(hindrance).toMatchObject({ action: null });
    expect(hindrance?.text).toContain('版本过低');
  });

  it('lets 确认 through when key, channel and hours allow', () => {
    expect(findHindrance(statusWith({}), unitWith({}), open)).toBeNull();
    expect(findHindrance(statusWith({}), unitWith({ channel: 'waiting' }), open)).toBeNull();
  });

  it('holds 确认 back while the batch before has no answer', () => {
    const found = findHindrance(statusWith({}), unitWith({ openOrders: 1 }), open);
    expect(found).toEqual({
      text: '上一批业务还在等待中心答复。',
      action: null,
      code: 'ORDER_IN_FLIGHT',
    });
  });

  it('names the reason and what brings it back', () => {
    const noKey = findHindrance(statusWith({ key: absent }), unitWith({}), open);
    expect(noKey?.action).toBe('startPlatform');
    expect(findHindrance(statusWith({}), unitWith({ channel: 'off' }), open)?.action).toBe(
      'reconnect',
    );
  });

  it('offers to wait for the opening outside the hours, with or without a key', () => {
    const closed = findHindrance(statusWith({ key: absent }), unitWith({}), evening);
    expect(closed?.text).toContain('11月18日 9:00');
    expect(closed?.action).toBe('waitForOpening');
    const stopped = unitWith({ stopped: 'LEDGER_FORKED' });
    expect(findHindrance(statusWith({}), stopped, evening)?.action).toBeNull();
  });
});

describe('states of the top bar', () => {
  it('tells a session apart from a platform that is only started', () => {
    expect(channelState(statusWith({}), unitWith({})).word).toBe('已连接');
    expect(channelState(statusWith({}), unitWith({ channel: 'off' })).tone).toBe('warn');
    const off = { ...statusWith({}).platform, state: 'off' as const };
    expect(channelState(statusWith({ platform: off }), unitWith({ channel: 'off' })).word).toBe(
      '未启动',
    );
  });

  it('warns of a roster never synced or a week old', () => {
    const now = Date.parse('2026-11-17T02:20:00.000Z');
    expect(syncState(unitWith({}), { kind: 'idle' }, now)).toEqual({
      tone: 'good',
      word: '2 小时前',
    });
    expect(syncState(unitWith({ lastSyncAt: null }), { kind: 'idle' }, now).tone).toBe('warn');
    const old = unitWith({ lastSyncAt: '2026-11-01T00:00:00.000Z' });
    expect(syncState(old, { kind: 'idle' }, now)).toEqual({ tone: 'warn', word: '16 天前' });
  });
});
