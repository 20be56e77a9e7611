import type { Order } from '../../../shared/ipc/data.ts';
import type { BusinessMonth } from '../../../shared/rules/months.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import type { Tone } from '../../parts/state-word.tsx';
import { confirmation } from '../../text/confirmation.ts';
import { today as words } from '../../text/today.ts';

/** Waits to be sent or for the centre's answer. */
export function isUnderWay({ state }: Order): boolean {
  return state === 'draft' || state === 'signed' || state === 'sent';
}

/** When the order goes or went. */
export function timeOf({ opensAt, sentAt, createdAt }: Order): string {
  return opensAt ?? sentAt ?? createdAt;
}

/**
 * What 今日 lists: the orders of the month, those of the month before that are still under way, and
 * between two months all of the one that has just closed. Under way first, each part newest first.
 */
export function listedOrders(
  orders: readonly Order[],
  { businessMonth, closed }: Pick<FilingWindow, 'businessMonth' | 'closed'>,
): Order[] {
  const months: readonly BusinessMonth[] = closed ? [businessMonth, closed.month] : [businessMonth];
  const isListed = (order: Order) =>
    isUnderWay(order) || months.some((month) => month === order.businessMonth);
  return orders
    .filter(isListed)
    .sort(
      (a, b) =>
        Number(isUnderWay(b)) - Number(isUnderWay(a)) ||
        Date.parse(timeOf(b)) - Date.parse(timeOf(a)),
    );
}

export interface StatePart {
  readonly tone: Tone;
  readonly text: string;
}

/** How far an order is, in few words; of what the centre has taken each outcome by itself. */
export function statePartsOf(order: Order): StatePart[] {
  switch (order.state) {
    case 'draft':
    case 'signed':
      return [{ tone: 'warn', text: words.orderWaiting }];
    case 'sent':
      return [{ tone: 'busy', text: words.orderSent }];
    case 'applied':
      return outcomesOf(order);
    case 'rejected':
      return [{ tone: 'bad', text: words.orderRejected }];
    case 'void':
      return [{ tone: 'idle', text: words.orderVoid }];
  }
}

function outcomesOf({ kind, acceptedCount, succeeded, failed, pending }: Order): StatePart[] {
  // all but a 登记 take effect with the receipt, before any result is asked for
  const good = kind === 'registration' ? succeeded : acceptedCount - failed;
  const under = kind === 'registration' ? pending : 0;
  if (good === 0 && failed === 0) return [{ tone: 'good', text: words.orderTaken }];
  const parts: StatePart[] = [];
  if (good > 0) parts.push({ tone: 'good', text: words.orderSucceeded(good) });
  if (failed > 0) parts.push({ tone: 'bad', text: words.orderFailed(failed) });
  if (under > 0) parts.push({ tone: 'busy', text: words.orderPending(under) });
  return parts;
}

/** Why it is held up or was not taken, or that the centre took something else; empty for most. */
export function troubleOf({ state, reason, ...order }: Order): string {
  if (state !== 'applied') return reason;
  const isWhole = order.acceptedCount === order.count && order.acceptedFen === order.fen;
  return isWhole ? '' : confirmation.differs;
}
