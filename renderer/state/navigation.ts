import type { Screen } from '../../shared/ipc/screens.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import { listen } from '../bridge.ts';
import { createStore } from './store.ts';

/** The screen on which entries of a kind are made. */
export const entryScreens = {
  registration: 'registration',
  reduction: 'reduction',
  missedBackPay: 'missed-back-pay',
  shortfallBackPay: 'shortfall-back-pay',
} as const satisfies Record<EntryKind, Screen>;

/** The screen on which batches of a kind are brought in and sent. */
export const batchScreens = {
  registration: 'batch-registration',
  reduction: 'batch-reduction',
  missedBackPay: 'batch-missed-back-pay',
  shortfallBackPay: 'batch-shortfall-back-pay',
} as const satisfies Record<EntryKind, Screen>;

const screen = createStore<Screen>('today');

export const currentScreen = screen.get;

export function openScreen(name: Screen): void {
  screen.set(name);
}

/** Opens what is chosen in the menu bar. */
export function followMenuBar(): () => void {
  return listen('navigate', (event) => {
    screen.set(event.screen);
  });
}

export const useScreen = screen.use;
