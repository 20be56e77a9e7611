import { useEffect, useRef } from 'react';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { errorGroups, explainError } from '../../help/errors/dictionary.ts';
import { errorWords as words, help } from '../../text/help.ts';

/** Every message of the program by group: what it says, why it comes, what to do. */
export function ErrorList({ chosen }: { chosen: ErrorCode | undefined }) {
  const entry = useRef<HTMLElement>(null);
  useEffect(() => {
    entry.current?.scrollIntoView({ block: 'start' });
  }, [chosen]);
  return (
    <article className="help-topic" aria-label={help.errors}>
      <h1>{help.errors}</h1>
      <p className="muted">{words.intro}</p>
      {errorGroups.map(({ id, title, codes }) => (
        <section key={id} aria-label={title}>
          <h2>{title}</h2>
          {codes.map((code) => (
            <ErrorEntry key={code} code={code} mark={code === chosen ? entry : undefined} />
          ))}
        </section>
      ))}
    </article>
  );
}

interface ErrorEntryProps {
  readonly code: ErrorCode;
  /** Set for the one that was asked for. */
  readonly mark: React.Ref<HTMLElement> | undefined;
}

function ErrorEntry({ code, mark }: ErrorEntryProps) {
  const { text, cause, next, remark } = explainError(code);
  return (
    <section
      ref={mark}
      className={mark ? 'help-error help-error-chosen' : 'help-error'}
      aria-label={text}
      aria-current={mark ? 'true' : undefined}
    >
      <h3>{text}</h3>
      <dl className="help-error-facts">
        <dt>{words.cause}</dt>
        <dd>{cause}</dd>
        <dt>{words.next}</dt>
        <dd>
          {next}
          {remark}
        </dd>
        <dt>{words.code}</dt>
        <dd>
          <code>{code}</code>
        </dd>
      </dl>
    </section>
  );
}
