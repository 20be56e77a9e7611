import { useCallback, useReducer } from 'react';
import { ask, listen } from '../../bridge.ts';
import { confirmingAfter, stageOf } from './confirming.ts';
import type { Confirming, Proposal, Stage } from './confirming.ts';

export interface Confirmation {
  readonly state: Confirming;
  readonly propose: (proposal: Proposal) => void;
  readonly agree: () => Promise<void>;
  readonly close: () => void;
}

async function listOrders(businessMonth: number) {
  const answer = await ask('orders.list', { kind: 'registration', businessMonth });
  return answer.ok ? answer.value.orders : [];
}

/** Tells how far the order under way has come, read from this computer's own journal. */
async function watchStages(
  businessMonth: number,
  tell: (stage: Stage) => void,
): Promise<() => void> {
  const before = new Set((await listOrders(businessMonth)).map((order) => order.oid));
  return listen('changed', (event) => {
    if (!event.what.includes('orders')) return;
    void listOrders(businessMonth).then((orders) => {
      tell(stageOf(orders, before));
    });
  });
}

/** Sends what was agreed to exactly once; `done` re-reads whatever came of it. */
export function useConfirmation(businessMonth: number, done: () => Promise<void>): Confirmation {
  const [state, tell] = useReducer(confirmingAfter, { kind: 'closed' });
  const agree = useCallback(async () => {
    if (state.kind !== 'asking') return;
    const { ids, count, fen } = state.proposal;
    tell({ type: 'yes' });
    const unwatch = await watchStages(businessMonth, (stage) => {
      tell({ type: 'reached', stage });
    });
    const answer = await ask('orders.confirm', {
      kind: 'registration',
      ids: [...ids],
      expected: { count, fen },
    });
    unwatch();
    tell({ type: 'answered', answer });
    await done();
  }, [state, businessMonth, done]);
  return {
    state,
    propose: (proposal) => {
      tell({ type: 'ask', proposal });
    },
    agree,
    close: () => {
      tell({ type: 'close' });
    },
  };
}
