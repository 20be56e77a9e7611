import type { Order, OrderItem } from '../../../shared/ipc/data.ts';
import { maskIdNumber } from '../../../shared/rules/identity.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { ItemState } from '../../../shared/wire/orders.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { codeOfReason } from '../../help/errors/reason.ts';
import { widthOf } from '../../parts/amount-width.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { countCell, moneyCell, textCell } from '../../parts/list-cells.ts';
import { StateWord } from '../../parts/state-word.tsx';
import type { Tone } from '../../parts/state-word.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { sentBatches as words } from '../../text/batch.ts';
import { totalWords } from '../../text/kinds.ts';
import { results } from '../../text/results.ts';
import { reasonText } from '../entry/form.ts';
import { landedElsewhere } from '../results/landing.ts';

const tones: Readonly<Record<ItemState, Tone>> = {
  pending: 'busy',
  processing: 'busy',
  succeeded: 'good',
  failed: 'bad',
};

interface ItemColumnParts {
  readonly order: Order;
  readonly items: readonly OrderItem[];
  readonly reasons: Parameters['reductionReasons'];
}

/** The people of an order with what the centre said of each. */
export function sentItemColumns({ order, items, reasons }: ItemColumnParts): Column<OrderItem>[] {
  const { kind } = order;
  return [
    {
      key: 'seq',
      title: results.seq,
      width: '60px',
      align: 'right',
      render: (item) => item.seq,
      cells: [countCell(results.seq, (item) => item.seq)],
    },
    {
      key: 'name',
      title: results.name,
      width: 'minmax(96px, 1fr)',
      render: (item) => <span title={item.name}>{item.name}</span>,
      cells: [textCell(results.name, (item) => item.name)],
    },
    {
      ...text('idNumber', results.idNumber, '156px', (item) => maskIdNumber(item.idNumber)),
      cells: [textCell(results.idNumber, (item) => maskIdNumber(item.idNumber), 22)],
    },
    {
      ...text('account', words.account, '120px', (item) => item.personalAccount || '—'),
      cells: [textCell(words.account, (item) => item.personalAccount)],
    },
    ...ofKind(kind, reasons),
    {
      key: 'total',
      title: totalWords[kind],
      width: widthOf(
        items.map((item) => item.totalFen),
        92,
      ),
      align: 'right',
      render: (item) => formatFen(toFen(item.totalFen)),
      cells: [moneyCell(totalWords[kind], (item) => item.totalFen)],
    },
    {
      key: 'state',
      title: results.state,
      width: '96px',
      render: (item) =>
        item.state ? (
          <StateWord tone={tones[item.state]}>{words.itemState[item.state]}</StateWord>
        ) : (
          <StateWord tone="idle">{results.itemWaiting}</StateWord>
        ),
      cells: [
        textCell(
          results.state,
          ({ state }) => (state ? words.itemState[state] : results.itemWaiting),
          12,
        ),
      ],
    },
    {
      key: 'reason',
      title: results.reason,
      width: 'minmax(240px, 2fr)',
      render: (item) => {
        const reason = item.reason || order.reason;
        if (reason !== '')
          return <TwoLines className="bad" text={reason} code={codeOfReason(reason)} />;
        if (!landedElsewhere(item, order.businessMonth)) return null;
        return <TwoLines text={results.landed(item.landedMonth)} />;
      },
      cells: [
        textCell(
          results.reason,
          (item) => item.reason || order.reason || landedText(item, order),
          40,
        ),
      ],
    },
  ];
}

function landedText(item: OrderItem, { businessMonth }: Order): string {
  const isElsewhere = landedElsewhere(item, businessMonth);
  return isElsewhere ? results.landed(item.landedMonth) : '';
}

function text(
  key: string,
  title: string,
  width: string,
  render: (item: OrderItem) => string,
): Column<OrderItem> {
  return { key, title, width, render, cells: [textCell(title, render)] };
}

function ofKind(kind: EntryKind, reasons: Parameters['reductionReasons']): Column<OrderItem>[] {
  switch (kind) {
    case 'registration':
      return [];
    case 'reduction':
      return [
        text('reduction', words.reductionReason, '104px', (item) =>
          reasonText(item.reductionReason, reasons),
        ),
      ];
    case 'missedBackPay':
    case 'shortfallBackPay':
      return [
        text('months', words.months, '124px', ({ from, to }) =>
          from === to ? String(from) : `${from}–${to}`,
        ),
      ];
  }
}
