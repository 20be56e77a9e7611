import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { closedText, closingText } from '../../../renderer/text/filing.ts';
import { countText } from '../../../renderer/text/numbers.ts';
import { agoText, clockText, dayText, stampText } from '../../../renderer/text/time.ts';
import { instantAt } from '../../../shared/rules/dates.ts';
import { filingWindow } from '../../../shared/rules/window.ts';

const rules = { openTime: '09:00', closeTime: '16:30', calendar: [], calendarThrough: '2030' };

describe('how long a month is open', () => {
  const at = (date: string, time: string) => filingWindow(instantAt(date, time), rules);

  it('counts the days and names the hour', () => {
    expect(closingText(at('2026-11-17', '10:20'))).toBe('距截止 3 天（11月20日 16:30）');
    expect(closingText(at('2026-11-20', '10:20'))).toBe('今天截止（11月20日 16:30）');
  });

  it('says before and after the hours when it goes on', () => {
    expect(closingText(at('2026-11-17', '08:10'))).toBe(
      '今天 9:00 开始办理，距截止 3 天（11月20日 16:30）',
    );
    expect(closingText(at('2026-11-17', '18:10'))).toBe(
      '今天已停止，11月18日 9:00 继续，距截止 3 天（11月20日 16:30）',
    );
    expect(closedText(at('2026-11-17', '18:10'))).toBe(
      '今天的办理时间已过，11月18日 9:00 起可以确认。',
    );
  });

  it('says why it closes before the 20th', () => {
    expect(closingText(at('2010-11-17', '10:20'))).toBe(
      '距截止 2 天（11月19日 16:30，20日为周六）',
    );
  });

  it('says when the next month opens once this one is closed', () => {
    expect(closingText(at('2026-11-20', '17:00'))).toBe(
      '本期11月20日已截止，11月21日 9:00 开始办理 202612',
    );
    expect(closingText(at('2010-11-19', '17:00'))).toBe(
      '本期11月19日已截止（20日为周六），11月21日 9:00 开始办理 201012',
    );
    expect(closedText(at('2026-11-20', '17:00'))).toContain('11月21日 9:00');
    expect(closedText(at('2026-11-17', '10:20'))).toBe('');
  });
});

describe('times by the centre’s clock', () => {
  it('are the same whatever zone the computer is in', () => {
    const iso = '2026-11-16T16:05:00.000Z';
    expect(stampText(iso)).toBe('2026-11-17 00:05');
    expect(dayText(Date.parse(iso))).toBe('11月17日');
    expect(clockText(Date.parse(iso))).toBe('0:05');
  });

  it('tell how long ago', () => {
    const now = Date.parse('2026-11-17T02:00:00.000Z');
    const ago = (ms: number) => agoText(new Date(now - ms).toISOString(), now);
    expect(ago(20_000)).toBe('刚刚');
    expect(ago(12 * 60_000)).toBe('12 分钟前');
    expect(ago(2 * 3_600_000)).toBe('2 小时前');
    expect(ago(11 * 3_600_000)).toBe('昨天');
    expect(ago(5 * 86_400_000)).toBe('5 天前');
  });
});

it('separates thousands', () => {
  expect([0, 999, 1000, 100_000].map(countText)).toEqual(['0', '999', '1,000', '100,000']);
});

describe('the words of the screens', () => {
  const folder = new URL('../../../renderer/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
  const withoutComments = (source: string) =>
    source
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '')
      .replace(/\{\/\*.*?\*\/\}/g, '');

  /** The manual and the dictionary are texts as well; help-content and error-dictionary read them. */
  const isText = (file: string) => /^(?:text|help\/(?:topics|errors))\b/.test(file);

  it('stand in renderer/text and the help only', () => {
    expect(files.length).toBeGreaterThan(40);
    const strays = files
      .filter((file) => !isText(file))
      .filter((file) =>
        /\p{Script=Han}/u.test(withoutComments(read(file)).replace(SOURCE_OF_A_RULE, '')),
      );
    expect(strays).toEqual([]);
  });

  it('have no exclamation marks, and one word for one thing', () => {
    for (const file of files.filter(isText)) {
      const words = withoutComments(read(file));
      expect(words, file).not.toMatch(/！|员工|(?<!从)服务器|(?<!管理)人员/);
    }
  });
});

/** `entry.ts` cuts the source off a rule, and has to name it for that. */
const SOURCE_OF_A_RULE = /手册/g;
