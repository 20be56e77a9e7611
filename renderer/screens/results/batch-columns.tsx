import type { ItemChoice, QueryGroup, QueryOrder } from '../../../shared/ipc/queries.ts';
import type { OrderState } from '../../../shared/orders/states.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import { codeOfReason } from '../../help/errors/reason.ts';
import { widthOf } from '../../parts/amount-width.ts';
import type { Column } from '../../parts/grid-head.tsx';
import { countCell, moneyCell, textCell } from '../../parts/list-cells.ts';
import { StateWord } from '../../parts/state-word.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import type { Tone } from '../../parts/state-word.tsx';
import { kindWords, totalWords } from '../../text/kinds.ts';
import { countText } from '../../text/numbers.ts';
import { results as words } from '../../text/results.ts';
import { momentText, stampText } from '../../text/time.ts';
import { StoryLink } from '../order-story/story-link.tsx';

const tones: Readonly<Record<OrderState, Tone>> = {
  draft: 'warn',
  signed: 'warn',
  sent: 'busy',
  applied: 'good',
  rejected: 'bad',
  void: 'idle',
};

const BATCH_SUM_PX = 104;

type Choose = (order: QueryOrder, choice: ItemChoice) => void;

/** 业务流水号 and counts of each batch; a click on a count shows those below (manual 十(一) to (三)). */
export function batchColumns(
  group: QueryGroup,
  orders: readonly QueryOrder[],
  onChoose: Choose,
): Column<QueryOrder>[] {
  const sums = orders.map((order) => order.fen);
  const sumTitle = group === 'backPay' ? totalWords.missedBackPay : totalWords[group];
  return [
    {
      key: 'serialNumber',
      title: words.serialNumber,
      width: '146px',
      render: (order) => order.serialNumber || '—',
      cells: [textCell(words.serialNumber, (order) => order.serialNumber, 22)],
    },
    ...(group === 'backPay' ? [kindColumn] : []),
    {
      key: 'state',
      title: words.state,
      width: group === 'backPay' ? 'minmax(150px, 1fr)' : 'minmax(196px, 1fr)',
      render: (order) => <BatchState order={order} />,
      cells: [
        textCell(words.state, (order) => words.orderState[order.state], 20),
        textCell(words.computer, ({ isElsewhere }) => (isElsewhere ? words.elsewhere : ''), 10),
        textCell(words.reason, (order) => order.reason, 30),
      ],
    },
    count(words.total, 'all', onChoose, (order) => order.count),
    count(words.succeeded, 'succeeded', onChoose, taken('succeeded')),
    count(words.failed, 'failed', onChoose, taken('failed')),
    count(words.pending, 'pending', onChoose, taken('pending')),
    {
      key: 'fen',
      title: sumTitle,
      width: widthOf(sums, BATCH_SUM_PX),
      align: 'right',
      render: (order) => formatFen(toFen(order.fen)),
      cells: [moneyCell(sumTitle, (order) => order.fen)],
    },
    {
      key: 'date',
      title: words.date,
      width: '116px',
      render: ({ createdAt }) => <span title={stampText(createdAt)}>{momentText(createdAt)}</span>,
      cells: [
        textCell(words.date, ({ createdAt }) => stampText(createdAt), 18),
        countCell(words.receipt, (order) => order.receiptNumber || null),
      ],
    },
    {
      key: 'all',
      title: words.show,
      width: '86px',
      render: (order) => (
        <span className="batch-links">
          <button
            type="button"
            className="link"
            onClick={() => {
              onChoose(order, 'all');
            }}
          >
            {words.all}
          </button>
          {!order.isElsewhere && <StoryLink order={order} />}
        </span>
      ),
    },
  ];
}

const kindColumn: Column<QueryOrder> = {
  key: 'kind',
  title: words.backPayKind,
  width: '76px',
  render: (order) => kindWords[order.kind],
  cells: [textCell(words.backPayKind, (order) => kindWords[order.kind], 10)],
};

function BatchState({ order }: { order: QueryOrder }) {
  return (
    <span className="batch-state">
      <StateWord tone={tones[order.state]}>{words.orderState[order.state]}</StateWord>
      {order.isElsewhere && <span className="badge">{words.elsewhere}</span>}
      {order.landedElsewhere > 0 && (
        <span className="landed-hint" title={words.landedCount(order.landedElsewhere)}>
          {words.landedCount(order.landedElsewhere)}
        </span>
      )}
      {order.reason !== '' && (
        <TwoLines className="bad" text={order.reason} code={codeOfReason(order.reason)} />
      )}
    </span>
  );
}

/** Results exist only for an order the centre has taken. */
function taken(key: 'succeeded' | 'failed' | 'pending') {
  return (order: QueryOrder) => (order.state === 'applied' ? order[key] : null);
}

function count(
  title: string,
  choice: ItemChoice,
  onChoose: Choose,
  read: (order: QueryOrder) => number | null,
): Column<QueryOrder> {
  return {
    key: `count-${choice}`,
    title,
    width: '60px',
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
          {countText(found)}
        </button>
      );
    },
  };
}
