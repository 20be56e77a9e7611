import type { Batch } from '../../../shared/ipc/batches.ts';
import { batchColumns } from '../../../shared/batch/columns.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { ErrorMark } from '../../parts/error-link.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { Button } from 'antd';
import { batch as words } from '../../text/batch.ts';
import { cellName, issuesOf, rowIssues, sentenceOf } from './batch-cells.ts';
import type { GridDesk } from './grid-desk.ts';

/** What stands against the cell in hand, in whole sentences, in a room that is always there. */
export function CellNote({ desk, batch }: { desk: GridDesk; batch: Batch }) {
  const { active, failedEdit, failure } = desk.use();
  if (failedEdit) {
    const { code, detail } = failedEdit.failure;
    return (
      <div className="cell-note">
        <FailureNote
          code={code}
          detail={detail}
          action={
            <Button
              size="small"
              onClick={() => {
                desk.retryEdits();
              }}
            >
              {words.retry}
            </Button>
          }
        />
      </div>
    );
  }
  if (failure) {
    return (
      <div className="cell-note">
        <FailureNote code={failure.code} detail={failure.detail} />
      </div>
    );
  }
  const row = active && desk.rowAt(active.index);
  if (!active || !row) return <div className="cell-note muted">{words.noteHint}</div>;
  const { column } = active;
  const heading = batchColumns[batch.kind].find(({ name }) => name === column)?.heading ?? '';
  const text = desk.textOf(row, column);
  const isChecking = desk.isChecking(row.seq, column);
  const found = [...issuesOf(row, column), ...rowIssues(row, desk.columns)];
  return (
    <div className="cell-note" aria-live="polite">
      <p className="cell-note-head">
        <strong>{cellName(batch, row.row, column)}</strong>
        <span>{heading}</span>
        <span className="cell-note-value" title={text}>
          {text === '' ? words.emptyValue : words.value(text)}
        </span>
        {row.rosterName !== '' && (
          <span className="muted">{words.inRoster(row.rosterName, row.rosterIdNumber)}</span>
        )}
      </p>
      {row.state === 'removed' && <p className="muted">{words.noteRemoved}</p>}
      {row.state !== 'open' && row.state !== 'removed' && (
        <p className="muted">{words.noteLocked}</p>
      )}
      {row.state === 'open' && isChecking && <p className="muted">{words.notePending}</p>}
      {row.state === 'open' && !isChecking && <Found issues={found} />}
    </div>
  );
}

function Found({ issues }: { issues: readonly Issue[] }) {
  if (issues.length === 0) return <p className="muted">{words.noteHint}</p>;
  return (
    <ul>
      {issues.map((issue) => (
        <li key={`${issue.code} ${issue.rule}`} className={`found-${issue.severity}`}>
          <span className="cell-mark" aria-hidden="true" />
          {sentenceOf(issue)}
          <span className="muted">{issue.fix}</span>
          <ErrorMark code={issue.code} />
        </li>
      ))}
    </ul>
  );
}
