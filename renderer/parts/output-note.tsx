import { Button } from 'antd';
import { closeOutput, useOutput } from '../state/output.ts';
import { output as words } from '../text/output.ts';
import { FailureNote } from './failure-note.tsx';

/** How far an export or a document is, and where it was saved; nothing while there is none. */
export function OutputNote() {
  const output = useOutput();
  switch (output.kind) {
    case 'idle':
      return null;
    case 'busy':
      return (
        <div className="output-note" role="status">
          <span className="spinner" />
          <span className="output-text">{output.text}</span>
          {output.cancel && (
            <Button size="small" onClick={output.cancel}>
              {words.cancel}
            </Button>
          )}
        </div>
      );
    case 'done':
      return (
        <div className="output-note" role="status">
          <span className="output-text">{output.text}</span>
          <Button size="small" onClick={closeOutput}>
            {words.close}
          </Button>
        </div>
      );
    case 'failed':
      return (
        <div className="output-failed">
          <FailureNote
            {...output.failure}
            action={
              <Button size="small" onClick={closeOutput}>
                {words.close}
              </Button>
            }
          />
        </div>
      );
  }
}
