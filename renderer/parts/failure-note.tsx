import { Alert } from 'antd';
import { useState } from 'react';
import { catalogue } from '../../shared/errors/catalogue.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { CatalogueEntry } from '../../shared/errors/catalogue-entry.ts';
import { fileCodes } from '../../shared/ipc/import.ts';
import { common } from '../text/common.ts';
import { ErrorLink } from './error-link.tsx';

interface FailureNoteProps {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly action?: React.ReactNode;
}

const spoken: readonly ErrorCode[] = fileCodes;
const CHINESE = /\p{Script=Han}/u;

/** Codes about files bring a sentence for the clerk; all others something for the help desk alone. */
export function sentenceIn(code: ErrorCode, detail: string): string {
  return spoken.includes(code) && CHINESE.test(detail) ? detail : '';
}

/** What happened, what to do next, and 详情 for the help desk. Unknown outcomes are not shown as errors. */
export function FailureNote({ code, detail, action }: FailureNoteProps) {
  const [open, setOpen] = useState(false);
  const entry: CatalogueEntry = catalogue[code];
  const sentence = sentenceIn(code, detail);
  return (
    <Alert
      role="alert"
      type={entry.mayHaveArrived ? 'warning' : 'error'}
      className="failure-note"
      title={
        <>
          <strong>{entry.text}</strong>
          {sentence !== '' && <span className="failure-sentence">{sentence}</span>}
          <span className="failure-next">{entry.next}</span>
          <ErrorLink code={code} />
          <button
            type="button"
            className="link"
            aria-expanded={open}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {common.details}
          </button>
          {open && (
            <code className="failure-detail">
              {code}
              {detail && sentence === '' && ` · ${detail}`}
            </code>
          )}
        </>
      }
      action={action}
    />
  );
}
