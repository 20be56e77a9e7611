import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { OrderOutcome } from '../../../renderer/screens/confirm/order-outcome.tsx';
import { Totals } from '../../../renderer/screens/confirm/confirm-question.tsx';
import type { Proposal } from '../../../renderer/screens/confirm/confirming.ts';
import { totalsOf } from '../../../renderer/screens/queue/queue-rows.ts';
import { draftWith, orderWith } from './samples.ts';

/** Manual 六(一) to 九(一): 总人数 and the sum stand in the question of 确认. */
const one = '990100199001010012';
const drafts = [
  draftWith({ id: 'a', idNumber: one }),
  // the same person by the number of before 1999
  draftWith({ id: 'b', idNumber: '990100900101001' }),
  draftWith({ id: 'c', idNumber: '990100198512310020' }),
  draftWith({ id: 'd', idNumber: '990100200002290031', holds: false }),
];

const proposalOf = (kind: Proposal['kind']): Proposal => ({
  ...{ kind, ...totalsOf(drafts) },
  ...{ businessMonth: 202611, opensAt: null, landsLate: false },
});
const shown = (kind: Proposal['kind']) =>
  renderToStaticMarkup(createElement(Totals, { proposal: proposalOf(kind) }));

describe('the question of 确认', () => {
  it('names entries, people and the sum of back-payments: one person may have several', () => {
    for (const kind of ['missedBackPay', 'shortfallBackPay'] as const) {
      expect(shown(kind)).toContain('3 笔，2 人');
      expect(shown(kind)).toContain('5,760.00 元');
    }
  });

  it('names people and the sum of 登记 and 减少', () => {
    for (const kind of ['registration', 'reduction'] as const) {
      expect(shown(kind)).toContain('3 人');
      expect(shown(kind)).not.toContain('笔');
      expect(shown(kind)).toContain('5,760.00 元');
    }
  });
});

describe('the answer of the centre', () => {
  it('says when the result of a 登记 is to be expected, and where', () => {
    const proposal = proposalOf('registration');
    const order = orderWith({ acceptedCount: 3, acceptedFen: 576_000 });
    const html = renderToStaticMarkup(createElement(OrderOutcome, { order, proposal }));
    expect(html).toContain('3 人');
    expect(html).toContain('第二个工作日');
    expect(html).toContain('职工登记信息查询');
  });
});
