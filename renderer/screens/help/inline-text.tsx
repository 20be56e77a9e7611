import { readInline } from '../../help/inline.ts';
import { isTopicId } from '../../help/topics.ts';
import type { HelpPlace } from '../../state/help.ts';

export type Go = (place: HelpPlace) => void;

/** Where a link of a text leads; a test holds every one of them against the pages. */
export function placeOf(name: string): HelpPlace | undefined {
  if (name === 'diagnostics' || name === 'errors') return { page: name };
  return isTopicId(name) ? { page: 'topic', topic: name } : undefined;
}

/** A text of the help with its words of the screen and its links. */
export function InlineText({ text, go }: { text: string; go: Go }) {
  return readInline(text).map((stretch, at) => {
    if (stretch.kind === 'plain') return stretch.text;
    if (stretch.kind !== 'link') return <strong key={at}>{stretch.text}</strong>;
    const place = placeOf(stretch.to);
    return (
      <button
        key={at}
        type="button"
        className="link"
        onClick={() => {
          if (place) go(place);
        }}
      >
        {stretch.text}
      </button>
    );
  });
}
