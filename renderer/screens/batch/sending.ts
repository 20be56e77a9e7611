import type { Batch } from '../../../shared/ipc/batches.ts';
import { agreedAfter } from '../confirm/outcome.ts';
import type { Agreed, AgreedEvent } from '../confirm/outcome.ts';

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
  | Agreed<SendProposal>;

export type SendEvent =
  | { readonly type: 'propose'; readonly proposal: SendProposal }
  /** 只发送无误的, or 是 to what is asked. */
  | { readonly type: 'yes' }
  | AgreedEvent
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
    case 'close':
      return state.kind === 'sending' ? state : { kind: 'closed' };
    case 'reached':
    case 'answered':
    case 'found': {
      const agreed = agreedOf(state);
      return agreed ? agreedAfter(agreed, event) : state;
    }
  }
}

/** What was agreed to; undefined while nothing is. */
export function agreedOf(state: Sending): Agreed<SendProposal> | undefined {
  switch (state.kind) {
    case 'closed':
    case 'issues':
    case 'differences':
    case 'asking':
      return undefined;
    case 'sending':
    case 'ended':
    case 'failed':
      return state;
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
