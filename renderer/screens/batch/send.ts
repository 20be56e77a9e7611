import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import { ask, listen } from '../../bridge.ts';
import { createStore } from '../../state/store.ts';
import { freshOf, stageOf } from '../confirm/confirming.ts';
import { isUnclear } from '../confirm/confirmation.ts';
import { heldBack, sendingAfter } from './sending.ts';
import type { SendEvent, SendProposal, Sending } from './sending.ts';

/** Outside the screen: what became of a batch is told wherever the clerk has gone meanwhile. */
const sending = createStore<Sending>({ kind: 'closed' });
export const useSending = sending.use;
export const readSending = sending.get;

function tell(event: SendEvent): void {
  sending.set(sendingAfter(readSending(), event));
}

export function proposeSending(proposal: SendProposal): void {
  tell({ type: 'propose', proposal });
}

export function closeSending(): void {
  tell({ type: 'close' });
  if (readSending().kind === 'closed') forget();
}

interface Followed {
  readonly proposal: SendProposal;
  /** The orders there were already; undefined where they could not be read. */
  readonly before: ReadonlySet<string> | undefined;
  readonly unwatch: () => void;
}
let followed: Followed | undefined;

function forget(): void {
  followed?.unwatch();
  followed = undefined;
}

/** 是: the next question, or sends what was agreed to, exactly once. */
export async function agreeToSend(): Promise<void> {
  const before = readSending();
  tell({ type: 'yes' });
  const state = readSending();
  if (state.kind !== 'sending' || before.kind !== 'asking') return;
  const { batch, opensAt } = state.proposal;
  await follow(state.proposal);
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

async function listOrders(
  { batch }: SendProposal,
  businessMonth: number,
): Promise<readonly Order[] | undefined> {
  const answer = await ask('orders.list', { kind: batch.kind, businessMonth });
  return answer.ok ? answer.value.orders : undefined;
}

/** Looks at this computer's own journal on each change until the dialogue is closed. */
async function follow(proposal: SendProposal): Promise<void> {
  forget();
  const orders = await listOrders(proposal, proposal.businessMonth);
  const endings = [
    listen('changed', (event) => {
      if (event.what.includes('orders')) void lookAgain();
    }),
    // a data host that died comes back with a new status
    listen('status', () => void lookAgain()),
  ];
  followed = {
    proposal,
    before: orders && new Set(orders.map((order) => order.oid)),
    unwatch: () => {
      for (const end of endings) end();
    },
  };
}

const hostLost: readonly ErrorCode[] = ['HOST_DIED', 'HOST_GIVEN_UP'];

/** Reads how far the order has come, or what became of one whose outcome was not clear. */
export async function lookAgain(): Promise<void> {
  const mine = followed;
  const shown = readSending();
  if (!mine || !['sending', 'ended', 'failed'].includes(shown.kind)) return;
  const { businessMonth } = shown.kind === 'ended' ? shown.order : mine.proposal;
  const orders = await listOrders(mine.proposal, businessMonth);
  if (!orders || mine !== followed) return;
  const state = readSending();
  if (state.kind === 'sending' && mine.before) {
    tell({ type: 'reached', stage: stageOf(orders, mine.before) });
  }
  if (state.kind === 'ended') {
    tell({ type: 'found', order: orders.find((one) => one.oid === state.order.oid) });
  }
  if (state.kind === 'failed' && isUnclear(state.code) && mine.before) {
    const order = freshOf(orders, mine.before);
    // nothing runs on in a host that died; any other call may only be late
    if (order || hostLost.includes(state.code)) tell({ type: 'found', order });
  }
}
