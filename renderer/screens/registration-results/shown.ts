import type { Order } from '../../../shared/ipc/data.ts';
import { openScreen } from '../../state/navigation.ts';
import { createStore } from '../../state/store.ts';
import type { ItemChoice } from './items.ts';

/** The month chosen by the clerk; the current one until then. */
export const chosenMonth = createStore<number | undefined>(undefined);

/** The batch whose people are shown. */
export const shownItems = createStore<{ oid: string; choice: ItemChoice } | undefined>(undefined);

/** Opens 职工登记信息查询 with all people of one batch. `current`: the business month at hand. */
export function openResults({ oid, businessMonth }: Order, current: number): void {
  chosenMonth.set(businessMonth === current ? undefined : businessMonth);
  shownItems.set({ oid, choice: 'all' });
  openScreen('registration-results');
}
