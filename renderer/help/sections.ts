import { errorGroups, explainError } from './errors/dictionary.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { Block } from './content.ts';
import { plainText } from './inline.ts';
import { topicIds, topics } from './topics.ts';
import type { TopicId } from './topics.ts';
import { help } from '../text/help.ts';

/** A part of the help that a search can find. */
export interface Section {
  /** What it is a part of. */
  readonly title: string;
  /** Its own heading; empty for what stands before the first one. */
  readonly heading: string;
  readonly text: string;
  readonly place:
    | { readonly page: 'topic'; readonly topic: TopicId; readonly heading: string }
    | { readonly page: 'errors'; readonly code: ErrorCode };
}

function wordsOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'note':
      return plainText(block.text);
    case 'steps':
    case 'list':
      return block.items.map(plainText).join(' ');
    case 'table':
      return block.rows.map((row) => row.map(plainText).join('：')).join(' ');
    case 'picture':
      return block.caption;
  }
}

function sectionsOf(topic: TopicId): Section[] {
  const { title, blocks } = topics[topic];
  const sections: Section[] = [];
  let heading = '';
  let words: string[] = [];
  const end = () => {
    const place = { page: 'topic', topic, heading } as const;
    if (words.length > 0) sections.push({ title, heading, text: words.join(' '), place });
    words = [];
  };
  for (const block of blocks) {
    if (block.kind === 'heading') {
      end();
      heading = block.text;
    } else words.push(wordsOf(block));
  }
  end();
  return sections;
}

/** All that can be found, pages first, in the order of the contents. */
export const sections: readonly Section[] = [
  ...topicIds.flatMap(sectionsOf),
  ...errorGroups.flatMap(({ codes }) =>
    codes.map((code): Section => {
      const { text, cause, next } = explainError(code);
      const place = { page: 'errors', code } as const;
      return { title: help.errors, heading: text, text: `${cause} ${next} ${code}`, place };
    }),
  ),
];
