import { ask } from '../../bridge.ts';
import { createStore } from '../../state/store.ts';
import { Following } from '../confirm/following.ts';
import { agreedOf, heldBack, sendingAfter } from './sending.ts';
import type { SendEvent, SendProposal, Sending } from './sending.ts';

/** Outside the screen: what became of a batch is told wherever the clerk has gone meanwhile. */
const sending = createStore<Sending>({ kind: 'closed' });
export const useSending = sending.use;
export const readSending = sending.get;

function tell(event: SendEvent): void {
  sending.set(sendingAfter(readSending(), event));
}

const following = new Following({ read: () => agreedOf(readSending()), tell });

export function proposeSending(proposal: SendProposal): void {
  tell({ type: 'propose', proposal });
}

export function closeSending(): void {
  tell({ type: 'close' });
  if (readSending().kind === 'closed') following.forget();
}

/** 是: the next question, or sends what was agreed to, exactly once. */
export async function agreeToSend(): Promise<void> {
  const before = readSending();
  tell({ type: 'yes' });
  const state = readSending();
  if (state.kind !== 'sending' || before.kind !== 'asking') return;
  const { batch, businessMonth, opensAt } = state.proposal;
  await following.start({ kind: batch.kind, businessMonth });
  const answer = await ask('batches.send', {
    id: batch.id,
    which: heldBack(batch) > 0 ? 'good' : 'all',
    expected: { count: batch.good, fen: batch.goodFen },
    differing: batch.differing,
    waitForOpening: opensAt !== null,
  });
  tell({ type: 'answered', answer });
  await lookAgain();
}

/** Reads how far the order has come, or what became of one whose outcome was not clear. */
export function lookAgain(): Promise<void> {
  return following.lookAgain();
}
