import { useState } from 'react';
import type { Order } from '../../../shared/ipc/data.ts';
import { formatFen, toFen } from '../../../shared/rules/money.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import { ReasonMark } from '../../parts/error-link.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import { useOrdersSince } from '../../state/orders.ts';
import { StoryLink } from '../order-story/story-link.tsx';
import { orderStory } from '../../text/order-story.ts';
import { confirmation } from '../../text/confirmation.ts';
import { countOf, kindWords } from '../../text/kinds.ts';
import { momentText, stampText } from '../../text/time.ts';
import { today as words } from '../../text/today.ts';
import { openResults } from '../results/shown.ts';
import { isUnderWay, listedOrders, statePartsOf, timeOf, troubleOf } from './order-lines.ts';

const FEW_ORDERS = 8;
const NOT_YET = '—';

/** What this unit has handed to the centre this month, with the numbers that prove it. */
export function OrderList({ window }: { window: FilingWindow }) {
  const { value, failure } = useOrdersSince(window.businessMonth);
  return (
    <>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      {value && <OrderTable orders={listedOrders(value, window)} month={window.businessMonth} />}
    </>
  );
}

interface OrderTableProps {
  /** As listed: the first ones are shown first. */
  readonly orders: readonly Order[];
  /** Orders of another month say so. */
  readonly month: number;
}

export function OrderTable({ orders, month }: OrderTableProps) {
  const [all, setAll] = useState(false);
  if (orders.length === 0) return <p className="muted">{words.ordersNone}</p>;
  return (
    <div>
      <table className="orders" aria-label={words.orders}>
        <thead>
          <tr>
            <th scope="col">{words.orderKind}</th>
            <th scope="col" className="right">
              {words.orderCount}
            </th>
            <th scope="col" className="right">
              {words.orderSum}
            </th>
            <th scope="col">{words.orderState}</th>
            <th scope="col">{confirmation.serialNumber}</th>
            <th scope="col" className="right">
              {confirmation.receipt}
            </th>
            <th scope="col">{words.orderTime}</th>
            <th scope="col">{orderStory.open}</th>
          </tr>
        </thead>
        <tbody>
          {(all ? orders : orders.slice(0, FEW_ORDERS)).map((order) => (
            <OrderRow key={order.oid} order={order} month={month} />
          ))}
        </tbody>
      </table>
      {orders.length > FEW_ORDERS && (
        <button
          type="button"
          className="link orders-more"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? words.ordersFew : words.ordersAll(orders.length)}
        </button>
      )}
    </div>
  );
}

function OrderRow({ order, month }: { order: Order; month: number }) {
  const { kind, businessMonth, serialNumber, receiptNumber } = order;
  const isTaken = order.state === 'applied';
  const trouble = troubleOf(order);
  const time = timeOf(order);
  return (
    <tr>
      <td>
        <button
          type="button"
          className="link"
          onClick={() => {
            openResults(order, month);
          }}
        >
          {kindWords[kind]}
        </button>
        {businessMonth !== month && <span className="muted">{words.ofMonth(businessMonth)}</span>}
      </td>
      <td className="right">{countOf(kind, isTaken ? order.acceptedCount : order.count)}</td>
      <td className="right">{formatFen(toFen(isTaken ? order.acceptedFen : order.fen))}</td>
      <td className="orders-state">
        {statePartsOf(order).map(({ tone, text }) => (
          <StateWord key={text} tone={tone}>
            {text}
          </StateWord>
        ))}
        {trouble !== '' && (
          <span className={isUnderWay(order) ? 'warn' : 'bad'}>
            {trouble}
            <ReasonMark reason={trouble} />
          </span>
        )}
      </td>
      <td>{serialNumber || NOT_YET}</td>
      <td className="right">{receiptNumber > 0 ? receiptNumber : NOT_YET}</td>
      <td title={stampText(time)}>{momentText(time)}</td>
      <td>
        <StoryLink order={order} />
      </td>
    </tr>
  );
}
