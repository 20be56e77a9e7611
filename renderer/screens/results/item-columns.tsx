import type { QueryItem, QueryOrder } from '../../../shared/ipc/queries.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { fundTypeLabels } from '../../../shared/rules/policy.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import type { ItemState } from '../../../shared/wire/orders.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import { widthOf } from '../../parts/amount-width.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { countCell, moneyCell, percentCell, textCell } from '../../parts/list-cells.ts';
import { idColumn } from '../../parts/id-column.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import type { Tone } from '../../parts/state-word.tsx';
import type { Revealed } from '../../state/revealed.ts';
import { totalWords } from '../../text/kinds.ts';
import { queue } from '../../text/queue.ts';
import { results as words } from '../../text/results.ts';
import { reasonText } from '../entry/form.ts';
import { ItemNote } from './item-note.tsx';
import { noteWords, spanText } from './landing.ts';

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
      width: '50px',
      align: 'right',
      sortable: true,
      render: (item) => item.seq,
      cells: [countCell(words.seq, (item) => item.seq)],
    },
    {
      key: 'name',
      title: words.name,
      width: 'minmax(102px, 0.3fr)',
      sortable: true,
      render: ({ name }) => <span title={name}>{name || UNKNOWN}</span>,
      cells: [textCell(words.name, ({ name }) => name)],
    },
    idColumn<QueryItem>({
      ...{ title: words.idNumber, width: '180px', revealed: parts.revealed },
      ...{ onReveal: parts.onReveal, onRevealPage: parts.onRevealPage },
      keyOf: (item) => String(item.seq),
    }),
    {
      key: 'personalAccount',
      title: words.personalAccount,
      width: '112px',
      sortable: true,
      render: (item) => item.personalAccount || UNKNOWN,
      cells: [textCell(words.personalAccount, (item) => item.personalAccount)],
    },
    {
      key: 'state',
      title: words.state,
      width: '78px',
      sortable: true,
      render: (item) => stateText(item, order),
      cells: [textCell(words.state, (item) => stateWord(item, order), 12)],
    },
    {
      key: 'reason',
      title: words.reason,
      width: 'minmax(144px, 1fr)',
      sortable: true,
      render: (item) => <ItemNote item={item} order={order} terms={terms} />,
      cells: [textCell(words.reason, (item) => noteWords(item, order), 40)],
    },
    ...(hasFunds ? [fundColumn] : []),
    ...ofKind(parts),
    amount('total', totalWords[order.kind], items, (item) => item.totalFen),
  ];
}

/** What the centre said of the person; before or without that, what became of the whole batch. */
function stateWord({ state }: QueryItem, order: QueryOrder): string {
  if (state !== null) return words.itemState[state];
  if (order.state === 'rejected') return words.orderState.rejected;
  return order.state === 'void' ? words.orderState.void : words.itemWaiting;
}

function stateText(item: QueryItem, order: QueryOrder) {
  const { state } = item;
  const tone = state !== null ? tones[state] : order.state === 'rejected' ? 'bad' : 'idle';
  return <StateWord tone={tone}>{stateWord(item, order)}</StateWord>;
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
    cells: [moneyCell(title, read)],
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
  cells: [
    textCell(words.fundType, ({ fundType }) => (fundType === null ? '' : fundTypeLabels[fundType])),
  ],
};

const monthsColumn: Column<QueryItem> = {
  key: 'months',
  title: words.months,
  width: '126px',
  render: ({ from, to }) => (from === 0 ? UNKNOWN : spanText({ from, to })),
  cells: [textCell(words.months, ({ from, to }) => (from === 0 ? '' : spanText({ from, to })))],
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
          cells: [percentCell(words.ratio, (item) => item.unitRatio)],
        },
      ];
    case 'reduction':
      return [
        {
          key: 'reductionReason',
          title: words.reductionReason,
          width: '104px',
          render: ({ reductionReason }) => reasonText(reductionReason, reasons) || UNKNOWN,
          cells: [
            textCell(words.reductionReason, (item) => reasonText(item.reductionReason, reasons)),
          ],
        },
      ];
    case 'missedBackPay':
    case 'shortfallBackPay':
      return [monthsColumn];
  }
}
