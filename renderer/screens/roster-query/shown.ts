import { openScreen } from '../../state/navigation.ts';
import { createStore } from '../../state/store.ts';
import { noFilter } from './roster-filter.ts';
import type { RosterFilter } from './roster-filter.ts';

/** What stands in the fields of 职工缴存明细查询. */
export const shownFilter = createStore<RosterFilter>(noFilter);

/** Opens it with one person. */
export function openRosterOf(personalAccount: string): void {
  shownFilter.set({ ...noFilter, personalAccount });
  openScreen('roster-query');
}
