import { listen } from '../bridge.ts';
import { createStore } from './store.ts';

/** Names agreed with the menu bar. */
export const screens = [
  'today',
  'roster-sync',
  'registration',
  'registration-results',
  'roster-query',
  'about',
] as const;
export type Screen = (typeof screens)[number];

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
