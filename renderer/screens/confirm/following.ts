import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import type { CatalogueEntry } from '../../../shared/errors/catalogue-entry.ts';
import type { Order } from '../../../shared/ipc/data.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { ask, listen } from '../../bridge.ts';
import type { Agreed, AgreedEvent, Stage } from './outcome.ts';

/** What there is to know of a proposal to find its order in the journal. */
interface Sought {
  readonly kind: EntryKind;
  readonly businessMonth: number;
}

interface FollowedDialogue {
  /** What was agreed to and has not been closed; undefined while it is asked, or nothing is. */
  readonly read: () => Agreed<unknown> | undefined;
  readonly tell: (event: AgreedEvent) => void;
}

interface Followed {
  readonly sought: Sought;
  /** The orders there were already; undefined where they could not be read. */
  readonly before: ReadonlySet<string> | undefined;
  readonly unwatch: () => void;
}

/** Looks at this computer's own journal for what became of an order that a dialogue has agreed to. */
export class Following {
  readonly #dialogue: FollowedDialogue;
  #followed: Followed | undefined;

  constructor(dialogue: FollowedDialogue) {
    this.#dialogue = dialogue;
  }

  /** Before the order is asked for: from here on each change is looked at, until `forget`. */
  async start(sought: Sought): Promise<void> {
    this.forget();
    const orders = await listOrders(sought.kind, sought.businessMonth);
    const endings = [
      listen('changed', (event) => {
        if (event.what.includes('orders')) void this.lookAgain();
      }),
      // a data host that died comes back with a new status
      listen('status', () => void this.lookAgain()),
    ];
    this.#followed = {
      sought,
      before: orders && new Set(orders.map((order) => order.oid)),
      unwatch: () => {
        for (const end of endings) end();
      },
    };
  }

  forget(): void {
    this.#followed?.unwatch();
    this.#followed = undefined;
  }

  /** Reads how far the order has come, or what became of one whose outcome was not clear. */
  async lookAgain(): Promise<void> {
    const { read, tell } = this.#dialogue;
    const mine = this.#followed;
    const shown = read();
    if (!mine || !shown) return;
    // one kept for the opening may be of another month than the window took it for
    const { businessMonth } = shown.kind === 'ended' ? shown.order : mine.sought;
    const orders = await listOrders(mine.sought.kind, businessMonth);
    if (!orders || mine !== this.#followed) return;
    const state = read();
    if (state?.kind === 'sending' && mine.before) {
      tell({ type: 'reached', stage: stageOf(orders, mine.before) });
    }
    if (state?.kind === 'ended') {
      tell({ type: 'found', order: orders.find((one) => one.oid === state.order.oid) });
    }
    if (state?.kind === 'failed' && isUnclear(state.code) && mine.before) {
      const order = freshOf(orders, mine.before);
      // nothing runs on in a host that died; any other call may only be late
      if (order || hostLost.includes(state.code)) tell({ type: 'found', order });
    }
  }
}

async function listOrders(
  kind: EntryKind,
  businessMonth: number,
): Promise<readonly Order[] | undefined> {
  const answer = await ask('orders.list', { kind, businessMonth });
  return answer.ok ? answer.value.orders : undefined;
}

const hostLost: readonly ErrorCode[] = ['HOST_DIED', 'HOST_GIVEN_UP'];

/** Whether an order that failed this way may have left this computer all the same. */
export function isUnclear(code: ErrorCode): boolean {
  const entry: CatalogueEntry = catalogue[code];
  return entry.mayHaveArrived || hostLost.includes(code);
}

/** The newest order that was not there before. */
function freshOf(orders: readonly Order[], before: ReadonlySet<string>): Order | undefined {
  return orders.find((order) => !before.has(order.oid));
}

/** How far that order has come. */
export function stageOf(orders: readonly Order[], before: ReadonlySet<string>): Stage {
  const fresh = freshOf(orders, before);
  if (fresh?.state === 'signed') return 'send';
  if (fresh && fresh.state !== 'draft') return 'wait';
  return 'sign';
}
