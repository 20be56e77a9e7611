import type { OrderItem } from '../../../shared/ipc/data.ts';
import { maskIdNumber } from '../../../shared/rules/identity.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { ItemState } from '../../../shared/wire/orders.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import type { Tone } from '../../parts/state-word.tsx';
import { registrationResults as words } from '../../text/registration-results.ts';
import { landedElsewhere } from './items.ts';

const tones: Readonly<Record<ItemState, Tone>> = {
  pending: 'warn',
  processing: 'busy',
  succeeded: 'good',
  failed: 'bad',
};

function stateText({ state }: OrderItem) {
  if (state === null) return <StateWord tone="idle">{words.itemWaiting}</StateWord>;
  return <StateWord tone={tones[state]}>{words.itemState[state]}</StateWord>;
}

function amount(key: 'base' | 'totalFen', title: string, width: string): Column<OrderItem> {
  return { key, title, width, align: 'right', render: (item) => formatFen(toFen(item[key])) };
}

export function itemColumns(filedMonth: number): Column<OrderItem>[] {
  return [
    { key: 'seq', title: words.seq, width: '52px', align: 'right', render: (item) => item.seq },
    { key: 'name', title: words.name, width: 'minmax(104px, 1fr)', render: (item) => item.name },
    {
      key: 'idNumber',
      title: words.idNumber,
      width: '156px',
      render: (item) => maskIdNumber(item.idNumber),
    },
    amount('base', words.base, '100px'),
    {
      key: 'ratio',
      title: words.ratio,
      width: '60px',
      align: 'right',
      render: (item) => `${item.unitRatio}%`,
    },
    amount('totalFen', words.monthly, '96px'),
    { key: 'state', title: words.state, width: '100px', render: stateText },
    {
      key: 'personalAccount',
      title: words.personalAccount,
      width: '120px',
      render: (item) => item.personalAccount || '—',
    },
    {
      key: 'reason',
      title: words.reason,
      width: 'minmax(260px, 3fr)',
      render: (item) =>
        landedElsewhere(item, filedMonth) ? (
          <span title={words.landed(item.landedMonth)}>{words.landed(item.landedMonth)}</span>
        ) : (
          <span className="bad" title={item.reason}>
            {item.reason}
          </span>
        ),
    },
  ];
}
