import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { OrderState } from '../../../shared/orders/states.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';

/** What is put to the clerk, and agreed to as it stands. */
export interface Proposal {
  readonly kind: EntryKind;
  readonly ids: readonly string[];
  readonly count: number;
  readonly people: number;
  readonly fen: number;
  /** Rows of the queue that no longer hold and are not in it. */
  readonly excluded: number;
  readonly businessMonth: number;
  /** Set outside the hours: kept, and sent by itself at the opening. */
  readonly opensAt: string | null;
  /** A 登记 that may land in the next month (manual 六.10). */
  readonly landsLate: boolean;
}

export const stages = ['sign', 'send', 'wait'] as const;
export type Stage = (typeof stages)[number];

/** The dialogue 确认: asked, sent once, and ended by what the centre or this computer said. */
export type Confirming =
  | { readonly kind: 'closed' }
  | { readonly kind: 'asking'; readonly proposal: Proposal }
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

export type ConfirmEvent =
  | { readonly type: 'ask'; readonly proposal: Proposal }
  | { readonly type: 'yes' }
  | { readonly type: 'reached'; readonly stage: Stage }
  | { readonly type: 'answered'; readonly answer: Result<Order> }
  /** The journal was read while nothing is under way: the order, or undefined for none. */
  | { readonly type: 'found'; readonly order: Order | undefined }
  | { readonly type: 'close' };

/** Events that have no place in a state leave it alone; while sending nothing can be closed. */
export function confirmingAfter(state: Confirming, event: ConfirmEvent): Confirming {
  switch (event.type) {
    case 'ask':
      return state.kind === 'closed' ? { kind: 'asking', proposal: event.proposal } : state;
    case 'yes':
      return state.kind === 'asking' ? { ...state, kind: 'sending', stage: 'sign' } : state;
    case 'reached':
      return state.kind === 'sending' && isLater(event.stage, state.stage)
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

function isLater(stage: Stage, than: Stage): boolean {
  return stages.indexOf(stage) > stages.indexOf(than);
}

function afterAnswer(proposal: Proposal, answer: Result<Order>): Confirming {
  if (answer.ok) return { kind: 'ended', proposal, order: answer.value };
  return { kind: 'failed', proposal, code: answer.code, detail: answer.detail };
}

const settled: readonly OrderState[] = ['applied', 'rejected', 'void'];

/** A failure that left it open ends with the order itself, and a result replaces 等待中心答复. */
function afterFound(state: Confirming, order: Order | undefined): Confirming {
  if (state.kind === 'failed') {
    if (order === undefined) return { ...state, isAbsent: true };
    // neither signed nor kept for the opening: abandoned or signed in a moment
    const isOpen = order.state === 'draft' && order.opensAt === null;
    return isOpen ? state : { kind: 'ended', proposal: state.proposal, order };
  }
  if (state.kind !== 'ended' || state.order.oid !== order?.oid) return state;
  if (settled.includes(state.order.state)) return state;
  return { ...state, order };
}

/** The newest order that was not there before. */
export function freshOf(orders: readonly Order[], before: ReadonlySet<string>): Order | undefined {
  return orders.find((order) => !before.has(order.oid));
}

/** How far that order has come. */
export function stageOf(orders: readonly Order[], before: ReadonlySet<string>): Stage {
  const fresh = freshOf(orders, before);
  if (fresh?.state === 'signed') return 'send';
  if (fresh && fresh.state !== 'draft') return 'wait';
  return 'sign';
}
