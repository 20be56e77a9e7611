import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { Batch } from '../../../shared/ipc/batches.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import type { OrderState } from '../../../shared/orders/states.ts';
import type { Stage } from '../confirm/confirming.ts';
import { stages } from '../confirm/confirming.ts';

/** What is put to the clerk about a batch, and agreed to as it stands. */
export interface SendProposal {
  readonly batch: Batch;
  readonly businessMonth: number;
  /** Set outside the hours: kept, and sent by itself at the opening. */
  readonly opensAt: string | null;
}

/**
 * The dialogue 批量发送. Rows that may not be sent stop all of it unless the clerk chooses the good
 * ones; differences are asked about before the totals (manual 七(二)); then it is sent once.
 */
export type Sending =
  | { readonly kind: 'closed' }
  | { readonly kind: 'issues'; readonly proposal: SendProposal }
  | { readonly kind: 'differences'; readonly proposal: SendProposal }
  | { readonly kind: 'asking'; readonly proposal: SendProposal }
  | { readonly kind: 'sending'; readonly proposal: SendProposal; readonly stage: Stage }
  | { readonly kind: 'ended'; readonly proposal: SendProposal; readonly order: Order }
  | {
      readonly kind: 'failed';
      readonly proposal: SendProposal;
      readonly code: ErrorCode;
      readonly detail: string;
      /** This computer's journal was read afterwards and holds no such order. */
      readonly isAbsent?: true;
    };

export type SendEvent =
  | { readonly type: 'propose'; readonly proposal: SendProposal }
  /** 只发送无误的, or 是 to what is asked. */
  | { readonly type: 'yes' }
  | { readonly type: 'reached'; readonly stage: Stage }
  | { readonly type: 'answered'; readonly answer: Result<Order> }
  /** The journal was read: the order, or undefined for none. */
  | { readonly type: 'found'; readonly order: Order | undefined }
  | { readonly type: 'close' };

/** Rows that may not be sent, those for the counter included. */
export function heldBack({ bad, counter }: Batch): number {
  return bad + counter;
}

/** Events that have no place in a state leave it alone; while sending nothing can be closed. */
export function sendingAfter(state: Sending, event: SendEvent): Sending {
  switch (event.type) {
    case 'propose':
      return state.kind === 'closed' ? firstQuestion(event.proposal) : state;
    case 'yes':
      return afterYes(state);
    case 'reached':
      return state.kind === 'sending' && stages.indexOf(event.stage) > stages.indexOf(state.stage)
        ? { ...state, stage: event.stage }
        : state;
    case 'answered':
      return state.kind === 'sending' ? afterAnswer(state.proposal, event.answer) : state;
    case 'found':
      return afterFound(state, event.order);
    case 'close':
      return state.kind === 'sending' ? state : { kind: 'closed' };
  }
}

function firstQuestion(proposal: SendProposal): Sending {
  return heldBack(proposal.batch) > 0 ? { kind: 'issues', proposal } : sendable(proposal);
}

function sendable(proposal: SendProposal): Sending {
  return proposal.batch.differing > 0
    ? { kind: 'differences', proposal }
    : { kind: 'asking', proposal };
}

function afterYes(state: Sending): Sending {
  switch (state.kind) {
    case 'issues':
      return state.proposal.batch.good > 0 ? sendable(state.proposal) : state;
    case 'differences':
      return { kind: 'asking', proposal: state.proposal };
    case 'asking':
      return { kind: 'sending', proposal: state.proposal, stage: 'sign' };
    case 'closed':
    case 'sending':
    case 'ended':
    case 'failed':
      return state;
  }
}

function afterAnswer(proposal: SendProposal, answer: Result<Order>): Sending {
  if (answer.ok) return { kind: 'ended', proposal, order: answer.value };
  return { kind: 'failed', proposal, code: answer.code, detail: answer.detail };
}

const settled: readonly OrderState[] = ['applied', 'rejected', 'void'];

/** A failure that left it open ends with the order itself, and a result replaces 等待中心答复. */
function afterFound(state: Sending, order: Order | undefined): Sending {
  if (state.kind === 'failed') {
    if (order === undefined) return { ...state, isAbsent: true };
    const isOpen = order.state === 'draft' && order.opensAt === null;
    return isOpen ? state : { kind: 'ended', proposal: state.proposal, order };
  }
  if (state.kind !== 'ended' || state.order.oid !== order?.oid) return state;
  // results that come in while the dialogue stands are told in 已发送
  if (settled.includes(state.order.state)) return state;
  return { ...state, order };
}
