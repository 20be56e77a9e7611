import type { Order } from '../../../shared/ipc/data.ts';
import type { OrderState } from '../../../shared/orders/states.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { widthOf } from '../../parts/amount-width.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { countCell, moneyCell, textCell } from '../../parts/list-cells.ts';
import { StateWord } from '../../parts/state-word.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import type { Tone } from '../../parts/state-word.tsx';
import { orderStory } from '../../text/order-story.ts';
import { registrationResults as words } from '../../text/registration-results.ts';
import { stampText } from '../../text/time.ts';
import { StoryLink } from '../order-story/story-link.tsx';
import type { ItemChoice } from './items.ts';

const tones: Readonly<Record<OrderState, Tone>> = {
  draft: 'warn',
  signed: 'warn',
  sent: 'busy',
  applied: 'good',
  rejected: 'bad',
  void: 'idle',
};

const BATCH_SUM_PX = 112;

type Choose = (order: Order, choice: ItemChoice) => void;

/** 业务流水号 and counts of each batch; a click on a count shows those below (manual 十(一)). */
export function batchColumns(orders: readonly Order[], onChoose: Choose): Column<Order>[] {
  return [
    {
      key: 'serialNumber',
      title: words.serialNumber,
      width: '176px',
      render: (order) => order.serialNumber || '—',
      cells: [textCell(words.serialNumber, (order) => order.serialNumber, 22)],
    },
    {
      key: 'state',
      title: words.state,
      width: 'minmax(190px, 1fr)',
      render: (order) => (
        <span className="batch-state">
          <StateWord tone={tones[order.state]}>{words.orderState[order.state]}</StateWord>
          {order.reason !== '' && <TwoLines className="bad" text={order.reason} />}
        </span>
      ),
      cells: [
        textCell(words.state, (order) => words.orderState[order.state], 20),
        textCell(words.reason, (order) => order.reason, 30),
      ],
    },
    count(words.total, 'all', onChoose, (order) => order.count),
    count(words.succeeded, 'succeeded', onChoose, taken('succeeded')),
    count(words.failed, 'failed', onChoose, taken('failed')),
    count(words.pending, 'pending', onChoose, taken('pending')),
    {
      key: 'fen',
      title: words.sum,
      width: widthOf(
        orders.map((order) => order.fen),
        BATCH_SUM_PX,
      ),
      align: 'right',
      render: (order) => formatFen(toFen(order.fen)),
      cells: [moneyCell(words.sum, (order) => order.fen)],
    },
    {
      key: 'date',
      title: words.date,
      width: '150px',
      render: (order) => stampText(order.sentAt ?? order.createdAt),
      cells: [textCell(words.date, (order) => stampText(order.sentAt ?? order.createdAt), 18)],
    },
    {
      key: 'receipt',
      title: words.receipt,
      width: '72px',
      align: 'right',
      render: (order) => (order.receiptNumber > 0 ? order.receiptNumber : '—'),
      cells: [countCell(words.receipt, (order) => order.receiptNumber || null)],
    },
    {
      key: 'all',
      title: '',
      width: '64px',
      render: (order) => (
        <button
          type="button"
          className="link"
          onClick={() => {
            onChoose(order, 'all');
          }}
        >
          {words.all}
        </button>
      ),
    },
    {
      key: 'story',
      title: orderStory.open,
      width: '52px',
      render: (order) => <StoryLink order={order} />,
    },
  ];
}

/** Results exist only for an order the centre has taken. */
function taken(key: 'succeeded' | 'failed' | 'pending') {
  return (order: Order) => (order.state === 'applied' ? order[key] : null);
}

function count(
  title: string,
  choice: ItemChoice,
  onChoose: Choose,
  read: (order: Order) => number | null,
): Column<Order> {
  return {
    key: `count-${choice}`,
    title,
    width: '72px',
    align: 'right',
    cells: [countCell(title, read)],
    render: (order) => {
      const found = read(order);
      if (found === null) return '—';
      return (
        <button
          type="button"
          className={`link count count-${found > 0 ? choice : 'none'}`}
          aria-label={words.showCount(title, found)}
          onClick={() => {
            onChoose(order, choice);
          }}
        >
          {found}
        </button>
      );
    },
  };
}
