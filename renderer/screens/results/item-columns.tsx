import type { QueryItem, QueryOrder } from '../../../shared/ipc/queries.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { fundTypeLabels } from '../../../shared/rules/policy.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import type { ItemState } from '../../../shared/wire/orders.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import { widthOf } from '../../parts/amount-width.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { IdNumber, IdNumberTitle } from '../../parts/id-number.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import type { Tone } from '../../parts/state-word.tsx';
import type { Revealed } from '../../state/revealed.ts';
import { totalWords } from '../../text/kinds.ts';
import { queue } from '../../text/queue.ts';
import { results as words } from '../../text/results.ts';
import { reasonText } from '../entry/form.ts';
import { ItemNote } from './item-note.tsx';

const tones: Readonly<Record<ItemState, Tone>> = {
  pending: 'warn',
  processing: 'busy',
  succeeded: 'good',
  failed: 'bad',
};
const UNKNOWN = '—';

export interface ItemColumnParts {
  readonly order: QueryOrder;
  /** Some of them, by which the amounts get their width. */
  readonly items: readonly QueryItem[];
  readonly terms: UnitTerms | undefined;
  readonly reasons: Parameters['reductionReasons'];
  readonly revealed: Revealed;
  readonly onReveal: (items: readonly QueryItem[]) => void;
  readonly onRevealPage: () => void;
}

/** Who, what became of it and why; then what was filed. */
export function itemColumns(parts: ItemColumnParts): Column<QueryItem>[] {
  const { order, terms, items } = parts;
  const hasFunds = terms?.fundTypes.includes('11') ?? items.some((item) => item.fundType === '11');
  return [
    {
      key: 'seq',
      title: words.seq,
      width: '52px',
      align: 'right',
      sortable: true,
      render: (item) => item.seq,
    },
    {
      key: 'name',
      title: words.name,
      width: '96px',
      sortable: true,
      render: ({ name }) => <span title={name}>{name || UNKNOWN}</span>,
    },
    idColumn(parts),
    {
      key: 'personalAccount',
      title: words.personalAccount,
      width: '112px',
      sortable: true,
      render: (item) => item.personalAccount || UNKNOWN,
    },
    {
      key: 'state',
      title: words.state,
      width: '84px',
      sortable: true,
      render: (item) => stateText(item, order),
    },
    {
      key: 'reason',
      title: words.reason,
      width: 'minmax(176px, 1fr)',
      sortable: true,
      render: (item) => <ItemNote item={item} order={order} terms={terms} />,
    },
    ...(hasFunds ? [fundColumn] : []),
    ...ofKind(parts),
    amount('total', totalWords[order.kind], items, (item) => item.totalFen),
  ];
}

function idColumn({ revealed, ...parts }: ItemColumnParts): Column<QueryItem> {
  return {
    key: 'idNumber',
    width: '188px',
    title: (
      <IdNumberTitle
        title={words.idNumber}
        any={revealed.any}
        onReveal={parts.onRevealPage}
        onCover={revealed.cover}
      />
    ),
    render: (item) => (
      <IdNumber
        masked={item.maskedId}
        name={item.name}
        whole={revealed.numberOf(String(item.seq))}
        onReveal={() => {
          parts.onReveal([item]);
        }}
      />
    ),
  };
}

/** What the centre said of the person; before or without that, what became of the whole batch. */
function stateText({ state }: QueryItem, order: QueryOrder) {
  if (state !== null) return <StateWord tone={tones[state]}>{words.itemState[state]}</StateWord>;
  if (order.state === 'rejected') {
    return <StateWord tone="bad">{words.orderState.rejected}</StateWord>;
  }
  const word = order.state === 'void' ? words.orderState.void : words.itemWaiting;
  return <StateWord tone="idle">{word}</StateWord>;
}

function amount(
  key: 'base' | 'total',
  title: string,
  items: readonly QueryItem[],
  read: (item: QueryItem) => number | null,
): Column<QueryItem> {
  return {
    key,
    title,
    width: widthOf(items.map((item) => read(item) ?? 0)),
    align: 'right',
    sortable: true,
    render: (item) => {
      const fen = read(item);
      return fen === null ? UNKNOWN : formatFen(toFen(fen));
    },
  };
}

const fundColumn: Column<QueryItem> = {
  key: 'fundType',
  title: words.fundType,
  width: '56px',
  render: ({ fundType }) =>
    fundType === null ? (
      UNKNOWN
    ) : (
      <span title={fundTypeLabels[fundType]}>{queue.fundShort[fundType]}</span>
    ),
};

const monthsColumn: Column<QueryItem> = {
  key: 'months',
  title: words.months,
  width: '126px',
  render: ({ from, to }) => {
    if (from === 0) return UNKNOWN;
    return from === to ? String(from) : `${from}–${to}`;
  },
};

function ofKind({ order, items, reasons }: ItemColumnParts): Column<QueryItem>[] {
  switch (order.kind) {
    case 'registration':
      return [
        amount('base', words.base, items, (item) => item.base),
        {
          key: 'ratio',
          title: words.ratio,
          width: '52px',
          align: 'right',
          render: ({ unitRatio }) => (unitRatio === null ? UNKNOWN : `${unitRatio}%`),
        },
      ];
    case 'reduction':
      return [
        {
          key: 'reductionReason',
          title: words.reductionReason,
          width: '104px',
          render: ({ reductionReason }) => reasonText(reductionReason, reasons) || UNKNOWN,
        },
      ];
    case 'missedBackPay':
    case 'shortfallBackPay':
      return [monthsColumn];
  }
}
