import { useEffect, useState } from 'react';
import { loadInitials } from '../../help/initials.ts';
import { markTerms, searchHelp } from '../../help/search.ts';
import type { Initials } from '../../help/search.ts';
import { sections } from '../../help/sections.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { help as words } from '../../text/help.ts';
import type { Go } from './inline-text.tsx';

const FOUND_SHOWN_MAX = 40;
const LETTERS = /[a-z]/i;

/** What a search has found; a click opens it. */
export function FoundList({ query, go }: { query: string; go: Go }) {
  const initials = useInitials(LETTERS.test(query));
  const found = searchHelp(sections, query, initials);
  if (found.length === 0) {
    return <EmptyNote title={words.noResults(query)} next={words.noResultsNext} />;
  }
  const isMore = found.length > FOUND_SHOWN_MAX;
  return (
    <section className="help-topic" aria-label={words.search}>
      <p className="muted" role="status">
        {isMore ? words.resultsMany(FOUND_SHOWN_MAX) : words.results(found.length)}
      </p>
      <ul className="help-found">
        {found.slice(0, FOUND_SHOWN_MAX).map(({ section, snippet }) => {
          const { title, heading, place } = section;
          return (
            <li key={JSON.stringify(place)}>
              <button
                type="button"
                className="link"
                onClick={() => {
                  go(place);
                }}
              >
                {title}
                {heading !== '' && ` › ${heading}`}
              </button>
              <p>
                {markTerms(snippet, query).map(({ text, isTerm }, at) =>
                  isTerm ? <mark key={at}>{text}</mark> : text,
                )}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Loaded with the first search that has letters in it. */
function useInitials(areWanted: boolean): Initials | undefined {
  const [initials, setInitials] = useState<Initials>();
  useEffect(() => {
    if (!areWanted || initials) return undefined;
    let isGone = false;
    void loadInitials().then((loaded) => {
      if (!isGone) setInitials(() => loaded);
    });
    return () => {
      isGone = true;
    };
  }, [areWanted, initials]);
  return initials;
}
