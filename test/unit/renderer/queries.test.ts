import { describe, expect, it } from 'vitest';
import {
  afterEntry,
  emptyDesk,
  withDraft,
  withNothing,
  withProposal,
} from '../../../renderer/screens/entry/entry-desk.ts';
import { missedForm } from '../../../renderer/screens/entry/proposal.ts';
import { emptyForm } from '../../../renderer/screens/entry/form.ts';
import { readRange } from '../../../renderer/screens/roster-query/amount-range.ts';
import { asFiled, sortItemsBy } from '../../../renderer/screens/results/items.ts';
import { spanText, unpaidSpan } from '../../../renderer/screens/results/landing.ts';
import { monthChoices } from '../../../renderer/screens/results/months.ts';
import {
  beginWith,
  changeResultsView,
  openResults,
  resultsView,
} from '../../../renderer/screens/results/shown.ts';
import { rowsInSight } from '../../../renderer/state/revealed.ts';
import { REVEALED_ROWS_MAX } from '../../../shared/ipc/queries.ts';

describe('the months nobody has paid', () => {
  const filed = { kind: 'registration', businessMonth: 202611 } as const;

  it('lie between filing and coming into force, over the end of a year too', () => {
    expect(unpaidSpan({ landedMonth: 202612 }, filed)).toEqual({ from: 202611, to: 202611 });
    const long = unpaidSpan({ landedMonth: 202702 }, filed);
    expect(long).toEqual({ from: 202611, to: 202701 });
    expect(long && spanText(long)).toBe('202611–202701');
    expect(spanText({ from: 202611, to: 202611 })).toBe('202611');
  });

  it('are none before it came into force, in time, or of any other kind', () => {
    expect(unpaidSpan({ landedMonth: 0 }, filed)).toBeUndefined();
    expect(unpaidSpan({ landedMonth: 202611 }, filed)).toBeUndefined();
    for (const kind of ['reduction', 'missedBackPay', 'shortfallBackPay'] as const) {
      expect(unpaidSpan({ landedMonth: 202612 }, { ...filed, kind })).toBeUndefined();
    }
  });
});

describe('the 漏缴补缴 that follows', () => {
  const missed = {
    personalAccount: '990000100002',
    fundType: '10',
    from: 202611,
    to: 202611,
    base: 812_345,
    unitRatio: 12,
  } as const;
  const proposed = missedForm(missed);
  const half = { ...emptyForm('10'), personalAccount: '9900001', base: '80' };

  it('stands in the form as the clerk would have typed it', () => {
    expect(proposed).toMatchObject({
      fundType: '10',
      personalAccount: '990000100002',
      from: '202611',
      to: '202611',
      base: '8123.45',
      ratio: '12',
    });
    expect(missedForm({ ...missed, base: null, unitRatio: null })).toMatchObject({
      base: '',
      ratio: '',
    });
  });

  it('gives half an entry back once it is entered or cleared away', () => {
    const typed = { ...emptyDesk('10'), form: half };
    const desk = withProposal(typed, proposed);
    expect(desk).toMatchObject({ form: proposed, aside: half, editing: null });
    expect(afterEntry(desk)).toMatchObject({ form: half, aside: null });
    expect(withNothing(desk)).toMatchObject({ form: half, aside: null });
    // a second proposal, or a draft that is edited in between, does not lose it
    expect(afterEntry(withProposal(desk, { ...proposed, from: '202610' })).form).toEqual(half);
    const edited = withDraft(desk, { id: 'a', name: '赵一' }, emptyForm('10'));
    expect(afterEntry(edited).form).toEqual(half);
  });

  it('leaves nothing behind where nothing was typed', () => {
    const desk = withProposal(emptyDesk('10'), proposed);
    expect(afterEntry(desk)).toEqual(emptyDesk('10'));
    expect(withNothing(desk)).toEqual(emptyDesk('10'));
  });
});

describe('what a query can be asked', () => {
  it('offers the months that have business, the current one and the one shown', () => {
    const filed = [
      { month: 202611, orders: 12 },
      { month: 202412, orders: 1 },
    ];
    expect(monthChoices(filed, 202612, 202503).map(({ value }) => value)).toEqual([
      202612, 202611, 202503, 202412,
    ]);
    expect(monthChoices(filed, 202612, 202611).map(({ label }) => label)).toEqual([
      '202612（0 批）',
      '202611（12 批）',
      '202412（1 批）',
    ]);
  });

  it('sorts ascending first, then turns round', () => {
    const once = sortItemsBy(asFiled, 'state');
    expect(once).toEqual({ sort: 'state', descending: false });
    expect(sortItemsBy(once, 'state').descending).toBe(true);
    expect(sortItemsBy(once, 'name')).toEqual({ sort: 'name', descending: false });
  });

  it('uncovers the rows in sight that are here, never more than may be asked for', () => {
    const rowAt = (index: number) => (index % 2 === 0 ? index : undefined);
    expect(rowsInSight({ first: 3, end: 9 }, rowAt)).toEqual([4, 6, 8]);
    const all = rowsInSight({ first: 0, end: 10_000 }, (index) => index);
    expect(all).toHaveLength(REVEALED_ROWS_MAX);
  });
});

describe('the month a query shows', () => {
  const oid = '019a8f7e-0000-7000-8000-000000000701';

  it('stays with the batch that is looked at, and is the current one when opened anew', () => {
    changeResultsView('registration', { items: { oid, month: 202611, choice: 'failed' } });
    beginWith('registration', 202611);
    expect(resultsView('registration').items).toMatchObject({ oid, choice: 'failed' });
    beginWith('registration', 202612);
    expect(resultsView('registration').items).toBeUndefined();
  });

  it('is the one the clerk chose, or that of the order she came from', () => {
    openResults({ oid, kind: 'reduction', businessMonth: 202609 }, 202612);
    beginWith('reduction', 202612);
    expect(resultsView('reduction')).toEqual({
      month: 202609,
      items: { oid, month: 202609, choice: 'all' },
    });
    openResults({ oid, kind: 'reduction', businessMonth: 202612 }, 202612);
    expect(resultsView('reduction').month).toBeUndefined();
  });
});

describe('an amount from and to', () => {
  it('is read as it is written, each end open where nothing stands', () => {
    expect(readRange({ from: '', to: ' ' })).toEqual({});
    expect(readRange({ from: '8,000', to: '' })).toEqual({ from: 800_000 });
    expect(readRange({ from: '０', to: '１２０００.５' })).toEqual({ from: 0, to: 1_200_050 });
  });

  it('says of what is no amount that it asks for nothing, and of ends that are reversed', () => {
    expect(readRange({ from: '二千', to: '3000' })).toEqual({ to: 300_000, problem: 'notMoney' });
    expect(readRange({ from: '1', to: '-1' })).toEqual({ from: 100, problem: 'notMoney' });
    expect(readRange({ from: '1.234', to: '' })).toEqual({ problem: 'notMoney' });
    expect(readRange({ from: '2', to: '1' })).toMatchObject({ problem: 'reversed' });
    expect(readRange({ from: '2', to: '2' })).toEqual({ from: 200, to: 200 });
  });
});
