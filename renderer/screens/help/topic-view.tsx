import { Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Block } from '../../help/content.ts';
import { pictureFiles } from '../../help/pictures.ts';
import { topics } from '../../help/topics.ts';
import type { TopicId } from '../../help/topics.ts';
import { common } from '../../text/common.ts';
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
      return <Picture {...block} />;
  }
}

/** Above the help itself, which lies above every other dialogue. */
const LAYER = 1600;
/** A picture of 1180 with the dialogue's own edge. */
const WIDTH_PX = 1230;

type PictureBlock = Extract<Block, { kind: 'picture' }>;

/** On the page it is made narrower; a click shows it in its own size. */
function Picture({ name, caption, alternative }: PictureBlock) {
  const [isLarge, setLarge] = useState(false);
  const image = <img src={pictureFiles[name]} alt={alternative} />;
  return (
    <figure className="help-picture">
      <button
        type="button"
        title={words.enlarge}
        aria-label={words.enlargeOf(caption)}
        onClick={() => {
          setLarge(true);
        }}
      >
        {image}
      </button>
      <figcaption>{caption}</figcaption>
      <Modal
        scrollLock={false}
        open={isLarge}
        title={caption}
        footer={null}
        closable={{ 'aria-label': common.close }}
        width={WIDTH_PX}
        zIndex={LAYER}
        centered
        destroyOnHidden
        className="help-large"
        onCancel={() => {
          setLarge(false);
        }}
      >
        {image}
      </Modal>
    </figure>
  );
}
