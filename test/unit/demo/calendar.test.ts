import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpen, nextOpenMs, readDay } from '../../../electron/demo/review/calendar.ts';
import { bundledCalendar } from '../../../shared/rules/calendar.ts';
import { filingWindow } from '../../../shared/rules/window.ts';

const rules = { openTime: '09:00', closeTime: '16:30', ...bundledCalendar };
const at = (text: string) => Date.parse(`${text}+08:00`);

describe('the centre’s own calendar walk', () => {
  test.each([
    ['2010-11-19T16:29:59', true, 201011],
    ['2010-11-19T16:30:00', false, 201011],
    ['2010-11-20T10:00:00', false, 201011],
    ['2010-11-21T08:59:59', false, 201012],
    ['2010-11-21T09:00:00', true, 201012],
    ['2011-02-18T12:00:00', true, 201102],
    ['2011-02-19T12:00:00', false, 201102],
    ['2015-02-17T12:00:00', true, 201502],
    ['2015-02-18T12:00:00', false, 201502],
    ['2026-12-31T12:00:00', true, 202701],
  ])('%s open %s month %i', (text, open, month) => {
    expect(isOpen(at(text), rules)).toBe(open);
    expect(readDay(at(text), rules).businessMonth).toBe(month);
  });

  test('open exactly when the client says so, at any minute of twenty years', () => {
    const minutes = fc.integer({
      min: at('2010-01-01T00:00:00') / 60_000,
      max: at('2030-01-01T00:00:00') / 60_000,
    });
    fc.assert(
      fc.property(minutes, (minute) => {
        const nowMs = minute * 60_000;
        const client = filingWindow(nowMs, rules);
        expect(isOpen(nowMs, rules)).toBe(client.state === 'open');
        const month = client.closed?.month ?? client.businessMonth;
        expect(readDay(nowMs, rules).businessMonth).toBe(month);
      }),
      { numRuns: 1_500 },
    );
  });
});

describe('the next open moment of a practice', () => {
  const always = { ...rules, openTime: '00:00', closeTime: '23:59' };

  test('an open moment is left alone', () => {
    const now = at('2026-11-25T03:00:00');
    expect(nextOpenMs(now, always)).toBe(now);
  });

  test('between months the same time of the next filing day', () => {
    expect(nextOpenMs(at('2010-11-20T10:15:00'), always)).toBe(at('2010-11-21T10:15:00'));
    expect(nextOpenMs(at('2015-02-18T10:15:00'), always)).toBe(at('2015-02-21T10:15:00'));
  });

  test('the closed minute before midnight goes to midnight', () => {
    expect(nextOpenMs(at('2026-11-25T23:59:30'), always)).toBe(at('2026-11-26T00:00:00'));
    expect(nextOpenMs(at('2010-11-20T23:59:30'), always)).toBe(at('2010-11-21T00:00:00'));
  });
});
