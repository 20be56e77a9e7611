import { Button } from 'antd';
import type { Order } from '../../../shared/ipc/data.ts';
import { ask } from '../../bridge.ts';
import { ErrorLink } from '../../parts/error-link.tsx';
import { openScreen } from '../../state/navigation.ts';
import { cancelWaiting } from '../../state/orders.ts';
import { openPlatform, reconnect, useReconnecting } from '../../state/reconnect.ts';
import { markStartRead } from '../../state/start-report.ts';
import { startSync } from '../../state/sync.ts';
import { bar as words } from '../../text/frame.ts';
import type { Notice, NoticeAction } from './notice.ts';

interface Action {
  readonly label: string;
  readonly run: () => void;
}

function actionOf(action: NoticeAction, waiting: readonly Order[]): Action {
  switch (action) {
    case 'quit':
      return { label: words.quit, run: () => void ask('app.quit', {}) };
    case 'seeResults':
      return { label: words.see, run: opening('registration-results') };
    case 'seeToday':
      return { label: words.see, run: opening('today') };
    case 'seeBackup':
      return { label: words.see, run: opening('backup') };
    case 'startPlatform':
      return { label: words.startPlatform, run: openPlatform };
    case 'reconnect':
      return { label: words.reconnect, run: () => void reconnect() };
    case 'sync':
      return {
        label: words.syncNow,
        run: () => {
          openScreen('roster-sync');
          void startSync();
        },
      };
    case 'startRead':
      return { label: words.read, run: () => void markStartRead() };
    case 'seeNotices':
      return { label: words.see, run: opening('notices') };
    case 'seeAudit':
      return { label: words.see, run: opening('audit-trail') };
    case 'cancelWaiting':
      return {
        label: words.cancelWaiting,
        run: () => {
          for (const order of waiting) void cancelWaiting(order.oid);
        },
      };
  }
}

function opening(screen: 'today' | 'registration-results' | 'audit-trail' | 'backup' | 'notices') {
  return () => {
    openScreen(screen);
  };
}

interface BottomBarProps {
  readonly notice: Notice;
  readonly waiting: readonly Order[];
}

/** One sentence and one button, only when something needs the clerk. */
export function BottomBar({ notice, waiting }: BottomBarProps) {
  const { busy } = useReconnecting();
  const action = notice.action && actionOf(notice.action, waiting);
  return (
    <div className={`bar bar-${notice.tone}`} role="status" aria-label={words.label}>
      <span className="bar-text">
        {notice.text}
        {notice.code && <ErrorLink code={notice.code} />}
      </span>
      {action && (
        <Button loading={busy && notice.action === 'reconnect'} onClick={action.run}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
