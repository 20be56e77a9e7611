import type { EntryKind } from '../../shared/wire/primitives.ts';
import { listen } from '../bridge.ts';
import { createStore } from './store.ts';

/** Names agreed with the menu bar. */
export const screens = [
  'today',
  'roster-sync',
  'registration',
  'reduction',
  'missed-back-pay',
  'shortfall-back-pay',
  'counter',
  'registration-results',
  'roster-query',
  'about',
] as const;
export type Screen = (typeof screens)[number];

/** The screen on which entries of a kind are made. */
export const entryScreens = {
  registration: 'registration',
  reduction: 'reduction',
  missedBackPay: 'missed-back-pay',
  shortfallBackPay: 'shortfall-back-pay',
} as const satisfies Record<EntryKind, Screen>;

const screen = createStore<Screen>('today');

function isScreen(name: string): name is Screen {
  return (screens as readonly string[]).includes(name);
}

export function openScreen(name: Screen): void {
  screen.set(name);
}

/** Opens what is chosen in the menu bar; a name this window does not have is left alone. */
export function followMenuBar(): () => void {
  return listen('navigate', (event) => {
    if (isScreen(event.screen)) screen.set(event.screen);
  });
}

export const useScreen = screen.use;
