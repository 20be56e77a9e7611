import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import type { OrderState } from '../../../shared/orders/states.ts';

export const stages = ['sign', 'send', 'wait'] as const;
export type Stage = (typeof stages)[number];

/** A dialogue from 是 on: what was agreed to is sent once, and ended by what the centre or this computer said. */
export type Agreed<Proposal> =
  | { readonly kind: 'sending'; readonly proposal: Proposal; readonly stage: Stage }
  | { readonly kind: 'ended'; readonly proposal: Proposal; readonly order: Order }
  | {
      readonly kind: 'failed';
      readonly proposal: Proposal;
      readonly code: ErrorCode;
      readonly detail: string;
      /** This computer's journal was read afterwards and holds no such order. */
      readonly isAbsent?: true;
    };

export type AgreedEvent =
  | { readonly type: 'reached'; readonly stage: Stage }
  | { readonly type: 'answered'; readonly answer: Result<Order> }
  /** The journal was read while nothing is under way: the order, or undefined for none. */
  | { readonly type: 'found'; readonly order: Order | undefined };

/** Events that have no place in a state leave it alone. */
export function agreedAfter<Proposal>(
  state: Agreed<Proposal>,
  event: AgreedEvent,
): Agreed<Proposal> {
  switch (event.type) {
    case 'reached':
      return state.kind === 'sending' && isLater(event.stage, state.stage)
        ? { ...state, stage: event.stage }
        : state;
    case 'answered':
      return state.kind === 'sending' ? afterAnswer(state.proposal, event.answer) : state;
    case 'found':
      return afterFound(state, event.order);
  }
}

function isLater(stage: Stage, than: Stage): boolean {
  return stages.indexOf(stage) > stages.indexOf(than);
}

function afterAnswer<Proposal>(proposal: Proposal, answer: Result<Order>): Agreed<Proposal> {
  if (answer.ok) return { kind: 'ended', proposal, order: answer.value };
  return { kind: 'failed', proposal, code: answer.code, detail: answer.detail };
}

const settled: readonly OrderState[] = ['applied', 'rejected', 'void'];

/** A failure that left it open ends with the order itself, and a result replaces 等待中心答复. */
function afterFound<Proposal>(state: Agreed<Proposal>, order: Order | undefined): Agreed<Proposal> {
  if (state.kind === 'failed') {
    if (order === undefined) return { ...state, isAbsent: true };
    // neither signed nor kept for the opening: abandoned or signed in a moment
    const isOpen = order.state === 'draft' && order.opensAt === null;
    return isOpen ? state : { kind: 'ended', proposal: state.proposal, order };
  }
  if (state.kind !== 'ended' || state.order.oid !== order?.oid) return state;
  // results that come in while the dialogue stands are told on the screens of sent orders
  if (settled.includes(state.order.state)) return state;
  return { ...state, order };
}
