import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { agreedAfter } from './outcome.ts';
import type { Agreed, AgreedEvent } from './outcome.ts';

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

/** The dialogue 确认: asked, sent once, and ended by what the centre or this computer said. */
export type Confirming =
  | { readonly kind: 'closed' }
  | { readonly kind: 'asking'; readonly proposal: Proposal }
  | Agreed<Proposal>;

export type ConfirmEvent =
  | { readonly type: 'ask'; readonly proposal: Proposal }
  | { readonly type: 'yes' }
  | AgreedEvent
  | { readonly type: 'close' };

/** Events that have no place in a state leave it alone; while sending nothing can be closed. */
export function confirmingAfter(state: Confirming, event: ConfirmEvent): Confirming {
  switch (event.type) {
    case 'ask':
      return state.kind === 'closed' ? { kind: 'asking', proposal: event.proposal } : state;
    case 'yes':
      return state.kind === 'asking' ? { ...state, kind: 'sending', stage: 'sign' } : state;
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
export function agreedOf(state: Confirming): Agreed<Proposal> | undefined {
  return state.kind === 'closed' || state.kind === 'asking' ? undefined : state;
}
