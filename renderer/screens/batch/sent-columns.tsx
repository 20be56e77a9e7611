import type { Order } from '../../../shared/ipc/data.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { widthOf } from '../../parts/amount-width.ts';
import { ReasonMark } from '../../parts/error-link.tsx';
import type { Column } from '../../parts/grid-head.tsx';
import { countCell, moneyCell, textCell } from '../../parts/list-cells.ts';
import { StateWord } from '../../parts/state-word.tsx';
import type { Tone } from '../../parts/state-word.tsx';
import { sentBatches as words } from '../../text/batch.ts';
import { countText } from '../../text/numbers.ts';
import { results } from '../../text/results.ts';
import { orderStory } from '../../text/order-story.ts';
import { stampText } from '../../text/time.ts';
import { StoryLink } from '../order-story/story-link.tsx';
import type { ItemChoice } from '../../../shared/ipc/queries.ts';

type Progress = keyof typeof words.progress;

/** How far the centre is with an order. */
export function progressOf({ state, pending }: Order): Progress {
  if (state === 'applied') return pending > 0 ? 'processing' : 'done';
  return state;
}

const tones: Readonly<Record<Progress, Tone>> = {
  draft: 'warn',
  signed: 'busy',
  sent: 'busy',
  processing: 'busy',
  done: 'good',
  rejected: 'bad',
  void: 'idle',
};

interface SentColumnParts {
  readonly kind: EntryKind;
  readonly orders: readonly Order[];
  readonly name: (order: Order) => string;
  readonly onChoose: (order: Order, choice: ItemChoice) => void;
}

export function sentColumns({ kind, orders, name, onChoose }: SentColumnParts): Column<Order>[] {
  const count = (choice: ItemChoice, title: string, read: (order: Order) => number) =>
    countColumn(choice, title, read, onChoose);
  return [
    {
      key: 'name',
      title: words.name,
      width: 'minmax(140px, 2fr)',
      render: (order) => <span title={name(order)}>{name(order)}</span>,
      cells: [textCell(words.name, name, 30)],
    },
    {
      key: 'state',
      title: results.state,
      width: '148px',
      render: (order) => {
        const progress = progressOf(order);
        return (
          <span title={order.reason}>
            <StateWord tone={tones[progress]}>{words.progress[progress]}</StateWord>
            <ReasonMark reason={order.reason} />
          </span>
        );
      },
      cells: [
        textCell(results.state, (order) => words.progress[progressOf(order)]),
        textCell(results.reason, (order) => order.reason, 30),
      ],
    },
    count('all', words.count, (order) => order.count),
    count('succeeded', words.choice.succeeded, (order) => order.succeeded),
    count('failed', words.choice.failed, (order) => order.failed),
    count('pending', words.choice.pending, (order) => order.pending),
    {
      key: 'sum',
      title: words.sum(kind),
      width: widthOf(
        orders.map((order) => order.fen),
        104,
      ),
      align: 'right',
      render: (order) => formatFen(toFen(order.fen)),
      cells: [moneyCell(words.sum(kind), (order) => order.fen)],
    },
    {
      key: 'serial',
      title: results.serialNumber,
      width: '156px',
      render: (order) => order.serialNumber || '—',
      cells: [textCell(results.serialNumber, (order) => order.serialNumber, 22)],
    },
    {
      key: 'receipt',
      title: results.receipt,
      width: '68px',
      align: 'right',
      render: (order) => (order.receiptNumber > 0 ? order.receiptNumber : '—'),
      cells: [countCell(results.receipt, (order) => order.receiptNumber || null)],
    },
    {
      key: 'date',
      title: words.sentAt,
      width: '144px',
      render: (order) => stampText(order.sentAt ?? order.createdAt),
      cells: [textCell(words.sentAt, (order) => stampText(order.sentAt ?? order.createdAt), 18)],
    },
    {
      key: 'story',
      title: orderStory.open,
      width: '52px',
      render: (order) => <StoryLink order={order} />,
    },
  ];
}

function countColumn(
  choice: ItemChoice,
  title: string,
  read: (order: Order) => number,
  onChoose: SentColumnParts['onChoose'],
): Column<Order> {
  return {
    key: `count-${choice}`,
    title,
    width: '70px',
    align: 'right',
    cells: [
      countCell(title, (order) =>
        choice !== 'all' && order.state !== 'applied' ? null : read(order),
      ),
    ],
    render: (order) => {
      // results exist only for an order the centre has taken
      if (choice !== 'all' && order.state !== 'applied') return '—';
      const found = read(order);
      return (
        <button
          type="button"
          className={`link count count-${found > 0 ? choice : 'none'}`}
          aria-label={words.choiceCount(title, found)}
          onClick={() => {
            onChoose(order, choice);
          }}
        >
          {countText(found)}
        </button>
      );
    },
  };
}
