import { Input } from 'antd';
import { useState } from 'react';
import { topicGroups, topics } from '../../help/topics.ts';
import type { HelpPlace } from '../../state/help.ts';
import { help as words } from '../../text/help.ts';
import { Diagnostics } from '../diagnostics/diagnostics.tsx';
import { ErrorList } from './error-list.tsx';
import { FoundList } from './found-list.tsx';
import type { Go } from './inline-text.tsx';
import { TopicView } from './topic-view.tsx';

interface HelpViewProps {
  readonly place: HelpPlace;
  readonly go: Go;
}

/** Contents and search on the left, one page on the right. */
export function HelpView({ place, go }: HelpViewProps) {
  const [query, setQuery] = useState('');
  const open: Go = (next) => {
    setQuery('');
    go(next);
  };
  const isSearch = query.trim() !== '';
  return (
    <div className="help">
      <nav className="help-contents" aria-label={words.contents}>
        <Input
          allowClear
          aria-label={words.search}
          placeholder={words.searchHint}
          value={query}
          maxLength={60}
          onChange={(event) => {
            setQuery(event.target.value);
          }}
        />
        <div className="help-entries">
          {topicGroups.map(({ title, ids }) => (
            <div key={title} role="group" aria-label={title}>
              <h2>{title}</h2>
              {ids.map((topic) => (
                <Entry
                  key={topic}
                  title={topics[topic].title}
                  isCurrent={!isSearch && place.page === 'topic' && place.topic === topic}
                  open={() => {
                    open({ page: 'topic', topic });
                  }}
                />
              ))}
            </div>
          ))}
          <h2>{words.seeAlso}</h2>
          {(['errors', 'diagnostics'] as const).map((page) => (
            <Entry
              key={page}
              title={words[page]}
              isCurrent={!isSearch && place.page === page}
              open={() => {
                open({ page });
              }}
            />
          ))}
        </div>
      </nav>
      {/* each page begins at its top */}
      <div className="help-page" key={isSearch ? 'search' : keyOf(place)}>
        {isSearch ? <FoundList query={query} go={open} /> : <Page place={place} go={open} />}
      </div>
    </div>
  );
}

function keyOf(place: HelpPlace): string {
  return place.page === 'topic' ? place.topic : place.page;
}

function Page({ place, go }: HelpViewProps) {
  switch (place.page) {
    case 'topic':
      return <TopicView topic={place.topic} heading={place.heading ?? ''} go={go} />;
    case 'errors':
      return <ErrorList chosen={place.code} />;
    case 'diagnostics':
      return <Diagnostics />;
  }
}

interface EntryProps {
  readonly title: string;
  readonly isCurrent: boolean;
  readonly open: () => void;
}

function Entry({ title, isCurrent, open }: EntryProps) {
  return (
    <button
      type="button"
      className="help-entry"
      aria-current={isCurrent ? 'page' : undefined}
      onClick={open}
    >
      {title}
    </button>
  );
}
