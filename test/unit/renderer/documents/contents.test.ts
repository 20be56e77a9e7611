import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import {
  makeAcceptedList,
  ofAnotherComputer,
  ofThisComputer,
} from '../../../../renderer/documents/accepted-list.ts';
import { makeCounterList } from '../../../../renderer/documents/counter-list.ts';
import { makeMonthSheet } from '../../../../renderer/documents/month-sheet.tsx';
import type { Paper } from '../../../../renderer/documents/paper.ts';
import { makeVoucher } from '../../../../renderer/documents/voucher.ts';
import { documents } from '../../../../renderer/text/documents.ts';
import { monthClose } from '../../../../renderer/text/month-close.ts';
import type { MonthLine, MonthView } from '../../../../shared/ipc/month-close.ts';
import { entryKindSchema } from '../../../../shared/wire/primitives.ts';
import { draftWith, itemWith, orderWith, unitWith } from '../samples.ts';

const UPRIGHT_MM = 186;
const LYING_MM = 269;
const acceptedAt = '2026-11-17T02:00:03.000Z';
const printedAt = '2026-11-17T02:01:00.000Z';
const unit = unitWith({});

function widthOf({ columns }: Paper): number {
  return columns.reduce((sum, { widthMm }) => sum + widthMm, 0);
}

function textOf({ facts, rows, totals, notes }: Paper): string {
  return [...facts, ...rows, ...totals, notes].flat().join(' ');
}

const voucher = (over: Parameters<typeof orderWith>[0], count = 1): Paper =>
  makeVoucher({
    ...{ unit, acceptedAt, printedAt },
    order: orderWith({ count, acceptedCount: count, ...over }),
    items: Array.from({ length: count }, (_, index) => itemWith({ seq: index + 1 })),
  });

describe('业务凭单', () => {
  it.each(entryKindSchema.options)('of %s fills the paper between its margins', (kind) => {
    const paper = voucher({ kind });
    expect(widthOf(paper)).toBe(paper.landscape ? LYING_MM : UPRIGHT_MM);
    for (const row of paper.rows) expect(row).toHaveLength(paper.columns.length);
  });

  it('names unit, serial number, receipt and its mark, the sum in figures and in words', () => {
    const text = textOf(voucher({}));
    for (const part of [
      ...[unit.unitName, unit.unitAccount, '2026111700000042', '9f3c2a117be04d58'],
      ...['202611', '2026-11-17 10:00:03', '1,920.00', '壹仟玖佰贰拾元整', '职工登记（单笔）'],
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain(documents.differs);
  });

  it('says so where the centre took other totals than the rows add up to', () => {
    expect(voucher({ acceptedFen: 192_000 }, 2).notes).toContain(documents.differs);
    expect(voucher({ acceptedFen: 384_000 }, 2).notes).not.toContain(documents.differs);
  });
});

describe('已受理业务清单', () => {
  const orders = [
    orderWith({ receiptNumber: 2, serialNumber: '2', acceptedFen: 100 }),
    orderWith({ receiptNumber: 1, serialNumber: '1', kind: 'reduction', acceptedFen: 250 }),
    orderWith({ receiptNumber: 3, serialNumber: '3', acceptedFen: 200 }),
  ].map(ofThisComputer);
  const list = (some: typeof orders, fetchedAt: string | null = acceptedAt) =>
    makeAcceptedList({ orders: some, businessMonth: 202611, unit, fetchedAt, printedAt });

  it('stands in the order of the receipts, with a sum for each kind and none over all', () => {
    const paper = list(orders);
    expect(widthOf(paper)).toBe(LYING_MM);
    expect(paper.rows.map((row) => row[4])).toEqual(['1', '2', '3']);
    expect(paper.totals).toEqual([
      ['职工登记小计（2 批），2 笔，月缴存额 3.00 元'],
      ['职工减少小计（1 批），1 笔，月缴存额 2.50 元'],
    ]);
  });

  it('names what went out from another computer of the unit, with the mark of its receipt', () => {
    const { oid, kind, businessMonth, state, fen, serialNumber, createdAt } = orderWith({});
    const other = ofAnotherComputer({
      ...{
        oid,
        kind,
        businessMonth,
        state,
        fen,
        serialNumber,
        createdAt,
        reason: '',
        opensAt: null,
      },
      ...{ isElsewhere: true, count: 1_200, receiptNumber: 7, receiptMark: '0123456789abcdef' },
      ...{ succeeded: 1_199, failed: 1, pending: 0, landedElsewhere: 0 },
    });
    const { rows, totals } = makeAcceptedList({
      ...{ orders: [other], businessMonth: 202611, unit, fetchedAt: acceptedAt, printedAt },
    });
    expect(rows).toEqual([
      [
        ...['1', '职工登记', '其他电脑', serialNumber, '7', '0123456789abcdef', '1,200'],
        ...['1,920.00', '1,199', '1', '0', '2026-11-17 10:00'],
      ],
    ]);
    expect(totals).toEqual([['职工登记小计（1 批），1,200 笔，月缴存额 1,920.00 元']]);
  });

  it('says when there is nothing, and when nobody has asked for results', () => {
    expect(list([], null).notes).toEqual([documents.noneAccepted, documents.neverAsked]);
  });
});

describe('待柜面清单', () => {
  it('has the number in full, the reason and what to bring', () => {
    const paper = makeCounterList([draftWith({})], unit, printedAt);
    expect(widthOf(paper)).toBe(LYING_MM);
    expect(paper.rows).toHaveLength(1);
    expect(paper.rows[0]?.[2]).toMatch(/^\d{6} \d{8} \d{3}[\dX]$/);
    expect(textOf(paper)).toContain('职工身份证件');
  });
});

describe('对账单', () => {
  const standing = { heads: 2, fen: 384_000 };
  const column = {
    ...{ fundType: '10' as const, last: standing, now: standing },
    ...{ registered: { heads: 0, fen: 0 }, reduced: { heads: 0, fen: 0 } },
    counter: { count: 0, heads: 0, fen: 0 },
    ...{ missedBackPay: { count: 0, fen: 0 }, shortfallBackPay: { count: 3, fen: 12_345 } },
  };
  const view = (elsewhere: number): MonthView => ({
    ...{ number: 1, businessMonth: 202611, currentMonth: 202612, at: acceptedAt },
    ...{ rosterVersion: 1, hash: '9f2c'.repeat(16), user: '0001', newer: 0 },
    verdict: elsewhere > 0 ? 'explained' : 'equal',
    comparison: {
      funds: [{ fundType: '10', ours: column, centre: column, membersEqual: true }],
      ...{ opening: 'same', undecided: 0, found: { differences: 0, elsewhere, counter: 0 } },
    },
  });
  const line: MonthLine = {
    ...{ number: 1, standing: 'elsewhere', about: 'registration', fundType: '10', oid: '' },
    ...{ personalAccount: '990041000001', name: '示例甲', ours: null },
    centre: {
      businessMonth: 202611,
      base: 800_000,
      unitFen: 96_000,
      personalFen: 96_000,
      paidFen: 0,
    },
  };
  const sheetOf = (elsewhere: number, lines: readonly MonthLine[]) => {
    const paper = makeMonthSheet({ unit, view: view(elsewhere), lines, printedAt });
    return { paper, text: renderToStaticMarkup(paper.sheets?.[0]) };
  };

  it('is one page with both columns and the mark of the figure where nothing else is to be told', () => {
    const { paper, text } = sheetOf(0, []);
    expect(paper.sheets).toHaveLength(1);
    expect(paper.rows).toEqual([]);
    for (const part of ['3,840.00', '123.45', '9f2c9f2c9f2c9f2c', monthClose.sheetStatement]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain(monthClose.running);
  });

  it('lists behind it what others did, and says so', () => {
    const { paper, text } = sheetOf(1, [line]);
    expect(widthOf(paper)).toBe(UPRIGHT_MM);
    expect(paper.rows.map((row) => row.length)).toEqual([paper.columns.length]);
    expect(paper.rows[0]).toContain('990041000001');
    expect(text).toContain(monthClose.explainedBy(1, 0));
    expect(text).toContain(monthClose.listedBehind(1, 1));
    expect(sheetOf(5, [line]).text).toContain(monthClose.listedBehind(1, 5));
  });
});
