import { Button } from 'antd';
import type { StartReport } from '../../../shared/ipc/story.ts';
import { markStartRead } from '../../state/start-report.ts';
import { startReport as words } from '../../text/start-report.ts';
import { openStory } from '../order-story/shown.ts';
import { isSettled, startLine } from './start-line.ts';

interface StartNoteProps {
  readonly report: StartReport;
  readonly isOnline: boolean;
}

/** On 今日, until read. */
export function StartNote({ report, isOnline }: StartNoteProps) {
  const [first] = report.orders;
  return (
    <div className="start-report" role="status" aria-label={words.title}>
      <span className={isSettled(report) ? '' : 'warn'}>{startLine(report, isOnline)}</span>
      {first && report.orders.length === 1 && (
        <button
          type="button"
          className="link"
          onClick={() => {
            openStory(first.oid);
          }}
        >
          {words.see}
        </button>
      )}
      <Button size="small" onClick={() => void markStartRead()}>
        {words.read}
      </Button>
    </div>
  );
}
