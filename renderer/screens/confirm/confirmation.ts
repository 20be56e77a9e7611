import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { CatalogueEntry } from '../../../shared/errors/catalogue.ts';
import { ask, listen } from '../../bridge.ts';
import { createStore } from '../../state/store.ts';
import { confirmingAfter, stageOf } from './confirming.ts';
import type { ConfirmEvent, Confirming, Proposal, Stage } from './confirming.ts';

/** Outside the screen: what became of an order is told wherever the clerk has gone meanwhile. */
const confirming = createStore<Confirming>({ kind: 'closed' });
export const useConfirming = confirming.use;

function tell(event: ConfirmEvent): void {
  confirming.set(confirmingAfter(confirming.get(), event));
}

export function propose(proposal: Proposal): void {
  tell({ type: 'ask', proposal });
}

export function closeConfirming(): void {
  tell({ type: 'close' });
}

/** Sends what was agreed to, exactly once. */
export async function agree(): Promise<void> {
  const state = confirming.get();
  if (state.kind !== 'asking') return;
  const { kind, ids, count, fen, opensAt } = state.proposal;
  tell({ type: 'yes' });
  const unwatch = await watchStages(state.proposal, (stage) => {
    tell({ type: 'reached', stage });
  });
  const answer = await ask('orders.confirm', {
    kind,
    ids: [...ids],
    expected: { count, fen },
    waitForOpening: opensAt !== null,
  });
  unwatch();
  tell({ type: 'answered', answer });
}

async function listOrders({ kind, businessMonth }: Proposal) {
  const answer = await ask('orders.list', { kind, businessMonth });
  return answer.ok ? answer.value.orders : [];
}

/** Tells how far the order under way has come, read from this computer's own journal. */
async function watchStages(
  proposal: Proposal,
  reached: (stage: Stage) => void,
): Promise<() => void> {
  const before = new Set((await listOrders(proposal)).map((order) => order.oid));
  return listen('changed', (event) => {
    if (!event.what.includes('orders')) return;
    void listOrders(proposal).then((orders) => {
      reached(stageOf(orders, before));
    });
  });
}

const hostLost: readonly ErrorCode[] = ['HOST_DIED', 'HOST_GIVEN_UP'];

/** Whether a confirm that failed this way may have left this computer all the same. */
export function isUnclear(code: ErrorCode): boolean {
  const entry: CatalogueEntry = catalogue[code];
  return entry.mayHaveArrived || hostLost.includes(code);
}
