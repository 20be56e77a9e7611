import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { FieldRow, messagesOfRow } from '../../../renderer/screens/entry/field-parts.tsx';
import type { FieldState } from '../../../renderer/screens/entry/field-parts.tsx';
import type { FieldName } from '../../../renderer/screens/entry/form.ts';
import { messagesOf } from '../../../renderer/screens/entry/messages.ts';
import { fieldWords } from '../../../renderer/text/entry.ts';
import { raise } from '../../../shared/rules/issue.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { toFen } from '../../../shared/rules/money.ts';
import { toMonth } from '../../../shared/rules/months.ts';
import { rule } from '../../../shared/rules/wording.ts';
import { errorWords } from '../../../renderer/text/help.ts';

const bounds = (months: string, min: number, max: number) =>
  rule.baseBoundsFrom(months, toFen(min), toFen(max));
const base = { field: 'base', value: '2000', rule: bounds('', 266_000, 4_215_100) };
const from = (met: string) => ({ field: 'from', value: '202401', rule: met });
const to = (met: string) => ({ field: 'to', value: '202611', rule: met });

const repeated = raise('error', 'MONTHS_REPEATED', from(rule.monthsPaid('2026年1月')));
const queued = raise('error', 'MONTHS_REPEATED', from(rule.monthsQueued('2026年2月')));
const early = raise('counter', 'POLICY_EARLY', from(rule.policyEarly('2024年1月至2025年6月')));
const notPast = raise('error', 'MONTH_NOT_PAST', to(rule.monthPast(toMonth(202611))));
const long = raise('notice', 'SPAN_LONG', to(rule.spanLong(12, 35)));

function stateWith(
  field: keyof typeof fieldWords & FieldName,
  issues: readonly Issue[],
): FieldState {
  const nothing = () => undefined;
  return {
    ...{ field, label: fieldWords[field], value: '1', hint: '例如 202608' },
    messages: messagesOf(issues),
    ...{ onChange: nothing, onFocus: nothing, onLeave: nothing, onEnter: nothing },
  };
}

describe('what is said of one field', () => {
  it('is every issue, the gravest first and half-width last', () => {
    const wide = raise('notice', 'TYPED_FULL_WIDTH', { ...base, rule: rule.fullWidth });
    const below = raise('notice', 'BASE_BELOW', base);
    const wrong = raise('error', 'BASE_FORMAT', base);
    const codes = messagesOf([wide, below, early, wrong]).map(({ code }) => code);
    expect(codes).toEqual(['BASE_FORMAT', 'POLICY_EARLY', 'BASE_BELOW', 'TYPED_FULL_WIDTH']);
    expect(messagesOf([])).toEqual([]);
  });

  it('names both limits of a clamped wage, without the source', () => {
    const [message] = messagesOf([raise('notice', 'BASE_BELOW', base)]);
    expect(message?.tone).toBe('notice');
    expect(message?.more).toBe('最低缴存基数2,660.00元，最高缴存基数42,151.00元');
  });

  it('names the limits of every policy year with its months', () => {
    const of = (months: string, min: number, max: number) =>
      raise('notice', 'BASE_ABOVE', { ...base, rule: bounds(months, min, max) });
    const [message, ...others] = messagesOf([
      of('2026年6月', 249_000, 3_968_700),
      of('2026年7月', 266_000, 4_215_100),
    ]);
    expect(others).toEqual([]);
    expect(message?.more).toBe(
      '2026年6月 2,490.00 至 39,687.00 元；2026年7月 2,660.00 至 42,151.00 元',
    );
  });

  it('names the months of each reason once the same thing is wrong twice', () => {
    expect(messagesOf([repeated, queued]).map(({ more }) => more)).toEqual([
      '2026年1月已缴存，不能再漏缴补缴；2026年2月已在待确认队列的补缴中',
    ]);
  });
});

describe('what is said of two fields side by side', () => {
  it('keeps the counter reason and the long span beside repeated months', () => {
    const said = messagesOfRow([
      stateWith('from', [repeated, early]),
      stateWith('to', [notPast, long]),
    ]);
    expect(said.map(({ code }) => code)).toEqual([
      'MONTHS_REPEATED',
      'MONTH_NOT_PAST',
      'POLICY_EARLY',
      'SPAN_LONG',
    ]);
  });

  it('names the field, except where both months are meant or the sentence does so itself', () => {
    const above = raise('notice', 'BASE_ABOVE', { ...base, field: 'dueBase' });
    const of = (...states: FieldState[]) => messagesOfRow(states).map((one) => one.of);
    expect(of(stateWith('paidBase', []), stateWith('dueBase', [above]))).toEqual(['应缴月均工资']);
    expect(of(stateWith('from', [early]), stateWith('to', []))).toEqual(['']);
    const ratio = raise('error', 'RATIO_FORMAT', { ...base, field: 'paidRatio' });
    expect(of(stateWith('dueRatio', [ratio]), stateWith('paidRatio', [ratio]))).toEqual([
      '应缴缴存比例、已缴缴存比例',
    ]);
    expect(of(stateWith('base', [raise('error', 'BASE_DECIMALS', base)]))).toEqual(['']);
  });

  it('stands there in full, with no word left to a tooltip, and instead of the hint', () => {
    const states = [stateWith('from', [repeated, early]), stateWith('to', [long])];
    const html = renderToStaticMarkup(createElement(FieldRow, { states }));
    for (const part of ['2026年1月已缴存', '2024年1月至2025年6月', '须到柜面办理', '现为35个月'])
      expect(html).toContain(part);
    // the mark that leads to the dictionary names itself
    expect(html.replaceAll(`title="${errorWords.link}"`, '')).not.toContain('title=');
    expect(html).not.toContain('例如 202608');
    expect(
      renderToStaticMarkup(createElement(FieldRow, { states: [stateWith('from', [])] })),
    ).toContain('例如 202608');
  });
});
