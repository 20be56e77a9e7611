import { readInline } from '../../help/inline.ts';
import type { HelpPlace } from '../../state/help.ts';
import { placeOf } from './link-place.ts';

export type Go = (place: HelpPlace) => void;

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
