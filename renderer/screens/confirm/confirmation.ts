import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { CatalogueEntry } from '../../../shared/errors/catalogue-entry.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { ask, listen } from '../../bridge.ts';
import { createStore } from '../../state/store.ts';
import { confirmingAfter, freshOf, stageOf } from './confirming.ts';
import type { ConfirmEvent, Confirming, Proposal } from './confirming.ts';

/** Outside the screen: what became of an order is told wherever the clerk has gone meanwhile. */
const confirming = createStore<Confirming>({ kind: 'closed' });
export const useConfirming = confirming.use;
export const readConfirming = confirming.get;

function tell(event: ConfirmEvent): void {
  confirming.set(confirmingAfter(readConfirming(), event));
}

export function propose(proposal: Proposal): void {
  tell({ type: 'ask', proposal });
}

export function closeConfirming(): void {
  tell({ type: 'close' });
  if (readConfirming().kind === 'closed') forget();
}

interface Followed {
  readonly proposal: Proposal;
  /** The orders there were already; undefined where they could not be read. */
  readonly before: ReadonlySet<string> | undefined;
  readonly unwatch: () => void;
}
let followed: Followed | undefined;

function forget(): void {
  followed?.unwatch();
  followed = undefined;
}

/** Sends what was agreed to, exactly once. */
export async function agree(): Promise<void> {
  const state = readConfirming();
  if (state.kind !== 'asking') return;
  const { proposal } = state;
  const { kind, ids, count, fen, opensAt } = proposal;
  tell({ type: 'yes' });
  await follow(proposal);
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

async function listOrders(
  kind: EntryKind,
  businessMonth: number,
): Promise<readonly Order[] | undefined> {
  const answer = await ask('orders.list', { kind, businessMonth });
  return answer.ok ? answer.value.orders : undefined;
}

/** Looks at this computer's own journal on each change until the dialogue is closed. */
async function follow(proposal: Proposal): Promise<void> {
  forget();
  const orders = await listOrders(proposal.kind, proposal.businessMonth);
  const before = orders && new Set(orders.map((order) => order.oid));
  const endings = [
    listen('changed', (event) => {
      if (event.what.includes('orders')) void lookAgain();
    }),
    // a data host that died comes back with a new status
    listen('status', () => void lookAgain()),
  ];
  followed = {
    proposal,
    before,
    unwatch: () => {
      for (const end of endings) end();
    },
  };
}

/** Reads how far the order has come, or what became of one whose outcome was not clear. */
export async function lookAgain(): Promise<void> {
  const mine = followed;
  const shown = readConfirming();
  if (!mine || shown.kind === 'asking' || shown.kind === 'closed') return;
  // one kept for the opening may be of another month than the window took it for
  const { businessMonth } = shown.kind === 'ended' ? shown.order : mine.proposal;
  const orders = await listOrders(mine.proposal.kind, businessMonth);
  if (!orders || mine !== followed) return;
  const state = readConfirming();
  if (state.kind === 'sending' && mine.before) {
    tell({ type: 'reached', stage: stageOf(orders, mine.before) });
  }
  if (state.kind === 'ended') {
    const order = orders.find((one) => one.oid === state.order.oid);
    tell({ type: 'found', order });
  }
  if (state.kind === 'failed' && isUnclear(state.code) && mine.before) {
    const order = freshOf(orders, mine.before);
    // nothing runs on in a host that died; any other call may only be late
    if (order || hostLost.includes(state.code)) tell({ type: 'found', order });
  }
}

const hostLost: readonly ErrorCode[] = ['HOST_DIED', 'HOST_GIVEN_UP'];

/** Whether a confirm that failed this way may have left this computer all the same. */
export function isUnclear(code: ErrorCode): boolean {
  const entry: CatalogueEntry = catalogue[code];
  return entry.mayHaveArrived || hostLost.includes(code);
}
