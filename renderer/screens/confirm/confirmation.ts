import { ask } from '../../bridge.ts';
import { createStore } from '../../state/store.ts';
import { agreedOf, confirmingAfter } from './confirming.ts';
import type { ConfirmEvent, Confirming, Proposal } from './confirming.ts';
import { Following } from './following.ts';

/** Outside the screen: what became of an order is told wherever the clerk has gone meanwhile. */
const confirming = createStore<Confirming>({ kind: 'closed' });
export const useConfirming = confirming.use;
export const readConfirming = confirming.get;

function tell(event: ConfirmEvent): void {
  confirming.set(confirmingAfter(readConfirming(), event));
}

const following = new Following({ read: () => agreedOf(readConfirming()), tell });

export function propose(proposal: Proposal): void {
  tell({ type: 'ask', proposal });
}

export function closeConfirming(): void {
  tell({ type: 'close' });
  if (readConfirming().kind === 'closed') following.forget();
}

/** Sends what was agreed to, exactly once. */
export async function agree(): Promise<void> {
  const state = readConfirming();
  if (state.kind !== 'asking') return;
  const { proposal } = state;
  const { kind, ids, count, fen, opensAt } = proposal;
  tell({ type: 'yes' });
  await following.start(proposal);
  const answer = await ask('orders.confirm', {
    kind,
    ids: [...ids],
    expected: { count, fen },
    waitForOpening: opensAt !== null,
  });
  tell({ type: 'answered', answer });
  // what the answer left open may stand in the journal already
  await lookAgain();
}

/** Reads how far the order has come, or what became of one whose outcome was not clear. */
export function lookAgain(): Promise<void> {
  return following.lookAgain();
}
