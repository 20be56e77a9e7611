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
import { asFiled, sortItemsBy } from '../../../renderer/screens/results/items.ts';
import { spanText, unpaidSpan } from '../../../renderer/screens/results/landing.ts';
import { monthChoices } from '../../../renderer/screens/results/months.ts';
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
