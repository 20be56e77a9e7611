import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bundledCalendar } from '../../../shared/rules/calendar.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import { closingOf, filingRulesSchema, filingWindow } from '../../../shared/rules/window.ts';
import type { FilingRules } from '../../../shared/rules/window.ts';

const rules: FilingRules = { openTime: '09:00', closeTime: '16:30', ...bundledCalendar };

/** An instant by the centre's clock, `2026-11-21 09:00`. */
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}+08:00`);
const shanghai = (instantMs: number | undefined) =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(instantMs);

describe('manual 一(二): the window closes on the last workday at or before the 20th', () => {
  it.each([
    [201011, '2010-11-19', '20日为周六'],
    [201102, '2011-02-18', '20日为周日'],
    [201502, '2015-02-17', '20日为节假日'],
    [202611, '2026-11-20', undefined],
    [201002, '2010-02-20', undefined], // a Saturday, but a make-up workday
  ])('%i closes on %s', (month, on, reason) => {
    const closing = closingOf(toMonth(month), rules);
    expect(closing.on).toBe(on);
    expect(closing.reason).toBe(reason);
    expect(shanghai(closing.atMs)).toBe(`${on} 16:30`);
  });

  it('counts a make-up Sunday as a workday', () => {
    const calendar = [
      { date: '2015-02-16', kind: 'holiday' as const },
      { date: '2015-02-17', kind: 'holiday' as const },
      ...rules.calendar,
    ];
    expect(closingOf(toMonth(201502), { ...rules, calendar }).on).toBe('2015-02-15');
  });

  it('lets the 20th stand when a calendar leaves no workday at all', () => {
    const calendar = Array.from({ length: 20 }, (_, i) => ({
      date: `2026-11-${String(i + 1).padStart(2, '0')}`,
      kind: 'holiday' as const,
    }));
    expect(closingOf(toMonth(202611), { ...rules, calendar }).on).toBe('2026-11-20');
  });
});

describe('the state at an instant', () => {
  it('is open from 9:00 to before 16:30, also on a weekend day', () => {
    expect(filingWindow(at('2026-11-21 08:59:59'), rules)).toMatchObject({
      state: 'beforeHours',
      businessMonth: 202612,
      opensAtMs: at('2026-11-21 09:00'),
    });
    const open = filingWindow(at('2026-11-21 09:00'), rules);
    expect(open).toMatchObject({
      state: 'open',
      businessMonth: 202612,
      closesOn: '2026-12-18',
      reason: '20日为周日',
      daysLeft: 27,
    });
    expect(open).not.toHaveProperty('opensAtMs');
    expect(filingWindow(at('2026-11-21 16:29:59'), rules).state).toBe('open');
    expect(filingWindow(at('2026-11-21 16:30'), rules)).toMatchObject({
      state: 'afterHours',
      businessMonth: 202612,
      opensAtMs: at('2026-11-22 09:00'),
    });
  });

  it('is between months from the end of the closing day to the 21st, for the next month', () => {
    expect(filingWindow(at('2010-11-19 16:29:59'), rules)).toMatchObject({
      state: 'open',
      businessMonth: 201011,
      daysLeft: 0,
      closesAtMs: at('2010-11-19 16:30'),
    });
    for (const time of ['2010-11-19 16:30', '2010-11-20 10:00', '2010-11-20 23:59:59']) {
      expect(filingWindow(at(time), rules)).toMatchObject({
        state: 'betweenMonths',
        businessMonth: 201012,
        closesOn: '2010-12-20',
        opensAtMs: at('2010-11-21 09:00'),
        closed: { month: 201011, on: '2010-11-19', reason: '20日为周六' },
      });
    }
    expect(filingWindow(at('2010-11-21 00:00'), rules)).toMatchObject({
      state: 'beforeHours',
      businessMonth: 201012,
    });
  });

  it('turns the year', () => {
    expect(filingWindow(at('2026-12-21 10:00'), rules).businessMonth).toBe(202701);
    expect(filingWindow(at('2027-01-20 17:00'), rules).opensAtMs).toBe(at('2027-01-21 09:00'));
  });

  it('manual 六.10: says when a 登记 may land in the next month', () => {
    expect(filingWindow(at('2010-11-18 10:00'), rules).mayLandNextMonth).toBe(false);
    expect(filingWindow(at('2010-11-19 10:00'), rules).mayLandNextMonth).toBe(true);
    // Monday 16 is a workday after the make-up Sunday; after Tuesday 17 none is left
    expect(filingWindow(at('2015-02-16 10:00'), rules).mayLandNextMonth).toBe(false);
    expect(filingWindow(at('2015-02-17 10:00'), rules).mayLandNextMonth).toBe(true);
  });

  it('manual 六.10: counts from the next opening once the hours are over', () => {
    const landing = (text: string) => {
      const { takenOn, mayLandNextMonth } = filingWindow(at(text), rules);
      return `${takenOn} ${mayLandNextMonth}`;
    };
    // the last day is Friday 20: an order left on Thursday evening goes on the Friday
    expect(landing('2026-11-19 08:00')).toBe('2026-11-19 false');
    expect(landing('2026-11-19 16:29:59')).toBe('2026-11-19 false');
    expect(landing('2026-11-19 16:30')).toBe('2026-11-20 true');
    expect(landing('2026-11-19 17:00')).toBe('2026-11-20 true');
    expect(landing('2026-11-20 08:00')).toBe('2026-11-20 true');
    // the last day is the make-up Saturday 14 before the Spring Festival
    expect(landing('2026-02-13 16:00')).toBe('2026-02-13 false');
    expect(landing('2026-02-13 17:00')).toBe('2026-02-14 true');
    // after the last day it is taken on the 21st, in a month with workdays left
    expect(landing('2026-11-20 17:00')).toBe('2026-11-21 false');
    expect(landing('2026-02-14 17:00')).toBe('2026-02-21 false');
    expect(landing('2026-02-18 10:00')).toBe('2026-02-21 false');
  });

  it('says when the year’s holidays are not known yet', () => {
    expect(filingWindow(at('2026-11-21 10:00'), rules).calendarKnown).toBe(true);
    const beyond = Number(rules.calendarThrough) + 1;
    expect(filingWindow(at(`${beyond}-03-01 10:00`), rules).calendarKnown).toBe(false);
  });
});

describe('every day of 2010 to 2027, against a walk through the days', () => {
  const expected = new Map<string, { month: number; closes: string; sendable: boolean }>();
  const isWorked = workdaysByYearFiles(2009, 2027);

  // The walk: collect each month's days from the 21st on, cut them after the last workday up to the
  // 20th by the files of the single years; what is cut off waits for the next month.
  beforeAll(() => {
    let waiting: string[] = [];
    let sending: string[] = [];
    for (let day = new Date(Date.UTC(2009, 11, 21)); day.getUTCFullYear() < 2028;) {
      const date = day.toISOString().slice(0, 10);
      sending.push(date);
      if (day.getUTCDate() === 20) {
        const closes = sending.filter(isWorked).at(-1) ?? '';
        const month = Number(date.slice(0, 7).replace('-', ''));
        for (const late of waiting) expected.set(late, { month, closes, sendable: false });
        const kept = sending.filter((sent) => sent <= closes);
        for (const sent of kept) expected.set(sent, { month, closes, sendable: true });
        waiting = sending.filter((sent) => sent > closes);
        sending = [];
      }
      day = new Date(day.getTime() + 86_400_000);
    }
  });

  it('agrees at opening, in the hours, and after them', () => {
    let days = 0;
    for (const [date, { month, closes, sendable }] of expected) {
      if (date < '2010-01-01') continue;
      days += 1;
      const seen = ['08:59', '09:00', '16:29', '16:30'].map((time) => {
        const { state, businessMonth } = filingWindow(at(`${date} ${time}`), rules);
        return `${state} ${businessMonth}`;
      });
      const [year, monthOfYear] = [Math.trunc(month / 100), month % 100];
      const next = monthOfYear === 12 ? (year + 1) * 100 + 1 : month + 1;
      const last = date === closes ? `betweenMonths ${next}` : `afterHours ${month}`;
      expect({ date, seen }).toEqual({
        date,
        seen: sendable
          ? [`beforeHours ${month}`, `open ${month}`, `open ${month}`, last]
          : Array.from({ length: 4 }, () => `betweenMonths ${month}`),
      });
      const { closesOn } = filingWindow(at(`${date} 12:00`), rules);
      expect({ date, closesOn }).toEqual({ date, closesOn: closes });
    }
    expect(days).toBeGreaterThan(17.9 * 365);
  });

  it('warns at every hour exactly when no workday follows the day of the next opening', () => {
    const days = [...expected].map(([date, about]) => ({ date, ...about }));
    days.sort((a, b) => (a.date < b.date ? -1 : 1));
    let warned = 0;
    for (const [i, { date, sendable }] of days.entries()) {
      for (const [time, isOver] of [
        ['00:00', false],
        ['12:00', false],
        ['16:30', true],
        ['23:59', true],
      ] as const) {
        const from = days.slice(sendable && !isOver ? i : i + 1, i + 40);
        const taken = from.find((day) => day.sendable);
        if (date < '2010-01-01' || !taken) continue;
        const left = from.filter((day) => day.date > taken.date && day.date <= taken.closes);
        const mayLand = !left.some((day) => isWorked(day.date));
        const { takenOn, mayLandNextMonth } = filingWindow(at(`${date} ${time}`), rules);
        expect({ date, time, takenOn, mayLandNextMonth }).toEqual({
          ...{ date, time, takenOn: taken.date, mayLandNextMonth: mayLand },
        });
        if (mayLand) warned += 1;
      }
    }
    // from the evening before the last day to its end, in each of 216 months
    expect(warned).toBe(216 * 4);
  });
});

/** Read apart from the calendar under test; a year without a file has its weekends only. */
function workdaysByYearFiles(from: number, to: number): (date: string) => boolean {
  const yearSchema = z.object({
    holidays: z.record(z.string(), z.string()),
    workdays: z.record(z.string(), z.string()),
  });
  const holidays = new Set<string>();
  const makeups = new Set<string>();
  for (let year = from; year <= to; year += 1) {
    const file = new URL(
      `../../../node_modules/chinese-days/dist/years/${year}.json`,
      import.meta.url,
    );
    if (!existsSync(file)) continue;
    const days = yearSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    for (const date of Object.keys(days.holidays)) holidays.add(date);
    for (const date of Object.keys(days.workdays)) makeups.add(date);
  }
  if (holidays.size < 300) throw new Error('the files of the years are missing');
  return (date) => {
    const weekday = new Date(date).getUTCDay();
    return makeups.has(date) || (weekday > 0 && weekday < 6 && !holidays.has(date));
  };
}

describe('what the centre sends', () => {
  it('passes through the wire unchanged', () => {
    expect(filingRulesSchema.parse(JSON.parse(JSON.stringify(rules)))).toEqual(rules);
  });

  it.each([
    { ...rules, openTime: '9:00' },
    { ...rules, closeTime: '24:00' },
    { ...rules, openTime: '17:00' },
    { ...rules, calendar: [{ date: '2026-02-30', kind: 'holiday' }] },
    { ...rules, calendar: [{ date: '2026-02-03', kind: 'feast' }] },
    { ...rules, calendarThrough: '26' },
  ])('refuses wrong rules %#', (wrong) => {
    expect(filingRulesSchema.safeParse(wrong).success).toBe(false);
  });

  it('has a bundled calendar of whole years as the fallback', () => {
    expect(Number(bundledCalendar.calendarThrough)).toBeGreaterThanOrEqual(2026);
    expect(bundledCalendar.calendar.find((day) => day.date === '2015-02-15')?.kind).toBe('makeup');
  });
});
