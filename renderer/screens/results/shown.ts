import type { Order } from '../../../shared/ipc/data.ts';
import type { ItemChoice, QueryGroup } from '../../../shared/ipc/queries.ts';
import type { Screen } from '../../../shared/ipc/screens.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { openScreen } from '../../state/navigation.ts';
import { createStore } from '../../state/store.ts';

/** The screen of each of the manual's three queries (十(一) to (三)). */
const resultScreens = {
  registration: 'registration-results',
  backPay: 'back-pay-results',
  reduction: 'reduction-results',
} as const satisfies Record<QueryGroup, Screen>;

interface ShownItems {
  readonly oid: string;
  /** Business month of the batch: the list stays with it when the next month begins. */
  readonly month: number;
  readonly choice: ItemChoice;
}

interface ResultsView {
  /** Chosen by the clerk; until then that of the batch whose items are shown, or else the current one. */
  readonly month: number | undefined;
  /** The batch whose items are shown. */
  readonly items: ShownItems | undefined;
}

const untouched: ResultsView = { month: undefined, items: undefined };
const views = createStore<Readonly<Partial<Record<QueryGroup, ResultsView>>>>({});

export function resultsView(group: QueryGroup): ResultsView {
  return views.get()[group] ?? untouched;
}

export function useResultsView(group: QueryGroup): ResultsView {
  return views.use()[group] ?? untouched;
}

export function changeResultsView(group: QueryGroup, change: Partial<ResultsView>): void {
  views.set({ ...views.get(), [group]: { ...resultsView(group), ...change } });
}

/** Opened anew without a chosen month, the query begins with the current one: a batch of another goes. */
export function beginWith(group: QueryGroup, current: number): void {
  const { month, items } = resultsView(group);
  if (month === undefined && items && items.month !== current) {
    changeResultsView(group, { items: undefined });
  }
}

export function groupOf(kind: EntryKind): QueryGroup {
  if (kind === 'registration' || kind === 'reduction') return kind;
  return 'backPay';
}

function resultsScreenOf(kind: EntryKind): Screen {
  return resultScreens[groupOf(kind)];
}

/** Opens the query of the kind with all items of one batch. `current`: the business month at hand. */
export function openResults(
  { oid, kind, businessMonth }: Pick<Order, 'oid' | 'kind' | 'businessMonth'>,
  current: number,
): void {
  changeResultsView(groupOf(kind), {
    month: businessMonth === current ? undefined : businessMonth,
    items: { oid, month: businessMonth, choice: 'all' },
  });
  openScreen(resultsScreenOf(kind));
}
