import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Ask } from '../../../renderer/screens/confirm/confirm-question.tsx';
import type { Proposal } from '../../../renderer/screens/confirm/confirming.ts';
import { landsLate } from '../../../renderer/screens/today/review.ts';
import { landingText } from '../../../renderer/text/filing.ts';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { FilingRules } from '../../../shared/rules/window.ts';
import { orderWith } from './samples.ts';

const rules: FilingRules = {
  ...{ openTime: '09:00', closeTime: '16:30', calendarThrough: '2026' },
  calendar: [],
};
const evening = Date.parse('2026-11-19T17:00:00+08:00');
const lastDay = '2026-11-20T01:00:00.000Z';
const waiting = orderWith({ state: 'draft', opensAt: lastDay });

it('a 登记 left to the opening of the last day may land in the next month', () => {
  expect(landsLate(waiting, rules, evening)).toBe(true);
  const before = { ...waiting, opensAt: '2026-11-19T01:00:00.000Z' };
  expect(landsLate(before, rules, Date.parse('2026-11-18T17:00:00+08:00'))).toBe(false);
  // held up on the 19th, it goes on the 20th at the earliest
  expect(landsLate(before, rules, evening)).toBe(true);
});

it('only a 登记 that waits can', () => {
  expect(landsLate({ ...waiting, kind: 'reduction' }, rules, evening)).toBe(false);
  expect(landsLate(orderWith({}), rules, evening)).toBe(false);
});

it('the question before it says so in the words of the catalogue, with the 漏缴补缴 that follows', () => {
  const proposal: Proposal = {
    ...{ kind: 'registration', ids: ['a'], count: 1, people: 1, fen: 192_000, excluded: 0 },
    ...{ businessMonth: 202611, opensAt: lastDay, landsLate: true },
  };
  const html = (landing: boolean) =>
    renderToStaticMarkup(createElement(Ask, { proposal: { ...proposal, landsLate: landing } }));
  expect(html(true)).toContain(landingText());
  expect(html(false)).not.toContain(landingText());
  expect(landingText()).toBe(catalogue.LANDS_NEXT_MONTH.text + catalogue.LANDS_NEXT_MONTH.next);
  expect(landingText()).toContain('漏缴补缴');
});
