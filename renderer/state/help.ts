import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { TopicId } from '../help/topics.ts';
import { createStore } from './store.ts';

/** A page of the help. */
export type HelpPlace =
  | { readonly page: 'topic'; readonly topic: TopicId; readonly heading?: string }
  | { readonly page: 'errors'; readonly code?: ErrorCode }
  | { readonly page: 'diagnostics' };

/** What the screen 使用说明 shows. */
const onScreen = createStore<HelpPlace>({ page: 'topic', topic: 'start' });
export const useHelpScreen = onScreen.use;
export const showHelp = onScreen.set;

/** What lies over the window; before sign-in and above a dialogue there is no other place. */
const over = createStore<HelpPlace | null>(null);
export const useHelpOver = over.use;
export const isHelpOver = (): boolean => over.get() !== null;

export function openHelpOver(place: HelpPlace): void {
  over.set(place);
}

export function closeHelpOver(): void {
  over.set(null);
}
