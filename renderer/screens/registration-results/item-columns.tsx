import type { Order, OrderItem } from '../../../shared/ipc/data.ts';
import { maskIdNumber } from '../../../shared/rules/identity.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { fundTypeLabels } from '../../../shared/rules/policy.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import type { ItemState } from '../../../shared/wire/orders.ts';
import { widthOf } from '../../parts/amount-width.ts';
import type { Column } from '../../parts/grid-head.tsx';
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
function stateText({ state }: OrderItem, order: Order) {
  if (state !== null) return <StateWord tone={tones[state]}>{words.itemState[state]}</StateWord>;
  if (order.state === 'rejected') {
    return <StateWord tone="bad">{words.orderState.rejected}</StateWord>;
  }
  const word = order.state === 'void' ? words.orderState.void : words.itemWaiting;
  return <StateWord tone="idle">{word}</StateWord>;
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
  };
}

const fundColumn: Column<OrderItem> = {
  key: 'fundType',
  title: words.fundType,
  width: '76px',
  render: (item) => (
    <span title={fundTypeLabels[item.fundType]}>{queue.fundShort[item.fundType]}</span>
  ),
};

function noteOn(item: OrderItem, order: Order, terms: UnitTerms | undefined) {
  if (landedElsewhere(item, order.businessMonth)) {
    return <TwoLines text={words.landed(item.landedMonth)} />;
  }
  const refused = order.state === 'rejected' || order.state === 'void' ? order.reason : '';
  const reason = item.reason || refused;
  if (reason !== '') return <TwoLines className="bad" text={reason} />;
  const limit = terms && limitOf(item, order.businessMonth, terms);
  return limit && <TwoLines className="muted" text={words.limits[limit]} />;
}

interface ItemsShown {
  readonly order: Order;
  readonly items: readonly OrderItem[];
  readonly terms: UnitTerms | undefined;
}

export function itemColumns({ order, items, terms }: ItemsShown): Column<OrderItem>[] {
  const hasFunds = terms?.fundTypes.includes('11') ?? items.some((item) => item.fundType === '11');
  return [
    { key: 'seq', title: words.seq, width: '52px', align: 'right', render: (item) => item.seq },
    { key: 'name', title: words.name, width: '112px', render: (item) => item.name },
    {
      key: 'idNumber',
      title: words.idNumber,
      width: '156px',
      render: (item) => maskIdNumber(item.idNumber),
    },
    ...(hasFunds ? [fundColumn] : []),
    amount('base', words.base, items),
    {
      key: 'ratio',
      title: words.ratio,
      width: '60px',
      align: 'right',
      render: (item) => `${item.unitRatio}%`,
    },
    amount('totalFen', words.monthly, items),
    {
      key: 'state',
      title: words.state,
      width: '96px',
      render: (item) => stateText(item, order),
    },
    {
      key: 'personalAccount',
      title: words.personalAccount,
      width: '120px',
      render: (item) => item.personalAccount || '—',
    },
    {
      key: 'reason',
      title: words.reason,
      width: 'minmax(240px, 1fr)',
      render: (item) => noteOn(item, order, terms),
    },
  ];
}
