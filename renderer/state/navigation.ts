import type { Screen } from '../../shared/ipc/screens.ts';
import type { EntryKind } from '../../shared/wire/primitives.ts';
import { listen } from '../bridge.ts';
import { topicOf } from '../help/topics.ts';
import { openHelpOver, showHelp } from './help.ts';
import type { HelpPlace } from './help.ts';
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

/** `place`: the page of the help; otherwise the one about the screen that was left for it. */
export function openScreen(name: Screen, place?: HelpPlace): void {
  if (name === 'help' && (place || screen.get() !== 'help')) showHelp(place ?? helpHere());
  screen.set(name);
}

function helpHere(): HelpPlace {
  return { page: 'topic', topic: topicOf(screen.get()) };
}

/** F1: the page about this screen over the window, so that nothing is left for it. */
export function openHelpHere(): void {
  openHelpOver(helpHere());
}

/** Opens what is chosen in the menu bar, which is there before sign-in and over dialogues as well. */
export function followMenuBar(): () => void {
  return listen('navigate', (event) => {
    if (event.screen === 'help') openHelpHere();
    else if (event.screen === 'diagnostics') openHelpOver({ page: 'diagnostics' });
    else screen.set(event.screen);
  });
}

export const useScreen = screen.use;
