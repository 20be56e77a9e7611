import type { Order, OrderItem } from '../../../shared/ipc/data.ts';
import { maskIdNumber } from '../../../shared/rules/identity.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { fundTypeLabels } from '../../../shared/rules/policy.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import type { ItemState } from '../../../shared/wire/orders.ts';
import { widthOf } from '../../parts/amount-width.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { countCell, moneyCell, percentCell, textCell } from '../../parts/list-cells.ts';
import { StateWord } from '../../parts/state-word.tsx';
import type { Tone } from '../../parts/state-word.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { queue } from '../../text/queue.ts';
import { registrationResults as words } from '../../text/registration-results.ts';
import { landedElsewhere, limitOf } from './items.ts';

const tones: Readonly<Record<ItemState, Tone>> = {
  pending: 'warn',
  processing: 'busy',
  succeeded: 'good',
  failed: 'bad',
};

/** What the centre said of the person; before or without that, what became of the whole batch. */
function stateWord({ state }: OrderItem, order: Order): string {
  if (state !== null) return words.itemState[state];
  if (order.state === 'rejected') return words.orderState.rejected;
  return order.state === 'void' ? words.orderState.void : words.itemWaiting;
}

function stateText(item: OrderItem, order: Order) {
  const { state } = item;
  const tone = state !== null ? tones[state] : order.state === 'rejected' ? 'bad' : 'idle';
  return <StateWord tone={tone}>{stateWord(item, order)}</StateWord>;
}

function amount(
  key: 'base' | 'totalFen',
  title: string,
  items: readonly OrderItem[],
): Column<OrderItem> {
  return {
    key,
    title,
    width: widthOf(items.map((item) => item[key])),
    align: 'right',
    render: (item) => formatFen(toFen(item[key])),
    cells: [moneyCell(title, (item) => item[key])],
  };
}

const fundColumn: Column<OrderItem> = {
  key: 'fundType',
  title: words.fundType,
  width: '76px',
  render: (item) => (
    <span title={fundTypeLabels[item.fundType]}>{queue.fundShort[item.fundType]}</span>
  ),
  cells: [textCell(words.fundType, (item) => fundTypeLabels[item.fundType])],
};

function noteOn(item: OrderItem, order: Order, terms: UnitTerms | undefined) {
  if (landedElsewhere(item, order.businessMonth)) {
    return <TwoLines text={words.landed(item.landedMonth)} />;
  }
  const reason = noteWords(item, order);
  if (reason !== '') return <TwoLines className="bad" text={reason} />;
  const limit = terms && limitOf(item, order.businessMonth, terms);
  return limit && <TwoLines className="muted" text={words.limits[limit]} />;
}

/** Why it failed, or where it landed. */
function noteWords(item: OrderItem, order: Order): string {
  if (landedElsewhere(item, order.businessMonth)) return words.landed(item.landedMonth);
  return item.reason || (order.state === 'rejected' || order.state === 'void' ? order.reason : '');
}

interface ItemsShown {
  readonly order: Order;
  readonly items: readonly OrderItem[];
  readonly terms: UnitTerms | undefined;
}

export function itemColumns({ order, items, terms }: ItemsShown): Column<OrderItem>[] {
  const hasFunds = terms?.fundTypes.includes('11') ?? items.some((item) => item.fundType === '11');
  return [
    {
      key: 'seq',
      title: words.seq,
      width: '52px',
      align: 'right',
      render: (item) => item.seq,
      cells: [countCell(words.seq, (item) => item.seq)],
    },
    {
      key: 'name',
      title: words.name,
      width: '112px',
      render: (item) => item.name,
      cells: [textCell(words.name, (item) => item.name)],
    },
    {
      key: 'idNumber',
      title: words.idNumber,
      width: '156px',
      render: (item) => maskIdNumber(item.idNumber),
      cells: [textCell(words.idNumber, (item) => item.idNumber, 22)],
    },
    ...(hasFunds ? [fundColumn] : []),
    amount('base', words.base, items),
    {
      key: 'ratio',
      title: words.ratio,
      width: '60px',
      align: 'right',
      render: (item) => `${item.unitRatio}%`,
      cells: [percentCell(words.ratio, (item) => item.unitRatio)],
    },
    amount('totalFen', words.monthly, items),
    {
      key: 'state',
      title: words.state,
      width: '96px',
      render: (item) => stateText(item, order),
      cells: [textCell(words.state, (item) => stateWord(item, order), 12)],
    },
    {
      key: 'personalAccount',
      title: words.personalAccount,
      width: '120px',
      render: (item) => item.personalAccount || '—',
      cells: [textCell(words.personalAccount, (item) => item.personalAccount)],
    },
    {
      key: 'reason',
      title: words.reason,
      width: 'minmax(240px, 1fr)',
      render: (item) => noteOn(item, order, terms),
      cells: [textCell(words.reason, (item) => noteWords(item, order), 40)],
    },
  ];
}
