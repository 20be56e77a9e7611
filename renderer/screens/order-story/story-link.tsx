import type { Order } from '../../../shared/ipc/data.ts';
import { orderStory as words } from '../../text/order-story.ts';
import { momentText } from '../../text/time.ts';
import { openStory } from './shown.ts';

interface StoryLinkProps {
  readonly order: Pick<Order, 'oid' | 'kind' | 'createdAt'>;
  /** Runs first, as where a dialogue has to go. */
  readonly onOpen?: () => void;
}

/** Opens the page of one order. */
export function StoryLink({ order: { oid, kind, createdAt }, onOpen }: StoryLinkProps) {
  return (
    <button
      type="button"
      className="link"
      aria-label={words.openOf(kind, momentText(createdAt))}
      onClick={() => {
        onOpen?.();
        openStory(oid);
      }}
    >
      {words.open}
    </button>
  );
}
