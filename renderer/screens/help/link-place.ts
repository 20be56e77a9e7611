import { isTopicId } from '../../help/topics.ts';
import type { HelpPlace } from '../../state/help.ts';

/** Where a link of a text leads; a test holds every one of them against the pages. */
export function placeOf(name: string): HelpPlace | undefined {
  if (name === 'diagnostics' || name === 'errors') return { page: name };
  return isTopicId(name) ? { page: 'topic', topic: name } : undefined;
}
