import { Alert } from 'antd';
import { useState } from 'react';
import { catalogue } from '../../shared/errors/catalogue.ts';
import type { CatalogueEntry, ErrorCode } from '../../shared/errors/catalogue.ts';
import { common } from '../text/common.ts';

interface FailureNoteProps {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly action?: React.ReactNode;
}

/** What happened, what to do next, and 详情 for the help desk. Unknown outcomes are not shown as errors. */
export function FailureNote({ code, detail, action }: FailureNoteProps) {
  const [open, setOpen] = useState(false);
  const entry: CatalogueEntry = catalogue[code];
  return (
    <Alert
      role="alert"
      type={entry.mayHaveArrived ? 'warning' : 'error'}
      className="failure-note"
      title={
        <>
          <strong>{entry.text}</strong>
          <span className="failure-next">{entry.next}</span>
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
              {detail && ` · ${detail}`}
            </code>
          )}
        </>
      }
      action={action}
    />
  );
}
