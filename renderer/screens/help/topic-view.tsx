import { useEffect, useRef } from 'react';
import type { Block } from '../../help/content.ts';
import { pictureFiles } from '../../help/pictures.ts';
import { topics } from '../../help/topics.ts';
import type { TopicId } from '../../help/topics.ts';
import { help as words } from '../../text/help.ts';
import { InlineText } from './inline-text.tsx';
import type { Go } from './inline-text.tsx';

interface TopicViewProps {
  readonly topic: TopicId;
  /** The part to begin with; from the top otherwise. */
  readonly heading: string;
  readonly go: Go;
}

/** One page of the manual. */
export function TopicView({ topic, heading, go }: TopicViewProps) {
  const { title, blocks } = topics[topic];
  const part = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    part.current?.scrollIntoView({ block: 'start' });
  }, [topic, heading]);
  return (
    <article className="help-topic" aria-label={title}>
      <h1 ref={heading === '' ? part : undefined}>{title}</h1>
      {blocks.map((block: Block, at) =>
        block.kind === 'heading' ? (
          <h2 key={at} ref={block.text === heading ? part : undefined}>
            {block.text}
          </h2>
        ) : (
          <BlockView key={at} block={block} go={go} />
        ),
      )}
    </article>
  );
}

function BlockView({ block, go }: { block: Exclude<Block, { kind: 'heading' }>; go: Go }) {
  switch (block.kind) {
    case 'text':
      return (
        <p>
          <InlineText text={block.text} go={go} />
        </p>
      );
    case 'note':
      return (
        <p className="help-note" role="note">
          <span className="help-note-word">{words.note}</span>
          <span>
            <InlineText text={block.text} go={go} />
          </span>
        </p>
      );
    case 'steps':
    case 'list': {
      const items = block.items.map((item) => (
        <li key={item}>
          <InlineText text={item} go={go} />
        </li>
      ));
      return block.kind === 'steps' ? (
        <ol className="help-steps">{items}</ol>
      ) : (
        <ul className="help-list">{items}</ul>
      );
    }
    case 'table':
      return (
        <table className="help-table">
          <thead>
            <tr>
              {block.head.map((cell) => (
                <th key={cell} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row) => (
              <tr key={row[0]}>
                {row.map((cell, at) => (
                  <td key={at}>
                    <InlineText text={cell} go={go} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'picture':
      return (
        <figure className="help-picture">
          <img src={pictureFiles[block.name]} alt={block.alternative} />
          <figcaption>{block.caption}</figcaption>
        </figure>
      );
  }
}
