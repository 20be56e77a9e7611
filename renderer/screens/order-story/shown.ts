import type { Screen } from '../../../shared/ipc/screens.ts';
import { currentScreen, openScreen } from '../../state/navigation.ts';
import { createStore } from '../../state/store.ts';

interface Shown {
  readonly oid: string;
  /** Where the clerk came from. */
  readonly from: Screen;
}

const shown = createStore<Shown | undefined>(undefined);
export const useShownStory = shown.use;

/** Opens the page of one order; its button 返回 leads back. */
export function openStory(oid: string): void {
  const screen = currentScreen();
  const from = screen === 'order-story' ? (shown.get()?.from ?? 'today') : screen;
  shown.set({ oid, from });
  openScreen('order-story');
}
